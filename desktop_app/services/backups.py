"""Backups: made, read back, known, restored. A backup counts only when it has been read back whole."""

from __future__ import annotations

from pathlib import Path

from desktop_app.domain.backup_standing import Level, Reason
from desktop_app.domain.progress import Progress
from desktop_app.services.automatic_backups import AutomaticBackup, Outcome, automatic_backup
from desktop_app.services.backup_making import back_up
from desktop_app.services.backup_media import Medium, add_medium, change_medium, media, retire_medium
from desktop_app.services.backup_states import BackupState, backup_state
from desktop_app.services.backup_views import (
    CASES_TABLE,
    BackupView,
    Comparison,
    Opening,
    RestoreView,
    TableRows,
)
from desktop_app.services.known_backups import known, newest, note_destroyed, removed, to_destroy
from desktop_app.services.passphrases import secret_from
from desktop_app.services.rehearsals import (
    PastRehearsal,
    Rehearsal,
    RehearsalOutcome,
    rehearsal_receipt,
    rehearsals,
    rehearse,
)
from desktop_app.services.vault import make_way_to
from desktop_app.storage.backup_file import BackupReport, inspect_backup, restore_backup, verify_backup
from desktop_app.storage.place_facts import require_own_disk

__all__ = [
    "AutomaticBackup",
    "BackupState",
    "BackupView",
    "Comparison",
    "Level",
    "Medium",
    "Opening",
    "Outcome",
    "PastRehearsal",
    "Reason",
    "Rehearsal",
    "RehearsalOutcome",
    "RestoreView",
    "TableRows",
    "add_medium",
    "automatic_backup",
    "back_up",
    "backup_state",
    "change_medium",
    "known",
    "look_into",
    "media",
    "newest",
    "note_destroyed",
    "rehearsal_receipt",
    "rehearsals",
    "rehearse",
    "removed",
    "restore",
    "retire_medium",
    "to_destroy",
    "verify",
]


def verify(path: Path, secret_text: str, progress: Progress | None = None) -> BackupView:
    """Open a backup with passphrase, recovery key or two cards and read every page of it. Changes nothing."""
    return _view(verify_backup(path, secret_from(secret_text), progress=progress))


def look_into(path: Path) -> BackupView:
    """Check form and checksums of a backup without a secret; this cannot vouch for what is inside."""
    return _view(inspect_backup(path))


def restore(path: Path, folder: Path, secret_text: str, progress: Progress | None = None) -> RestoreView:
    """Make a store of a backup in a new or empty folder, compared row for row before it counts as done.

    ``secret_text`` is the passphrase or the recovery key of the copy's day, or two cards on two lines.
    """
    require_own_disk(folder)
    make_way_to(folder)
    made = restore_backup(path, folder, secret_from(secret_text), progress=progress)
    promised, found = made.promised, made.found
    comparison = Comparison(
        promised=promised.rows,
        found=found.rows,
        chain_head_equal=promised.audit_hash == found.audit_hash,
        digest_equal=made.source.digest == found.digest,
        schema_equal=promised.schema == found.schema,
    )
    return RestoreView(folder, found.rows, found.rows.get(CASES_TABLE, 0), comparison)


def _view(report: BackupReport) -> BackupView:
    return BackupView(
        path=report.path,
        made_at=report.made_at,
        verified_at=None,
        sequence=report.sequence,
        size=report.size_bytes,
        counts=report.rows,
        is_there=True,
    )
