"""Locks when nobody has touched keyboard, mouse, pen or screen for a while. Cannot be switched off."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QApplication

IDLE_SECONDS = 300
WARN_SECONDS = 30

_SIGNS_OF_LIFE = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseMove,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.TouchUpdate,
    QEvent.Type.TabletMove,
    QEvent.Type.TabletPress,
}


class IdleLock(QObject):
    """``soon`` counts down the last seconds (0: somebody is back); ``due`` says lock now."""

    soon = Signal(int)
    due = Signal()

    def __init__(self, app: QApplication, parent: QObject, *, idle: int = IDLE_SECONDS) -> None:
        super().__init__(parent)
        self._idle = idle
        self._left = idle
        self._tick = QTimer(self, interval=1000)
        self._tick.timeout.connect(self._count)
        # Input passes through the window it is meant for, before any widget. Watching the windows and not the
        # whole program spares us every event that is drawn, laid out or timed.
        app.focusWindowChanged.connect(self.watch)

    def watch(self, window: QWindow | None) -> None:
        """See the signs of life that reach a window: the main one, and each dialog as it comes."""
        if window is not None:
            window.installEventFilter(self)

    def start(self) -> None:
        """Begin to count: the store is open."""
        self._left = self._idle
        self._tick.start()

    def stop(self) -> None:
        """Stop counting: the store is locked."""
        self._tick.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See every sign of life."""
        if event.type() in _SIGNS_OF_LIFE:
            if self._tick.isActive() and self._left <= WARN_SECONDS:
                self.soon.emit(0)
            self._left = self._idle
        return False

    def _count(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self.stop()
            self.due.emit()
        elif self._left <= WARN_SECONDS:
            self.soon.emit(self._left)
