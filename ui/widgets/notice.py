"""A notice on the page: what happened, what is safe, what to do. Stays until the next act."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from desktop_app.domain.errors import AppError
from desktop_app.services.messages import message_for
from ui.desk import Desk
from ui.theme import mark
from ui.widgets.basics import IconLabel, filled_row, label

_ICONS = {
    "accent": ("done", "accent"),
    "waiting": ("attention", "waiting"),
    "danger": ("attention", "danger"),
}


class Notice(QFrame):
    """Hidden while there is nothing to say. Never takes the focus from the field being mended."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._icon = IconLabel(desk, "attention", "waiting")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(desk.theme.px(4))
        px = desk.theme.px
        inner = filled_row(px(12), self._icon, self._lines)
        inner.setAlignment(self._icon, Qt.AlignmentFlag.AlignTop)
        inner.setStretch(1, 1)
        inner.setContentsMargins(px(16), px(12), px(16), px(12))
        self.setLayout(inner)
        self._labels: list[QLabel] = []
        self.hide()

    @property
    def words(self) -> str:
        """What it says now."""
        return "\n".join(line.text() for line in self._labels)

    def show_words(self, *lines: str, ground: str = "accent") -> None:
        """Say something; the first line weighs more than the rest."""
        self.silence()
        mark(self, ground=ground)
        self._icon.show_icon(*_ICONS[ground])
        for number, words in enumerate(lines):
            line = label(words, "strong" if number == 0 and len(lines) > 1 else "")
            self._labels.append(line)
            self._lines.addWidget(line)
        self.setAccessibleName(self.words)
        self.show()

    def show_error(self, error: AppError, *, ground: str = "waiting") -> None:
        """Say what happened, what is safe and what to do."""
        message = message_for(error, self._desk.texts)
        self.show_words(message.happened, message.safe, message.do, ground=ground)

    def silence(self) -> None:
        """Say nothing."""
        for line in self._labels:
            self._lines.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._labels.clear()
        self.hide()
