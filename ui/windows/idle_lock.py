"""Locks when nobody has touched keyboard, mouse, pen or screen for a while. Cannot be switched off.

The same watch hears Ctrl+L in every window of the program: a dialog in front keeps ordinary shortcuts out.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWindow
from PySide6.QtWidgets import QApplication

from ui.system.clock_leap import system_clocks

USUAL_MINUTES = 5
WARN_SECONDS = 30
TICK_MS = 1_000

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
    """Reckons by a clock that nobody can set and that goes on while the computer sleeps."""

    soon = Signal(int)
    """Seconds left, once each second at the end; 0: somebody is back."""

    due = Signal()
    """Lock now."""

    asked = Signal()
    """Somebody pressed Ctrl+L, in whichever window."""

    alive = Signal()
    """Somebody did something."""

    def __init__(
        self,
        app: QApplication,
        parent: QObject,
        *,
        idle: float = USUAL_MINUTES * 60,
        clock: Callable[[], float] | None = None,
    ) -> None:
        super().__init__(parent)
        self._app = app
        self._idle = idle
        self._clock = clock or system_clocks().elapsed
        self._last_sign = self._clock()
        self._warned = False
        self._pointer: tuple[float, float] | None = None
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self.look)
        # Input passes through the window it is meant for, before any widget. Watching the windows and not the
        # whole program spares us every event that is drawn, laid out or timed.
        app.focusWindowChanged.connect(self.watch)

    @property
    def counts(self) -> bool:
        """Whether the store is open and the clock runs."""
        return self._tick.isActive()

    def watch(self, window: QWindow | None) -> None:
        """See the signs of life that reach a window: the main one, and each dialog or menu as it comes."""
        if window is not None:
            window.installEventFilter(self)

    def set_minutes(self, minutes: int) -> None:
        """Change how long nothing may happen. Choosing is itself a sign of life; it never unlocks anything."""
        self._idle = minutes * 60

    def start(self) -> None:
        """Begin to count: the store is open."""
        self._last_sign = self._clock()
        self._warned = False
        self._tick.start()

    def stop(self) -> None:
        """Stop counting: the store is locked."""
        self._tick.stop()

    def look(self) -> None:
        """See how long nothing has happened, and warn or lock."""
        for window in self._app.topLevelWindows():
            self.watch(window)
        left = self._idle - (self._clock() - self._last_sign)
        if left <= 0:
            self.stop()
            self.due.emit()
        elif left <= WARN_SECONDS:
            self._warned = True
            self.soon.emit(max(1, round(left)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See every sign of life; take Ctrl+L for the lock."""
        if event.type() not in _SIGNS_OF_LIFE or not self.counts or self._is_still(event):
            return False
        self._last_sign = self._clock()
        if self._warned:
            self._warned = False
            self.soon.emit(0)
        self.alive.emit()
        if isinstance(event, QKeyEvent) and _is_lock_key(event):
            self.asked.emit()
            return True
        return False

    def _is_still(self, event: QEvent) -> bool:
        """Tell a pointer that was reported without having moved, as when a window comes under it."""
        if not isinstance(event, QMouseEvent) or event.type() is not QEvent.Type.MouseMove:
            return False
        at = event.globalPosition()
        before, self._pointer = self._pointer, (at.x(), at.y())
        return before == self._pointer


def _is_lock_key(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_L and event.modifiers() == Qt.KeyboardModifier.ControlModifier
