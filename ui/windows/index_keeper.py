"""Lets the search read in idle moments what it has not read when a store is opened: an older one, or a restored one."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from desktop_app.services import search_index
from ui.desk import Desk

REST_MS = 300


class IndexKeeper(QObject):
    """A little at a time, and only while nobody waits for the store."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._timer = QTimer(self, singleShot=True, interval=REST_MS)
        self._timer.timeout.connect(self._take_some)
        desk.signals.locking.connect(self._timer.stop)

    def begin(self) -> None:
        """Begin once the first page has been shown."""
        self._timer.start()

    def _take_some(self) -> None:
        if not self._desk.jobs.idle:
            self._timer.start()
            return
        self._desk.run(self, search_index.take_some, done=self._go_on, failed=lambda _error: None)

    def _go_on(self, is_more: bool) -> None:
        if is_more:
            self._timer.start()
