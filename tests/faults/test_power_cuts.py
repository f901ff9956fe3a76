"""P3.2: power cut at any moment loses nothing that was called saved, on a disk that keeps what it was told to flush.

P3.3, the control: the same method finds the losses of a store that does not wait for the disk.
"""

import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.domain.errors import AppError, KeyFileDamaged, VaultMissing, WrongPassphrase
from desktop_app.storage.backup_file import verify_backup, write_backup
from desktop_app.storage.backup_names import backups_in
from desktop_app.storage.file_seal import SealVerdict
from desktop_app.storage.migrations.runner import newest_schema
from desktop_app.storage.vault_file import create_vault, open_vault
from tests.faults import old_store
from tests.faults.acts import act, damage_unused_page, faults_in
from tests.faults.power_cuts import Disk, cuts, lay_out, read_record, snapshot
from tests.faults.watched_disk import run_watched
from tests.helpers.figures import rounds, tell
from tests.helpers.kill_targets import FIRST, SECOND, SHEET
from tests.helpers.vaults import CHEAP, NOW, quick_derivation

pytestmark = [
    pytest.mark.needs("cc"),
    pytest.mark.skipif(sys.platform != "linux", reason="the shim is loaded the way Linux does it"),
]
SESSIONS = "tests.faults.power_sessions"


@pytest.fixture(scope="module")
def old_key() -> bytes:
    """The old store's key, derived in earnest before the derivation is made quick."""
    return old_store.key()


@pytest.fixture(autouse=True)
def quick() -> Iterator[None]:
    with quick_derivation():
        yield


@pytest.fixture
def fast_disk(tmp_path: Path) -> Path:
    """A folder for the states to be tried in."""
    return tmp_path / "tried"


def prepared(folder: Path) -> Path:
    """A folder with a closed store and a backup of it."""
    (folder / "backups").mkdir(parents=True)
    with create_vault(folder / "store", FIRST, now=NOW, cost=CHEAP, recovery_key=SHEET)[0] as vault:
        write_backup(vault, folder / "backups", now=NOW)
    return folder


