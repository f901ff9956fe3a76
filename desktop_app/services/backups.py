"""Backups: made, read back, known, restored. A backup counts only when it has been read back whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop_app.domain.changes import ChangeSet, Kind, changed
from desktop_app.domain.progress import Progress
from desktop_app.services.passphrases import secret_from
from desktop_app.services.session import Session
from desktop_app.services.vault import make_way_to
from desktop_app.storage.backup_file import (
    BackupReport,
    inspect_backup,
    restore_backup,
    verify_backup,
    write_backup,
)
from desktop_app.storage.known_backup_store import KnownBackup
from desktop_app.storage.place_facts import require_backup_place, require_own_disk

CASES_TABLE = "client_case"


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupView:
    """One backup: when it was made and checked, and how many rows of each table it holds (when that is known)."""

    path: Path
    made_at: datetime
    verified_at: datetime | None
    sequence: int
    size: int
    counts: Mapping[str, int]
    changes: ChangeSet | None = None

    @property
    def cases(self) -> int:
        """How many cases it holds."""
        return self.counts.get(CASES_TABLE, 0)


@dataclass(frozen=True, slots=True)
class RestoreView:
    """What was restored, and where."""

    folder: Path
    counts: Mapping[str, int]
    cases: int


def back_up(session: Session, folder: Path, progress: Progress | None = None) -> BackupView:
    """Write a backup and read it back; it is remembered only when it is whole.

    Raises what ``write_backup`` raises; then no file with a backup's name has been left behind.
    """
    require_backup_place(folder)
    report = write_backup(session.vault, folder, now=session.clock(), progress=progress, actor=session.actor)
    now = session.clock()
    with session.act() as work:
        work.backups.put(
            KnownBackup(
                sequence=report.sequence,
                place=str(report.path.parent),
                file_name=report.path.name,
                made_at=now,
                verified_at=now,
                size_bytes=report.size_bytes,
            )
        )
        work.settings.put({"backup_place": str(folder)})
        work.audit("backup.remembered", fields=("backup_place",))
        work.commit()
    return _view(report, now, changed(Kind.BACKUP, Kind.SETTING))


def known(session: Session) -> tuple[BackupView, ...]:
    """Return every backup the store knows of, the newest first."""
    with session.reading() as stores:
        return tuple(
            BackupView(
                path=Path(backup.place) / backup.file_name,
                made_at=backup.made_at.astimezone(),
                verified_at=backup.verified_at.astimezone(),
                sequence=backup.sequence,
                size=backup.size_bytes,
                counts={},
            )
            for backup in stores.backups.all()
        )


def newest(session: Session) -> BackupView | None:
    """Return the newest backup the store knows of."""
    return next(iter(known(session)), None)


def verify(path: Path, secret_text: str, progress: Progress | None = None) -> BackupView:
    """Open a backup with passphrase or recovery key and read every page of it. Changes nothing."""
    return _view(verify_backup(path, secret_from(secret_text), progress=progress), None, None)


def look_into(path: Path) -> BackupView:
    """Check form and checksums of a backup without a secret; this cannot vouch for what is inside."""
    return _view(inspect_backup(path), None, None)


def restore(path: Path, folder: Path, secret_text: str, progress: Progress | None = None) -> RestoreView:
    """Make a store of a backup in a new or empty folder, compared row for row before it counts as done."""
    require_own_disk(folder)
    make_way_to(folder)
    report = restore_backup(path, folder, secret_from(secret_text), progress=progress)
    return RestoreView(folder, report.rows, report.rows.get(CASES_TABLE, 0))


def _view(report: BackupReport, verified_at: datetime | None, changes: ChangeSet | None) -> BackupView:
    return BackupView(
        path=report.path,
        made_at=datetime.fromisoformat(report.made_local),
        verified_at=verified_at,
        sequence=report.sequence,
        size=report.size_bytes,
        counts=report.rows,
        changes=changes,
    )
