"""One window for each person: a second start calls the first one forward and ends.

No socket: an operating system's lock on a file says that somebody is here, and an empty file laid beside it asks that
one to come forward. A program that was killed leaves no lock behind. Which store is open does not matter: two windows
on two stores would still be two places to forget something in.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Final

from PySide6.QtCore import QFileSystemWatcher, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.file_lock import FileLock

LOCK_NAME: Final = "oppen.lock"
CALL_NAME: Final = "kom-fram"
PATIENCE_SECONDS: Final = 3.0
"""How long a start waits for one that is just ending: after a lock the old process may still be on its way out."""

_TRY_AGAIN_SECONDS: Final = 0.05
_ANYONE: Final = -1


class Instance(QObject):
    """The place of the only window, held until ``close`` or the end of the process."""

    called = Signal()
    """Somebody started the program again."""

    def __init__(self, folder: Path, lock: FileLock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = lock
        self._call = folder / CALL_NAME
        self._take_call()
        self._watcher = QFileSystemWatcher([str(folder)], self)
        self._watcher.directoryChanged.connect(lambda _folder: self._look())

    def close(self) -> None:
        """Make room for another."""
        self._watcher.removePaths(self._watcher.directories())
        self._lock.release()

    def _look(self) -> None:
        if self._take_call():
            self.called.emit()

    def _take_call(self) -> bool:
        """Take the call away, so that it is heard once; tell whether there was one."""
        try:
            self._call.unlink()
        except OSError:
            return False
        return True


def the_only_instance(folder: Path, *, patience: float = PATIENCE_SECONDS) -> Instance | None:
    """Become the only instance, or call the other one forward and return ``None``.

    ``OSError`` when the folder cannot be written: then nobody can tell how many there are.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    until = time.monotonic() + patience
    lock = FileLock.take(folder / LOCK_NAME)
    if lock is None:
        call_forward(folder)
    while lock is None and time.monotonic() < until and (folder / CALL_NAME).exists():
        time.sleep(_TRY_AGAIN_SECONDS)  # nobody has heard: whoever has the lock may be on its way out
        lock = FileLock.take(folder / LOCK_NAME)
    return Instance(folder, lock) if lock is not None else None


def call_forward(folder: Path) -> None:
    """Ask whoever holds the lock to show itself."""
    if sys.platform == "win32":
        import ctypes

        # Only the program somebody just started may hand the front place to another.
        ctypes.windll.user32.AllowSetForegroundWindow(_ANYONE)
    (folder / CALL_NAME).touch(mode=0o600)


def bring_forward(window: QWidget) -> None:
    """Show a window in front, as it was before it was put away."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
    QTimer.singleShot(0, window, window.activateWindow)
