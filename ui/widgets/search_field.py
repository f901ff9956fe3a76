"""The search field of the top line. It tells what is asked for; what comes of it is shown in the panel below."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLineEdit

from ui.desk import Desk

WIDTH = 420


class SearchField(QLineEdit):
    """Enter opens, the arrows walk into the panel, Esc leaves; none of them changes what is typed."""

    asked = Signal()
    """The field was clicked, or the focus came back to words that stand in it."""

    walked = Signal()
    """Down into the panel."""

    escaped = Signal()
    entered = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        text = desk.text
        self.setPlaceholderText(text("moving.search.placeholder"))
        self.setAccessibleName(text("moving.search.name"))
        self.setAccessibleDescription(text("moving.search.about"))
        self.setMaximumWidth(desk.theme.px(WIDTH))
        self._icon = self.addAction(desk.theme.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        desk.theme.changed.connect(self._tint)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell of the keys that are not typing."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_PageDown):
            self.walked.emit()
        elif key == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ask, as the keys do."""
        super().mousePressEvent(event)
        self.asked.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Words that were put back after a lock are asked for again. Walking by with Tab asks nothing."""
        super().focusInEvent(event)
        if event.reason() is Qt.FocusReason.OtherFocusReason and self.text():
            self.asked.emit()

    def _tint(self) -> None:
        self._icon.setIcon(self._desk.theme.icon("search"))
