"""Everything that has a day in a case, in one line of time: newest first, each with where it came from.

Which dates of the case file stand there is data (resources/timeline/v1.toml); what else the case holds is told by
its own entries. An entry holds codes and keys; ``words`` is text a person wrote.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

from desktop_app.domain.case_file import CaseFile
from desktop_app.domain.forms import Row


class EntryKind(StrEnum):
    """What an entry is; one can look at some of them alone."""

    NOTE = "note"
    CONTACT = "contact"
    MEETING = "meeting"
    CONSENT = "consent"
    THREAT = "threat"
    DECISION = "decision"
    FORM = "form"
    PRINT = "print"
    DISCLOSURE = "disclosure"
    DOCUMENT = "document"
    MONEY = "money"
    DEADLINE = "deadline"
    CASE = "case"


@dataclass(frozen=True, slots=True)
class EntryTarget:
    """Where the thing itself stands: a form and the fact or register (``source``) in it, or a thing and what in it."""

    form_id: str = ""
    source: str = ""
    thing: str = ""
    ref: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line. ``codes`` names params that are codes of a table (param name → table)."""

    day: date
    time: time | None = None
    kind: EntryKind
    text_key: str
    params: Mapping[str, str] = field(default_factory=dict[str, str])
    codes: Mapping[str, str] = field(default_factory=dict[str, str])
    words: str = ""
    target: EntryTarget = EntryTarget()

    def is_ahead(self, now: datetime) -> bool:
        """Tell whether it has not happened yet at ``now`` (local time without zone)."""
        return (self.day, self.time or time.min) > (now.date(), now.time())


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedFact:
    """A date of the case file that stands in the timeline, ``unless`` another fact is known that tells it."""

    key: str
    kind: EntryKind
    form_id: str
    unless: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedColumn:
    """A date in the rows of a register, told with the cell ``words``, whose codes are those of ``table``."""

    register: str
    column: str
    kind: EntryKind
    words: str
    table: str
    form_id: str


@dataclass(frozen=True, slots=True)
class TimelineDefinition:
    """Which dates of a case file are told."""

    facts: tuple[DatedFact, ...]
    columns: tuple[DatedColumn, ...]


def entries_of_file(file: CaseFile, definition: TimelineDefinition) -> Iterator[Entry]:
    """Yield an entry for each date of a case file that is known."""
    yield from _facts(file, definition.facts)
    for column in definition.columns:
        for row in file.rows(column.register):
            yield from _cell(row, column)


def in_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return entries newest first; on one day those with a time stand above those without."""
    return tuple(
        sorted(
            entries,
            key=lambda entry: (
                entry.day,
                entry.time or time.min,
                entry.kind.value,
                entry.text_key,
                entry.target.ref,
            ),
            reverse=True,
        )
    )


def _facts(file: CaseFile, facts: Iterable[DatedFact]) -> Iterator[Entry]:
    for fact in facts:
        moment = _moment(file.value(fact.key))
        if moment is not None and (not fact.unless or file.value(fact.unless) is None):
            day, at = moment
            yield Entry(
                day=day,
                time=at,
                kind=fact.kind,
                text_key=f"timeline.facts.{fact.key}",
                target=EntryTarget(fact.form_id, fact.key),
            )


def _cell(row: Row, column: DatedColumn) -> Iterator[Entry]:
    moment = _moment(row.cell(column.column).value)
    if moment is None:
        return
    day, at = moment
    told = row.cell(column.words).value
    params = {"what": str(told)} if told is not None else {}
    yield Entry(
        day=day,
        time=at,
        kind=column.kind,
        text_key=f"timeline.registers.{column.register}.{column.column}",
        params=params,
        codes={"what": column.table} if params and column.table else {},
        target=EntryTarget(column.form_id, column.register, ref=row.id),
    )


def _moment(value: object) -> tuple[date, time | None] | None:
    if isinstance(value, datetime):
        return value.date(), value.time()
    return (value, None) if isinstance(value, date) else None
