"""Red days and eves against the calendars of years we know, and working days around them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.red_days import (
    DayKind,
    day_mark,
    is_working_day,
    last_working_day,
    next_working_day,
)
from tests.helpers.figures import tell

# Read off printed almanacs, weekdays only: (year, red days, eves).
KNOWN = {
    2024: ("01-01 03-29 04-01 05-01 05-09 06-06 12-25 12-26", "06-21 12-24 12-31"),
    2025: ("01-01 01-06 04-18 04-21 05-01 05-29 06-06 12-25 12-26", "06-20 12-24 12-31"),
    2026: ("01-01 01-06 04-03 04-06 05-01 05-14 12-25", "06-19 12-24 12-31"),
    2027: ("01-01 01-06 03-26 03-29 05-06", "06-25 12-24 12-31"),
}


@pytest.mark.parametrize("year", KNOWN)
def test_free_weekdays_are_those_of_the_almanac(year: int):
    start = date(year, 1, 1)
    days = [start + timedelta(days=n) for n in range((date(year + 1, 1, 1) - start).days)]
    weekdays = [day for day in days if day.weekday() < 5]
    red = " ".join(f"{day:%m-%d}" for day in weekdays if day_mark(day).kind is DayKind.RED)
    eves = " ".join(f"{day:%m-%d}" for day in weekdays if day_mark(day).kind is DayKind.EVE)
    # An eve or red day on a Saturday or Sunday frees no weekday.
    assert (red, eves) == tuple(KNOWN[year])
    tell("P4.7", f"{year}: {len(red.split())} red weekdays and {len(eves.split())} eves as in the almanac")


def test_an_ordinary_half_day_is_a_working_day():
    """The control: eves that only the collective agreements shorten are working days to the law."""
    for day in (date(2026, 4, 2), date(2026, 4, 30), date(2026, 1, 5), date(2026, 10, 30)):
        assert is_working_day(day)
    assert day_mark(date(2026, 6, 20)).name == "Midsommardagen"
    assert day_mark(date(2026, 11, 22)).kind is DayKind.SUNDAY
    assert day_mark(date(2026, 11, 21)).kind is DayKind.SATURDAY


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)))
def test_the_nearest_working_days_lie_around_the_day_with_nothing_between(day: date):
    before, after = last_working_day(day), next_working_day(day)
    assert before <= day <= after
    assert is_working_day(before)
    assert is_working_day(after)
    assert (after - before).days <= 6
    between = [before + timedelta(days=n) for n in range(1, (after - before).days)]
    assert not any(is_working_day(each) for each in between)
