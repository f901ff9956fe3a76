"""A table over immutable rows of words, with Swedish order: å ä ö last, 9 before 10."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex

KEY_ROLE = Qt.ItemDataRole.UserRole
"""The key of a row: a case id, a path."""


_WORDS = frozenset({Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole})
_ROLES = _WORDS | {
    KEY_ROLE,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.TextAlignmentRole,
    Qt.ItemDataRole.DecorationRole,
    Qt.ItemDataRole.ForegroundRole,
    Qt.ItemDataRole.FontRole,
}
"""A view asks for many more of each cell, thousands of times; those are turned away first."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: its key, the words of its cells, tone and icon of some cells by number, and whether it is a sum."""

    key: str
    cells: tuple[str, ...]
    tones: tuple[tuple[int, str], ...] = ()
    is_sum: bool = False
    icons: tuple[tuple[int, str], ...] = ()


class RowsTable(QAbstractTableModel):
    """Shows rows as they are; ``right`` names the columns of figures."""

    def __init__(
        self,
        theme: Theme,
        headings: Sequence[str],
        *,
        right: Sequence[int] = (),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._headings = tuple(headings)
        self._right = frozenset(right)
        self.rows: tuple[TableRow, ...] = ()

    def set_rows(self, rows: Sequence[TableRow]) -> None:
        """Show other rows."""
        if tuple(rows) != self.rows:
            self.beginResetModel()
            self.rows = tuple(rows)
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._headings)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the words of a heading."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._headings[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return one cell."""
        if role not in _ROLES or not index.isValid():
            return None
        row, column = self.row_at(index.row()), index.column()
        if role in _WORDS:
            return row.cells[column]  # a cell that is cut off can be read by pointing at it
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._headings[column]}: {row.cells[column]}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(column)
        if role == KEY_ROLE:
            return row.key
        return self._look(row, column, role)

    def row_at(self, number: int) -> TableRow:
        """Return a row by its number."""
        return self.rows[number]

    def _look(self, row: TableRow, column: int, role: int) -> object:
        tone = next((tone for number, tone in row.tones if number == column), "")
        if role == Qt.ItemDataRole.DecorationRole:
            icon = next((icon for number, icon in row.icons if number == column), "")
            return self._theme.icon(icon, tone or "ink_soft", 18) if icon else None
        if role == Qt.ItemDataRole.ForegroundRole and tone:
            return self._theme.color(tone)
        if role == Qt.ItemDataRole.FontRole and (row.is_sum or tone in ("danger", "waiting")):
            return self._theme.font(strong=True)
        return None

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if column in self._right else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter
