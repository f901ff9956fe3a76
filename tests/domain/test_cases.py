"""Case codes, and the 24 hours for the first contact."""

from datetime import datetime, timedelta

import pytest

from desktop_app.domain.cases import ClockState, case_code, first_contact_clock, read_case_code
from desktop_app.domain.errors import CaseNotFound

CONTACTED = datetime.fromisoformat("2026-11-21 14:30")
DUE = datetime.fromisoformat("2026-11-22 14:30")
MINUTE = timedelta(minutes=1)


def test_the_code_is_neutral_and_counts_by_year():
    assert case_code(2026, 14) == "K-2026-014"
    assert case_code(2026, 1000) == "K-2026-1000"


@pytest.mark.parametrize("typed", ["K-2026-014", " k-2026-014 ", "K-2026-014\n"])
def test_a_code_is_read_as_people_write_it(typed: str):
    assert read_case_code(typed) == "K-2026-014"


@pytest.mark.parametrize(
    "typed", ["", "K-2026-14", "2026-014", "K2026014", "K-2026-014 OR 1=1", "19640823-3234", "../K"]
)
def test_what_is_no_code_is_no_case(typed: str):
    with pytest.raises(CaseNotFound) as caught:
        read_case_code(typed)
    assert caught.value.params == {}


def test_no_clock_runs_before_the_first_contact_is_known():
    assert first_contact_clock(None, None, DUE).state is ClockState.NOT_STARTED
    assert first_contact_clock(None, DUE, DUE).state is ClockState.NOT_STARTED


@pytest.mark.parametrize(
    ("now", "state", "left"),
    [
        (CONTACTED, ClockState.RUNNING, timedelta(hours=24)),
        (DUE - MINUTE, ClockState.RUNNING, MINUTE),
        (DUE, ClockState.RUNNING, timedelta(0)),
        (DUE + MINUTE, ClockState.LATE, -MINUTE),
    ],
)
def test_the_clock_runs_for_24_hours(now: datetime, state: ClockState, left: timedelta):
    clock = first_contact_clock(CONTACTED, None, now)
    assert (clock.state, clock.due_at, clock.remaining) == (state, DUE, left)


@pytest.mark.parametrize(
    ("met", "state"),
    [(CONTACTED, ClockState.MET), (DUE, ClockState.MET), (DUE + MINUTE, ClockState.MET_LATE)],
)
def test_an_answer_stops_the_clock(met: datetime, state: ClockState):
    clock = first_contact_clock(CONTACTED, met, DUE + timedelta(days=9))
    assert (clock.state, clock.remaining) == (state, None)
