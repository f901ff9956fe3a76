"""What watches over the window from the day it opens: the system's signals, the screen, the clipboard, the log."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from desktop_app.services import log_lines
from ui.desk import Desk
from ui.system.clipboard_guard import ClipboardGuard
from ui.system.watch import SystemWatch
from ui.windows.lock_reason import reason_named
from ui.windows.main_window import MainWindow

FLUSH_MS: Final = 10 * 60 * 1_000


class Safeguards(QObject):
    """Begun once the window is shown, ended with it."""

    def __init__(self, window: MainWindow, desk: Desk) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self.watch = SystemWatch(self)
        self.watch.must_lock.connect(lambda code: window.lock(reason_named(code)))
        self.clipboard = ClipboardGuard(QApplication.clipboard(), self)
        desk.signals.locking.connect(self.clipboard.clear)
        self._flush = QTimer(self, interval=FLUSH_MS)
        self._flush.timeout.connect(self.keep_log)

    def start(self) -> None:
        """Begin to watch."""
        self._desk.shield.start()
        self.watch.start(self._window, appears=self._desk.shield.appears, gone=self._desk.shield.gone)
        self._flush.start()

    def stop(self) -> None:
        """Watch no more; what is ours on the clipboard goes."""
        self.watch.stop()
        self.clipboard.clear()
        self._flush.stop()

    def keep_log(self) -> None:
        """Move the log from memory into the store, if one is open. It also happens at each lock."""
        self._desk.run(self._window, log_lines.flush, failed=lambda _error: None)
