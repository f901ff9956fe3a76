"""A table of rows to read and open: whole rows, one at a time, Enter opens."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QTableView

from ui.desk import Desk

KEY_ROLE = Qt.ItemDataRole.UserRole
ROW_HEIGHT = 40
MOST_ROWS_SHOWN = 14


class Table(QTableView):
    """Grows with its rows up to a limit, then scrolls. Tab leaves it; the arrows move within it."""

    opened = Signal(str)
    """The key of the row that Enter, or a double click, opened."""

    def __init__(self, desk: Desk, name: str, *, wide: Sequence[int] = ()) -> None:
        super().__init__()
        self._desk = desk
        self._wide = frozenset(wide)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(desk.theme.px(ROW_HEIGHT))
        self.horizontalHeader().setHighlightSections(False)
        self.doubleClicked.connect(self._open)

    def fit(self) -> None:
        """Fit columns to their words and the height to the rows."""
        model = self.model()
        header = self.horizontalHeader()
        for column in range(model.columnCount()):
            wide = column in self._wide
            mode = QHeaderView.ResizeMode.Stretch if wide else QHeaderView.ResizeMode.ResizeToContents
            header.setSectionResizeMode(column, mode)
        rows = max(1, min(model.rowCount(), MOST_ROWS_SHOWN))
        height = rows * self._desk.theme.px(ROW_HEIGHT) + header.sizeHint().height() + 2 * self.frameWidth()
        self.setFixedHeight(height)
        if model.rowCount() and not self.currentIndex().isValid():
            self.setCurrentIndex(model.index(0, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the row on Enter, as a double click does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        key = index.siblingAtColumn(0).data(KEY_ROLE)
        if key:
            self.opened.emit(str(key))
