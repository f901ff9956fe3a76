"""How time is counted, and what a person may do with a deadline."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.deadline_errors import (
    DeadlineClosed,
    DeadlineNeedsReason,
    DeadlineNotAsked,
)
from desktop_app.domain.deadlines import (
    Deadline,
    DeadlineState,
    Length,
    Proposal,
    Shift,
    Unit,
    act_by,
    day_of,
)
from desktop_app.domain.red_days import is_working_day

DAYS = st.dates(date(1990, 1, 1), date(2200, 12, 31))
ROW = Deadline(
    id="d", case_id="c", rule_id="r", event="fact:x", event_on=date(2026, 8, 1),
    due=date(2026, 12, 1), act_by=date(2026, 12, 1),
)  # fmt: skip
TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("start", "length", "due"),
    [
        (date(2026, 8, 1), Length(4, Unit.MONTHS), date(2026, 12, 1)),
        (date(2026, 10, 31), Length(4, Unit.MONTHS), date(2027, 2, 28)),
        (date(2027, 10, 31), Length(4, Unit.MONTHS), date(2028, 2, 29)),
        (date(2028, 2, 29), Length(5, Unit.YEARS), date(2033, 2, 28)),
        (date(2026, 11, 22), Length(3, Unit.WEEKS), date(2026, 12, 13)),
        (date(2026, 12, 31), Length(1, Unit.MONTHS), date(2027, 1, 31)),
        (date(2026, 11, 22), Length(0, Unit.DAYS), date(2026, 11, 22)),
        (
            datetime.fromisoformat("2026-03-28 23:30"),
            Length(24, Unit.HOURS),
            datetime.fromisoformat("2026-03-29 23:30"),
        ),
        (date(2026, 11, 22), Length(72, Unit.HOURS), date(2026, 11, 25)),
        (datetime.fromisoformat("2026-11-22 23:59"), Length(14, Unit.DAYS), date(2026, 12, 6)),
    ],
)
def test_time_is_counted_as_the_law_counts_it(start: date, length: Length, due: date):
    assert length.after(start) == due


def test_a_mistyped_year_counts_to_nothing():
    assert Length(30, Unit.YEARS).after(date(9999, 12, 31)) is None


@given(DAYS, st.integers(0, 400))
def test_months_end_on_the_same_date_or_the_last_of_the_month(day: date, count: int):
    due = Length(count, Unit.MONTHS).after(day)
    assert due is not None
    assert (due.year * 12 + due.month) - (day.year * 12 + day.month) == count
    assert due.day == day.day or (due.day < day.day and (due + timedelta(days=1)).day == 1)


@given(DAYS, DAYS, st.integers(0, 60), st.sampled_from([Unit.DAYS, Unit.WEEKS, Unit.MONTHS, Unit.YEARS]))
def test_a_later_event_never_gives_an_earlier_deadline(one: date, other: date, count: int, unit: Unit):
    first, second = sorted((one, other))
    length = Length(count, unit)
    early, late = length.after(first), length.after(second)
    assert early is not None
    assert late is not None
    assert early <= late


@given(DAYS, st.sampled_from(Shift))
def test_the_day_to_act_is_never_later_than_the_deadline_unless_the_law_says_so(day: date, shift: Shift):
    acting = act_by(day, shift)
    if shift is Shift.FORWARD:
        assert acting >= day
    else:
        assert acting <= day
    assert shift is Shift.AS_IS or is_working_day(acting)
    assert not is_working_day(day) or acting == day


def test_christmas_as_people_meet_it():
    christmas_eve = date(2026, 12, 24)
    assert act_by(christmas_eve, Shift.BEFORE) == date(2026, 12, 23)
    assert act_by(christmas_eve, Shift.FORWARD) == date(2026, 12, 28)
    assert act_by(datetime.fromisoformat("2026-12-24 09:00"), Shift.AS_IS) == christmas_eve


def test_what_is_done_is_done_and_can_be_opened_again():
    done = ROW.closed(DeadlineState.DONE, TODAY, "klart")
    assert (done.state, done.closed_on, done.note) == (DeadlineState.DONE, TODAY, "klart")
    with pytest.raises(DeadlineClosed):
        done.closed(DeadlineState.DONE, TODAY)
    assert done.reopened() == ROW
    with pytest.raises(DeadlineClosed):
        ROW.reopened()


def test_nothing_is_moved_or_taken_away_without_a_word_of_why():
    for act in (
        lambda: ROW.moved_to(TODAY, Shift.BEFORE, "  "),
        lambda: ROW.withdrawn(TODAY, ""),
    ):
        with pytest.raises(DeadlineNeedsReason):
            act()
    moved = ROW.moved_to(date(2026, 12, 6), Shift.BEFORE, "nämnden har förlängt")
    assert (moved.due, moved.act_by, moved.moved) == (date(2026, 12, 6), date(2026, 12, 4), True)


def test_a_question_is_answered_once():
    asked = replace(
        ROW,
        proposal=Proposal.MOVE,
        proposed_due=date(2026, 12, 5),
        proposed_on=date(2026, 8, 5),
    )
    yes = asked.answered(accept=True, shift=Shift.BEFORE, on=TODAY)
    assert (yes.due, yes.act_by, yes.event_on) == (date(2026, 12, 5), date(2026, 12, 4), date(2026, 8, 5))
    no = asked.answered(accept=False, shift=Shift.BEFORE, on=TODAY)
    assert (no.due, no.event_on, no.moved, no.proposal) == (ROW.due, date(2026, 8, 5), True, Proposal.NONE)
    gone = replace(ROW, proposal=Proposal.WITHDRAW)
    assert gone.answered(accept=True, shift=Shift.BEFORE, on=TODAY).state is DeadlineState.WITHDRAWN
    kept = gone.answered(accept=False, shift=Shift.BEFORE, on=TODAY)
    assert (kept.is_open, kept.event_on) == (True, None)
    for answered in (yes, no, kept, ROW):
        with pytest.raises(DeadlineNotAsked):
            answered.answered(accept=True, shift=Shift.BEFORE, on=TODAY)
    assert day_of(yes.due) == yes.due
