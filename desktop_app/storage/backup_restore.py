"""Makes a store out of a backup, in a new place. Nothing is ever restored over something else."""

from dataclasses import dataclass, replace
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
from desktop_app.storage.content import Content, Summary
from desktop_app.storage.key_files import prepare_key_files
from desktop_app.storage.keys import Secret, unlock
from desktop_app.storage.staging import staged_folder


@dataclass(frozen=True)
class Restored:
    """What the backup's own list promised, what was in it, and what was found in the finished store.

    Both databases were read from the first row to the last: ``source`` the backup's, ``found`` the new store's.
    """

    report: BackupReport
    promised: Summary
    source: Content
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
        source, found = _build(backup, data_key, stage, progress)
        prepare_key_files(stage, backup.key_file, data_key, (secret,)).put_in_place()
    report = replace(backup.report(path), audit_first_bad=found.audit_first_bad)
    return Restored(report, backup.manifest.content, source, found)


def _build(
    backup: ReadBackup, data_key: bytes, stage: Path, progress: Progress | None
) -> tuple[Content, Content]:
    extracted = stage / "extracted.part"
    # The key file names the database: each data key of a store has a file of its own.
    target = stage / backup.key_file.database_name
    proved = prove(backup, BackupKeys.of(data_key), extracted, progress)
    source = open_database(extracted, proved.key, journal="DELETE")
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
    found = _read_back(backup, data_key, target, progress)
    if found != proved.content:
        raise BackupDamaged(member=DATA)
    return proved.content, found


def _read_back(backup: ReadBackup, data_key: bytes, target: Path, progress: Progress | None) -> Content:
    durable.sync_file(target)
    try:
        restored = open_database(target, data_key, journal="DELETE")
    except DatabaseDamaged as error:
        raise BackupDamaged(member=DATA) from error
    try:
        return require_content(restored, backup.manifest, progress)
    finally:
        restored.close()


def _occupied(folder: Path) -> AppError:
    return RestoreTargetNotEmpty(place=str(folder))
