"""Which backups the store knows of. A restored store knows those made before its own backup."""

from dataclasses import dataclass
from datetime import datetime

from desktop_app.storage.moments import moment_of, moment_text
from desktop_app.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownBackup:
    """One backup: its number, the folder and file it was written to, and when it was last read back whole."""

    sequence: int
    place: str
    file_name: str
    made_at: datetime
    verified_at: datetime
    size_bytes: int


class KnownBackupStore(Store):
    """The table ``known_backup``."""

    def put(self, backup: KnownBackup) -> None:
        """Remember a backup, or that it was read back whole again."""
        self._execute(
            "INSERT INTO known_backup (sequence, place, file_name, made_at, verified_at, size_bytes) "
            "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (sequence) DO UPDATE SET verified_at = excluded.verified_at",
            (
                backup.sequence,
                backup.place,
                backup.file_name,
                moment_text(backup.made_at),
                moment_text(backup.verified_at),
                backup.size_bytes,
            ),
        )

    def all(self) -> list[KnownBackup]:
        """Return every known backup, the newest number first."""
        rows = self._rows(
            "SELECT sequence, place, file_name, made_at, verified_at, size_bytes FROM known_backup "
            "ORDER BY sequence DESC"
        )
        return [
            KnownBackup(
                sequence=int(row[0]),
                place=str(row[1]),
                file_name=str(row[2]),
                made_at=moment_of(str(row[3])),
                verified_at=moment_of(str(row[4])),
                size_bytes=int(row[5]),
            )
            for row in rows
        ]
