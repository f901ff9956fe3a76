"""A list of places on a disk: folders, drives and files, each under words of its own."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem

_PLACE = Qt.ItemDataRole.UserRole


class PlaceList(QListWidget):
    """A place is opened by Enter or a double click."""

    opened = Signal(object)
    """The ``Path`` that was opened."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.itemActivated.connect(self._open)

    def open_at_a_click(self) -> None:
        """Let one click do, for places that are never chosen for themselves."""
        self.itemClicked.connect(self._open)

    def add(self, words: str, place: Path) -> None:
        """Add a place at the end."""
        item = QListWidgetItem(words)
        item.setData(_PLACE, str(place))
        self.addItem(item)

    def chosen(self) -> list[Path]:
        """Return the places that are marked."""
        return [_place_of(item) for item in self.selectedItems()]

    def current(self) -> Path | None:
        """Return the place one stands on."""
        item = self.currentItem()
        return _place_of(item) if item is not None else None

    def _open(self, item: QListWidgetItem) -> None:
        self.opened.emit(_place_of(item))


def _place_of(item: QListWidgetItem) -> Path:
    return Path(item.data(_PLACE))
