"""The words that open a copy, shown once: written down by hand, given by telephone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QWidget

from ui.desk import Desk
from ui.widgets.after_lock import StaysClosed
from ui.widgets.basics import Button, column, filled_row, framed, label

WIDTH = 520


class WordsOnce(QDialog):
    """Closes when the person has said that the words are written down: nothing can bring them back."""

    after_lock = StaysClosed("the words are kept nowhere; another copy of the same paper is one Enter away")

    def __init__(self, desk: Desk, file_name: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        text, px = desk.text, desk.theme.px
        self.setWindowTitle(text("words_once.title"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(px(WIDTH))
        self.words = label(words, "heading")  # not to be marked or copied: a clipboard keeps what it is given
        self.words.setAccessibleDescription(text("words_once.name"))
        self.words.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.noted = QCheckBox(text("words_once.noted"))
        self.noted.setAccessibleName(self.noted.text())
        self.done_button = Button(desk, text("words_once.done"), self.accept, kind="main")
        self.done_button.setEnabled(False)
        self.noted.toggled.connect(self.done_button.setEnabled)
        box = framed(column(0, self.words, margins=(px(16), px(16), px(16), px(16))), ground="accent")
        last = filled_row(0, self.done_button)
        last.insertStretch(0, 1)
        self.setLayout(
            column(
                px(12),
                label(text("words_once.title"), "title"),
                label(text("words_once.file", name=file_name), "soft"),
                box,
                label(text("words_once.how")),
                label(text("words_once.honest"), "help"),
                self.noted,
                last,
                margins=(px(24), px(24), px(24), px(24)),
            )
        )
        self.noted.setFocus()

    def reject(self) -> None:
        """Stay while the words are not written down: Esc loses nothing."""
        if self.noted.isChecked():
            super().reject()
