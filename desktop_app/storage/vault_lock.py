"""Keeps a second program out of a store, and lets go by itself when the first one dies.

The operating system holds the lock, not the file: a file left behind by a power cut locks nothing. The database's
own EXCLUSIVE lock is the real one; this one answers at once and before any passphrase is tried.
"""

import os
import sys
from pathlib import Path
from typing import Final

from desktop_app.domain.errors import VaultInUse
from desktop_app.storage import durable

if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

    def _give_back(descriptor: int) -> None:
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _give_back(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)


LOCK_FILE_NAME: Final = "data.lock"


class VaultLock:
    """The lock on one folder, held until ``release``."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    @classmethod
    def take(cls, folder: Path) -> "VaultLock":
        """Lock a folder at once or raise VaultInUse; FolderNotWritable when its lock file cannot be opened."""
        with durable.writing_in(folder):
            descriptor = os.open(folder / LOCK_FILE_NAME, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _take(descriptor)
        except OSError as error:
            os.close(descriptor)
            raise VaultInUse(place=str(folder)) from error
        return cls(descriptor)

    def release(self) -> None:
        """Let others in. Releasing twice does nothing. The empty lock file stays; removing it would be a race."""
        if self._descriptor >= 0:
            _give_back(self._descriptor)
            os.close(self._descriptor)
            self._descriptor = -1
