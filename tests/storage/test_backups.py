"""A backup with its final name is whole, opens with the secrets of its day, and gives back exactly what was."""

from dataclasses import replace
from datetime import timedelta, timezone
from pathlib import Path

import pytest

from desktop_app.domain.errors import (
    BackupFailed,
    BackupPlaceMissing,
    Cancelled,
    DatabaseDamaged,
    DiskFull,
    FolderNotWritable,
    MediumFailed,
    RecoveryKeyWrong,
    RestoreTargetNotEmpty,
    WrongPassphrase,
)
from desktop_app.storage import backup_file, durable
from desktop_app.storage.backup_file import inspect_backup, restore_backup, verify_backup, write_backup
from desktop_app.storage.backup_names import backups_in, sequence_of
from desktop_app.storage.content import content_of
from desktop_app.storage.keys import Passphrase, RecoveryKey
from desktop_app.storage.vault_file import Vault, open_vault, open_vault_with_recovery_key
from tests.helpers.vaults import (
    ACTOR,
    CHEAP,
    NOW,
    PASSPHRASE,
    add_bulk,
    add_events,
    folder_bytes,
    opened_vault,
    recovery_key,
)

OTHER = Passphrase("en helt annan lösenfras")
RESTORED = {"data.db", "data.lock", "nyckel.json", "nyckel-kopia.json"}
AT_REST = RESTORED | {"data.seal"}


@pytest.fixture
def vault(tmp_path: Path):
    with opened_vault(tmp_path / "store") as vault:
        add_events(vault, 20)
        yield vault


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "backups"
    folder.mkdir()
    return folder


class Watcher:
    """Keeps every step, and asks the work to stop at step number ``stop_at``."""

    def __init__(self, stop_at: int | None = None) -> None:
        self.steps: list[tuple[int, int, str]] = []
        self._stop_at = stop_at

    def step(self, done: int, total: int, text_key: str) -> None:
        self.steps.append((done, total, text_key))
        if len(self.steps) == self._stop_at:
            raise Cancelled


# Writing


def test_a_backup_opens_with_both_secrets_and_says_what_it_holds(vault: Vault, place: Path):
    report = write_backup(vault, place, now=NOW)
    assert report.path == place / "kopia-2026-11-22-0001.sakb"
    assert (report.sequence, report.vault_id) == (1, vault.vault_id)
    assert report.rows["audit_event"] == report.audit_seq == 22
    assert report.not_checked == ()
    assert verify_backup(report.path, PASSPHRASE) == report
    assert verify_backup(report.path, recovery_key()) == report
    assert [path.name for path in place.iterdir()] == [report.path.name]
    assert set(folder_bytes(vault.folder)) - {"data.db-wal"} == AT_REST


def test_the_log_says_that_a_backup_was_begun_and_written(vault: Vault, place: Path):
    write_backup(vault, place, now=NOW, actor=ACTOR)
    with vault.reading() as read:
        lines = [line.event for line in read.audit_log.each(after=21)]
    assert [(line.kind, line.entity_id, line.actor) for line in lines] == [
        ("backup.started", "1", ACTOR),
        ("backup.written", "1", ACTOR),
    ]


def test_times_are_told_locally_and_in_utc(vault: Vault, place: Path):
    swedish = NOW.astimezone(timezone(timedelta(hours=1))).replace(hour=0, minute=30)
    report = write_backup(vault, place, now=swedish)
    assert report.made_local == "2026-11-22T00:30:00+01:00"
    assert report.made_utc == "2026-11-21T23:30:00+00:00"
    assert "2026-11-22" in report.path.name


def test_two_in_the_same_second_and_a_clock_set_back_keep_their_order(vault: Vault, place: Path):
    first = write_backup(vault, place, now=NOW)
    second = write_backup(vault, place, now=NOW)
    third = write_backup(vault, place, now=NOW - timedelta(days=500))
    assert backups_in(place) == [third.path, second.path, first.path]
    assert [sequence_of(path.name) for path in backups_in(place)] == [3, 2, 1]


def test_a_restored_older_store_never_takes_a_number_again(vault: Vault, place: Path, tmp_path: Path):
    first = write_backup(vault, place, now=NOW)
    for _ in range(2):
        write_backup(vault, place, now=NOW)
    before = folder_bytes(place)
    restore_backup(first.path, tmp_path / "restored", PASSPHRASE)
    with open_vault(tmp_path / "restored", PASSPHRASE) as restored:
        assert write_backup(restored, place, now=NOW).sequence == 4
    assert {name: content for name, content in folder_bytes(place).items() if name in before} == before


def test_after_a_new_passphrase_each_backup_opens_with_that_of_its_day(vault: Vault, place: Path):
    old = write_backup(vault, place, now=NOW)
    vault.change_passphrase(PASSPHRASE, OTHER, actor=ACTOR, now=NOW, cost=CHEAP)
    new_sheet = vault.replace_recovery_key(OTHER, actor=ACTOR, now=NOW, cost=CHEAP)
    new = write_backup(vault, place, now=NOW)
    assert verify_backup(old.path, PASSPHRASE) == old
    assert verify_backup(old.path, recovery_key()) == old
    assert verify_backup(new.path, OTHER) == new
    assert verify_backup(new.path, new_sheet) == new
    with pytest.raises(WrongPassphrase):
        verify_backup(new.path, PASSPHRASE)
    with pytest.raises(RecoveryKeyWrong):
        verify_backup(new.path, recovery_key())


