"""The pages of the program, always in the same place."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from ui.desk import Desk
from ui.theme import mark
from ui.widgets.basics import Button, IconLabel, filled_row, label

WIDTH = 208
DAILY = ("start", "cases", "deadlines", "economy")
ICONS = {"deadlines": "calendar"}
"""Where the icon has another name than the page."""

SELDOM = ("backups", "settings")


_COPIES = {"binder": "backups", "late": "backups"}


class Sidebar(QFrame):
    """One button a page; the arrows move between them, Ctrl and the number of a page leads straight there."""

    chosen = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        px = desk.theme.px
        mark(self, ground="sunken", line="right")
        self.setFixedWidth(px(WIDTH))
        self.setAccessibleName(desk.text("window.nav.label"))
        self.buttons: dict[str, Button] = {}
        inner = QVBoxLayout(self)
        inner.setContentsMargins(px(12), px(16), px(12), px(16))
        inner.setSpacing(px(2))
        name = filled_row(px(8), IconLabel(desk, "mark", "accent"), label(desk.text("window.name"), "title"))
        name.setContentsMargins(px(12), 0, 0, px(16))
        name.setStretch(1, 1)
        inner.addLayout(name)
        for page in DAILY:
            inner.addWidget(self._button(page))
        inner.addStretch(1)
        for page in SELDOM:
            inner.addWidget(self._button(page))

    def show_page(self, page: str) -> None:
        """Mark where one is: a case belongs to the list of cases, the keys to the settings."""
        home = page.split("_")[0]
        shown = {
            "case": "cases",
            "cases": "cases",
            "keys": "settings",
            "legal": "settings",
            "deadlines": "deadlines",
            **_COPIES,
        }.get(home, page)
        for name, button in self.buttons.items():
            button.setChecked(name == shown)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move between the pages with the arrows."""
        buttons = list(self.buttons.values())
        here = next((number for number, button in enumerate(buttons) if button.hasFocus()), None)
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and here is not None:
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            buttons[(here + step) % len(buttons)].setFocus()
        else:
            super().keyPressEvent(event)

    def _button(self, page: str) -> Button:
        words = self._desk.text(f"window.nav.{page}")
        button = Button(
            self._desk, words, lambda: self.chosen.emit(page), kind="nav", icon=ICONS.get(page, page)
        )
        button.setCheckable(True)
        button.setToolTip(self._desk.text("window.nav.tip", number=len(self.buttons) + 1))
        self.buttons[page] = button
        return button
