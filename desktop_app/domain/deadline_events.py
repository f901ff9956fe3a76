"""Which events of a case, or of the year, set a deadline off now, and whether what they ask for has been done."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from desktop_app.domain.answers import Value
from desktop_app.domain.case_file import CaseFile
from desktop_app.domain.cases import CaseKind
from desktop_app.domain.conditions import Truth
from desktop_app.domain.deadlines import DeadlineRule, EventKind, Moment, day_of
from desktop_app.domain.forms import Row

CHILD_UNTIL = 18
ROW, EVENT_IS_CHILD, CASE_KIND = "row.", "event.is_child", "case.kind"
"""Keys of a condition beside the facts of the case: a column of the same row, the age on the day of the event, and
whose file it is."""
OWN_KEYS = (EVENT_IS_CHILD, CASE_KIND)
BORN = "born"


@dataclass(frozen=True, slots=True, kw_only=True)
class FundingWindow:
    """When the police take applications for state money, as the caseworker wrote it down."""

    id: str
    opens: date | None = None
    closes: date | None = None
    decision_on: date | None = None
    report_on: date | None = None

    def day(self, column: str) -> date | None:
        """Return one of its days; ``KeyError`` for a column it does not have."""
        return {
            "opens": self.opens,
            "closes": self.closes,
            "decision_on": self.decision_on,
            "report_on": self.report_on,
        }[column]


WINDOW_COLUMNS = ("opens", "closes", "decision_on", "report_on")


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What deadlines follow from: one case, or what belongs to no case (``file`` is ``None``).

    ``finished`` is when each form was finished last.
    """

    today: date
    file: CaseFile | None = None
    finished: Mapping[str, date] = field(default_factory=dict[str, date])
    windows: tuple[FundingWindow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One event that sets a rule off: its key, when it was, from when the time runs, and whether it is dealt with."""

    event: str
    at: Moment
    counted_from: Moment
    about: str = ""
    settled: bool = False


def occurrences(rule: DeadlineRule, situation: Situation) -> dict[str, Occurrence]:
    """Return the events that set the rule off, by key. What a condition cannot tell for lack of an answer counts."""
    found = _FINDERS[rule.event.kind](rule, situation)
    return {occurrence.event: occurrence for occurrence in found}


def stands_without_event(rule: DeadlineRule) -> bool:
    """Tell a rule whose deadlines are never asked about: noted by hand, or a day of a year that passes."""
    return rule.event.kind in (EventKind.HAND, EventKind.YEARLY)


def _of_fact(rule: DeadlineRule, situation: Situation) -> Iterator[Occurrence]:
    file = situation.file
    at = file.value(rule.event.key) if file is not None else None
    if file is None or not isinstance(at, date):
        return
    yield from _made(rule, file, f"fact:{rule.event.key}", at, None)


def _of_rows(rule: DeadlineRule, situation: Situation) -> Iterator[Occurrence]:
    file = situation.file
    rows = file.rows(rule.event.key) if file is not None else ()
    for row in rows:
        at = row.cell(rule.event.column).value
        if file is not None and isinstance(at, date):
            yield from _made(rule, file, f"row:{rule.event.key}:{row.id}", at, row)


def _of_form(rule: DeadlineRule, situation: Situation) -> Iterator[Occurrence]:
    at = situation.finished.get(rule.event.key)
    if situation.file is not None and at is not None:
        yield from _made(rule, situation.file, f"form:{rule.event.key}", at, None)


def _of_windows(rule: DeadlineRule, situation: Situation) -> Iterator[Occurrence]:
    for window in situation.windows:
        at = window.day(rule.event.column)
        if at is not None:
            yield Occurrence(event=f"window:{window.id}", at=at, counted_from=at)


def _of_year(rule: DeadlineRule, situation: Situation) -> Iterator[Occurrence]:
    if situation.file is not None:
        return
    month, day = (int(part) for part in rule.event.key.split("-"))
    at = date(situation.today.year, month, day)
    if at < situation.today:
        at = date(situation.today.year + 1, month, day)
    yield Occurrence(event=f"year:{at.year}", at=at, counted_from=at)


def _of_nothing(rule: DeadlineRule, situation: Situation) -> Iterator[Occurrence]:
    yield from ()


_FINDERS: Mapping[EventKind, Callable[[DeadlineRule, Situation], Iterator[Occurrence]]] = {
    EventKind.FACT: _of_fact,
    EventKind.ROW: _of_rows,
    EventKind.FORM: _of_form,
    EventKind.WINDOW: _of_windows,
    EventKind.YEARLY: _of_year,
    EventKind.HAND: _of_nothing,
}


def _made(
    rule: DeadlineRule, file: CaseFile, event: str, at: Moment, row: Row | None
) -> Iterator[Occurrence]:
    def lookup(key: str) -> Value | None:
        if key.startswith(ROW):
            return row.cell(key.removeprefix(ROW)).value if row is not None else None
        if key == EVENT_IS_CHILD:
            return _is_child(file, day_of(at))
        return file.case.kind.value if key == CASE_KIND else file.value(key)

    if rule.when is not None and rule.when.judge(lookup).truth is Truth.NO:
        return
    counted_from: Moment | None = born_on(file) if rule.counts_from == BORN else at
    if counted_from is None:
        return
    about = row.cell(rule.about_column).value if row is not None and rule.about_column else None
    settled = any(lookup(key) is not None for key in rule.settled_by)
    yield Occurrence(
        event=event,
        at=at,
        counted_from=counted_from,
        about=about if isinstance(about, str) else "",
        settled=settled or (row is not None and _is_renewed(rule, file, row, day_of(at))),
    )


def _is_renewed(rule: DeadlineRule, file: CaseFile, row: Row, until: date) -> bool:
    if not rule.renewed_by:
        return False
    same = row.cell(rule.renewed_by).value
    others = [
        other.cell(rule.event.column).value
        for other in file.rows(rule.event.key)
        if other.id != row.id and other.cell(rule.renewed_by).value == same
    ]
    return any(isinstance(later, date) and day_of(later) > until for later in others)


def _is_child(file: CaseFile, day: date) -> str | None:
    """Return "yes" or "no" as forms say it; ``None`` when neither birth nor whose file it is tells."""
    born = born_on(file)
    if born is not None:
        return (
            "yes"
            if (day.year - born.year - ((day.month, day.day) < (born.month, born.day))) < CHILD_UNTIL
            else "no"
        )
    if file.case.kind is CaseKind.CHILD:
        return "yes"
    year = file.value("client.birth_year")
    if isinstance(year, Decimal):
        age = day.year - int(year)
        if age > CHILD_UNTIL or age < CHILD_UNTIL:
            return "yes" if age < CHILD_UNTIL else "no"
    return None


def born_on(file: CaseFile) -> date | None:
    """Return the date of birth from the identity number (a coordination number has 60 added to the day)."""
    number = file.value("client.identity_number")
    if not isinstance(number, str):
        return None
    day = int(number[6:8])
    return date(int(number[:4]), int(number[4:6]), day - 60 if day > 60 else day)
