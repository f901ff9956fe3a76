"""A table of many rows, of which only those that have been looked at are fetched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QModelIndex, QObject, Qt, QTimer, Signal

from ui.models.rows_table import Index, RowsTable, TableRow
from ui.theme import Theme

AT_A_TIME = 60
"""Rows fetched at once: those in view with a few on either side."""


class PagedTable(RowsTable):
    """Knows the keys of all its rows, in order, and asks for the words of a row when it comes into view."""

    wanted = Signal(list)
    """Keys of rows that are to be handed over with ``put_rows``."""

    sort_asked = Signal(int, bool)
    """A column, and whether downwards: whoever fetches the keys sorts them."""

    def __init__(self, theme: Theme, headings: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(theme, headings, parent=parent)
        self.keys: tuple[str, ...] = ()
        self._places: dict[str, int] = {}
        self._known: dict[str, TableRow] = {}
        self._asked: set[str] = set()
        self._asking = QTimer(self, singleShot=True, interval=0)
        self._asking.timeout.connect(self._ask)
        self._lowest, self._highest = 0, -1

    def set_keys(self, keys: Sequence[str], rows: Iterable[TableRow]) -> None:
        """Show other rows; some of their words may be known already."""
        self.beginResetModel()
        self.keys = tuple(keys)
        self._places = {key: number for number, key in enumerate(self.keys)}
        self._known = {row.key: row for row in rows}
        self._asked.clear()
        self._lowest, self._highest = 0, -1
        self.endResetModel()

    def put_rows(self, rows: Iterable[TableRow]) -> None:
        """Take the words of some rows; those of other tables are left out."""
        places = []
        for row in rows:
            place = self._places.get(row.key)
            if place is not None:
                self._known[row.key] = row
                places.append(place)
        if places:  # told once: a view draws and measures itself anew each time
            last = self.index(max(places), self.columnCount() - 1)
            self.dataChanged.emit(self.index(min(places), 0), last)

    def place_of(self, key: str) -> int:
        """Return the number of the row with a key, -1 when it is not there."""
        return self._places.get(key, -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Return the number of rows, fetched or not."""
        return 0 if parent.isValid() else len(self.keys)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Ask for the keys in another order."""
        self.sort_asked.emit(column, order is Qt.SortOrder.DescendingOrder)

    def row_at(self, number: int) -> TableRow:
        """Return a row; one that has not been fetched is without words, and is asked for."""
        key = self.keys[number]
        row = self._known.get(key)
        if row is not None:
            return row
        if key not in self._asked:
            self._lowest, self._highest = min(self._lowest, number), max(self._highest, number)
            if self._highest - self._lowest > AT_A_TIME or not self._asking.isActive():
                self._lowest = self._highest = number
            self._asking.start()
        return TableRow(key, ("",) * self.columnCount())

    def _ask(self) -> None:
        first = max(0, self._lowest - AT_A_TIME // 4)
        around = self.keys[first : max(self._highest + 1, first + AT_A_TIME)]
        keys = [key for key in around if key not in self._known and key not in self._asked]
        if keys:
            self._asked.update(keys)
            self.wanted.emit(keys)
