"""The threat as the police judge it, each time they have; and the fear the person feels, which stands beside it.

A case holds one row for every time the police were asked or have answered. The newest answered one gives the facts that
the decision table reads. An answer without method or validity counts, and is marked (RiR 2024:1; domain table c.3).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from desktop_app.domain.answers import Answer
from desktop_app.domain.case_file import CaseFile
from desktop_app.domain.forms import Row

THREATS = "threats"
"""The register with a row for every assessment, in the order they were written."""

THREAT_FORM = "F04"
ASKED_ON = "asked_on"
LEVEL = "fact.threat.level"
FELT, FELT_ON = "fact.threat.felt", "fact.threat.felt_on"

WARN_AFTER_DAYS = 30
"""An assessment this old is asked about; a municipality may set another length (the deadline ``threat_ages``)."""

GIVEN_FACTS = {
    LEVEL: "level",
    "fact.threat.nature": "nature",
    "fact.threat.lethal_or_serious_violence": "lethal",
    "fact.threat.assessed_on": "assessed_on",
    "fact.threat.valid_until": "valid_until",
    "fact.threat.method": "method",
    "fact.threat.assessed_by": "assessed_by",
    "fact.threat.measures": "measures",
    "fact.threat.places_to_avoid": "places_to_avoid",
}
"""The facts of the threat, and the columns of the newest answered assessment that give them."""

COMPARED = ("level", "level_words", "nature", "lethal", "method", "measures", "places_to_avoid")
"""What is looked at between one assessment and the next; days and names differ without the threat having changed."""

_LEVELS = {"none": 0, "low": 1, "high": 2}
_FEARS = {"none": 0, "some": 1, "strong": 2}


def is_answered(row: Row) -> bool:
    """Tell whether the police have named a level; that they could not say is no level."""
    return row.cell("level").is_value


def day_in(row: Row, column: str) -> date | None:
    """Return the day in a column, ``None`` when it is not known."""
    value = row.cell(column).value
    return value if isinstance(value, date) else None


def in_order(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Return the assessments, oldest first.

    By the day they were made, else answered, else asked for. One without any day came after those written before it.
    """
    placed: list[tuple[date, int, Row]] = []
    last = date.min
    for index, row in enumerate(rows):
        day = day_in(row, "assessed_on") or day_in(row, "answered_on") or day_in(row, ASKED_ON) or last
        last = max(last, day)
        placed.append((day, index, row))
    return tuple(row for _, _, row in sorted(placed, key=lambda each: each[:2]))


def newest_answered(rows: Iterable[Row]) -> Row | None:
    """Return the assessment that holds now."""
    return next((row for row in reversed(in_order(rows)) if is_answered(row)), None)


def with_newest_threat(file: CaseFile) -> CaseFile:
    """Return the case file with the facts of the threat as the newest answered assessment gives them.

    What that one does not say is not known, whatever an older one said. Without any answer the file is left as it is.
    """
    newest = newest_answered(file.rows(THREATS))
    if newest is None:
        return file
    return file.with_facts({key: newest.cell(column) for key, column in GIVEN_FACTS.items()})


class Mark(StrEnum):
    """What is said about an answer that counts all the same."""

    NO_METHOD = "no_method"
    NO_END = "no_end"
    NO_DAY = "no_day"
    AGEING = "ageing"
    OLD = "old"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Limits:
    """From how many days on an assessment is asked about, and from how many the model calls it old."""

    warn_after: int = WARN_AFTER_DAYS
    old_after: int = 90


@dataclass(frozen=True, slots=True)
class Marked:
    """A mark with the days and the day it speaks of."""

    mark: Mark
    days: int = 0
    limit: int = 0
    day: date | None = None

    @property
    def params(self) -> Mapping[str, object]:
        """What its words are filled with."""
        return {"days": self.days, "limit": self.limit, "day": self.day.isoformat() if self.day else ""}


def marks_of(row: Row, today: date, limits: Limits) -> tuple[Marked, ...]:
    """Return what is to be said about an answered assessment on a day: what it lacks, and whether it has aged."""
    return tuple(_marks(row, today, limits))


def _marks(row: Row, today: date, limits: Limits) -> Iterator[Marked]:
    if not row.cell("method").is_value:
        yield Marked(Mark.NO_METHOD)
    until, made = day_in(row, "valid_until"), day_in(row, "assessed_on")
    if until is None:
        yield Marked(Mark.NO_END)
    elif until < today:
        yield Marked(Mark.ENDED, day=until)
    if made is None:
        yield Marked(Mark.NO_DAY)
        return
    age = (today - made).days
    if age > limits.old_after:
        yield Marked(Mark.OLD, days=age, limit=limits.old_after)
    elif age >= limits.warn_after:
        yield Marked(Mark.AGEING, days=age, limit=limits.warn_after)


@dataclass(frozen=True, slots=True)
class ThreatChange:
    """What one assessment says otherwise than the one before it, and since when."""

    column: str
    before: Answer
    now: Answer
    since: date | None


def changes_between(before: Row, now: Row) -> tuple[ThreatChange, ...]:
    """Return what changed. What the later one does not say has not changed: nobody has said so."""
    since = day_in(now, "assessed_on") or day_in(now, "answered_on")
    return tuple(
        ThreatChange(column, before.cell(column), now.cell(column), since)
        for column in COMPARED
        if now.cell(column).is_given and now.cell(column) != before.cell(column)
    )


def changes_of(rows: Sequence[Row]) -> Mapping[str, tuple[ThreatChange, ...]]:
    """Return, by row, what each answered assessment changed against the answered one before it."""
    answered = [row for row in in_order(rows) if is_answered(row)]
    pairs = pairwise(answered)
    return {now.id: changes_between(before, now) for before, now in pairs}


class Fear(StrEnum):
    """How the person's fear stands to the police's judgement. Neither ever changes the other."""

    MORE = "more"
    LESS = "less"
    ALIKE = "alike"


def fear_beside(file: CaseFile) -> Fear | None:
    """Return how felt fear and judged threat stand to each other; ``None`` while one of them is not known."""
    felt, level = _FEARS.get(str(file.value(FELT))), _LEVELS.get(str(file.value(LEVEL)))
    if felt is None or level is None:
        return None
    if felt == level:
        return Fear.ALIKE
    return Fear.MORE if felt > level else Fear.LESS
