"""A remark that leads to its field."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from ui.desk import Desk
from ui.theme import mark
from ui.widgets.words_button import WordsButton
from ui.widgets.wrapped_words import WrappedWords


class RemarkLink(WordsButton):
    """A remark that leads to its field. Long remarks break into lines."""

    def __init__(self, desk: Desk, words: str, act: Callable[[], object]) -> None:
        super().__init__(desk.theme)
        self.setAccessibleName(desk.text("form_page.print.go_to", words=words))
        self.row.setContentsMargins(8, 4, 8, 4)
        self.row.addWidget(quiet_line(words, ""))
        self.clicked.connect(act)


def quiet_line(words: str, role: str) -> QLabel:
    """Return words that let the pointer through to what lies under them."""
    label = WrappedWords(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    if role:
        mark(label, role=role)
    return label
