"""Backups that a person has read back, with the receipts as they were given."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from desktop_app.storage.connection import Row
from desktop_app.storage.moments import moment_of, moment_text
from desktop_app.storage.store import Store

OpenedWith = Literal["passphrase", "recovery_key", "cards"]

_REHEARSALS: Final = "SELECT rehearsal_id, at, sequence, medium, opened_with, outcome FROM backup_rehearsal "


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupRehearsal:
    """One rehearsal: which copy, on which medium, opened with what kind of secret, and how it went."""

    rehearsal_id: str
    at: datetime
    sequence: int
    medium: str
    opened_with: OpenedWith
    outcome: str


class BackupRehearsalStore(Store):
    """The table ``backup_rehearsal``: rows are added and read."""

    def add(self, rehearsal: BackupRehearsal, receipt: bytes) -> None:
        """Keep a rehearsal and its receipt."""
        self._execute(
            "INSERT INTO backup_rehearsal (rehearsal_id, at, sequence, medium, opened_with, outcome, receipt) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                rehearsal.rehearsal_id,
                moment_text(rehearsal.at),
                rehearsal.sequence,
                rehearsal.medium,
                rehearsal.opened_with,
                rehearsal.outcome,
                receipt,
            ),
        )

    def all(self) -> list[BackupRehearsal]:
        """Return every rehearsal, newest first, as they were written: the log's order, not the clock's."""
        return [_rehearsal(row) for row in self._rows(_REHEARSALS + "ORDER BY rehearsal_id DESC")]

    def receipt(self, rehearsal_id: str) -> bytes | None:
        """Return a receipt as it was given."""
        row = self._row("SELECT receipt FROM backup_rehearsal WHERE rehearsal_id = ?", (rehearsal_id,))
        return bytes(row[0]) if row else None


def _rehearsal(row: Row) -> BackupRehearsal:
    rehearsal_id, at, sequence, medium, opened_with, outcome = row
    return BackupRehearsal(
        rehearsal_id=str(rehearsal_id),
        at=moment_of(str(at)),
        sequence=int(sequence),
        medium=str(medium),
        opened_with=opened_with,
        outcome=str(outcome),
    )
