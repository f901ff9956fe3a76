"""Tells that references to the law have not been looked up for a year, with the way to them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop_app.services import legal_references
from desktop_app.services.legal_references import LegalList
from ui.desk import Desk
from ui.presenters.legal_words import banner_words
from ui.widgets.basics import Button, IconLabel, column, filled_row, framed, label
from ui.widgets.page import Go


class LawBanner(QWidget):
    """One calm row; hidden while there is nothing to say."""

    def __init__(self, desk: Desk, go: Go, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        text, px = desk.text, desk.theme.px
        icon = IconLabel(desk, "attention", "waiting")
        self.title = label("")
        words = column(px(2), self.title, label(text("legal.banner.about"), "help"))
        self.button = Button(desk, text("legal.banner.show"), lambda: go("legal_references"))
        inner = filled_row(px(12), icon, words, self.button)
        inner.setStretch(1, 1)
        inner.setAlignment(icon, Qt.AlignmentFlag.AlignTop)
        inner.setAlignment(self.button, Qt.AlignmentFlag.AlignVCenter)
        inner.setContentsMargins(px(16), px(10), px(12), px(10))
        self.setLayout(column(0, framed(inner, ground="card")))
        self.hide()

    def reload(self) -> None:
        """Count anew."""
        self._desk.run(self, legal_references.listed, done=self._show)

    def _show(self, found: LegalList) -> None:
        words = banner_words(found.due, self._desk.texts)
        self.title.setText(words)
        self.setAccessibleName(words)
        self.setVisible(bool(words))
