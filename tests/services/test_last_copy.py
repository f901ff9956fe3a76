"""What kept the automatic copy from being made at the lock is told once at the next unlocking, and not twice over."""

from pathlib import Path

import pytest

from desktop_app.domain.errors import DiskFull
from desktop_app.services import automatic_backups, backups, opening
from desktop_app.services.backups import Outcome, automatic_backup, backup_state
from desktop_app.services.opening import Gravity, OpeningLine
from desktop_app.services.vault import lock
from desktop_app.storage import medium_mark
from tests.helpers.clock import StillClock
from tests.helpers.desk_work import opened_case
from tests.helpers.practice import closed_store, opened


@pytest.fixture(autouse=True)
def other_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(medium_mark, "on_same_disk", lambda _one, _other: False)


@pytest.fixture
def folder(tmp_path: Path, clock: StillClock) -> Path:
    """A store with a case, and a medium that is in."""
    folder = closed_store(tmp_path / "store")
    stick(folder).mkdir()
    session = opened(folder, clock)
    backups.add_medium(session, "USB Röd", stick(folder))
    opened_case(session)
    lock(session)
    return folder


def stick(folder: Path) -> Path:
    return folder.with_name("red")


def out(folder: Path) -> None:
    stick(folder).rename(folder.with_name("in the safe"))


def unlocked_and_locked(folder: Path, clock: StillClock, outcome: Outcome) -> list[OpeningLine]:
    """Unlock, hear what there is to hear, and lock with the automatic copy."""
    session = opened(folder, clock)
    lines = opening.examine_opening(session).lines
    assert automatic_backup(session).outcome is outcome
    lock(session)
    clock.pass_by(minutes=5)
    return list(lines)


def test_an_absent_medium_is_told_once_by_its_name_and_again_the_next_day(folder: Path, clock: StillClock):
    out(folder)
    absent = Outcome.MEDIUM_ABSENT
    heard = [unlocked_and_locked(folder, clock, absent) for _time in range(4)]
    line = OpeningLine(Gravity.NOTE, "opening.copy_medium_absent", {"media": "USB Röd"})
    assert heard == [[], [line], [], []], "who locks often hears it once"
    clock.pass_by(days=1)
    assert unlocked_and_locked(folder, clock, absent) == []
    assert unlocked_and_locked(folder, clock, absent) == [line]


def test_nothing_is_told_of_a_copy_that_was_made(folder: Path, clock: StillClock):
    """The control: the line comes of the copy that was not made."""
    assert unlocked_and_locked(folder, clock, Outcome.MADE) == []
    assert unlocked_and_locked(folder, clock, Outcome.UNCHANGED) == []


def test_a_copy_made_later_takes_the_news_with_it(folder: Path, clock: StillClock):
    out(folder)
    unlocked_and_locked(folder, clock, Outcome.MEDIUM_ABSENT)
    folder.with_name("in the safe").rename(stick(folder))
    session = opened(folder, clock)
    assert automatic_backup(session).outcome is Outcome.MADE
    lock(session)
    assert unlocked_and_locked(folder, clock, Outcome.UNCHANGED) == []


def test_a_failure_is_told_by_the_bottom_line_or_else_at_the_opening(
    folder: Path, clock: StillClock, monkeypatch: pytest.MonkeyPatch
):
    def full(*_args: object) -> None:
        raise DiskFull(place="E:")

    session = opened(folder, clock)
    backups.back_up(session, stick(folder))
    clock.pass_by(hours=2)
    opened_case(session)
    lock(session)
    monkeypatch.setattr(automatic_backups, "back_up", full)
    unlocked_and_locked(folder, clock, Outcome.FAILED)
    assert unlocked_and_locked(folder, clock, Outcome.FAILED) == [], "the bottom line says it"
    clock.pass_by(days=15)
    session = opened(folder, clock)
    assert backup_state(session).text_key == "backup_state.unsaved_long", "it says something graver"
    (line,) = opening.examine_opening(session).lines
    assert line == OpeningLine(Gravity.WARNING, "opening.copy_failed", {"media": "USB Röd"})
    assert opening.examine_opening(session).lines == ()
    lock(session)
