"""Deadlines, and the windows for state money that the caseworker wrote down."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import LiteralString

from desktop_app.domain.deadline_errors import DeadlineNotFound
from desktop_app.domain.deadline_events import FundingWindow
from desktop_app.domain.deadlines import Deadline, DeadlineState, Moment, Proposal
from desktop_app.storage.connection import Row, SqlValue
from desktop_app.storage.moments import moment_text
from desktop_app.storage.store import Store

_DAY_LENGTH = 10
_COLUMNS = (
    "SELECT deadline.deadline_id, deadline.case_id, deadline.rule_id, deadline.event, deadline.event_on, "
    "deadline.due_at, deadline.act_by, deadline.length, deadline.waits, deadline.words, deadline.state, "
    "deadline.proposal, deadline.proposed_due, deadline.proposed_on, deadline.moved, deadline.after, deadline.note, "
    "deadline.closed_on"
)
_PLAIN = _COLUMNS + " FROM deadline "
_LIST = _COLUMNS + ", client_case.case_code, case_card.protection FROM deadline "
_CASE = (
    "LEFT JOIN client_case ON client_case.case_id = deadline.case_id "
    "LEFT JOIN case_card ON case_card.case_id = deadline.case_id "
)
_LISTED = _LIST + _CASE
_COUNT = "SELECT count(*) FROM deadline "

# Each list of the start page goes by an index of its own (0005_deadlines.sql), named so that it cannot be missed.
_BY_WORKING_DAY = "INDEXED BY deadline_by_working_day "
_BY_LATENESS = "INDEXED BY deadline_by_lateness "
_IN_BETWEEN = "INDEXED BY deadline_in_between "
_OPEN = "WHERE deadline.state = 'open' AND deadline.waits = 0 AND "
_FIRST = "ORDER BY act_by, due_at, deadline_id LIMIT ? + 0"
_LATE = _OPEN + "act_by <= ? AND late_after < ? "
_BEFORE_TODAY = _OPEN + "act_by < substr(late_after, 1, 10) AND ? > act_by AND late_after >= ? "
_NEAR = _OPEN + "act_by BETWEEN ? AND ? AND (act_by <= ? OR length(due_at) > 10) AND late_after >= ? "
_WEEK = _OPEN + "act_by > ? AND act_by <= ? AND NOT (length(due_at) > 10 AND act_by <= ?) "
_SINCE_BEFORE_TODAY = (
    "WHERE deadline.deadline_id IN (SELECT deadline_id FROM deadline INDEXED BY deadline_in_between "
    "WHERE state = 'open' AND waits = 0 AND act_by < substr(late_after, 1, 10) AND ? > act_by AND late_after >= ? "
    "ORDER BY act_by, due_at, deadline_id LIMIT ? + 0)"
)
# One question for all rules that remind ahead: each by itself would cost as much as a list.
_OF_RULES = (
    "SELECT deadline.deadline_id, deadline.act_by FROM json_each(?) AS span CROSS JOIN deadline "
    "ON deadline.deadline_id IN (SELECT deadline_id FROM deadline INDEXED BY deadline_by_rule "
    "WHERE rule_id = span.value ->> 0 AND state = 'open' AND waits = 0 "
    "AND due_at BETWEEN span.value ->> 1 AND span.value ->> 2 ORDER BY due_at, deadline_id LIMIT ? + 0)"
)
_SOME = "WHERE deadline_id IN (SELECT value FROM json_each(?))"
_STATES = {state.value: state for state in DeadlineState}
_PROPOSALS = {proposal.value: proposal for proposal in Proposal}
_OVER = " 24:00"
_AFTER_ALL = "~"
"""Sorts after every date and time."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A deadline with what lists show of its case: the code, and the code of its protection ('' while unknown)."""

    deadline: Deadline
    case_code: str
    protection: str


