"""Who holds each paper that opens the store, where it lies, and when somebody last looked."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

from desktop_app.storage.connection import Row
from desktop_app.storage.moments import moment_text
from desktop_app.storage.store import Store

PaperKind = Literal["sheet", "card"]

SHEET_NUMBER: Final = 0

_HOLDERS: Final = (
    "SELECT holder_id, kind, mark, card_number, holder, place, handed_on, checked_on FROM recovery_holder "
)


@dataclass(frozen=True, slots=True)
class RecoveryHolder:
    """One paper: ``mark`` is that of the slot it opens, ``card_number`` 0 for the sheet.

    ``holder`` and ``place`` are empty for a paper that was checked before anyone noted who holds it.
    """

    holder_id: str
    kind: PaperKind
    mark: str
    card_number: int
    holder: str
    place: str
    handed_on: date | None
    checked_on: date | None


class RecoveryHolderStore(Store):
    """The table ``recovery_holder``: one row in use for each paper of the present sheet and cards."""

    def note(
        self, kind: PaperKind, mark: str, number: int, *, holder: str, place: str, handed_on: date | None
    ) -> str:
        """Note who holds a paper, over what was noted; return the row's id."""
        holder_id = self._row_of(kind, mark, number)
        self._execute(
            "UPDATE recovery_holder SET holder = ?, place = ?, handed_on = ? WHERE holder_id = ?",
            (holder, place, None if handed_on is None else handed_on.isoformat(), holder_id),
        )
        return holder_id

    def note_checked(self, kind: PaperKind, mark: str, number: int, day: date) -> str:
        """Note that a paper was typed in and found right; return the row's id."""
        holder_id = self._row_of(kind, mark, number)
        self._execute(
            "UPDATE recovery_holder SET checked_on = ? WHERE holder_id = ?", (day.isoformat(), holder_id)
        )
        return holder_id

    def end(self, kind: PaperKind, now: datetime) -> None:
        """Papers of a kind open the store no more."""
        self._execute(
            "UPDATE recovery_holder SET ended_at = ? WHERE kind = ? AND ended_at IS NULL",
            (moment_text(now), kind),
        )

    def of_mark(self, mark: str) -> list[RecoveryHolder]:
        """Return what is known of the papers that open one slot, by number."""
        rows = self._rows(_HOLDERS + "WHERE mark = ? ORDER BY card_number", (mark,))
        return [_holder(row) for row in rows]

    def _row_of(self, kind: PaperKind, mark: str, number: int) -> str:
        row = self._row(
            "SELECT holder_id FROM recovery_holder WHERE kind = ? AND mark = ? AND card_number = ?",
            (kind, mark, number),
        )
        if row is not None:
            return str(row[0])
        holder_id = secrets.token_hex(8)
        self._execute(
            "INSERT INTO recovery_holder (holder_id, kind, mark, card_number, holder, place) "
            "VALUES (?, ?, ?, ?, '', '')",
            (holder_id, kind, mark, number),
        )
        return holder_id


def _holder(row: Row) -> RecoveryHolder:
    holder_id, kind, mark, number, holder, place, handed_on, checked_on = row
    return RecoveryHolder(
        holder_id=str(holder_id),
        kind=kind,
        mark=str(mark),
        card_number=int(number),
        holder=str(holder),
        place=str(place),
        handed_on=None if handed_on is None else date.fromisoformat(handed_on),
        checked_on=None if checked_on is None else date.fromisoformat(checked_on),
    )
