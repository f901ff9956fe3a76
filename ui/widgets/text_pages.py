"""A plain text of unknown origin, a part at a time; what would deceive the eye stands in signs that can be seen."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit

from desktop_app.domain.plain_text import decoded, parts, shown
from ui.desk import Desk

LEAST, MOST = -4, 24


class TextPages(QPlainTextEdit):
    """Read only, wrapped, in the letters of the program. Ctrl and the wheel, + and - change the size."""

    page_changed = Signal(int, int)
    """Which part (from 1) is shown, of how many."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._parts: list[str] = []
        self._part = 0
        self._steps = 0
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUndoRedoEnabled(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._left: dict[str, Any] = {}
        desk.signals.locking.connect(self._lock)

    def show_text(self, content: bytes, name: str) -> None:
        """Show the bytes of a text."""
        self.setAccessibleName(name)
        self._parts = parts(decoded(content))
        self.go_to_page(0)

    def let_go(self) -> None:
        """Show nothing, and let go of the text."""
        self._parts = []
        self.setPlainText("")

    def _lock(self) -> None:
        self._left = self.place()
        self.let_go()

    @property
    def page_count(self) -> int:
        """Return how many parts there are."""
        return len(self._parts)

    def current_page(self) -> int:
        """Return which part is shown, from 0."""
        return self._part

    def go_to_page(self, part: int) -> None:
        """Show another part (from 0)."""
        if 0 <= part < len(self._parts):
            self._part = part
            self.setPlainText(shown(self._parts[part]))
            self.page_changed.emit(part + 1, len(self._parts))

    def zoom_in(self) -> None:
        """Show larger letters."""
        self._zoom(1)

    def zoom_out(self) -> None:
        """Show smaller letters."""
        self._zoom(-1)

    def place(self) -> dict[str, Any]:
        """Return the part, the size and how far it is scrolled."""
        if not self._parts:
            return self._left
        return {"part": self._part, "steps": self._steps, "scroll": self.verticalScrollBar().value()}

    def restore(self, kept: dict[str, Any]) -> None:
        """Go back to what ``place`` returned."""
        self.go_to_page(int(kept.get("part") or 0))
        self._zoom(int(kept.get("steps") or 0) - self._steps)
        self.verticalScrollBar().setValue(int(kept.get("scroll") or 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Change the size by + and -; the rest as in any text."""
        if event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_in()
        elif event.key() == Qt.Key.Key_Minus:
            self.zoom_out()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Change the size with Ctrl, else scroll."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._zoom(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def _zoom(self, steps: int) -> None:
        steps = max(LEAST, min(MOST, self._steps + steps)) - self._steps
        self._steps += steps
        self.zoomIn(steps)
