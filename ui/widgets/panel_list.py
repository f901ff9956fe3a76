"""The list in the panel under the search field: one drawn line a row, with words for a screen reader."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from ui.desk import Desk
from ui.presenters.panel_rows import PanelRow, RowKind
from ui.theme import mark
from ui.widgets.panel_delegate import ROW_ROLE, PanelDelegate

Index = QModelIndex | QPersistentModelIndex


class PanelModel(QAbstractListModel):
    """The lines as they are; those without an act cannot be chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[PanelRow, ...] = ()

    def set_rows(self, rows: Sequence[PanelRow]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words of a line, or the line itself for drawing."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.spoken
        if role == Qt.ItemDataRole.ToolTipRole and row.kind is RowKind.HIT:
            return row.spoken
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let only lines that lead somewhere be chosen."""
        if not index.isValid() or self.rows[index.row()].act is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class PanelList(QListView):
    """Enter or a click opens a line; what is typed goes on in the search field."""

    opened = Signal(object)
    """A line (``PanelRow``)."""

    typed = Signal(object)
    """A key (``QKeyEvent``) that belongs in the search field."""

    left = Signal()
    """The arrow went up past the first line."""

    def __init__(self, desk: Desk, name: str) -> None:
        super().__init__()
        self._model = PanelModel()
        self.setModel(self._model)
        self.setItemDelegate(PanelDelegate(desk.theme, self))
        self.setAccessibleName(name)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setFrameShape(QListView.Shape.NoFrame)
        mark(self, kind="panel")
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.clicked.connect(self._open)

    @property
    def rows(self) -> tuple[PanelRow, ...]:
        """The lines that are shown."""
        return self._model.rows

    @property
    def chosen(self) -> PanelRow | None:
        """The line that Enter opens."""
        index = self.currentIndex()
        return self.rows[index.row()] if index.isValid() else None

    def show_rows(self, rows: Sequence[PanelRow], *, keeping: str = "") -> None:
        """Show lines; choose the one with the spoken words ``keeping``, else the first that leads somewhere."""
        self._model.set_rows(rows)
        open_ones = [number for number, row in enumerate(rows) if row.act is not None]
        kept = next((number for number in open_ones if keeping and rows[number].spoken == keeping), None)
        if kept is None:
            self.scrollToTop()
        if open_ones:
            self.setCurrentIndex(self._model.index(open_ones[0] if kept is None else kept))
        if kept is None:
            self.scrollToTop()

    def step_down(self) -> None:
        """Choose the next line."""
        index = self.moveCursor(self.CursorAction.MoveDown, Qt.KeyboardModifier.NoModifier)
        if index.isValid():
            self.setCurrentIndex(index)

    @property
    def is_first_chosen(self) -> bool:
        """Whether no line above the chosen one can be chosen."""
        at = self.currentIndex().row()
        return not any(row.act is not None for row in self.rows[: max(0, at)])

    def wanted_height(self) -> int:
        """Return the height of all lines."""
        return sum(self.sizeHintForIndex(self._model.index(row)).height() for row in range(len(self.rows)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open on Enter, walk with the arrows, and pass on letters."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        elif key == Qt.Key.Key_Up and self.is_first_chosen:
            self.left.emit()
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete) or (
            event.text() and event.text().isprintable()
        ):
            self.typed.emit(event)
        else:
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid() and self.rows[index.row()].act is not None:
            self.opened.emit(self.rows[index.row()])
