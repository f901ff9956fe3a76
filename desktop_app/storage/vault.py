"""An open store: acts, readings, checks, and the change of what opens it."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from desktop_app.storage.connection import Database, open_database
from desktop_app.storage.file_seal import FileSeal, SealVerdict
from desktop_app.storage.integrity import CheckReport, check_store
from desktop_app.storage.key_files import prepare_key_files
from desktop_app.storage.keys import (
    KdfCost,
    KeyFile,
    Passphrase,
    RecoveryKey,
    Secret,
    derived_key,
    encode_key_file,
    require_good_passphrase,
    unlock,
    with_new_slot,
)
from desktop_app.storage.unit_of_work import Jotting, Reading, UnitOfWork
from desktop_app.storage.vault_lock import VaultLock

USUAL_COST: Final = KdfCost()


@dataclass(frozen=True)
class OpeningNotice:
    """What the opening had to do and the person should hear of."""

    mended_key_files: tuple[str, ...] = ()
    migrated_from: int | None = None


class Vault:
    """An open store. Owned by the thread that opened it; only ``interrupt`` may be called from another."""

    def __init__(
        self,
        folder: Path,
        database: Database,
        key_file: KeyFile,
        data_key: bytes,
        lock: VaultLock,
        seal: FileSeal,
        notice: OpeningNotice,
    ) -> None:
        self.folder = folder
        self.notice = notice
        self.database = database
        self._key_file = key_file
        self._data_key = data_key
        self._lock = lock
        self._seal = seal
        with self.reading() as read:
            self.vault_id = read.meta.vault_id

    def unit_of_work(self, *, actor: str, now: datetime) -> UnitOfWork:
        """Return one act, to be used in ``with``; see ``unit_of_work.py``. ``now`` carries a time zone."""
        self._seal.mark_open()
        return UnitOfWork(self.database, actor=actor, now=now)

    def reading(self) -> Reading:
        """Return a view for reading alone, to be used in ``with``."""
        return Reading(self.database)

    def jotting(self, *, now: datetime) -> Jotting:
        """Return a transaction for desk notes and log lines, to be used in ``with``; it needs no audit line."""
        self._seal.mark_open()
        return Jotting(self.database, now)

    def examine_seal(self) -> SealVerdict:
        """Tell whether the file is as it was closed; to be asked soon after opening, about 1 ms per MB."""
        return self._seal.examine()

    def check(self) -> CheckReport:
        """Check every page, the structure, the references and the audit chain; change nothing."""
        return check_store(self.database)

    def change_passphrase(
        self,
        current: Secret,
        new: Passphrase,
        *,
        actor: str,
        now: datetime,
        cost: KdfCost = USUAL_COST,
        block_list: Container[str] = frozenset(),
    ) -> None:
        """Let a new passphrase open the store instead of the old one; ``current`` may be the recovery key.

        Raises WrongPassphrase, RecoveryKeyWrong, PassphraseTooWeak, DiskFull or FolderNotWritable; the old
        passphrase then stands. At every moment exactly one of the two opens the store.
        """
        require_good_passphrase(new, block_list)
        self._replace_slot(current, new, cost, "vault.passphrase_changed", actor, now)

    def replace_recovery_key(
        self,
        current: Secret,
        new: RecoveryKey | None = None,
        *,
        actor: str,
        now: datetime,
        cost: KdfCost = USUAL_COST,
    ) -> RecoveryKey:
        """Let a new recovery key open the store instead of the old one, and return it.

        ``new`` is for a key that has been shown and typed back before it counts. Older backups still open with
        the older sheet. Raises as ``change_passphrase``.
        """
        key = new if new is not None else RecoveryKey.new()
        self._replace_slot(current, key, cost, "vault.recovery_key_replaced", actor, now)
        return key

    def prove(self, secret: Secret) -> None:
        """Raise WrongPassphrase or RecoveryKeyWrong unless ``secret`` opens this store. Changes nothing."""
        unlock(self._key_file, secret)

    def key_file_bytes(self) -> bytes:
        """Return the key file that opens this store, as a backup carries it along."""
        return encode_key_file(self._key_file)

    def derived_key(self, purpose: str) -> bytes:
        """Return a 32-byte key for one purpose, tied to this store's data key."""
        return derived_key(self._data_key, purpose)

    def interrupt(self) -> None:
        """Stop a running question from any thread; it then raises Cancelled."""
        self.database.interrupt()

    def renew(self) -> None:
        """Close the database and open it again, keeping others out. Needed after a bad page has been read."""
        self.database.close()
        self.database = open_database(self.database.path, self._data_key)

    def close(self) -> None:
        """Empty the WAL, close, seal, let others in. At rest there is one database file. Twice does nothing."""
        self.database.close()
        self._seal.close_over(self.database.path)
        self._data_key = b""
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _replace_slot(
        self, current: Secret, new: Secret, cost: KdfCost, act: str, actor: str, now: datetime
    ) -> None:
        self.prove(current)
        key_file = with_new_slot(self._key_file, self._data_key, new, cost)
        prepared = prepare_key_files(self.folder, key_file, self._data_key, (new,))
        try:
            # The line comes first: a full disk must not say "failed" about a passphrase that already changed.
            self._note(act, actor, now)
            prepared.put_in_place()
        except BaseException:
            prepared.discard()
            raise
        self._key_file = key_file

    def _note(self, act: str, actor: str, now: datetime) -> None:
        with self.unit_of_work(actor=actor, now=now) as work:
            work.audit(act)
            work.commit()
