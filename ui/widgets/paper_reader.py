"""A paper to read: small pages at the side, the pages themselves, and the few acts of any reader above them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.presenters.key_table import SHORTCUTS, told_keys
from ui.widgets.basics import Button, filled_row, framed, label
from ui.widgets.page_strip import PageStrip
from ui.widgets.pdf_view import PdfView

_KEYS = {"larger": "zoom_in", "smaller": "zoom_out", "wide": "zoom_usual"}


class PaperReader(QWidget):
    """Shows PDF bytes from memory. ``view`` has the pages, ``strip`` the small ones."""

    def __init__(self, desk: Desk, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.view = PdfView(name)
        self.strip = PageStrip(desk)
        self.place = label("", "help", wraps=False)
        self._size = label("", "help", wraps=False)
        self._size.setAccessibleName(desk.text("paper_reader.size"))
        self.buttons = {
            name: self._button(name, act)
            for name, act in {
                "smaller": self.view.zoom_out,
                "larger": self.view.zoom_in,
                "wide": self.view.fit_width,
                "whole": self.view.fit_page,
            }.items()
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._tools())
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.strip)
        row.addWidget(self.view, 1)
        column.addLayout(row, 1)
        self.strip.page_chosen.connect(self.view.go_to_page)
        self.view.page_changed.connect(self._tell_page)
        self.view.zoomed.connect(
            lambda size: self._size.setText(desk.text("paper_reader.per_cent", size=size))
        )
        for act, shortcut in _KEYS.items():
            for keys in SHORTCUTS[shortcut].keys:
                QShortcut(QKeySequence(keys), self).activated.connect(self.buttons[act].click)

    def show_pdf(self, pdf: bytes) -> None:
        """Show a document, at the same place as the one before it."""
        self.view.show_pdf(pdf)
        self.strip.show_pdf(pdf)
        self.strip.setVisible(self.view.page_count > 1)

    def cover(self, words: str) -> None:
        """Show these words instead of the pages; empty shows the pages again."""
        self.view.cover(words)
        if words:
            self.strip.show_nothing()

    def tell(self, words: str) -> None:
        """Say what is going on, where the number of the page stands otherwise."""
        self.place.setText(words)

    def _tools(self) -> QWidget:
        px = self._desk.theme.px
        row = filled_row(px(4), self.buttons["smaller"], self._size, self.buttons["larger"])
        row.addWidget(self.buttons["wide"])
        row.addWidget(self.buttons["whole"])
        row.addStretch(1)
        row.addWidget(self.place)
        row.setContentsMargins(px(12), px(6), px(12), px(6))
        self._size.setMinimumWidth(px(44))
        self._size.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return framed(row, line="below")

    def _button(self, name: str, act: Callable[[], object]) -> Button:
        button = Button(self._desk, self._desk.text(f"paper_reader.{name}"), act, kind="quiet")
        keys = told_keys(_KEYS.get(name, ""), self._desk.texts)
        if keys:
            button.setToolTip(keys)
        return button

    def _tell_page(self, page: int, pages: int) -> None:
        self.tell(self._desk.text("form_page.paper.page_of", page=page, pages=pages))
        self.strip.mark_page(page - 1)
