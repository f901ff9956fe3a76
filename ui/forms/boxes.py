"""Blocks that ask nothing: a help box, and the line that tells where a signature goes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from desktop_app.domain.forms import Address, Item
from ui.forms.context import Block, FormContext
from ui.theme import mark
from ui.widgets.wrapped_words import WrappedWords


class InfoBlock(Block):
    """Words to read before going on."""

    def __init__(
        self, context: FormContext, address: Address, item: Item, parent: QWidget | None = None
    ) -> None:
        super().__init__(context, address, item, parent)
        frame = QFrame()
        mark(frame, ground="accent")
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(16, 12, 16, 12)
        inner.setSpacing(4)
        title, body = context.words(item, "label"), context.words(item, "body")
        if title:
            inner.addWidget(_wrapped(title, "strong"))
        inner.addWidget(_wrapped(body, ""))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(frame)
        self.setAccessibleName(title or body)


class SignatureBlock(Block):
    """Tells that this is signed on paper, and by whom."""

    def __init__(
        self, context: FormContext, address: Address, item: Item, parent: QWidget | None = None
    ) -> None:
        super().__init__(context, address, item, parent)
        frame = QFrame()
        mark(frame, line="above")
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(0, 8, 0, 0)
        inner.setSpacing(0)
        inner.addWidget(_wrapped(context.label(item), "strong"))
        inner.addWidget(_wrapped(context.texts.get("form_page.signed_on_paper"), "help"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(frame)
        self.setAccessibleName(context.label(item))


def _wrapped(words: str, role: str) -> QLabel:
    label = WrappedWords(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if role:
        mark(label, role=role)
    return label
