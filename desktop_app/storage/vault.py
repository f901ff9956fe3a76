"""An open store: acts, readings, checks, and the change of what opens it."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from desktop_app.domain.errors import DatabaseDamaged, DiskFull, FolderNotWritable
from desktop_app.domain.progress import Progress
from desktop_app.storage.connection import Database, open_database
from desktop_app.storage.data_key_change import Successor, put_in_place, remove_superseded
from desktop_app.storage.file_seal import SEAL_PURPOSE, FileSeal, SealVerdict
from desktop_app.storage.heal import heal
from desktop_app.storage.integrity import CheckReport, check_store
from desktop_app.storage.key_files import prepare_key_files
from desktop_app.storage.keys import (
    CardSecret,
    KdfCost,
    KeyFile,
    KeyMarks,
    Passphrase,
    RecoveryKey,
    Secret,
    derived_key,
    encode_key_file,
    require_good_passphrase,
    unlock,
    with_new_slot,
    without_cards,
)
from desktop_app.storage.typing_log import Typing, TypingLog
from desktop_app.storage.unit_of_work import Indexing, Jotting, Reading, ReadingOver, UnitOfWork
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
        self._data_key: bytes = data_key
        self._lock = lock
        self._seal = seal
        self._typing = TypingLog()
        with Reading(database) as read:
            self.vault_id = read.meta.vault_id

    def unit_of_work(self, *, actor: str, now: datetime) -> UnitOfWork:
        """Return one act, to be used in ``with``; see ``unit_of_work.py``. ``now`` carries a time zone."""
        self.settle()
        self._seal.mark_open()
        return UnitOfWork(self._connected(), actor=actor, now=now, typing=self._typing)

    def reading(self) -> Reading:
        """Return a view for reading alone, to be used in ``with``; what was typed stands in it."""
        try:
            self.settle()
        except (DiskFull, FolderNotWritable):
            return ReadingOver(self._connected())
        return Reading(self._connected())

    def jotting(self, *, now: datetime) -> Jotting:
        """Return a transaction for desk notes and log lines, to be used in ``with``; it needs no audit line.

        It sees nothing of what a case holds, so what was typed may wait.
        """
        self._seal.mark_open()
        return Jotting(self._connected(), now)

    def indexing(self, *, now: datetime) -> Indexing:
        """Return a transaction for the search's index, to be used in ``with``; it needs no audit line."""
        self.settle()
        self._seal.mark_open()
        return Indexing(self._connected(), now)

    def typing(self, *, actor: str, now: datetime) -> Typing:
        """Return one save of what is being typed; ``settle`` lays it in its place. ``now`` carries a time zone."""
        if not self._typing.is_known:
            self.settle()
        self._seal.mark_open()
        return Typing(self._connected(), self._typing, actor=actor, now=now)

    def settle(self) -> None:
        """Lay what was typed in its place, with its lines in the log; without such, do nothing.

        Every act and every reading does so first. Raises DiskFull and the like; nothing typed is lost by that.
        """
        if self._typing.waits_in(self._connected()):
            self._seal.mark_open()
            self._typing.fold(self._connected())

    def examine_seal(self) -> SealVerdict:
        """Tell whether the file is as it was closed; to be asked soon after opening, about 1 ms per MB."""
        return self._seal.examine()

    def check(self) -> CheckReport:
        """Check every page, the structure, the references and the audit chain; change nothing."""
        return check_store(self._connected())

    def change_passphrase(
        self,
        current: Secret,
        new: Passphrase,
        *,
        actor: str,
        now: datetime,
        cost: KdfCost | None = None,
        block_list: Container[str] = frozenset(),
    ) -> None:
        """Let a new passphrase open the store instead of the old one; ``current`` may be any secret that opens it.

        Without ``cost`` it costs what the old one did. Raises WrongPassphrase, RecoveryKeyWrong, CardsWrong,
        PassphraseTooWeak, DiskFull, FolderNotWritable or MemoryShort; the old passphrase then stands. At every
        moment exactly one of the two opens the store.
        """
        require_good_passphrase(new, block_list)
        self.prove(current)
        self._put(self._with_slot(new, cost), (new,), "vault.passphrase_changed", actor, now)

    def replace_recovery_key(
        self,
        current: Secret,
        new: RecoveryKey | None = None,
        *,
        actor: str,
        now: datetime,
        cost: KdfCost | None = None,
    ) -> RecoveryKey:
        """Let a new recovery key open the store instead of the old one, and return it.

        ``new`` is for a key that has been shown and typed back before it counts. Older backups still open with
        the older sheet. Raises as ``change_passphrase``.
        """
        key = new if new is not None else RecoveryKey.new()
        self.prove(current)
        self._put(self._with_slot(key, cost), (key,), "vault.recovery_key_replaced", actor, now)
        return key

    def replace_cards(
        self, current: Secret, new: CardSecret, *, actor: str, now: datetime, cost: KdfCost | None = None
    ) -> None:
        """Let two of a new set of cards open the store, instead of any older cards. Raises as above."""
        self.prove(current)
        self._put(self._with_slot(new, cost), (new,), "vault.cards_replaced", actor, now)

    def withdraw_cards(self, current: Secret, *, actor: str, now: datetime) -> None:
        """Let no cards open the store any more; older backups still open with them. Raises as above."""
        self.prove(current)
        self._put(without_cards(self._key_file), (), "vault.cards_withdrawn", actor, now)

    def replace_data_key(
        self,
        current: Secret,
        passphrase: Passphrase,
        recovery_key: RecoveryKey,
        *,
        actor: str,
        now: datetime,
        cost: KdfCost | None = None,
        block_list: Container[str] = frozenset(),
        progress: Progress | None = None,
    ) -> None:
        """Copy everything into a new database under a new key, which only the two new secrets lead to.

        Cards fall away. The old database is removed; backups made before still open with the old secrets. Raises
        as ``change_passphrase``, DatabaseDamaged and Cancelled; then the old key stands, with every row.
        """
        require_good_passphrase(passphrase, block_list)
        self.prove(current)
        self.settle()
        self._seal.mark_open()
        try:
            successor = Successor.of(self._key_file, self.folder, passphrase, recovery_key, self._cost(cost))
            database = put_in_place(successor, self._connected(), actor=actor, now=now, progress=progress)
        except DatabaseDamaged:
            # After a bad page has been read the connection can write no more.
            self.renew()
            raise
        older, self.database = self.database, database
        self._key_file, self._data_key = successor.key_file, successor.data_key
        self._seal = FileSeal(database.path, self.derived_key(SEAL_PURPOSE))
        older.close()
        remove_superseded(self.folder, self._key_file)

    def prove(self, secret: Secret) -> None:
        """Raise WrongPassphrase, RecoveryKeyWrong, CardsWrong or CardsNotInUse unless ``secret`` opens this store."""
        unlock(self._key_file, secret)

    def key_marks(self) -> KeyMarks:
        """Return the names of what opens this store; a backup made now opens with the same."""
        return self._key_file.marks()

    def kdf_cost(self) -> KdfCost:
        """Return what one try at the passphrase costs."""
        return self._cost(None)

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
        self._typing.forget()
        self.database = open_database(self.database.path, self._data_key)

    def heal(self, *, actor: str, now: datetime, progress: Progress | None = None) -> None:
        """Mend damage in pages that hold nothing, by a proved copy in a new file; see ``heal.py``.

        Raises DatabaseDamaged, DiskFull, MediumFailed or FolderNotWritable; the old file then stands.
        """
        self._seal.mark_open()
        # The check that found the page has spoiled the connection.
        self.renew()
        try:
            self.database = heal(self.database, self._data_key, progress)
        except BaseException:
            # Opened anew when next needed: what went wrong here may go wrong there.
            self.database.close()
            raise
        with self.unit_of_work(actor=actor, now=now) as work:
            work.audit("vault.healed")
            work.commit()

    def _connected(self) -> Database:
        """Return the database, opened anew where its medium failed and may be back."""
        if self.database.is_spoiled:
            self.renew()
        return self.database

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

    def _cost(self, wanted: KdfCost | None) -> KdfCost:
        return wanted if wanted is not None else self._key_file.slots[0].cost

    def _with_slot(self, new: Secret, cost: KdfCost | None) -> KeyFile:
        return with_new_slot(self._key_file, self._data_key, new, self._cost(cost))

    def _put(
        self, key_file: KeyFile, proofs: tuple[Secret, ...], act: str, actor: str, now: datetime
    ) -> None:
        prepared = prepare_key_files(self.folder, key_file, self._data_key, proofs)
        try:
            # The line comes first: a full disk must not say "failed" about a passphrase that already changed.
            self._note(act, key_file.marks(), actor, now)
            prepared.put_in_place()
        except BaseException:
            prepared.discard()
            raise
        self._key_file = key_file

    def _note(self, act: str, marks: KeyMarks, actor: str, now: datetime) -> None:
        former = self.key_marks()
        with self.unit_of_work(actor=actor, now=now) as work:
            work.key_eras.change(former, marks, now)
            if marks.recovery_key != former.recovery_key:
                work.recovery_holders.end("sheet", now)
            if marks.cards != former.cards:
                work.recovery_holders.end("card", now)
            work.audit(act)
            work.commit()
