"""Two quiet lists of a case: what has been printed, and what has happened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.pages.case_at import CaseAt
from ui.presenters.case_presenter import Line
from ui.theme import mark
from ui.theme.tokens import MARGIN_PAGE
from ui.widgets.basics import Scrolled
from ui.widgets.cloak import cloaked, written
from ui.widgets.lasting_rows import LastingRows
from ui.widgets.wrapped_words import WrappedWords


class LinesView(Scrolled):
    """A titled list of lines; each may be opened when ``button_key`` names a button."""

    opened = Signal(str)

    asked_again = Signal(object)
    """The other button of a ``Line`` was pressed, where ``again_key`` names one."""

    again_key = ""

    def __init__(self, desk: Desk, area: str, *, button_key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._area = area
        self._button_key = button_key
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(desk.text(f"{area}.title"))
        mark(self, ground="page")
        self._none = WrappedWords(desk.text(f"{area}.none"))
        mark(self._none, role="soft")
        self._rows = LastingRows(self, self._row)
        self._build()

    def _build(self) -> None:
        page = QWidget()
        mark(page, ground="page")
        self.setWidget(page)
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 12, 24, MARGIN_PAGE)
        column.setSpacing(0)
        title = QLabel(self._desk.text(f"{self._area}.title"))
        mark(title, role="title")
        column.addWidget(title)
        column.addSpacing(16)
        column.addWidget(self._none)
        column.addLayout(self._rows.column)
        column.addStretch(1)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show the lines, or a sentence when there are none. The list keeps its place."""
        self._none.setVisible(not lines)
        self._rows.show(lines)

    def _row(self, line: Line) -> QFrame:
        frame = QFrame()
        mark(frame, line="below")
        row = QHBoxLayout(frame)
        row.setContentsMargins(0, 8, 0, 8)
        words = QVBoxLayout()
        words.setSpacing(2)
        for text, role in ((line.title, ""), (line.about, "help")):
            words.addWidget(written(self._desk, text, role))
        row.addLayout(words, 1)
        if self.again_key:
            again = self._button(self.again_key, line)
            again.clicked.connect(lambda: self.asked_again.emit(line))
            row.addWidget(again, 0, Qt.AlignmentFlag.AlignTop)
        if self._button_key:
            button = self._button(self._button_key, line)
            button.clicked.connect(lambda: self.opened.emit(line.id))
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return frame

    def _button(self, key: str, line: Line) -> QPushButton:
        button = QPushButton(self._desk.text(key))
        name = self._desk.text(f"{key}_name", title=line.title, when=line.about)
        cloaked(self._desk, button, (button.setAccessibleName, name))
        return button


class ReadOnlyThing(LinesView):
    """A list of lines with nothing to type in."""

    uses_paper = True
    is_settled = True

    def __init__(self, at: CaseAt, area: str, *, button_key: str = "") -> None:
        super().__init__(at.desk, area, button_key=button_key)
        self._at = at

    def flush(self) -> None:
        """Nothing is typed here."""

    def place(self) -> dict[str, Any]:
        """Return how far the list is scrolled."""
        return {"scroll": self.verticalScrollBar().value()}

    def restore(self, kept: dict[str, Any]) -> None:
        """Scroll back."""
        self.verticalScrollBar().setValue(int(kept.get("scroll") or 0))
