"""Takes the place of something that nobody can take the names out of, for as long as names are hidden."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.desk import Desk
from ui.widgets.basics import label


class DiscreetCover(QStackedWidget):
    """Shows ``content``, or words in its place in diskret läge. Focus and place in the content come back."""

    def __init__(self, desk: Desk, content: QWidget, words: str) -> None:
        super().__init__()
        self._desk = desk
        self._content = content
        self._inside: QWidget | None = None
        self.cover = label(words, "soft")
        self.cover.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.cover.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.cover.setAccessibleName(words)
        self.addWidget(content)
        self.addWidget(self.cover)
        desk.discretion.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        focused = self.window().focusWidget()
        if self._desk.discretion.is_on:
            inside = focused is not None and (self._content is focused or self._content.isAncestorOf(focused))
            self._inside = focused if inside else None
            self.setCurrentWidget(self.cover)
            if inside:
                self.cover.setFocus()
            return
        self.setCurrentWidget(self._content)
        if focused is self.cover and self._inside is not None:
            self._inside.setFocus()
        self._inside = None