@dataclass(frozen=True, slots=True)
class Span:
    """Days from first to last, both with; ``None`` for no first day."""

    first: date | None
    last: date

    def bounds(self) -> tuple[str, str]:
        """Return the bounds as they sort beside stored days and times."""
        return (self.first.isoformat() if self.first else "", self.last.isoformat() + _AFTER_ALL)


@dataclass(frozen=True, slots=True)
class Now:
    """The wall clock as the lists of the start page ask for it."""

    moment: datetime

    def late(self) -> tuple[str, ...]:
        """Return the parameters of what is late."""
        return (self._day(0), self._time)

    def before_today(self) -> tuple[str, ...]:
        """Return the parameters of what is for today since its working day has passed and it is not late yet."""
        return (self._day(0), self._time)

    def near(self) -> tuple[str, ...]:
        """Return the parameters of what is for today by its working day, or at a time before tomorrow is over."""
        return (self._day(0), self._day(1), self._day(0), self._time)

    def week(self) -> tuple[str, ...]:
        """Return the parameters of what is for the seven days after today."""
        return (self._day(0), self._day(7), self._day(1))

    @property
    def _time(self) -> str:
        return f"{self.moment:%Y-%m-%d %H:%M}"

    def _day(self, ahead: int) -> str:
        return (self.moment.date() + timedelta(days=ahead)).isoformat()


