"""The copy that makes itself: when something was written, at most hourly by any clock, to the medium next in turn."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.errors import Cancelled, DiskFull
from desktop_app.services import automatic_backups, backups
from desktop_app.services.automatic_backups import is_too_soon
from desktop_app.services.backups import Level, Outcome, automatic_backup, backup_state
from desktop_app.services.session import Session
from desktop_app.services.vault import lock
from desktop_app.storage import medium_mark
from tests.helpers.clock import StillClock
from tests.helpers.desk_work import opened_case
from tests.helpers.practice import closed_store, opened

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def other_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(medium_mark, "on_same_disk", lambda _one, _other: False)


@pytest.fixture
def sticks(session: Session, tmp_path: Path, clock: StillClock) -> tuple[Path, Path]:
    places = (tmp_path / "red", tmp_path / "blue")
    for place, name in zip(places, ("Röd", "Blå"), strict=True):
        place.mkdir()
        backups.add_medium(session, name, place)
        clock.pass_by(minutes=1)
    return places


def out(place: Path) -> None:
    place.rename(place.with_name(place.name + "-out"))


def back(place: Path) -> None:
    place.with_name(place.name + "-out").rename(place)


def test_without_a_medium_or_with_all_of_them_out(session: Session, tmp_path: Path):
    assert automatic_backup(session).outcome is Outcome.NO_MEDIUM
    (tmp_path / "red").mkdir()
    backups.add_medium(session, "Röd", tmp_path / "red")
    out(tmp_path / "red")
    opened_case(session)
    assert automatic_backup(session).outcome is Outcome.MEDIUM_ABSENT
    assert backups.known(session) == ()


def test_made_once_and_then_only_when_something_was_written(session: Session, sticks, clock: StillClock):
    out(sticks[1])
    made = automatic_backup(session)
    assert (made.outcome, made.error_code) == (Outcome.MADE, None)
    assert made.view
    assert made.view.medium_name == "Röd"
    clock.pass_by(days=2)
    assert automatic_backup(session).outcome is Outcome.UNCHANGED
    opened_case(session)
    assert automatic_backup(session).outcome is Outcome.MADE
    opened_case(session)
    assert automatic_backup(session).outcome is Outcome.TOO_SOON
    clock.pass_by(minutes=59)
    assert automatic_backup(session).outcome is Outcome.TOO_SOON
    clock.pass_by(minutes=1)
    assert automatic_backup(session).outcome is Outcome.MADE


def test_opening_and_locking_is_nothing_written(tmp_path: Path, clock: StillClock):
    folder = closed_store(tmp_path / "annat")
    first = opened(folder, clock)
    backups.add_medium(first, "Röd", tmp_path)
    assert automatic_backup(first).outcome is Outcome.MADE
    lock(first)
    clock.pass_by(days=1)
    again = opened(folder, clock)
    assert automatic_backup(again).outcome is Outcome.UNCHANGED
    assert not backup_state(again).changed_since
    lock(again)


def test_two_media_take_turns(session: Session, sticks, clock: StillClock):
    names = []
    for _ in range(4):
        opened_case(session)
        clock.pass_by(hours=2)
        made = automatic_backup(session)
        assert made.view
        names.append(made.view.medium_name)
    assert names == ["Röd", "Blå", "Röd", "Blå"]


def test_a_medium_that_lagged_behind_catches_up_though_nothing_is_new(
    session: Session, sticks, clock: StillClock
):
    out(sticks[1])
    automatic_backup(session)
    back(sticks[1])
    clock.pass_by(hours=2)
    made = automatic_backup(session)
    assert made.view
    assert made.view.medium_name == "Blå"


def test_a_failure_is_remembered_holds_nothing_up_and_the_next_medium_takes_over(
    session: Session, sticks, clock: StillClock, monkeypatch: pytest.MonkeyPatch
):
    back_up = automatic_backups.back_up

    def red_is_full(session: Session, place: Path, progress: object) -> object:
        if place == sticks[0]:
            raise DiskFull(place=str(place))
        return back_up(session, place, None)

    monkeypatch.setattr(automatic_backups, "back_up", red_is_full)
    made = automatic_backup(session)
    assert (made.outcome, made.error_code) == (Outcome.MADE, "vault.disk_full")
    out(sticks[1])
    clock.pass_by(hours=2)
    failed = automatic_backup(session)
    assert (failed.outcome, failed.error_code, failed.view) == (Outcome.FAILED, "vault.disk_full", None)
    state = backup_state(session)
    assert state.level is Level.REMIND
    assert "backup_state.failed" in {reason.text_key for reason in state.reasons}
    monkeypatch.undo()
    assert backups.back_up(session, sticks[0]).sequence == 2
    assert backups.media(session)[0].failed_at is None


def test_one_that_a_person_stopped_is_not_remembered_as_a_failure(session: Session, sticks):
    class Stops:
        def step(self, _done: int, _total: int, _text_key: str) -> None:
            raise Cancelled

    stopped = automatic_backup(session, Stops())
    assert (stopped.outcome, stopped.error_code) == (Outcome.FAILED, "cancelled")
    assert [medium.failed_at for medium in backups.media(session)] == [None, None]


def test_a_clock_set_back_or_forth_neither_stops_nor_doubles_copies(
    session: Session, sticks, clock: StillClock
):
    out(sticks[1])
    made = 0
    for jump in (0, 3650, -3650, -30, 60, -60):
        clock.pass_by(days=jump)
        for _ in range(3):
            opened_case(session)
            made += automatic_backup(session).outcome is Outcome.MADE
            clock.pass_by(minutes=10)
    assert made == 6


MOMENTS = st.lists(st.integers(-5_000, 5_000).map(lambda minutes: timedelta(minutes=minutes)), max_size=8)


@given(jumps=MOMENTS)
def test_whatever_the_clock_did_an_hour_of_it_is_enough(jumps: list[timedelta]):
    now = datetime(2026, 11, 22, tzinfo=UTC)
    newest = None
    for jump in jumps:
        now += jump
        if not is_too_soon(newest, now):
            newest = now
        # From any state, at most one hour without jumps until the next is let through.
        assert any(not is_too_soon(newest, now + minutes * timedelta(minutes=1)) for minutes in range(1, 61))
        assert (
            is_too_soon(newest, now + timedelta(minutes=1))
            or newest is None
            or now - newest >= HOUR - HOUR / 60
        )
