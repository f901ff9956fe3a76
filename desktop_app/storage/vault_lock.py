"""Keeps a second program out of a store, and lets go by itself when the first one dies.

The operating system holds the lock, not the file: a file left behind by a power cut locks nothing. The database's
own EXCLUSIVE lock is the real one; this one answers at once and before any passphrase is tried.
"""

from pathlib import Path
from typing import Final

from desktop_app.domain.errors import VaultInUse
from desktop_app.file_lock import FileLock
from desktop_app.storage import durable

LOCK_FILE_NAME: Final = "data.lock"


class VaultLock:
    """The lock on one folder, held until ``release``."""

    def __init__(self, lock: FileLock) -> None:
        self._lock = lock

    @classmethod
    def take(cls, folder: Path) -> "VaultLock":
        """Lock a folder at once or raise VaultInUse; FolderNotWritable when its lock file cannot be opened."""
        with durable.writing_in(folder):
            lock = FileLock.take(folder / LOCK_FILE_NAME)
        if lock is None:
            raise VaultInUse(place=str(folder))
        return cls(lock)

    def release(self) -> None:
        """Let others in. Releasing twice does nothing."""
        self._lock.release()