def test_wrong_secrets_are_told_apart_from_damage(vault: Vault, place: Path):
    path = write_backup(vault, place, now=NOW).path
    with pytest.raises(WrongPassphrase):
        verify_backup(path, OTHER)
    with pytest.raises(RecoveryKeyWrong):
        verify_backup(path, RecoveryKey(b"z" * 20))


def test_looking_without_a_secret_is_honest_about_what_it_saw(vault: Vault, place: Path):
    report = write_backup(vault, place, now=NOW)
    seen = inspect_backup(report.path)
    assert replace(seen, not_checked=()) == report
    assert set(seen.not_checked) == {"authenticity", "database", "rows", "audit_chain"}


def test_progress_is_told_and_ends_at_its_total(vault: Vault, place: Path):
    watcher = Watcher()
    write_backup(vault, place, now=NOW, progress=watcher)
    keys = [key for _, _, key in watcher.steps]
    assert list(dict.fromkeys(keys)) == [
        "progress.backup.checking",
        "progress.backup.copying",
        "progress.backup.writing",
        "progress.backup.reading",
    ]
    assert all(0 <= done <= total for done, total, _ in watcher.steps)


@pytest.mark.parametrize("stop_at", range(1, 8))
def test_stopped_at_any_step_nothing_is_left(vault: Vault, place: Path, stop_at: int):
    write_backup(vault, place, now=NOW)
    before = folder_bytes(place)
    with pytest.raises(Cancelled):
        write_backup(vault, place, now=NOW, progress=Watcher(stop_at))
    assert folder_bytes(place) == before
    assert set(folder_bytes(vault.folder)) - {"data.db-wal"} == AT_REST
    assert vault.check().sound
    write_backup(vault, place, now=NOW)


@pytest.mark.parametrize("error", [DiskFull, MediumFailed, FolderNotWritable])
@pytest.mark.parametrize("where", ["write_container", "prove_written", "copy_store", "encode_manifest"])
def test_a_fault_at_any_point_leaves_earlier_backups_as_they_were(
    vault: Vault, place: Path, monkeypatch: pytest.MonkeyPatch, where: str, error
):
    write_backup(vault, place, now=NOW)
    before = folder_bytes(place)

    def fail(*_: object) -> None:
        (place / "kopia-2026-11-22-0002.sakb.part").write_bytes(b"half")
        raise error(place=str(place))

    with monkeypatch.context() as patch:
        patch.setattr(backup_file, where, fail)
        with pytest.raises(error):
            write_backup(vault, place, now=NOW)
    assert folder_bytes(place) == before
    assert set(folder_bytes(vault.folder)) - {"data.db-wal"} == AT_REST


