"""Finds that the closed database file was changed by another hand, even by older parts of itself.

SQLCipher vouches for each page by itself, so an older copy of the same page passes. At every close a digest over
the whole file, keyed with a key only the store's secrets lead to, is written beside it; the next opening compares.
Before the first change the seal is marked as open, in place and synchronised: a crash leaves "open", never a
digest that no longer fits.

What it cannot find: a whole older file put back together with its own older seal.
"""

import hashlib
import hmac
import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final, Literal

import msgspec

from desktop_app.storage import durable

SEAL_FILE_NAME: Final = "data.seal"
SEAL_PURPOSE: Final = "utvag-file-seal"

_PERSON: Final = b"utvag-file-seal"
# One sector: a power cut leaves the old text or the new one.
_LENGTH: Final = 512
_CHUNK: Final = 1 << 20


class SealVerdict(StrEnum):
    """What the seal says of the time the store was closed."""

    UNTOUCHED = "untouched"
    CHANGED_OUTSIDE = "changed_outside"
    LEFT_OPEN = "left_open"
    """The program ended without closing, or the seal is missing: nothing can be said."""


class _Seal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    format: Literal[1]
    state: Literal["open", "closed"]
    size: int
    digest: str


_OPEN: Final = _Seal(1, "open", 0, "")


@dataclass(frozen=True)
class _Mark:
    """Size and time of the file when the seal was read: another value means it was written since."""

    size: int
    written_ns: int


class FileSeal:
    """The seal of one database file, read when the store is opened, before anything is changed."""

    def __init__(self, database: Path, key: bytes) -> None:
        self._path = database.with_name(SEAL_FILE_NAME)
        self._key = key
        self._found = _read(self._path)
        self._opened_file = database
        self._opened = _mark_of(database)
        self._is_marked_open = self._found.state == "open"

    def examine(self) -> SealVerdict:
        """Compare the file with its seal; about 1 ms per MB. Says LEFT_OPEN too when it was written since."""
        if self._found.state == "open" or _mark_of(self._opened_file) != self._opened:
            return SealVerdict.LEFT_OPEN
        if self._found.size != self._opened.size:
            return SealVerdict.CHANGED_OUTSIDE
        fits = hmac.compare_digest(_digest_of(self._opened_file, self._key), self._found.digest)
        return SealVerdict.UNTOUCHED if fits else SealVerdict.CHANGED_OUTSIDE

    def mark_open(self) -> None:
        """Say that the file is about to be changed; from the second call on nothing happens.

        Raises FolderNotWritable, DiskFull or MediumFailed: then nothing may be changed either.
        """
        if not self._is_marked_open:
            with durable.writing_in(self._path.parent):
                _write(self._path, _OPEN)
            self._is_marked_open = True

    def close_over(self, database: Path) -> None:
        """Seal the closed file. What cannot be sealed stays marked as open; closing never fails for it."""
        try:
            if not self._is_marked_open and _mark_of(database) == self._opened:
                return
            if _has_log_left(database):
                # A full disk kept the log from being emptied: the file will still change, at the next opening.
                return
            size = database.stat().st_size
            _write(self._path, _Seal(1, "closed", size, _digest_of(database, self._key)))
        except OSError:
            return
        self._is_marked_open = False


def _read(path: Path) -> _Seal:
    try:
        return msgspec.json.decode(path.read_bytes()[:_LENGTH], type=_Seal)
    except (OSError, msgspec.MsgspecError):
        return _OPEN


def _write(path: Path, seal: _Seal) -> None:
    text = msgspec.json.encode(seal).ljust(_LENGTH - 1) + b"\n"
    # In place: a new file would need the folder's list of names on the disk too, which Windows cannot promise.
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
    try:
        os.write(descriptor, text)
        durable.sync(descriptor)
    finally:
        os.close(descriptor)


def _has_log_left(database: Path) -> bool:
    log = database.with_name(database.name + "-wal")
    return log.exists() and log.stat().st_size > 0


def _mark_of(database: Path) -> _Mark:
    found = database.stat()
    return _Mark(found.st_size, found.st_mtime_ns)


def _digest_of(database: Path, key: bytes) -> str:
    whole = hashlib.blake2b(key=key, person=_PERSON, digest_size=32)
    with database.open("rb") as file:
        while chunk := file.read(_CHUNK):
            whole.update(chunk)
    return whole.hexdigest()
