"""A page that fills the window before the store is open: one narrow column, one thing to do, one main button."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.theme import mark
from ui.theme.tokens import GAP_FIELDS, GAP_GROUPS
from ui.widgets.basics import IconLabel, ScrolledContent, column, label, row, scrolled
from ui.widgets.notice import Notice

WIDTH = 600


class GatePage(QWidget):
    """Heading, intro, ``body`` to fill, a notice, buttons (back left, main right), ``foot`` for what is seldom used."""

    def __init__(
        self, desk: Desk, title: str, intro: str = "", step: str = "", *, width: int = WIDTH
    ) -> None:
        super().__init__()
        self.desk = desk
        px = desk.theme.px
        mark(self, ground="page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.main: QPushButton | None = None
        self.first: QWidget | None = None
        self.heading = label(title, "figure")
        self.body = QVBoxLayout()
        self.body.setSpacing(px(GAP_FIELDS))
        self.notice = Notice(desk)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(px(8))
        self.intro = label(intro, "soft")
        self.intro.setVisible(bool(intro))
        named = (label(step, "help", wraps=False),) if step else ()
        top = column(px(8), *named, self.heading, self.intro)
        self.foot = column(px(4))
        parts = (self._name(), top, self.body, self.notice, self.buttons, self.foot)
        inner = column(px(GAP_GROUPS), *parts)
        inner.setContentsMargins(px(24), px(40), px(24), px(32))
        inner.addStretch(1)
        content = QWidget()
        mark(content, ground="page")
        content.setLayout(inner)
        content.setMaximumWidth(px(width))
        centred = QHBoxLayout()
        centred.setContentsMargins(0, 0, 0, 0)
        centred.addStretch(1)
        centred.addWidget(content, 100)
        centred.addStretch(1)
        holder = ScrolledContent()
        mark(holder, ground="page")
        holder.setLayout(centred)
        scroll = scrolled(holder)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        mark(scroll, ground="page")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    def set_main(self, button: QPushButton) -> None:
        """Put the main button to the right; Enter presses it from every field."""
        self.main = button
        self.buttons.addStretch(1)
        self.buttons.addWidget(button)

    def begin(self) -> None:
        """Give the first field the focus."""
        if self.first is not None:
            self.first.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter do what the main button says."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.main is not None:
            self.main.click()
        else:
            super().keyPressEvent(event)

    def _name(self) -> QWidget:
        holder = QWidget()
        icon = IconLabel(self.desk, "mark", "accent", 24)
        holder.setLayout(
            row(self.desk.theme.px(8), icon, label(self.desk.text("window.name"), "accent", wraps=False))
        )
        return holder