class DeadlineStore(Store):
    """The tables ``deadline`` and ``funding_window``."""

    def add(self, deadline: Deadline, at: datetime, by: str) -> None:
        """Add a deadline."""
        self._execute(
            "INSERT INTO deadline (case_id, rule_id, event, event_on, due_at, act_by, late_after, length, waits, "
            "words, state, proposal, proposed_due, proposed_on, moved, after, note, closed_on, changed_at, changed_by, "
            "deadline_id, made_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*_written(deadline), moment_text(at), by, deadline.id, moment_text(at)),
        )

    def put(self, deadline: Deadline, at: datetime, by: str) -> None:
        """Write a deadline anew."""
        self._execute(
            "UPDATE deadline SET case_id = ?, rule_id = ?, event = ?, event_on = ?, due_at = ?, act_by = ?, "
            "late_after = ?, length = ?, waits = ?, words = ?, state = ?, proposal = ?, proposed_due = ?, "
            "proposed_on = ?, moved = ?, after = ?, note = ?, closed_on = ?, changed_at = ?, changed_by = ? "
            "WHERE deadline_id = ?",
            (*_written(deadline), moment_text(at), by, deadline.id),
        )

    def take_away_planned_after(self, deadline_id: str) -> None:
        """Take away the open deadline that was planned when this one was done: it is not done after all."""
        self._execute("DELETE FROM deadline WHERE after = ? AND state = 'open'", (deadline_id,))

    def take_away_open_of(self, rule_id: str) -> None:
        """Take away what is open of a rule that the person no longer wants."""
        self._execute("DELETE FROM deadline WHERE rule_id = ? AND state = 'open'", (rule_id,))

    def by_id(self, deadline_id: str) -> Deadline:
        """Return one deadline; raises ``DeadlineNotFound``."""
        row = self._row(_PLAIN + "WHERE deadline_id = ?", (deadline_id,))
        if row is None:
            raise DeadlineNotFound
        return _deadline(row)

    def of_case(self, case_id: str) -> list[Deadline]:
        """Return all deadlines of a case, closed ones too, by day."""
        return [
            _deadline(row) for row in self._rows(_PLAIN + "WHERE case_id = ? ORDER BY due_at", (case_id,))
        ]

    def of_no_case(self) -> list[Deadline]:
        """Return all deadlines that belong to no case."""
        return [_deadline(row) for row in self._rows(_PLAIN + "WHERE case_id IS NULL ORDER BY due_at")]

    def listed(self, deadline_id: str) -> Listed:
        """Return one deadline as the lists show it; raises ``DeadlineNotFound``."""
        row = self._row(_LISTED + "WHERE deadline_id = ?", (deadline_id,))
        if row is None:
            raise DeadlineNotFound
        return _listed(row)

    def listed_of_case(self, case_id: str) -> list[Listed]:
        """Return all deadlines of a case as the lists show them."""
        rows = self._rows(_LISTED + "WHERE deadline.case_id = ? ORDER BY due_at, deadline_id", (case_id,))
        return [_listed(row) for row in rows]

    def open_between(self, span: Span, most: int) -> list[Listed]:
        """Return what is open and due in a span of days, the first first."""
        rows = self._rows(
            _LISTED + "WHERE state = 'open' AND waits = 0 AND due_at BETWEEN ? AND ? "
            "ORDER BY due_at, deadline_id LIMIT ? + 0",
            (*span.bounds(), most),
        )
        return [_listed(row) for row in rows]

    def late(self, now: Now, most: int) -> list[Listed]:
        """Return what should have been done by now, the first first."""
        rows = self._rows(_LIST + _BY_WORKING_DAY + _CASE + _LATE + _FIRST, (*now.late(), most))
        return [_listed(row) for row in rows]

    def count_late(self, now: Now) -> int:
        """Return how many ``late`` would find without a limit."""
        return self._count(_COUNT + _BY_LATENESS + _OPEN + "late_after < ?", now.late()[1:])

    def for_today(self, now: Now, most: int) -> list[Listed]:
        """Return what is to be done today: by its working day, or at a time before tomorrow is over."""
        # Sorting the few there are costs less here than in SQL: by working day, day and id.
        earlier = self._rows(_LISTED + _SINCE_BEFORE_TODAY, (*now.before_today(), most))
        rows = sorted(earlier, key=lambda row: (row[6], row[5], row[0]))
        near = self._rows(_LIST + _BY_WORKING_DAY + _CASE + _NEAR + _FIRST, (*now.near(), most - len(rows)))
        return [_listed(row) for row in (*rows, *near)]

    def count_for_today(self, now: Now) -> int:
        """Return how many ``for_today`` would find without a limit."""
        earlier = self._count(_COUNT + _IN_BETWEEN + _BEFORE_TODAY, now.before_today())
        return earlier + self._count(_COUNT + _BY_WORKING_DAY + _NEAR, now.near())

    def for_week(self, now: Now, most: int) -> list[Listed]:
        """Return what is to be done on the seven days after today."""
        rows = self._rows(_LIST + _BY_WORKING_DAY + _CASE + _WEEK + _FIRST, (*now.week(), most))
        return [_listed(row) for row in rows]

    def count_for_week(self, now: Now) -> int:
        """Return how many ``for_week`` would find without a limit."""
        return self._count(_COUNT + _BY_WORKING_DAY + _WEEK, now.week())

    def open_of_rules(self, spans: Sequence[tuple[str, Span]], most: int) -> dict[str, date]:
        """Return what rules made that is open and due in spans of days, so many at most of each: id and working day."""
        asked = json.dumps([(rule_id, *span.bounds()) for rule_id, span in spans])
        return {str(row[0]): date.fromisoformat(row[1]) for row in self._rows(_OF_RULES, (asked, most))}

    def some(self, deadline_ids: Iterable[str]) -> list[Listed]:
        """Return these deadlines as the lists show them, in no order."""
        asked = json.dumps(list(deadline_ids))
        return [_listed(row) for row in self._rows(_LISTED + _SOME, (asked,))]

    def waiting(self, most: int) -> list[Listed]:
        """Return what others are to do, the longest wait first."""
        rows = self._rows(
            _LISTED + "WHERE state = 'open' AND waits = 1 ORDER BY due_at, deadline_id LIMIT ? + 0", (most,)
        )
        return [_listed(row) for row in rows]

    def count_waiting(self) -> int:
        """Return how many wait for others."""
        return self._count("SELECT count(*) FROM deadline WHERE state = 'open' AND waits = 1", ())

    def _count(self, sql: LiteralString, params: Sequence[SqlValue]) -> int:
        row = self._row(sql, params)
        return int(row[0]) if row else 0

    def put_window(self, window: FundingWindow, at: datetime, by: str) -> None:
        """Write a window; one that was removed comes back."""
        self._execute(
            "INSERT INTO funding_window (window_id, opens, closes, decision_on, report_on, changed_at, changed_by) "
            "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (window_id) DO UPDATE SET opens = excluded.opens, "
            "closes = excluded.closes, decision_on = excluded.decision_on, report_on = excluded.report_on, "
            "removed_at = NULL, changed_at = excluded.changed_at, changed_by = excluded.changed_by",
            (
                window.id,
                _text(window.opens),
                _text(window.closes),
                _text(window.decision_on),
                _text(window.report_on),
                moment_text(at),
                by,
            ),
        )

    def remove_window(self, window_id: str, at: datetime) -> None:
        """Take a window out of sight; ``restore_window`` brings it back."""
        self._execute(
            "UPDATE funding_window SET removed_at = ? WHERE window_id = ?", (moment_text(at), window_id)
        )

    def restore_window(self, window_id: str) -> None:
        """Bring a removed window back."""
        self._execute("UPDATE funding_window SET removed_at = NULL WHERE window_id = ?", (window_id,))

    def windows(self) -> list[FundingWindow]:
        """Return the windows that are not removed, the latest last day first."""
        rows = self._rows(
            "SELECT window_id, opens, closes, decision_on, report_on FROM funding_window "
            "WHERE removed_at IS NULL ORDER BY closes DESC, window_id"
        )
        return [
            FundingWindow(
                id=str(row[0]),
                opens=_day(row[1]),
                closes=_day(row[2]),
                decision_on=_day(row[3]),
                report_on=_day(row[4]),
            )
            for row in rows
        ]


