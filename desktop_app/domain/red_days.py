"""Swedish red days and the eves that the law puts beside them, and which days are working days.

Lag (1989:253) om allmänna helgdagar; lag (1930:173) om beräkning av lagstadgad tid, 2 §, which names Saturday,
Midsummer Eve, Christmas Eve and New Year's Eve beside them. Which dates these are comes from ``holidays``, fetched
the first time somebody asks: it is large, and a window that only shows what stands in the store never needs it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

SATURDAY, SUNDAY = 5, 6
ONE_DAY = timedelta(days=1)


class DayKind(StrEnum):
    """What kind of day it is. Only ``WORKING`` is a working day; a red day goes before the day of the week."""

    WORKING = "working"
    SATURDAY = "saturday"
    SUNDAY = "sunday"
    RED = "red"
    EVE = "eve"


@dataclass(frozen=True, slots=True)
class DayMark:
    """A day with its kind, and its Swedish name when it is red or an eve."""

    kind: DayKind
    name: str = ""

    @property
    def is_working(self) -> bool:
        """True when offices and courts are open."""
        return self.kind is DayKind.WORKING


def day_mark(day: date) -> DayMark:
    """Return what kind of day it is."""
    named = _named_days(day.year).get(day)
    return named if named is not None else weekday_mark(day)


def day_marks(first: date, last: date) -> dict[date, DayMark]:
    """Return what kind of day each day from ``first`` to ``last`` is."""
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return {day: day_mark(day) for day in days}


def weekday_mark(day: date) -> DayMark:
    """Return what is known of a day without the almanac: Saturday, Sunday or neither."""
    return DayMark({SATURDAY: DayKind.SATURDAY, SUNDAY: DayKind.SUNDAY}.get(day.weekday(), DayKind.WORKING))


def is_working_day(day: date) -> bool:
    """Tell a day that is no Saturday, Sunday, red day or eve named by law."""
    return day_mark(day).is_working


def next_working_day(day: date) -> date:
    """Return the day itself, or the first working day after it."""
    while not is_working_day(day):
        day += ONE_DAY
    return day


def last_working_day(day: date) -> date:
    """Return the day itself, or the last working day before it."""
    while not is_working_day(day):
        day -= ONE_DAY
    return day


@cache
def _named_days(year: int) -> Mapping[date, DayMark]:
    from holidays.constants import DE_FACTO, PUBLIC
    from holidays.countries.sweden import Sweden

    eves = Sweden(years=year, categories=(DE_FACTO,), include_sundays=False, language="sv")
    red = Sweden(years=year, categories=(PUBLIC,), include_sundays=False, language="sv")
    marked = {day: DayMark(DayKind.EVE, str(name)) for day, name in eves.items()}
    return {**marked, **{day: DayMark(DayKind.RED, str(name)) for day, name in red.items()}}