def test_a_file_that_does_not_read_back_never_gets_its_name(
    vault: Vault, place: Path, monkeypatch: pytest.MonkeyPatch
):
    write = backup_file.write_container

    def bad_medium(target: Path, *rest: object) -> None:
        write(target, *rest)
        content = bytearray(target.read_bytes())
        content[len(content) // 2] ^= 1
        target.write_bytes(content)

    monkeypatch.setattr(backup_file, "write_container", bad_medium)
    with pytest.raises(BackupFailed):
        write_backup(vault, place, now=NOW)
    assert list(place.iterdir()) == []


def test_too_little_room_is_told_before_anything_is_written(
    vault: Vault, place: Path, monkeypatch: pytest.MonkeyPatch
):
    class NoRoom:
        free = 4096

    monkeypatch.setattr(durable.shutil, "disk_usage", lambda _: NoRoom)
    with pytest.raises(DiskFull):
        write_backup(vault, place, now=NOW)
    assert list(place.iterdir()) == []


def test_a_damaged_store_makes_no_backup(tmp_path: Path, place: Path):
    with opened_vault(tmp_path / "store") as vault:
        add_bulk(vault, 2000)
    path = tmp_path / "store" / "data.db"
    content = bytearray(path.read_bytes())
    for at in range(len(content) // 2, len(content), 4096):
        content[at] ^= 1
    path.write_bytes(content)
    with open_vault(tmp_path / "store", PASSPHRASE) as vault, pytest.raises(DatabaseDamaged):
        write_backup(vault, place, now=NOW)
    assert list(place.iterdir()) == []


def test_damage_in_a_page_that_holds_nothing_does_not_stop_work_or_backups(tmp_path: Path, place: Path):
    folder = tmp_path / "store"
    with opened_vault(folder) as vault:
        for sql, params in (
            ("INSERT INTO store_meta (key, value) VALUES ('bulk', ?)", ("x" * 400_000,)),
            ("DELETE FROM store_meta WHERE key = 'bulk'", ()),
        ):
            with vault.unit_of_work(actor=ACTOR, now=NOW) as work:
                vault.database.execute(sql, params)
                work.audit("test.bulk")
                work.commit()
    content = bytearray((folder / "data.db").read_bytes())
    content[-50 * 4096 + 500] ^= 1
    (folder / "data.db").write_bytes(content)
    with open_vault(folder, PASSPHRASE) as vault:
        found = vault.check()
        assert found.database.only_unused_pages
        assert not found.sound
        report = write_backup(vault, place, now=NOW)
        add_events(vault, 1)
    assert verify_backup(report.path, PASSPHRASE) == report
    restore_backup(report.path, tmp_path / "restored", PASSPHRASE)
    with open_vault(tmp_path / "restored", PASSPHRASE) as restored:
        assert restored.check().sound


def test_a_broken_audit_chain_is_backed_up_and_told(vault: Vault, place: Path):
    vault.database.rows("DROP TRIGGER audit_event_is_never_changed")
    vault.database.rows("UPDATE audit_event SET actor = 'annan' WHERE seq = 5")
    report = write_backup(vault, place, now=NOW)
    assert verify_backup(report.path, PASSPHRASE).audit_first_bad == 5


@pytest.mark.parametrize("name", ["none", "file"])
def test_a_place_that_is_not_there_is_told(vault: Vault, tmp_path: Path, name: str):
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(BackupPlaceMissing):
        write_backup(vault, tmp_path / name, now=NOW)


def test_an_unfinished_file_is_removed_by_the_next_backup_and_other_files_stay(vault: Vault, place: Path):
    for name in ("kopia-2026-01-01-0001.sakb.part", "brev.txt", "annat.part", "kopia-gammal.sakb"):
        (place / name).write_bytes(b"x")
    report = write_backup(vault, place, now=NOW)
    assert {path.name for path in place.iterdir()} == {
        "brev.txt",
        "annat.part",
        "kopia-gammal.sakb",
        report.path.name,
    }


# Restoring


def test_restoring_gives_back_exactly_what_was_saved(vault: Vault, place: Path, tmp_path: Path):
    report = write_backup(vault, place, now=NOW)
    saved = content_of(vault.database)
    add_events(vault, 5)
    for secret, name in ((PASSPHRASE, "one"), (recovery_key(), "two")):
        restored = restore_backup(report.path, tmp_path / name, secret)
        assert restored.report == report
        assert restored.found == restored.source
        assert set(folder_bytes(tmp_path / name)) == RESTORED
    with open_vault(tmp_path / "one", PASSPHRASE) as restored:
        found = content_of(restored.database)
        assert restored.vault_id == vault.vault_id
        assert restored.check().sound
        # The line "backup.written" came after the copy.
        assert found.audit_seq == saved.audit_seq - 1
        assert found.digest != saved.digest
        assert verify_backup(report.path, PASSPHRASE).rows == found.rows
    open_vault_with_recovery_key(tmp_path / "one", recovery_key()).close()
    open_vault(tmp_path / "two", PASSPHRASE).close()


def test_a_restored_store_has_a_file_of_its_own_key(vault: Vault, place: Path, tmp_path: Path):
    report = write_backup(vault, place, now=NOW)
    restore_backup(report.path, tmp_path / "restored", PASSPHRASE)
    inside = report.path.read_bytes()
    page = (tmp_path / "restored" / "data.db").read_bytes()[4096:8192]
    assert page not in inside


@pytest.mark.parametrize("taken", ["store", "other"])
def test_nothing_is_restored_over_anything(vault: Vault, place: Path, tmp_path: Path, taken: str):
    report = write_backup(vault, place, now=NOW)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "brev.txt").write_text("annat")
    before = folder_bytes(tmp_path / taken)
    with pytest.raises(RestoreTargetNotEmpty):
        restore_backup(report.path, tmp_path / taken, PASSPHRASE)
    assert folder_bytes(tmp_path / taken) == before


def test_an_empty_folder_is_taken_and_one_without_parent_is_not(vault: Vault, place: Path, tmp_path: Path):
    report = write_backup(vault, place, now=NOW)
    (tmp_path / "empty").mkdir()
    restore_backup(report.path, tmp_path / "empty", PASSPHRASE)
    assert set(folder_bytes(tmp_path / "empty")) == RESTORED
    with pytest.raises(FolderNotWritable):
        restore_backup(report.path, tmp_path / "none" / "store", PASSPHRASE)


def test_a_wrong_secret_restores_nothing(vault: Vault, place: Path, tmp_path: Path):
    report = write_backup(vault, place, now=NOW)
    with pytest.raises(WrongPassphrase):
        restore_backup(report.path, tmp_path / "restored", OTHER)
    assert {path.name for path in tmp_path.iterdir()} == {"store", "backups"}


@pytest.mark.parametrize("stop_at", range(1, 7))
def test_a_stopped_restoring_leaves_nothing(vault: Vault, place: Path, tmp_path: Path, stop_at: int):
    report = write_backup(vault, place, now=NOW)
    with pytest.raises(Cancelled):
        restore_backup(report.path, tmp_path / "restored", PASSPHRASE, progress=Watcher(stop_at))
    assert {path.name for path in tmp_path.iterdir()} == {"store", "backups"}
