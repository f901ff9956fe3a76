"""A thing of a case that is read from top to bottom: one column of readable width that scrolls."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.desk import Desk
from ui.theme import mark
from ui.widgets.basics import ScrolledContent, scrolled


class ScrolledThing(QWidget):
    """Answers the page for a thing with nothing typed in it; whoever has more to tell says so itself."""

    uses_paper = False
    is_settled = True
    most_width = 760

    def fill(self, desk: Desk, inner: QVBoxLayout, name: str) -> None:
        """Stand in the column ``inner``; ``name`` is what a screen reader calls it."""
        inner.addStretch(1)
        content = ScrolledContent()
        content.setMaximumWidth(desk.theme.px(self.most_width))
        mark(content, ground="page")
        self._scroll = scrolled(content, name)
        content.setLayout(inner)  # not before: the area measures what it is given, which dresses it twice
        mark(self._scroll, ground="page")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll)

    def flush(self) -> None:
        """Nothing is typed here."""

    def place(self) -> dict[str, Any]:
        """Return how far it is scrolled."""
        return {"scroll": self._scroll.verticalScrollBar().value()}

    def restore(self, kept: dict[str, Any]) -> None:
        """Scroll back."""
        self._scroll.verticalScrollBar().setValue(int(kept.get("scroll") or 0))
