"""The store as a folder: a database, two copies of the key file, a seal, a lock file. Made and opened here.

Every refusal leaves the folder as it was. The key file says "wrong passphrase" before the database is touched, so
that what is wrong after that can only be damage.
"""

import os
import secrets
from collections.abc import Callable, Container, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from desktop_app.domain.errors import (
    AppError,
    FolderNotEmpty,
    KeyFileDamaged,
    KeyFileTooNew,
    VaultExists,
    VaultMissing,
)
from desktop_app.storage import durable
from desktop_app.storage.connection import Database, check_file, open_database
from desktop_app.storage.data_key_change import database_names_in, remove_superseded, remove_unfinished
from desktop_app.storage.file_seal import SEAL_PURPOSE, FileSeal
from desktop_app.storage.key_files import (
    KEY_FILE_NAMES,
    KeyFileReading,
    mend_key_files,
    prepare_key_files,
    read_key_files,
)
from desktop_app.storage.keys import (
    KdfCost,
    KeyFile,
    Passphrase,
    RecoveryKey,
    Secret,
    database_name,
    derived_key,
    make_key_file,
    new_data_key,
    require_good_passphrase,
    unlock,
)
from desktop_app.storage.migrations.runner import (
    Migration,
    build_schema,
    load_migrations,
    migrate,
    require_known_schema,
)
from desktop_app.storage.private_folder import make_private
from desktop_app.storage.staging import staged_folder
from desktop_app.storage.unit_of_work import UnitOfWork
from desktop_app.storage.vault import USUAL_COST, OpeningNotice, Vault
from desktop_app.storage.vault_lock import VaultLock

__all__ = [
    "DATABASE_NAME",
    "OpeningNotice",
    "Vault",
    "create_vault",
    "holds_vault",
    "open_vault",
    "open_vault_with",
    "open_vault_with_recovery_key",
]

DATABASE_NAME: Final = database_name(1)
"""The database's name in a new store; each new data key comes with a name of its own, see ``keys.database_name``."""

_ERAS_SINCE_SCHEMA: Final = 2


def create_vault(
    folder: Path,
    passphrase: Passphrase,
    *,
    now: datetime,
    actor: str = "system",
    cost: KdfCost = USUAL_COST,
    recovery_key: RecoveryKey | None = None,
    block_list: Container[str] = frozenset(),
    steps: Sequence[Migration] | None = None,
) -> tuple[Vault, RecoveryKey]:
    """Make a new store in a new or empty folder and open it; return it with its recovery key.

    The folder's parent must exist. A kill on the way leaves no store at all. Raises PassphraseTooWeak,
    VaultExists, FolderNotEmpty, FolderNotWritable or DiskFull.
    """
    require_good_passphrase(passphrase, block_list)
    recovery_key = recovery_key if recovery_key is not None else RecoveryKey.new()
    data_key = new_data_key()
    key_file = make_key_file(data_key, passphrase, recovery_key, cost)
    with staged_folder(folder, _occupied) as stage:
        _make_database(stage / key_file.database_name, data_key, key_file, steps, actor=actor, now=now)
        prepare_key_files(stage, key_file, data_key, (passphrase, recovery_key)).put_in_place()
    return _open(folder, lambda _: data_key, steps), recovery_key


def open_vault(folder: Path, passphrase: Passphrase, *, steps: Sequence[Migration] | None = None) -> Vault:
    """Open a store with the passphrase; an older one is brought up to date first. Opening never creates.

    Raises VaultMissing, VaultInUse, KeyFileDamaged, KeyFileTooNew, WrongPassphrase, DatabaseEmpty,
    DatabaseForeign, DatabaseDamaged, VaultTooNew, FolderNotWritable, MigrationFailed, DiskFull or MemoryShort.
    """
    return open_vault_with(folder, passphrase, steps=steps)


def open_vault_with_recovery_key(
    folder: Path, recovery_key: RecoveryKey, *, steps: Sequence[Migration] | None = None
) -> Vault:
    """Open a store with the recovery key; raises as ``open_vault``, with RecoveryKeyWrong."""
    return open_vault_with(folder, recovery_key, steps=steps)


def open_vault_with(folder: Path, secret: Secret, *, steps: Sequence[Migration] | None = None) -> Vault:
    """Open a store with any secret; raises as ``open_vault``, with CardsWrong and CardsNotInUse for cards."""
    return _open(folder, lambda key_file: unlock(key_file, secret), steps)


def holds_vault(folder: Path) -> bool:
    """Whether any file of a store stands in the folder, whole or not."""
    # os.path, not Path: a name the disk cannot even look up is an answer, not an error.
    names = (DATABASE_NAME, *KEY_FILE_NAMES, *database_names_in(folder))
    return any(os.path.exists(folder / name) for name in names)


def _open(folder: Path, opened_by: Callable[[KeyFile], bytes], steps: Sequence[Migration] | None) -> Vault:
    steps = load_migrations() if steps is None else steps
    if not holds_vault(folder):
        raise VaultMissing(place=str(folder))
    check_file(folder / _database_name_in(folder))
    lock = VaultLock.take(folder)
    try:
        # Read under the lock: until then another program may have been giving the store a new data key.
        reading = read_key_files(folder)
        data_key = opened_by(reading.key_file)
        make_private(folder)
        database = open_database(folder / reading.key_file.database_name, data_key)
        try:
            return _ready(folder, database, reading, data_key, lock, steps)
        except BaseException:
            database.close()
            raise
    except BaseException:
        lock.release()
        raise


def _database_name_in(folder: Path) -> str:
    try:
        return read_key_files(folder).key_file.database_name
    except (KeyFileDamaged, KeyFileTooNew):
        # Told once the lock is taken; a database that is missing too is told first.
        return DATABASE_NAME


def _ready(
    folder: Path,
    database: Database,
    reading: KeyFileReading,
    data_key: bytes,
    lock: VaultLock,
    steps: Sequence[Migration],
) -> Vault:
    """Do what may change something only now, when the store is known to be ours and whole enough to open."""
    require_known_schema(database, steps)
    _remove_unfinished(folder, reading.key_file)
    seal = FileSeal(database.path, derived_key(data_key, SEAL_PURPOSE))
    notice = OpeningNotice(
        mended_key_files=mend_key_files(folder, reading),
        migrated_from=migrate(database, data_key, steps, seal.mark_open),
    )
    remove_superseded(folder, reading.key_file)
    return Vault(folder, database, reading.key_file, data_key, lock, seal, notice)


def _remove_unfinished(folder: Path, key_file: KeyFile) -> None:
    """Remove what a killed program left half made. The lock is held, so nobody is still making it."""
    remove_unfinished(folder, key_file)
    for ending in ("", "-journal", "-wal"):
        durable.remove_quietly(*folder.glob(f"*.part{ending}"))


def _occupied(folder: Path) -> AppError:
    if holds_vault(folder):
        return VaultExists(place=str(folder))
    return FolderNotEmpty(place=str(folder))


def _make_database(
    path: Path,
    data_key: bytes,
    key_file: KeyFile,
    steps: Sequence[Migration] | None,
    *,
    actor: str,
    now: datetime,
) -> None:
    database = open_database(path, data_key, create=True)
    try:
        build_schema(database, load_migrations() if steps is None else steps)
        with UnitOfWork(database, actor=actor, now=now) as work:
            work.meta.begin(secrets.token_hex(16), now.astimezone(UTC).isoformat())
            if database.schema_version >= _ERAS_SINCE_SCHEMA:
                work.key_eras.change(None, key_file.marks(), now)
            work.audit("vault.created")
            work.commit()
    finally:
        database.close()