def states(action: str, folder: Path, tried: Path, count: int, *, sessions: int = 1):
    """Run sessions and yield, for each of ``count`` power cuts, what had been acknowledged and how it was cut."""
    start = snapshot(folder)
    for session in range(sessions):
        lay_out(start, folder, folder)
        record = folder.with_name("record")
        seed = random.randrange(10**6)
        run_watched(SESSIONS, action, folder, record, seed)
        events = read_record(record)
        if session == 0:
            assert_nothing_escaped(start, events, folder)
        for acknowledged, state, how in cuts(start, events, count // sessions, random.Random(seed)):
            lay_out(state, folder, tried)
            yield acknowledged, f"seed {seed}, {how}"


def assert_nothing_escaped(start: dict[str, bytes | None], events: list, folder: Path) -> None:
    """What the record leads to must be what really stands in the folder: else calls went past the shim."""
    disk = Disk(start)
    for event in events:
        disk.take(event)
    assert disk.cut("everything", "all", random.Random(0)) == snapshot(folder)


def bad_states(
    action: str, tmp_path: Path, tried: Path, count: int, sessions: int
) -> tuple[int, int, list[str]]:
    """Return the number of states, those that lost an acknowledged act, and every fault found."""
    seen, losing, faults = 0, 0, []
    for acknowledged, how in states(action, prepared(tmp_path / "disk"), tried, count, sessions=sessions):
        seen += 1
        acts = [int(words) for words in acknowledged if words.isdecimal()]
        try:
            with open_vault(tried / "store", FIRST) as vault:
                found = faults_in(vault, acts[-1] if acts else 0)
                if vault.examine_seal() is SealVerdict.CHANGED_OUTSIDE:
                    found.append("the seal cries wolf")
        except AppError as error:
            found = [type(error).__name__]
        losing += any(fault.startswith("lost") for fault in found)
        faults += [f"{how}: {fault}" for fault in found]
    return seen, losing, faults


def test_no_power_cut_loses_or_tears_what_was_saved(tmp_path: Path, fast_disk: Path):
    seen, _, faults = bad_states("save", tmp_path, fast_disk, rounds(90, 4_800), rounds(2, 24))
    assert faults == []
    tell("P3.2", f"{seen} simulated power cuts: 0 bad, 0 acknowledged acts lost")


def test_the_control_that_does_not_wait_for_the_disk_loses(tmp_path: Path, fast_disk: Path):
    seen, losing, faults = bad_states("save_loosely", tmp_path, fast_disk, rounds(30, 480), rounds(1, 4))
    assert losing > 0
    tell(
        "P3.3",
        f"control, synchronous=OFF and journal DELETE: {losing} of {seen} power cuts lost acts, {len(faults)} faults",
    )


def openings(folder: Path) -> list[str]:
    """Return which of the two passphrases open a sound store."""
    found = []
    for passphrase in (FIRST, SECOND):
        try:
            with open_vault(folder, passphrase) as vault:
                assert vault.check().sound
            found.append(passphrase.text)
        except (WrongPassphrase, KeyFileDamaged):
            continue
    return found


def test_a_change_of_passphrase_is_the_old_or_the_new_never_neither(tmp_path: Path, fast_disk: Path):
    seen = 0
    folder = prepared(tmp_path / "disk")
    for acknowledged, how in states("change_passphrase", folder, fast_disk, rounds(9, 960)):
        opened = openings(fast_disk / "store")
        assert len(opened) == 1, how
        if acknowledged and acknowledged[-1].startswith("is "):
            assert acknowledged[-1] == f"is {opened[0]}", how
        seen += 1
    tell("P1.2", f"{seen} power cuts in changes of passphrase: exactly one passphrase opened after each")


def test_the_control_that_does_not_synchronise_the_key_file_locks_out(tmp_path: Path, fast_disk: Path):
    folder = prepared(tmp_path / "disk")
    cut = [
        len(openings(fast_disk / "store"))
        for _ in states("change_passphrase_loosely", folder, fast_disk, rounds(30, 480))
    ]
    assert cut.count(0) > 0
    tell("P1.2", f"control, key file not synchronised: {cut.count(0)} of {len(cut)} power cuts locked out")


def test_a_backup_with_its_final_name_survives_a_power_cut_whole(tmp_path: Path, fast_disk: Path):
    seen = whole = 0
    for acknowledged, how in states("back_up", prepared(tmp_path / "disk"), fast_disk, rounds(9, 900)):
        found = {path.name for path in backups_in(fast_disk / "backups")}
        assert {name for name in acknowledged if name.endswith(".sakb")} <= found, how
        for path in backups_in(fast_disk / "backups"):
            verify_backup(path, FIRST)
            whole += 1
        with open_vault(fast_disk / "store", FIRST) as vault:
            acts = [int(words) for words in acknowledged if words.isdecimal()]
            assert faults_in(vault, acts[-1] if acts else 0) == [], how
        seen += 1
    tell("P2.1", f"{seen} power cuts in backups: {whole} files with a final name, 0 invalid")


@pytest.mark.parametrize("action", ["create", "restore"])
def test_a_new_store_is_not_there_or_whole(tmp_path: Path, fast_disk: Path, action: str):
    there = gone = 0
    for acknowledged, how in states(action, prepared(tmp_path / "disk"), fast_disk, rounds(9, 480)):
        for name in ("new-1", "new-2"):
            try:
                with open_vault(fast_disk / name, FIRST) as vault:
                    assert vault.check().sound, how
                there += 1
            except VaultMissing:
                assert name not in acknowledged, how
                gone += 1
    tell("P3.2", f"{action}, power cut: {there} times a whole store, {gone} times none, never half")


def test_a_new_data_key_counts_wholly_or_not_at_all(tmp_path: Path, fast_disk: Path):
    seen = Counter[str]()
    folder = prepared(tmp_path / "disk")
    for acknowledged, how in states("replace_data_key", folder, fast_disk, rounds(9, 960)):
        opened = openings(fast_disk / "store")
        assert len(opened) == 1, how
        if acknowledged and acknowledged[-1].startswith("is "):
            assert opened == [SECOND.text], how
        seen[opened[0]] += 1
    old, new = seen[FIRST.text], seen[SECOND.text]
    tell(
        "P1.2",
        f"{old + new} power cuts in a change of data key: {old} with the old, {new} with the new, 0 neither",
    )


def test_a_healed_store_keeps_every_row(tmp_path: Path, fast_disk: Path):
    folder = prepared(tmp_path / "disk")
    with open_vault(folder / "store", FIRST) as vault:
        for number in range(1, 20):
            act(vault, number, random.Random(number))
        key = vault._data_key
    damage_unused_page(folder / "store", key)
    seen = healed = 0
    for acknowledged, how in states("heal", folder, fast_disk, rounds(9, 480)):
        with open_vault(fast_disk / "store", FIRST) as vault:
            found = faults_in(vault, 19)
        assert found in ([], ["not sound"]), how
        assert not found or not acknowledged, how
        seen, healed = seen + 1, healed + (not found)
    tell(
        "P3.2",
        f"{seen} power cuts in healing a bad page: {healed} healed, {seen - healed} as before, 0 rows lost",
    )


def test_an_interrupted_migration_is_old_or_new(tmp_path: Path, fast_disk: Path, old_key: bytes):
    folder = tmp_path / "disk"
    old_store.copied(folder / "store")
    database = old_store.database(old_store.copied(tmp_path / "before"))
    rows = old_store.rows_of(database)
    database.close()
    schemas: Counter[int] = Counter()
    for acknowledged, how in states("migrate", folder, fast_disk, rounds(6, 480)):
        database = old_store.database(fast_disk / "store")
        schemas[database.schema_version] += 1
        # Each step is a transaction of its own: one whole schema or another, never inside a step.
        whole = (newest_schema(),) if acknowledged else range(1, newest_schema() + 1)
        assert database.schema_version in whole, how
        database.close()
        with old_store.opened(fast_disk / "store") as vault:
            assert vault.check().sound, how
            assert old_store.rows_of(vault.database) == rows, how
    tell(
        "P8.3",
        f"{schemas.total()} power cuts in a migration: {schemas[1]} old, {schemas[newest_schema()]} new, "
        f"{schemas.total() - schemas[1] - schemas[newest_schema()]} between two steps, 0 inside a step",
    )
