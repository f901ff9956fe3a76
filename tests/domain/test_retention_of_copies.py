"""Which copies may go: invariants over random histories, with clocks that jump."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.domain.retention_of_copies import (
    DAYS,
    LONG_JUMP,
    MONTHS,
    NEWEST,
    WEEKS,
    Copy,
    clock_in_doubt,
    may_go,
    newest_first,
)

START = datetime(2026, 1, 1, 12, 0, tzinfo=UTC)
MOST = NEWEST + DAYS + WEEKS + MONTHS

# Mostly hours and days, as people work; now and then a clock that goes back, or leaps by years.
USUAL = st.integers(min_value=1, max_value=72).map(lambda hours: timedelta(hours=hours))
WILD = st.integers(min_value=-2000, max_value=2000).map(lambda days: timedelta(days=days))
STEPS = st.one_of(*[USUAL] * 9, WILD)


def history(steps: list[timedelta], whole: list[bool] | None = None) -> list[Copy]:
    made, at = [], START
    for number, step in enumerate(steps, start=1):
        at += step
        made.append(Copy(number, f"{number:04d}", at, whole[number - 1] if whole else True))
    return made


def thinned(copies: list[Copy]) -> list[Copy]:
    gone = set(may_go(copies))
    return [copy for copy in copies if copy not in gone]


def lived(steps: list[timedelta]) -> tuple[list[Copy], list[int]]:
    """A medium's life: after each new copy what may go goes. Returns what is left, and how many went each time."""
    left: list[Copy] = []
    counts = []
    for copy in history(steps):
        before = [*left, copy]
        left = thinned(before)
        counts.append(len(before) - len(left))
    return left, counts


@given(st.lists(STEPS, max_size=80), st.data())
@settings(max_examples=150, deadline=None)
def test_what_never_happens(steps, data):
    copies = history(steps, data.draw(st.lists(st.booleans(), min_size=len(steps), max_size=len(steps))))
    gone = may_go(copies)
    left = [copy for copy in newest_first(copies) if copy not in set(gone)]
    assert set(gone) <= set(copies)
    assert left[:NEWEST] == newest_first(copies)[:NEWEST]
    whole = [copy for copy in newest_first(copies) if copy.verified]
    assert whole[:1] == [copy for copy in left if copy.verified][:1]
    assert not (gone and not whole)
    assert list(gone) == sorted(gone, key=lambda copy: copy.sequence)
    if clock_in_doubt(newest_first(copies)):
        assert len(gone) <= 1
    else:
        assert len(left) <= MOST + 1
        assert may_go(left) == ()


@given(st.lists(STEPS, max_size=120))
@settings(max_examples=60, deadline=None)
def test_over_a_life_with_a_jumping_clock(steps):
    left, counts = lived(steps)
    copies = history(steps)
    assert left[-NEWEST:] == copies[-NEWEST:]
    for at, count in enumerate(counts):
        recent = copies[max(0, at - 1) : at + 1]
        if len(recent) == 2 and not timedelta() <= recent[1].made_at - recent[0].made_at <= LONG_JUMP:
            assert count <= 1


@given(st.lists(USUAL, min_size=200, max_size=400))
@settings(max_examples=10, deadline=None)
def test_over_a_steady_life_old_states_are_within_reach(steps):
    left, _ = lived(steps)
    assert len(left) <= MOST
    days = [copy.made_at.date() for copy in left]
    every_day = sorted({copy.made_at.date() for copy in history(steps)}, reverse=True)
    assert set(every_day[:DAYS]) <= set(days)
    weeks = {copy.made_at.isocalendar()[:2] for copy in left}
    every_week = sorted({copy.made_at.isocalendar()[:2] for copy in history(steps)}, reverse=True)
    assert set(every_week[:WEEKS]) <= weeks
    months = {(copy.made_at.year, copy.made_at.month) for copy in left}
    every_month = sorted({(copy.made_at.year, copy.made_at.month) for copy in history(steps)}, reverse=True)
    assert set(every_month[:MONTHS]) <= months


def test_a_clock_that_stands_still_leaves_the_newest_ten():
    copies = history([timedelta()] * 40)
    assert [copy.sequence for copy in thinned(copies)] == list(range(31, 41))


def test_time_alone_makes_nothing_go():
    copies = history([timedelta(hours=1)] * NEWEST)
    assert may_go(copies) == ()


def test_without_a_copy_known_to_be_whole_nothing_goes():
    assert may_go(history([timedelta(hours=1)] * 60, [False] * 60)) == ()


def test_the_newest_whole_copy_stays_behind_sixty_that_are_not_known():
    copies = history([timedelta(minutes=1)] * 60, [True] + [False] * 59)
    assert copies[0] not in may_go(copies)


def test_order_is_by_number_when_the_clock_went_back():
    copies = history([timedelta(days=1)] * 12 + [timedelta(days=-300)] + [timedelta(minutes=5)] * 10)
    newest = copies[-NEWEST:]
    assert not set(newest) & set(may_go(copies))
    assert len(may_go(copies)) <= 1


def by_clock(copies: list[Copy]) -> list[Copy]:
    """What a program does that orders by the clock and keeps the newest ten days: the control."""
    ordered = sorted(copies, key=lambda copy: copy.made_at, reverse=True)
    return ordered[NEWEST:]


def test_the_control_by_the_clock_loses_the_newest_copy():
    copies = history([timedelta(days=1)] * 20 + [timedelta(days=-300)])
    assert copies[-1] in by_clock(copies)
    assert copies[-1] not in may_go(copies)
