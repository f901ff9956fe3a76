"""The first thing a new user sees: what the program is, and four ways to begin."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton

from ui.desk import Desk
from ui.theme import mark
from ui.widgets.basics import IconLabel, column, filled_row, label
from ui.widgets.gate import GatePage

ICONS = {"new": "new", "restore": "restore", "open": "key", "practice": "practice"}


class Choice(QPushButton):
    """A large button with a heading and a line about what happens."""

    def __init__(self, desk: Desk, title: str, about: str, icon: str) -> None:
        super().__init__()
        px = desk.theme.px
        mark(self, kind="choice")
        self.setAccessibleName(title)
        self.setAccessibleDescription(about)
        self.setAutoDefault(True)
        words = column(px(2), label(title, "heading", wraps=False), label(about, "soft", wraps=False))
        inner = filled_row(px(16), IconLabel(desk, icon, "accent", 24), words)
        inner.setStretch(1, 1)
        inner.setContentsMargins(px(16), px(12), px(16), px(12))
        self._inner = inner
        self.setLayout(inner)
        for child in self.findChildren(QLabel):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        """Return the room its words need; a button of its own would only count its own text."""
        return self._inner.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Return the least room its words need."""
        return self._inner.minimumSize()


class WelcomePage(GatePage):
    """Calls the act of the chosen way."""

    def __init__(self, desk: Desk, ways: Mapping[str, Callable[[], object]]) -> None:
        text = desk.text
        super().__init__(desk, text("window.first_run.welcome.title"), text("window.first_run.welcome.intro"))
        self.choices: dict[str, QAbstractButton] = {}
        self.body.setSpacing(desk.theme.px(12))
        for name, act in ways.items():
            title, about = (text(f"window.first_run.welcome.{name}_{part}") for part in ("title", "about"))
            choice = Choice(desk, title, about, ICONS[name])
            choice.clicked.connect(lambda _checked=False, act=act: act())
            self.choices[name] = choice
            self.body.addWidget(choice)
        self.first = next(iter(self.choices.values()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move between the choices with the arrows."""
        choices = list(self.choices.values())
        here = next((number for number, choice in enumerate(choices) if choice.hasFocus()), None)
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and here is not None:
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            choices[(here + step) % len(choices)].setFocus()
        else:
            super().keyPressEvent(event)
