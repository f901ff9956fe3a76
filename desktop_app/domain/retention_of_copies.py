"""Which old backups may go: the newest, then one a day, one a week, one a month.

Ordered by the number of the backup, never by the clock: a clock set forward would otherwise make every good copy
look old, and one set back would make the newest look oldest. The clock only says which day a copy belongs to; time
alone never makes a copy go, only newer copies do.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

NEWEST, DAYS, WEEKS, MONTHS = 10, 14, 8, 12

LONG_JUMP = timedelta(days=40)
"""More than this between two copies in a row is as likely a wrong clock as a long holiday."""


@dataclass(frozen=True, slots=True)
class Copy:
    """One backup on a medium: number, name, when it was made by the clock of the day, and if it was read back whole."""

    sequence: int
    name: str
    made_at: datetime
    verified: bool


def may_go(copies: Iterable[Copy]) -> tuple[Copy, ...]:
    """Return the copies of one medium that may be removed now, the oldest first.

    Never the newest that is known to be whole; never any at all before one is; and at most one while the clock is
    in doubt (see ``clock_in_doubt``).
    """
    ordered = newest_first(copies)
    newest_whole = next((copy for copy in ordered if copy.verified), None)
    if newest_whole is None:
        return ()
    kept = {newest_whole, *kept_by_age(ordered)}
    going = [copy for copy in reversed(ordered) if copy not in kept]
    return tuple(going[:1] if clock_in_doubt(ordered) else going)


def kept_by_age(ordered: Sequence[Copy]) -> set[Copy]:
    """Return the newest copies, and the newest copy of each of the latest days, weeks and months that have any."""
    return {
        *ordered[:NEWEST],
        *_latest(ordered, DAYS, lambda copy: copy.made_at.date()),
        *_latest(ordered, WEEKS, lambda copy: copy.made_at.isocalendar()[:2]),
        *_latest(ordered, MONTHS, lambda copy: (copy.made_at.year, copy.made_at.month)),
    }


def clock_in_doubt(ordered: Sequence[Copy]) -> bool:
    """Tell whether the clock went back or leapt far among the newest copies (given newest first)."""
    recent = ordered[: NEWEST + 1]
    steps = [later.made_at - earlier.made_at for later, earlier in pairwise(recent)]
    return any(step < timedelta() or step > LONG_JUMP for step in steps)


def newest_first(copies: Iterable[Copy]) -> list[Copy]:
    """Return copies by number, the highest first; two with one number by name."""
    return sorted(copies, key=lambda copy: (copy.sequence, copy.name), reverse=True)


def _latest(ordered: Sequence[Copy], count: int, span_of: Callable[[Copy], Hashable]) -> list[Copy]:
    """Return the newest copy of each of the ``count`` latest spans, as the numbers order them."""
    first: dict[Hashable, Copy] = {}
    for copy in ordered:
        first.setdefault(span_of(copy), copy)
    return list(first.values())[:count]
