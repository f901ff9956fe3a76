"""Words that wrap, and remember how high they are at a width."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QLabel


class WrappedWords(QLabel):
    """A label that wraps. Layouts in layouts ask each label thirty times for the same height; it is reckoned once."""

    def __init__(self, words: str = "") -> None:
        self._heights: dict[int, int] = {}
        super().__init__(words)
        self.setWordWrap(True)

    def heightForWidth(self, width: int) -> int:
        """Return how high the words are at a width, in pixels."""
        height = self._heights.get(width)
        if height is None:
            height = self._heights[width] = super().heightForWidth(width)
        return height

    def setText(self, words: str) -> None:
        """Show other words."""
        self._forget()
        super().setText(words)

    def setContentsMargins(self, *margins: Any) -> None:
        """Leave this much room around the words: left, above, right, below, in pixels."""
        self._forget()
        super().setContentsMargins(*margins)

    def changeEvent(self, event: QEvent) -> None:
        """Reckon anew with other looks."""
        self._forget()
        super().changeEvent(event)

    def clear(self) -> None:
        """Show no words."""
        self.setText("")

    def _forget(self) -> None:
        self._heights = {}
