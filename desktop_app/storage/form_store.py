"""Responses: which form, which version, how far. Their answers stand in the answer store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop_app.domain.forms import ResponseStatus
from desktop_app.storage.connection import Row
from desktop_app.storage.moments import moment_of, moment_text
from desktop_app.storage.store import Store

_COLUMNS = "SELECT response_id, case_id, form_id, form_version, status, revision, saved_at, finished_at "
_SAVED = "UPDATE form_response SET revision = ?, saved_at = ? WHERE response_id = ?"
_FIRST_SAVED = "UPDATE form_response SET revision = ?, saved_at = ?, status = status WHERE response_id = ?"
"""Naming the state makes the case stale: a form that was saved is one that somebody has begun."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseRecord:
    """One line of ``form_response``."""

    id: str
    case_id: str
    form_id: str
    form_version: int
    status: ResponseStatus
    revision: int
    saved_at: datetime
    finished_at: datetime | None

    def saved_again(self, at: datetime) -> ResponseRecord:
        """Return it as it stands after one more save."""
        return ResponseRecord(
            id=self.id,
            case_id=self.case_id,
            form_id=self.form_id,
            form_version=self.form_version,
            status=self.status,
            revision=self.revision + 1,
            saved_at=at,
            finished_at=self.finished_at,
        )


class FormStore(Store):
    """The table ``form_response``."""

    def add(self, response_id: str, case_id: str, form_id: str, form_version: int, at: datetime) -> None:
        """Begin a draft."""
        self._execute(
            "INSERT INTO form_response "
            "(response_id, case_id, form_id, form_version, status, revision, begun_at, saved_at) "
            "VALUES (?, ?, ?, ?, 'draft', 0, ?, ?)",
            (response_id, case_id, form_id, form_version, moment_text(at), moment_text(at)),
        )

    def newest(self, case_id: str, form_id: str) -> ResponseRecord | None:
        """Return the draft of a form if there is one, else the response finished last; none that lies in the trash."""
        # Choosing among the few there are is cheaper here than sorting in SQL.
        rows = self._rows(
            _COLUMNS + ", begun_at FROM form_response WHERE case_id = ? AND form_id = ? "
            "AND removed_at IS NULL",
            (case_id, form_id),
        )
        if not rows:
            return None
        return _record(max(rows, key=lambda row: (row[4] == "draft", str(row[8]), str(row[7] or ""))))

    def of_case(self, case_id: str) -> list[ResponseRecord]:
        """Return all responses of a case that are not in the trash, oldest first."""
        rows = self._rows(
            _COLUMNS + ", begun_at FROM form_response WHERE case_id = ? AND removed_at IS NULL", (case_id,)
        )
        # Sorting the few there are costs less here than in SQL.
        return [_record(row) for row in sorted(rows, key=lambda row: (row[8], row[0]))]

    def saved(self, response_id: str, revision: int, at: datetime) -> None:
        """Count a save: the response now stands at ``revision``."""
        self._execute(_FIRST_SAVED if revision == 1 else _SAVED, (revision, moment_text(at), response_id))

    def remove(self, response_id: str, at: datetime) -> None:
        """Put a draft into the trash, with its answers; the database refuses what is finished."""
        self._execute(
            "UPDATE form_response SET removed_at = ? WHERE response_id = ?", (moment_text(at), response_id)
        )

    def take_away_empty(self, case_id: str, response_id: str) -> bool:
        """Take away a draft that nothing is written in; tell whether it was such a one."""
        touched = self._execute(
            "DELETE FROM form_response WHERE response_id = ? AND status = 'draft' AND removed_at IS NULL "
            "AND NOT EXISTS (SELECT 1 FROM answer WHERE case_id = ? AND holder = response_id "
            "AND (state <> 'as_typed' OR coalesce(value, typed) <> '')) "
            "AND NOT EXISTS (SELECT 1 FROM answer_row WHERE case_id = ? AND holder = response_id)",
            (response_id, case_id, case_id),
        )
        return touched > 0

    def turn(self, response_id: str, new_id: str) -> None:
        """Let a draft without answers of its own be about another row: its id says which. It counts as a save."""
        self._execute(
            "UPDATE form_response SET response_id = ?, revision = revision + 1, status = status "
            "WHERE response_id = ? AND status = 'draft'",
            (new_id, response_id),
        )

    def finished(self, response_id: str, revision: int, at: datetime) -> None:
        """Freeze a response."""
        self._execute(
            "UPDATE form_response SET status = 'finished', revision = ?, saved_at = ?, finished_at = ? "
            "WHERE response_id = ? AND status = 'draft'",
            (revision, moment_text(at), moment_text(at), response_id),
        )


def _record(row: Row) -> ResponseRecord:
    return ResponseRecord(
        id=str(row[0]),
        case_id=str(row[1]),
        form_id=str(row[2]),
        form_version=int(row[3]),
        status=ResponseStatus(str(row[4])),
        revision=int(row[5]),
        saved_at=moment_of(str(row[6])),
        finished_at=moment_of(str(row[7])) if row[7] is not None else None,
    )
