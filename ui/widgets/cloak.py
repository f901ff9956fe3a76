"""What a person wrote, on a screen in diskret läge: shown without the names in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel, QWidget

from ui.desk import Desk
from ui.discretion import Discretion
from ui.widgets.basics import chosen_text, label

Shown = TypeVar("Shown", bound=QWidget)


class Cloak(QObject):
    """Says words to a widget as they may be read, now and whenever that changes; goes with the widget."""

    def __init__(
        self, discretion: Discretion, widget: QWidget, say: Callable[[str], object], words: str
    ) -> None:
        super().__init__(widget)
        self._discretion, self._say, self._words = discretion, say, words
        discretion.changed.connect(self._follow)
        discretion.named.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        self._say(self._discretion.words(self._words))


def cloaked(desk: Desk, widget: Shown, *says: tuple[Callable[[str], object], str]) -> Shown:
    """Return a widget whose words, each with what says them, lose the names in diskret läge."""
    for say, words in says:
        if words:
            Cloak(desk.discretion, widget, say, words)
    return widget


def written(desk: Desk, words: str, role: str = "") -> QLabel:
    """Return a label for what a person wrote; without the names in it in diskret läge."""
    made = label("", role)
    return cloaked(desk, made, (made.setText, words))


def written_for_copying(desk: Desk, words: str, role: str = "") -> QLabel:
    """Return ``written`` words that can be marked and copied."""
    made = chosen_text("", role)
    return cloaked(desk, made, (made.setText, words))
