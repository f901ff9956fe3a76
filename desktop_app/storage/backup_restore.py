"""Makes a store out of a backup, in a new place. Nothing is ever restored over something else."""

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
from desktop_app.storage.key_files import prepare_key_files
from desktop_app.storage.keys import Secret, unlock
from desktop_app.storage.staging import staged_folder


def restore_backup(
    path: Path, target: Path, secret: Secret, *, progress: Progress | None = None
) -> BackupReport:
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
        _build(backup, data_key, stage, progress)
        prepare_key_files(stage, backup.key_file, data_key, (secret,)).put_in_place()
    return backup.report(path)


def _build(backup: ReadBackup, data_key: bytes, stage: Path, progress: Progress | None) -> None:
    extracted = stage / "extracted.part"
    backup_key = prove(backup, BackupKeys.of(data_key), extracted, progress)
    source = open_database(extracted, backup_key, journal="DELETE")
    try:
        copy = open_database(stage / backup.key_file.database_name, data_key, create=True, journal="OFF")
        try:
            source.copy_to(copy, told_by(progress, COPYING))
            copy.keep_journal("DELETE")
        finally:
            copy.close()
    finally:
        source.close()
    extracted.unlink()
    _read_back(backup, data_key, stage, progress)


def _read_back(backup: ReadBackup, data_key: bytes, stage: Path, progress: Progress | None) -> None:
    durable.sync_file(stage / backup.key_file.database_name)
    try:
        restored = open_database(stage / backup.key_file.database_name, data_key, journal="DELETE")
    except DatabaseDamaged as error:
        raise BackupDamaged(member=DATA) from error
    try:
        require_content(restored, backup.manifest, progress)
    finally:
        restored.close()


def _occupied(folder: Path) -> AppError:
    return RestoreTargetNotEmpty(place=str(folder))
