"""Presses of the mouse anywhere in a window: the side buttons, and a press beside something that floats."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QMouseEvent, QWindow


class Presses(QObject):
    """Takes the side buttons; every other press goes on to where it was meant."""

    back = Signal()
    forward = Signal()

    pressed = Signal(QPoint)
    """Where on the screen."""

    def watch(self, window: QWindow | None) -> None:
        """See what is pressed in a window. Watching it and not the program spares us all other events."""
        if window is not None:
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See a press."""
        if event.type() is not QEvent.Type.MouseButtonPress or not isinstance(event, QMouseEvent):
            return False
        side = {Qt.MouseButton.BackButton: self.back, Qt.MouseButton.ForwardButton: self.forward}
        signal = side.get(event.button())
        if signal is not None:
            signal.emit()
            return True
        self.pressed.emit(event.globalPosition().toPoint())
        return False
