"""Answers and rows, of case files and of forms alike. What stood there before is kept beside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, LiteralString

from desktop_app.domain.forms import Address
from desktop_app.domain.stored_answers import PlacedAnswer, PlacedRow, StoredAnswer
from desktop_app.storage.moments import moment_of, moment_text
from desktop_app.storage.store import Store

_FORMER = (
    "SELECT state, value, typed, changed_at, changed_by FROM answer "
    "WHERE case_id = ? AND holder = ? AND link_id = ? AND row_id = ? AND column_id = ?"
)
_KEEP_FORMER = (
    "INSERT INTO answer_revision "
    "(case_id, holder, link_id, row_id, column_id, state, value, typed, changed_at, changed_by) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_ADD = (
    "INSERT INTO answer (state, value, typed, changed_at, changed_by, case_id, holder, link_id, row_id, column_id) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_CHANGE = (
    "UPDATE answer SET state = ?, value = ?, typed = ?, changed_at = ?, changed_by = ? "
    "WHERE case_id = ? AND holder = ? AND link_id = ? AND row_id = ? AND column_id = ?"
)

_ANSWERS_OF = (
    "SELECT holder, link_id, row_id, column_id, state, value, typed FROM answer "
    "WHERE case_id = ? AND holder = ?"
)
_ROWS_OF = (
    "SELECT holder, link_id, ordinal, row_id FROM answer_row "
    "WHERE removed_at IS NULL AND case_id = ? AND holder = ?"
)
_AND: Final = " UNION ALL "
"""Between questions about single holders: after IN they would be made a table of their own, at twice the cost."""


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes, when, and in which case."""

    case_id: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Written:
    """What one holder has: answers, and rows in order."""

    answers: list[PlacedAnswer]
    rows: list[PlacedRow]


class AnswerStore(Store):
    """The tables ``answer``, ``answer_revision`` and ``answer_row``."""

    def put(self, writer: Writer, placed: PlacedAnswer) -> None:
        """Write an answer over the former one, which is kept among the revisions."""
        place = (
            writer.case_id,
            placed.holder,
            placed.address.link_id,
            placed.address.row_id,
            placed.address.column,
        )
        answer = placed.answer
        # Each of these is a statement on one row, for which SQLite keeps no way back of its own: two cost less than one
        # INSERT … SELECT, and autosave is made of them.
        former = self._row(_FORMER, place)
        if former is not None:
            self._execute(_KEEP_FORMER, (*place, *former))
        written = (answer.state, answer.value, answer.typed, moment_text(writer.at), writer.by)
        self._execute(_ADD if former is None else _CHANGE, (*written, *place))

    def of_holder(self, case_id: str, holder: str) -> list[PlacedAnswer]:
        """Return all answers of one holder."""
        return self.of_holders(case_id, (holder,))[holder].answers

    def of_holders(self, case_id: str, holders: Sequence[str]) -> dict[str, Written]:
        """Return all that each of some holders has: its answers, and its rows that are not removed, in order."""
        asked = [each for holder in holders for each in (case_id, holder)]
        found = {holder: Written([], []) for holder in holders}
        for holder, link_id, row_id, column_id, state, value, typed in self._rows(
            _each_of(_ANSWERS_OF, len(holders)), asked
        ):
            found[holder].answers.append(
                PlacedAnswer(holder, Address(link_id, row_id, column_id), StoredAnswer(state, value, typed))
            )
        # Sorting the few there are costs less here than in SQL.
        for holder, link_id, _, row_id in sorted(self._rows(_each_of(_ROWS_OF, len(holders)), asked)):
            found[holder].rows.append(PlacedRow(holder, link_id, row_id))
        return found

    def add_row(self, case_id: str, row: PlacedRow) -> None:
        """Add a row at the end; a row that is already there, or was removed, comes back as it was."""
        last = self._row(
            "SELECT coalesce(max(ordinal), 0) FROM answer_row WHERE case_id = ? AND holder = ? AND link_id = ?",
            (case_id, row.holder, row.link_id),
        )
        self._execute(
            "INSERT INTO answer_row (case_id, holder, link_id, row_id, ordinal) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (case_id, holder, link_id, row_id) DO UPDATE SET removed_at = NULL",
            (case_id, row.holder, row.link_id, row.row_id, (int(last[0]) if last else 0) + 1),
        )

    def remove_row(self, case_id: str, row: PlacedRow, at: datetime) -> None:
        """Take a row out of sight; its answers stay, so that it can be put back."""
        self._execute(
            "UPDATE answer_row SET removed_at = ? WHERE case_id = ? AND holder = ? AND link_id = ? AND row_id = ?",
            (moment_text(at), case_id, row.holder, row.link_id, row.row_id),
        )

    def rows_of(self, case_id: str, holder: str) -> list[PlacedRow]:
        """Return the rows of one holder that are not removed, in order."""
        return self.of_holders(case_id, (holder,))[holder].rows

    def cases_with_row(self, holder: str, link_id: str, row_id: str) -> list[str]:
        """Return the cases that have a row, such as the cases that a meeting is about."""
        rows = self._rows(
            "SELECT case_id FROM answer_row WHERE holder = ? AND link_id = ? AND row_id = ? "
            "AND removed_at IS NULL ORDER BY case_id",
            (holder, link_id, row_id),
        )
        return [str(row[0]) for row in rows]

    def moments_of_change(self, case_id: str, since: datetime) -> dict[Address, datetime]:
        """Return when each answer of a case was last written, of those written after a moment."""
        rows = self._rows(
            "SELECT link_id, row_id, column_id, changed_at FROM answer WHERE case_id = ? AND changed_at > ?",
            (case_id, moment_text(since)),
        )
        return {Address(str(a), str(b), str(c)): moment_of(str(at)) for a, b, c, at in rows}

    def last_change(self, case_id: str) -> datetime | None:
        """Return when anything in a case was last written."""
        row = self._row("SELECT max(changed_at) FROM answer WHERE case_id = ?", (case_id,))
        return moment_of(str(row[0])) if row and row[0] is not None else None

    def revisions(self, case_id: str, holder: str, address: Address) -> list[StoredAnswer]:
        """Return what stood in a place before, oldest first."""
        rows = self._rows(
            "SELECT state, value, typed FROM answer_revision "
            "WHERE case_id = ? AND holder = ? AND link_id = ? AND row_id = ? AND column_id = ? ORDER BY revision_id",
            (case_id, holder, address.link_id, address.row_id, address.column),
        )
        return [
            StoredAnswer(str(row[0]), None if row[1] is None else str(row[1]), str(row[2])) for row in rows
        ]


def _each_of(sql: LiteralString, count: int) -> LiteralString:
    return sql + (_AND + sql) * (count - 1)
