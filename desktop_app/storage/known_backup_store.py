"""Which backups the store knows of. A restored store knows those made before its own backup."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from desktop_app.storage.connection import Row
from desktop_app.storage.keys import KeyMarks
from desktop_app.storage.moments import moment_of, moment_text
from desktop_app.storage.store import Store

_BACKUPS: Final = (
    "SELECT sequence, place, file_name, made_at, verified_at, size_bytes, medium_id, audit_seq, "
    "passphrase_mark, recovery_mark, cards_mark, data_key_mark, removed_at, damaged_at FROM known_backup "
)


NO_MARKS: Final = KeyMarks("", "", "", "")
"""Of a backup whose marks are not known: it was written by a program of schema 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownBackup:
    """One backup: its number, the folder and file it was written to, and when it was last read back whole.

    ``audit_seq`` is the newest line of the log that it holds; ``removed_at`` when it was thinned out or destroyed,
    ``damaged_at`` when it could not be read back.
    """

    sequence: int
    place: str
    file_name: str
    made_at: datetime
    verified_at: datetime
    size_bytes: int
    medium_id: str = ""
    audit_seq: int = 0
    marks: KeyMarks = NO_MARKS
    removed_at: datetime | None = None
    damaged_at: datetime | None = None


class KnownBackupStore(Store):
    """The table ``known_backup``."""

    def put(self, backup: KnownBackup) -> None:
        """Remember a backup, or that it was read back whole again."""
        marks = backup.marks
        self._execute(
            "INSERT INTO known_backup (sequence, place, file_name, made_at, verified_at, size_bytes, medium_id, "
            "audit_seq, passphrase_mark, recovery_mark, cards_mark, data_key_mark, removed_at, damaged_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (sequence) DO UPDATE SET verified_at = excluded.verified_at, damaged_at = NULL",
            (
                backup.sequence,
                backup.place,
                backup.file_name,
                moment_text(backup.made_at),
                moment_text(backup.verified_at),
                backup.size_bytes,
                backup.medium_id,
                backup.audit_seq,
                marks.passphrase,
                marks.recovery_key,
                marks.cards,
                marks.data_key,
                None if backup.removed_at is None else moment_text(backup.removed_at),
                None if backup.damaged_at is None else moment_text(backup.damaged_at),
            ),
        )

    def note_removed(self, sequence: int, at: datetime) -> None:
        """Remember that a backup is no more."""
        self._execute(
            "UPDATE known_backup SET removed_at = ? WHERE sequence = ? AND removed_at IS NULL",
            (moment_text(at), sequence),
        )

    def note_damaged(self, sequence: int, at: datetime) -> None:
        """Remember that a backup could not be read back."""
        self._execute(
            "UPDATE known_backup SET damaged_at = ? WHERE sequence = ?", (moment_text(at), sequence)
        )

    def all(self) -> list[KnownBackup]:
        """Return every backup that has not been removed, the newest number first."""
        sql = _BACKUPS + "WHERE removed_at IS NULL ORDER BY sequence DESC"
        return [_backup(row) for row in self._rows(sql)]

    def removed(self) -> list[KnownBackup]:
        """Return the backups that have been thinned out or destroyed, the newest number first."""
        sql = _BACKUPS + "WHERE removed_at IS NOT NULL ORDER BY sequence DESC"
        return [_backup(row) for row in self._rows(sql)]


def _backup(row: Row) -> KnownBackup:
    return KnownBackup(
        sequence=int(row[0]),
        place=str(row[1]),
        file_name=str(row[2]),
        made_at=moment_of(str(row[3])),
        verified_at=moment_of(str(row[4])),
        size_bytes=int(row[5]),
        medium_id=str(row[6]),
        audit_seq=int(row[7]),
        marks=KeyMarks(str(row[8]), str(row[9]), str(row[10]), str(row[11])),
        removed_at=None if row[12] is None else moment_of(str(row[12])),
        damaged_at=None if row[13] is None else moment_of(str(row[13])),
    )