def _text(moment: Moment | None) -> str | None:
    if isinstance(moment, datetime):
        return f"{moment:%Y-%m-%d %H:%M}"
    return moment.isoformat() if moment is not None else None


def _late_after(deadline: Deadline) -> str:
    """Return when it is late: not before the working day the law lets it wait for, and a day not before it is over."""
    due = _text(deadline.due) or ""
    last = max(due, deadline.act_by.isoformat())
    return last if len(due) > _DAY_LENGTH else last + _OVER


def _moment(text: str | None) -> Moment | None:
    if text is None:
        return None
    return date.fromisoformat(text) if len(text) == _DAY_LENGTH else datetime.fromisoformat(text)


def _day(text: SqlValue) -> date | None:
    return None if text is None else date.fromisoformat(str(text))


def _written(deadline: Deadline) -> tuple[SqlValue, ...]:
    return (
        deadline.case_id,
        deadline.rule_id,
        deadline.event,
        _text(deadline.event_on),
        _text(deadline.due),
        deadline.act_by.isoformat(),
        _late_after(deadline),
        deadline.count,
        int(deadline.waits),
        deadline.words,
        deadline.state,
        deadline.proposal,
        _text(deadline.proposed_due),
        _text(deadline.proposed_on),
        int(deadline.moved),
        deadline.after,
        deadline.note,
        _text(deadline.closed_on),
    )


def _deadline(row: Row) -> Deadline:
    """Return a deadline as it stands; its columns are of the table's own types, which SQLite keeps to."""
    return Deadline(
        id=row[0],
        case_id=row[1],
        rule_id=row[2],
        event=row[3],
        event_on=_moment(row[4]),
        due=_moment(row[5]) or date.max,
        act_by=date.fromisoformat(row[6]),
        count=row[7],
        waits=bool(row[8]),
        words=row[9],
        state=_STATES[row[10]],
        proposal=_PROPOSALS[row[11]],
        proposed_due=_moment(row[12]),
        proposed_on=_moment(row[13]),
        moved=bool(row[14]),
        after=row[15],
        note=row[16],
        closed_on=_day(row[17]),
    )


def _listed(row: Row) -> Listed:
    return Listed(_deadline(row), str(row[18] or ""), str(row[19] or ""))
