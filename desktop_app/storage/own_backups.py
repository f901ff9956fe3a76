"""Which of the files at a place are this store's own backups, and what opens them. Reads their small parts only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop_app.domain.errors import AppError, BackupDamaged
from desktop_app.storage.backup_manifest import BackupKeys
from desktop_app.storage.backup_names import backups_in
from desktop_app.storage.backup_reading import ReadBackup, read_backup
from desktop_app.storage.keys import KeyMarks
from desktop_app.storage.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnBackup:
    """A backup of this store by its own word; ``authentic`` when the store's present data key vouches for that word.

    A copy from before the data key was replaced cannot be vouched for.
    """

    path: Path
    sequence: int
    made_at: datetime
    size_bytes: int
    audit_seq: int
    rows: Mapping[str, int]
    marks: KeyMarks
    authentic: bool


def own_backups_at(vault: Vault, place: Path) -> list[OwnBackup]:
    """Return this store's backups at a place, the newest number first.

    Files of other stores, of other kinds, damaged ones and such as cannot be read are passed over in silence.
    """
    try:
        paths = backups_in(place)
    except OSError:
        return []
    keys = BackupKeys.derived_by(vault.derived_key)
    found = [_read(path) for path in paths]
    return [_own(backup, keys) for backup in found if backup and backup.manifest.vault_id == vault.vault_id]


def _read(path: Path) -> ReadBackup | None:
    try:
        return read_backup(path)
    except (AppError, OSError):
        return None


def _own(backup: ReadBackup, keys: BackupKeys) -> OwnBackup:
    manifest = backup.manifest
    return OwnBackup(
        path=backup.container.path,
        sequence=manifest.sequence,
        made_at=datetime.fromisoformat(manifest.made_local),
        size_bytes=backup.container.size,
        audit_seq=manifest.content.audit_seq,
        rows=manifest.content.rows,
        marks=backup.key_file.marks(),
        authentic=_is_authentic(backup, keys),
    )


def _is_authentic(backup: ReadBackup, keys: BackupKeys) -> bool:
    try:
        backup.sealed.require_authentic(keys)
    except BackupDamaged:
        return False
    return True
