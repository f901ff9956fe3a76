"""Small stores for tests: one is made once and copied, since each making costs two derivations."""

import atexit
import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path

import pytest

from desktop_app.storage import connection, key_slots, vault_file
from desktop_app.storage.key_files import read_key_files
from desktop_app.storage.keys import KdfCost, Passphrase, RecoveryKey, Secret, unlock
from desktop_app.storage.vault_file import Vault, create_vault
from tests.helpers import figures

CHEAP = KdfCost(memory_kib=64 * 1024, passes=3)
PASSPHRASE = Passphrase("korrekt häst batteri häftapparat")
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
ACTOR = "handlaggare"
_REAL_DERIVATION = key_slots.wrapping_key


@cache
def _template() -> tuple[Path, RecoveryKey]:
    home = Path(tempfile.mkdtemp(prefix="utvag-test-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    folder = home / "store"
    with pytest.MonkeyPatch.context() as patch:
        # The first to ask may stand inside ``quick_derivation``; those after it do not.
        patch.setattr(key_slots, "wrapping_key", _REAL_DERIVATION)
        vault, recovery_key = create_vault(folder, PASSPHRASE, now=NOW, actor=ACTOR, cost=CHEAP)
        vault.close()
    return folder, recovery_key


def recovery_key() -> RecoveryKey:
    """The recovery key of every store made here."""
    return _template()[1]


def closed_vault(folder: Path) -> Path:
    """Put a closed, empty store at ``folder`` (missing or empty) and return it."""
    shutil.copytree(_template()[0], folder, dirs_exist_ok=True)
    return folder


def opened_vault(folder: Path) -> Vault:
    """Put an empty store at ``folder`` and open it, sparing the derivation; the caller closes it."""
    return vault_file._open(closed_vault(folder), lambda _: _template_key(), None)


def reopened_vault(folder: Path) -> Vault:
    """Open a store made here once more, sparing the derivation; the caller closes it."""
    return vault_file._open(folder, lambda _: _template_key(), None)


def data_key(folder: Path) -> bytes:
    """The random key of a store made here, for tests that open the database past the vault."""
    assert (folder / vault_file.DATABASE_NAME).exists()
    return _template_key()


@cache
def _template_key() -> bytes:
    return unlock(read_key_files(_template()[0]).key_file, PASSPHRASE)


@contextmanager
def quick_derivation() -> Iterator[None]:
    """Replace Argon2id with one hash, so that kills hit the writing and not the waiting. Only for tests."""

    def quick(secret: Secret, salt: bytes, memory_kib: int, passes: int) -> bytes:
        cost = f"{memory_kib}-{passes}".encode()
        return hashlib.blake2b(secret.material(), salt=salt, person=cost[:16], digest_size=32).digest()

    with pytest.MonkeyPatch.context() as patch, unwiped_memory():
        patch.setattr(key_slots, "wrapping_key", quick)
        yield


@contextmanager
def unwiped_memory() -> Iterator[None]:
    """Do not ask SQLCipher to lock and wipe each piece of its memory, which is nine tenths of making a database.

    What lies on the disk is the same. SQLCipher never stops doing it once asked to, so a process is either all with
    or all without: the tests' own are without, but for the long counts; the programs that tests start are with.
    """
    if figures.LONG:
        yield
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connection, "_connect", partial(connection._driver.connect, factory=_Unwiped))
        yield


class _Unwiped(connection._driver.Connection):
    """A connection that passes over one thing asked of it."""

    def execute(self, sql: str, *params: object) -> object:
        return super().execute("" if sql == "PRAGMA cipher_memory_security = ON" else sql, *params)


def add_events(vault: Vault, count: int, *, kind: str = "test.noted") -> None:
    """Write ``count`` audit lines, each in a commit of its own."""
    for number in range(count):
        with vault.unit_of_work(actor=ACTOR, now=NOW) as work:
            work.audit(kind, entity="note", entity_id=str(number))
            work.commit()


def add_bulk(vault: Vault, count: int) -> None:
    """Write ``count`` audit lines in one commit: about 250 bytes each."""
    with vault.unit_of_work(actor=ACTOR, now=NOW) as work:
        for number in range(count):
            work.audit("test.bulk", entity="note", entity_id=str(number))
        work.commit()


def folder_bytes(folder: Path) -> dict[str, bytes]:
    """Return the content of every file in a folder, to compare before and after."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}
