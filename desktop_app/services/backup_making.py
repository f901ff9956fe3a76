"""Making one backup by hand or by itself: written, read back, remembered, and only then older ones thinned out."""

from __future__ import annotations

from pathlib import Path

from desktop_app.domain.changes import Kind, changed
from desktop_app.domain.errors import AppError
from desktop_app.domain.progress import Progress
from desktop_app.services.backup_media import seen_for_backup
from desktop_app.services.backup_views import BackupView, Opening
from desktop_app.services.session import Session
from desktop_app.storage.backup_file import BackupReport, write_backup
from desktop_app.storage.backup_thinning import thin_out
from desktop_app.storage.known_backup_store import KnownBackup
from desktop_app.storage.place_facts import require_backup_place


def back_up(session: Session, folder: Path, progress: Progress | None = None) -> BackupView:
    """Write a backup and read it back; it is remembered only when it is whole.

    Older copies on the same medium are thinned out last of all (see ``retention_of_copies``). Raises what
    ``write_backup`` raises; then no file with a backup's name has been left behind and none has been removed.
    """
    require_backup_place(folder)
    report = write_backup(session.vault, folder, now=session.clock(), progress=progress, actor=session.actor)
    view = _remember(session, report)
    _thin_out(session, folder)
    return view


def _remember(session: Session, report: BackupReport) -> BackupView:
    with session.act() as work:
        medium = seen_for_backup(work, session, report.path.parent)
        work.backups.put(
            KnownBackup(
                sequence=report.sequence,
                place=str(report.path.parent),
                file_name=report.path.name,
                made_at=work.now,
                verified_at=work.now,
                size_bytes=report.size_bytes,
                medium_id=medium.medium_id,
                audit_seq=report.audit_seq,
                marks=report.marks,
            )
        )
        era = work.key_eras.find("passphrase", report.marks.passphrase)
        work.settings.put({"backup_place": str(report.path.parent)})
        work.audit("backup.remembered", fields=("backup_place",))
        work.commit()
    return BackupView(
        path=report.path,
        made_at=work.now,
        verified_at=work.now,
        sequence=report.sequence,
        size=report.size_bytes,
        counts=report.rows,
        medium_name=medium.name,
        opens_with=Opening.PRESENT,
        passphrase_from=era.began_at.astimezone().date() if era else None,
        is_there=True,
        changes=changed(Kind.BACKUP, Kind.SETTING),
    )


def _thin_out(session: Session, folder: Path) -> None:
    """Let superfluous copies go. The new copy stands whatever happens here; what is left goes next time."""
    try:
        with session.reading() as stores:
            verified = {copy.file_name for copy in stores.backups.all() if not copy.damaged_at}
        removed = thin_out(session.vault, folder, verified)
        if removed:
            with session.act() as work:
                for sequence in removed:
                    work.backups.note_removed(sequence, work.now)
                    work.audit("backup.thinned_out", entity="backup", entity_id=str(sequence))
                work.commit()
    except AppError:
        return
