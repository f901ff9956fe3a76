"""Backups through the services: what was restored is what was there, row for row."""

from pathlib import Path

import pytest

from desktop_app.domain.changes import Kind
from desktop_app.domain.errors import (
    BackupForeign,
    BackupPlaceMissing,
    RestoreTargetNotEmpty,
    WrongPassphrase,
)
from desktop_app.services.backups import back_up, known, look_into, newest, restore, verify
from desktop_app.services.library import load_library
from desktop_app.services.passphrases import secret_from
from desktop_app.services.session import Session
from desktop_app.services.vault import lock, unlock
from tests.helpers.clock import StillClock
from tests.helpers.desk_work import intake, opened_case
from tests.helpers.practice import PASSPHRASE, practice_cases, recovery_key
from tests.helpers.vaults import folder_bytes


def every_row(session: Session) -> dict[str, list[object]]:
    with session.reading():
        database = session.vault.database
        return {table: list(database.each_row_of(table)) for table in database.table_names()}


def test_a_restored_store_holds_every_row_of_every_table(practice: Session, tmp_path: Path):
    place = tmp_path / "kopior"
    place.mkdir()
    before = every_row(practice)
    assert {"client_case", "answer", "answer_row", "audit_event", "form_response", "setting"} <= set(before)
    view = back_up(practice, place)
    made = restore(view.path, tmp_path / "ater", PASSPHRASE)
    assert made.cases == view.cases == len(practice_cases())
    again = unlock(load_library(), tmp_path / "ater", PASSPHRASE, StillClock())
    after = every_row(again)
    lock(again)
    assert set(after) == set(before)
    log = before.pop("audit_event")
    assert after.pop("audit_event")[: len(log)] == log
    for table in ("setting", "known_backup", "store_meta"):  # they count and remember this very backup
        assert len(after.pop(table)) >= len(before.pop(table))
    assert {name: sorted(rows, key=repr) for name, rows in after.items()} == {
        name: sorted(rows, key=repr) for name, rows in before.items()
    }
    assert made.counts["answer"] == len(before["answer"])


def test_a_backup_is_remembered_and_its_place_too(session: Session, tmp_path: Path, clock: StillClock):
    place = tmp_path / "kopior"
    place.mkdir()
    assert newest(session) is None
    first = back_up(session, place)
    clock.pass_by(hours=1)
    second = back_up(session, place)
    assert (first.sequence, second.sequence) == (1, 2)
    assert [view.path for view in known(session)] == [second.path, first.path]
    assert newest(session) == known(session)[0]
    assert second.changes is not None
    assert second.changes.touches(Kind.BACKUP, Kind.AUDIT)
    assert sorted(place.iterdir()) == sorted([first.path, second.path])


def test_a_backup_is_checked_without_and_with_a_secret_and_changes_nothing(session: Session, tmp_path: Path):
    intake(session, opened_case(session))
    view = back_up(session, tmp_path)
    content = view.path.read_bytes()
    assert look_into(view.path).sequence == view.sequence
    for secret in (PASSPHRASE, recovery_key(), recovery_key().lower()):
        assert verify(view.path, secret).cases == 1
    with pytest.raises(WrongPassphrase):
        verify(view.path, "en annan lösenfras helt")
    assert view.path.read_bytes() == content
    assert view.path.name.isascii()
    assert "Klara" not in view.path.name


def test_restoring_never_writes_over_anything(session: Session, tmp_path: Path):
    view = back_up(session, tmp_path)
    target = tmp_path / "full"
    target.mkdir()
    (target / "viktigt.txt").write_text("kvar")
    with pytest.raises(RestoreTargetNotEmpty):
        restore(view.path, target, PASSPHRASE)
    with pytest.raises(WrongPassphrase):
        restore(view.path, tmp_path / "ny", "en annan lösenfras helt")
    assert folder_bytes(target) == {"viktigt.txt": b"kvar"}
    assert not (tmp_path / "ny").exists()


def test_a_failed_backup_is_not_remembered(session: Session, tmp_path: Path):
    with pytest.raises(BackupPlaceMissing):
        back_up(session, tmp_path / "ingen" / "sticka")
    assert known(session) == ()
    foreign = tmp_path / "bild.png"
    foreign.write_bytes(b"\x89PNG" + bytes(400))
    for act in (look_into, lambda path: verify(path, PASSPHRASE)):
        with pytest.raises(BackupForeign):
            act(foreign)


@pytest.mark.parametrize(
    "typed", ["ekorre vante saffran", "AAAA-BBBB", "0000-0000-0000-0000-0000-0000-0000-0000-0000"]
)
def test_what_has_not_the_form_of_a_key_is_a_passphrase(typed: str):
    assert type(secret_from(typed)).__name__ == "Passphrase"
    assert type(secret_from(recovery_key())).__name__ == "RecoveryKey"
