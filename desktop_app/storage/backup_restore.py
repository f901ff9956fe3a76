"""Makes a store out of a backup, in a new place. Nothing is ever restored over something else."""

from dataclasses import dataclass
from pathlib import Path

from desktop_app.domain.errors import AppError, BackupDamaged, DatabaseDamaged, RestoreTargetNotEmpty
from desktop_app.domain.progress import Progress
from desktop_app.storage import durable
from desktop_app.storage.backup_container import DATA
from desktop_app.storage.backup_manifest import BackupKeys
from desktop_app.storage.backup_reading import (
    COPYING,
    BackupReport,
    ReadBackup,
    prove,
    read_backup,
    require_content,
    told_by,
)
from desktop_app.storage.connection import open_database
from desktop_app.storage.content import Content, content_of
from desktop_app.storage.key_files import prepare_key_files
from desktop_app.storage.keys import Secret, unlock
from desktop_app.storage.staging import staged_folder


@dataclass(frozen=True)
class Restored:
    """What the backup's own list promised, and what was found in the finished store when it was read back."""

    report: BackupReport
    promised: Content
    found: Content


def restore_backup(path: Path, target: Path, secret: Secret, *, progress: Progress | None = None) -> Restored:
    """Make a store in ``target``, which must be missing or empty, with exactly the rows of the backup.

    It opens with the passphrase and the recovery key of the day the backup was made, and has been read back and
    compared before it gets its name. Stopped or killed on the way, no store is left. Raises
    RestoreTargetNotEmpty, WrongPassphrase, RecoveryKeyWrong, FolderNotWritable, DiskFull, Cancelled, and as
    ``read_backup``.
    """
    backup = read_backup(path)
    data_key = unlock(backup.key_file, secret)
    with staged_folder(target, _occupied) as stage:
        # The extracted file and the finished one stand side by side for a while.
        durable.require_room(stage, 2 * backup.container.data_size)
        found = _build(backup, data_key, stage, progress)
        prepare_key_files(stage, backup.key_file, data_key, (secret,)).put_in_place()
    return Restored(backup.report(path), backup.manifest.content, found)


def _build(backup: ReadBackup, data_key: bytes, stage: Path, progress: Progress | None) -> Content:
    extracted = stage / "extracted.part"
    # The key file names the database: each data key of a store has a file of its own.
    target = stage / backup.key_file.database_name
    backup_key = prove(backup, BackupKeys.of(data_key), extracted, progress)
    source = open_database(extracted, backup_key, journal="DELETE")
    try:
        copy = open_database(target, data_key, create=True, journal="OFF")
        try:
            source.copy_to(copy, told_by(progress, COPYING))
            copy.keep_journal("DELETE")
        finally:
            copy.close()
    finally:
        source.close()
    with durable.writing_in(stage):
        extracted.unlink()
    return _read_back(backup, data_key, target, progress)


def _read_back(backup: ReadBackup, data_key: bytes, target: Path, progress: Progress | None) -> Content:
    durable.sync_file(target)
    try:
        restored = open_database(target, data_key, journal="DELETE")
    except DatabaseDamaged as error:
        raise BackupDamaged(member=DATA) from error
    try:
        require_content(restored, backup.manifest, progress)
        return content_of(restored)
    finally:
        restored.close()


def _occupied(folder: Path) -> AppError:
    return RestoreTargetNotEmpty(place=str(folder))
