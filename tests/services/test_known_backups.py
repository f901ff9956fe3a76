"""Which copies are known, what opens each, which are thinned out, and how the whole is told."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from desktop_app.services import backups
from desktop_app.services.backups import Level, Opening, back_up, backup_state, known, newest, to_destroy
from desktop_app.services.library import load_library
from desktop_app.services.recovery import replace_data_key
from desktop_app.services.session import Session
from desktop_app.services.vault import (
    adopt_recovery_sheet,
    draft_recovery_sheet,
    lock,
    set_new_passphrase,
    unlock,
)
from desktop_app.storage import medium_mark
from desktop_app.storage.backup_names import backup_name, backups_in
from tests.helpers.clock import NOON, StillClock
from tests.helpers.desk_work import opened_case
from tests.helpers.practice import PASSPHRASE, recovery_key

NEW = "tolv gröna segel över fjärden"


@pytest.fixture(autouse=True)
def other_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(medium_mark, "on_same_disk", lambda _one, _other: False)


@pytest.fixture
def stick(session: Session, tmp_path: Path) -> Path:
    place = tmp_path / "stick"
    place.mkdir()
    backups.add_medium(session, "USB Röd", place)
    return place


# What opens a copy


def test_what_opens_each_copy_is_told_as_secrets_change(session: Session, stick: Path, clock: StillClock):
    back_up(session, stick)
    clock.pass_by(days=1)
    set_new_passphrase(session, PASSPHRASE, NEW)
    assert backup_state(session).reasons[0].text_key == "backup_state.older_secrets"
    back_up(session, stick)
    clock.pass_by(days=1)
    sheet = draft_recovery_sheet(session, NEW)
    adopt_recovery_sheet(session, NEW, sheet.recovery_key)
    back_up(session, stick)
    newer, middle, older = known(session)
    openings = [view.opens_with for view in (newer, middle, older)]
    assert openings == [Opening.PRESENT, Opening.OLDER_PAPER, Opening.OLDER_BOTH]
    first_day, second_day = NOON.date(), NOON.date() + timedelta(days=1)
    assert (older.passphrase_from, older.passphrase_to) == (first_day, second_day)
    assert (newer.passphrase_from, newer.passphrase_to) == (second_day, None)
    # The words are true: each opens with what is said, and not with the other.
    assert backups.verify(newer.path, sheet.recovery_key).sequence == newer.sequence
    assert backups.verify(older.path, PASSPHRASE).sequence == older.sequence
    assert backups.verify(older.path, recovery_key()).sequence == older.sequence


def test_after_a_new_data_key_every_older_copy_is_to_be_destroyed(
    session: Session, stick: Path, clock: StillClock
):
    back_up(session, stick)
    clock.pass_by(days=1)
    assert to_destroy(session) == ()
    sheet = draft_recovery_sheet(session, PASSPHRASE)
    replace_data_key(session, PASSPHRASE, NEW, sheet.recovery_key)
    [old] = to_destroy(session)
    assert (old.sequence, old.opens_with, old.medium_name) == (1, Opening.OLDER_KEY, "USB Röd")
    state = backup_state(session)
    assert (state.level, state.text_key) == (Level.URGENT, "backup_state.older_key")
    fresh = back_up(session, stick)
    assert [view.opens_with for view in known(session)] == [Opening.PRESENT, Opening.OLDER_KEY]
    # What another key made is vouched for by nobody, so it is never thinned out by itself either.
    assert old.path.exists()
    old.path.unlink()
    assert to_destroy(session) == ()
    backups.note_destroyed(session, old.sequence)
    assert [view.sequence for view in known(session)] == [fresh.sequence]
    assert [view.sequence for view in backups.removed(session)] == [old.sequence]


# What is known


def test_a_restored_older_store_sees_the_copies_made_after_it(
    session: Session, stick: Path, tmp_path: Path, clock: StillClock
):
    first = back_up(session, stick)
    opened_case(session)
    clock.pass_by(hours=2)
    later = back_up(session, stick)
    made = backups.restore(first.path, tmp_path / "ater", PASSPHRASE)
    assert made.comparison.is_equal
    assert all(table.is_equal for table in made.comparison.tables)
    again = unlock(load_library(), tmp_path / "ater", PASSPHRASE, clock)
    try:
        assert {view.path: view.verified_at for view in known(again)} == {first.path: None, later.path: None}
        assert {view.opens_with for view in known(again)} == {Opening.PRESENT}
        assert newest(again) is None
        assert back_up(again, stick).sequence == later.sequence + 1
    finally:
        lock(again)


def test_a_copy_that_was_taken_away_is_told_and_not_counted_on(session: Session, stick: Path):
    back_up(session, stick)
    kept = back_up(session, stick)
    gone = back_up(session, stick)
    gone.path.unlink()
    assert [view.is_there for view in known(session)] == [False, True, True]
    found = newest(session)
    assert found
    assert found.sequence == kept.sequence


def test_foreign_damaged_and_renamed_files_are_passed_over(session: Session, stick: Path):
    view = back_up(session, stick)
    (stick / backup_name(NOON, 77)).write_bytes(b"PK\x03\x04 something else")
    (stick / backup_name(NOON, 78)).write_bytes(view.path.read_bytes()[:-5])
    (stick / "kopia-gammal.sakb").write_bytes(view.path.read_bytes())
    assert [each.sequence for each in known(session)] == [view.sequence]


# Thinning


def test_old_copies_go_only_after_a_new_one_and_only_this_store_s_own(
    session: Session, stick: Path, clock: StillClock, tmp_path: Path
):
    foreign = stick / backup_name(NOON, 1000)
    foreign.write_bytes(b"PK\x03\x04 not ours")
    damaged = stick / backup_name(NOON, 0)
    damaged.write_bytes(b"cut")
    for _ in range(12):
        back_up(session, stick)
        clock.pass_by(minutes=1)
    sequences = sorted(view.sequence for view in known(session))
    assert len(sequences) == 10
    assert foreign.exists()
    assert damaged.exists()
    assert len(backups.removed(session)) == 2
    assert {path.name for path in backups_in(stick)} == {
        *(view.path.name for view in known(session)),
        foreign.name,
        damaged.name,
    }
    shutil.copytree(stick, tmp_path / "before")
    with pytest.raises(Exception, match=r"place_missing"):
        back_up(session, tmp_path / "none")
    assert {path.name for path in backups_in(stick)} == {
        path.name for path in backups_in(tmp_path / "before")
    }


# How it stands


def test_how_the_copies_stand_from_day_to_day(session: Session, stick: Path, clock: StillClock):
    assert backup_state(session).text_key == "backup_state.none"
    opened_case(session)
    assert backup_state(session).level is Level.URGENT
    back_up(session, stick)
    state = backup_state(session)
    assert (state.level, state.text_key, state.changed_since) == (
        Level.GOOD,
        "backup_state.saved_once",
        False,
    )
    assert (state.age_days, state.rehearsal_due) == (0, False)
    clock.pass_by(days=60)
    assert backup_state(session).level is Level.GOOD
    opened_case(session)
    levels = []
    for _ in range(3):
        levels.append(backup_state(session).text_key)
        clock.pass_by(days=7)
    assert levels == [f"backup_state.{key}" for key in ("changed", "unsaved", "unsaved_long")]
    # A clock set back makes nothing look younger than the newest line of the log.
    opened_case(session)
    clock.pass_by(days=-400)
    assert backup_state(session).level is Level.URGENT
    clock.pass_by(days=440)
    back_up(session, stick)
    state = backup_state(session)
    assert state.text_key == "backup_state.rehearsal_due"
    assert state.rehearsal_due
    for reason in state.reasons:
        assert load_library().texts.get(reason.text_key, **reason.params)
