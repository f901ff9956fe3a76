"""The quiet line below a field: small buttons for the words for having no answer, and for why it is asked."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QSpacerItem, QToolButton, QWidget

from desktop_app.domain.texts import Texts
from ui.theme import Theme, mark
from ui.theme.tokens import SIZE_HELP

ROOM_AROUND_WORDS = 7
"""How much higher a small button is than its words, in pixels."""


class Asides(QWidget):
    """Made when its field is first entered or pointed at; the room for it is there before, so nothing moves."""

    def __init__(self, texts: Texts, theme: Theme, own: list[QWidget], parent: QWidget) -> None:
        super().__init__(parent)
        self._texts = texts
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(12)
        for each in own:
            self._row.addWidget(each)
        keep = self.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        self.setSizePolicy(keep)
        self.setFixedHeight(room_for_asides(theme))

    def add(self, key: str, tip: str, name: str, act: Callable[[], object]) -> QToolButton:
        """Take in a button; ``name`` is what a screen reader says."""
        button = QToolButton(self)
        button.setText(self._texts.get(key))
        button.setToolTip(self._texts.get(tip))
        button.setAccessibleName(name)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        mark(button, role="aside")
        button.clicked.connect(act)
        self._row.addWidget(button)
        return button

    def end(self) -> None:
        """Leave the rest of the line free."""
        self._row.addStretch(1)


class Room(QSpacerItem):
    """What is kept free below a field; to its layout it is something, with the gap above it that a widget has."""

    def isEmpty(self) -> bool:
        """Say no."""
        return False


def room_for_asides(theme: Theme) -> int:
    """Return how high the line of small buttons is at the zoom in force, in pixels."""
    return QFontMetrics(theme.font(SIZE_HELP)).height() + ROOM_AROUND_WORDS
