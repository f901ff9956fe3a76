"""An older page put back passes SQLCipher's own checks; the seal over the whole file finds it."""

import shutil
from contextlib import suppress
from pathlib import Path

import pytest

from desktop_app.domain.errors import DatabaseDamaged
from desktop_app.storage.connection import PAGE_BYTES
from desktop_app.storage.file_seal import SEAL_FILE_NAME, SealVerdict
from desktop_app.storage.migrations.runner import Migration, load_migrations
from desktop_app.storage.vault_file import Vault, open_vault
from tests.helpers.figures import rounds, tell
from tests.helpers.vaults import (
    ACTOR,
    NOW,
    PASSPHRASE,
    add_bulk,
    add_events,
    closed_vault,
    folder_bytes,
    opened_vault,
    quick_derivation,
    reopened_vault,
)

VERDICTS = SealVerdict


def _settle(vault: Vault, value: str) -> None:
    """Write rows on many pages, each of the same length before and after."""
    with vault.unit_of_work(actor=ACTOR, now=NOW) as work:
        work.settings.put({f"key-{number:04}": value * 20 for number in range(200)})
        work.audit("test.settled")
        work.commit()


def verdict(folder: Path) -> SealVerdict:
    with reopened_vault(folder) as vault:
        return vault.examine_seal()


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    """A store that was used and closed as it should be."""
    folder = tmp_path / "store"
    with opened_vault(folder) as vault:
        add_bulk(vault, 60)
        _settle(vault, "before")
    return folder


def test_a_store_closed_as_it_should_be_is_untouched(sealed: Path):
    assert verdict(sealed) is VERDICTS.UNTOUCHED
    assert verdict(sealed) is VERDICTS.UNTOUCHED, "reading alone leaves the seal as it is"


def test_work_after_opening_does_not_disturb_the_answer(sealed: Path):
    with reopened_vault(sealed) as vault:
        add_events(vault, 3)
        assert vault.examine_seal() is VERDICTS.UNTOUCHED
    assert verdict(sealed) is VERDICTS.UNTOUCHED


def test_every_older_page_put_back_is_found_where_the_page_seals_find_none(sealed: Path):
    """The control: SQLCipher's own check and SQLite's pass many of these files."""
    older = (sealed / "data.db").read_bytes()
    with reopened_vault(sealed) as vault:
        _settle(vault, "after!")
    newer = (sealed / "data.db").read_bytes()
    pages = [
        at
        for at in range(0, min(len(older), len(newer)), PAGE_BYTES)
        if older[at : at + PAGE_BYTES] != newer[at : at + PAGE_BYTES]
    ]
    missed = passed = 0
    for at in pages:
        (sealed / "data.db").write_bytes(newer[:at] + older[at : at + PAGE_BYTES] + newer[at + PAGE_BYTES :])
        seal = (sealed / SEAL_FILE_NAME).read_bytes()
        with suppress(DatabaseDamaged), reopened_vault(sealed) as vault:
            missed += vault.examine_seal() is not VERDICTS.CHANGED_OUTSIDE
            passed += vault.check().sound
        (sealed / SEAL_FILE_NAME).write_bytes(seal)
    assert pages
    assert missed == 0
    assert passed > 0, "the control: without the seal these pass"
    tell("1.8", f"{len(pages)} older pages put back: 0 missed; without the seal {passed} pass as sound")


def test_the_whole_older_file_with_the_newer_seal_is_found(sealed: Path):
    older = (sealed / "data.db").read_bytes()
    with reopened_vault(sealed) as vault:
        add_events(vault, 5)
    (sealed / "data.db").write_bytes(older)
    assert verdict(sealed) is VERDICTS.CHANGED_OUTSIDE


def test_a_seal_from_another_store_or_altered_is_found(sealed: Path, tmp_path: Path):
    raw = bytearray((sealed / SEAL_FILE_NAME).read_bytes())
    at = raw.index(b'"digest":"') + 12
    raw[at] = ord("0") if raw[at] != ord("0") else ord("1")
    (sealed / SEAL_FILE_NAME).write_bytes(bytes(raw))
    assert verdict(sealed) is VERDICTS.CHANGED_OUTSIDE


@pytest.mark.parametrize("fault", ["missing", "empty", "rubbish", "newer format"])
def test_without_a_readable_seal_nothing_is_claimed(sealed: Path, fault: str):
    seal = sealed / SEAL_FILE_NAME
    match fault:
        case "missing":
            seal.unlink()
        case "empty":
            seal.write_bytes(b"")
        case "rubbish":
            seal.write_bytes(b"\xff" * 512)
        case _:
            seal.write_bytes(seal.read_bytes().replace(b'"format":1', b'"format":2'))
    assert verdict(sealed) is VERDICTS.LEFT_OPEN


def test_a_crash_at_any_file_state_never_cries_wolf(tmp_path: Path):
    """Copies of the folder, taken while the store works, are what a kill leaves behind."""
    with quick_derivation():
        folder = tmp_path / "store"
        shutil.rmtree(folder, ignore_errors=True)
        copies = []
        with opened_vault(folder) as vault:
            add_events(vault, 2)
        with reopened_vault(folder) as vault:
            copies.append(_copied(folder, tmp_path / "before"))
            for number in range(rounds(12, 120)):
                _work(vault, number)
                copies.append(_copied(folder, tmp_path / f"copy-{number}"))
        first, *rest = [verdict(copy) for copy in copies]
    assert first is VERDICTS.UNTOUCHED
    assert set(rest) == {VERDICTS.LEFT_OPEN}


def _work(vault: Vault, number: int) -> None:
    add_bulk(vault, 30 * (number % 3 + 1))
    if number % 4 == 0:
        with vault.jotting(now=NOW) as jot:
            jot.desk_notes.put("place", "{}", NOW)
    if number % 5 == 0:
        vault.database.checkpoint()


def _copied(folder: Path, target: Path) -> Path:
    shutil.copytree(folder, target)
    return target


def test_a_migration_marks_the_seal_before_it_changes_anything(sealed: Path):
    steps = load_migrations()
    more = Migration(len(steps) + 1, "add_table", "CREATE TABLE extra (id INTEGER PRIMARY KEY) STRICT;")
    with open_vault(sealed, PASSPHRASE, steps=(*steps, more)) as vault:
        assert vault.examine_seal() is VERDICTS.LEFT_OPEN
    assert b'"closed"' in (sealed / SEAL_FILE_NAME).read_bytes()


def test_the_seal_tells_nothing_but_the_size(sealed: Path):
    raw = (sealed / SEAL_FILE_NAME).read_bytes()
    assert len(raw) == 512
    assert set(folder_bytes(sealed)) == {
        "data.db",
        "data.lock",
        "data.seal",
        "nyckel-kopia.json",
        "nyckel.json",
    }


def test_a_seal_is_made_by_each_store_of_its_own_key(tmp_path: Path, sealed: Path):
    other = closed_vault(tmp_path / "other")
    shutil.copy(sealed / SEAL_FILE_NAME, other / SEAL_FILE_NAME)
    shutil.copy(sealed / "data.db", other / "data.db")
    assert verdict(other) is VERDICTS.UNTOUCHED, "the same key here: copies of one template"
