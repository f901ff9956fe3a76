"""The media backups go to, by the names their owner gave them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from desktop_app.storage.connection import Row
from desktop_app.storage.moments import moment_of, moment_text
from desktop_app.storage.store import Store

_MEDIA: Final = (
    "SELECT medium_id, name, place, marked, own_disk, added_at, seen_at, retired_at, failed_at, failed_code "
    "FROM backup_medium "
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupMedium:
    """One medium. ``failed_at`` and ``failed_code`` tell of the last automatic backup to it, None when it went well."""

    medium_id: str
    name: str
    place: str
    marked: bool
    own_disk: bool
    added_at: datetime
    seen_at: datetime | None = None
    retired_at: datetime | None = None
    failed_at: datetime | None = None
    failed_code: str | None = None


class BackupMediumStore(Store):
    """The table ``backup_medium``."""

    def put(self, medium: BackupMedium) -> None:
        """Write a medium, new or changed."""
        self._execute(
            "INSERT INTO backup_medium (medium_id, name, place, marked, own_disk, added_at, seen_at, retired_at, "
            "failed_at, failed_code) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (medium_id) DO UPDATE SET name = excluded.name, place = excluded.place, "
            "marked = excluded.marked, own_disk = excluded.own_disk, seen_at = excluded.seen_at, "
            "retired_at = excluded.retired_at, failed_at = excluded.failed_at, failed_code = excluded.failed_code",
            (
                medium.medium_id,
                medium.name,
                medium.place,
                int(medium.marked),
                int(medium.own_disk),
                moment_text(medium.added_at),
                _text(medium.seen_at),
                _text(medium.retired_at),
                _text(medium.failed_at),
                medium.failed_code,
            ),
        )

    def all(self) -> list[BackupMedium]:
        """Return every medium, retired ones too, in the order they were added."""
        return [_medium(row) for row in self._rows(_MEDIA + "ORDER BY added_at, medium_id")]

    def in_use(self) -> list[BackupMedium]:
        """Return the media that backups go to."""
        return [medium for medium in self.all() if medium.retired_at is None]

    def of_id(self, medium_id: str) -> BackupMedium | None:
        """Return one medium, retired or not."""
        row = self._row(_MEDIA + "WHERE medium_id = ?", (medium_id,))
        return _medium(row) if row else None


def _medium(row: Row) -> BackupMedium:
    medium_id, name, place, marked, own_disk, added_at, seen_at, retired_at, failed_at, failed_code = row
    return BackupMedium(
        medium_id=str(medium_id),
        name=str(name),
        place=str(place),
        marked=bool(marked),
        own_disk=bool(own_disk),
        added_at=moment_of(str(added_at)),
        seen_at=_moment(seen_at),
        retired_at=_moment(retired_at),
        failed_at=_moment(failed_at),
        failed_code=None if failed_code is None else str(failed_code),
    )


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else moment_text(moment)


def _moment(text: str | None) -> datetime | None:
    return None if text is None else moment_of(text)
