"""A place on disk shown in words, with a button to choose another."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ui.desk import Desk
from ui.widgets.basics import Button, chosen_text, filled_row


class PlaceField(QWidget):
    """Shows a folder or file. ``ask`` lets the person choose and calls back with the choice."""

    changed = Signal()

    def __init__(
        self,
        desk: Desk,
        words: str,
        ask: Callable[[QWidget, Path | None, Callable[[Path], None]], None],
        empty: str,
        place: Path | None = None,
    ) -> None:
        super().__init__()
        self._desk = desk
        self._empty = empty
        self._ask = ask
        self.place = place
        self._shown = chosen_text("", "value")
        self._shown.setAccessibleName(words)
        self.button = Button(
            desk,
            desk.text("window.field.change_place"),
            self._choose,
            name=desk.text("window.field.change_place_for", what=words),
        )
        layout = filled_row(desk.theme.px(16), self._shown, self.button)
        layout.setStretch(0, 1)
        layout.setAlignment(self.button, Qt.AlignmentFlag.AlignTop)
        self.setLayout(layout)
        self._tell()

    def set_place(self, place: Path) -> None:
        """Show another place."""
        self.place = place
        self._tell()
        self.changed.emit()

    def _choose(self) -> None:
        self._ask(self, self.place, self.set_place)

    def _tell(self) -> None:
        # A zero-width space after each separator lets a long place break over lines.
        shown = (
            str(self.place).replace("/", "/\u200b").replace("\\", "\\\u200b") if self.place else self._empty
        )
        self._shown.setText(shown)
        key = "window.field.change_place" if self.place else "window.field.choose_place"
        self.button.setText(self._desk.text(key))
