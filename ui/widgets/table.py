"""A table of rows to read and open: whole rows, one at a time, Enter opens."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QTableView

from ui.desk import Desk

KEY_ROLE = Qt.ItemDataRole.UserRole
ROW_HEIGHT = 40
MOST_ROWS_SHOWN = 14
ROWS_MEASURED = 10
"""How many rows beyond those in view have a say in how wide a column is."""

LEAST_WIDE = 72


class Table(QTableView):
    """Grows with its rows up to a limit, then scrolls. Tab leaves it; the arrows move within it."""

    opened = Signal(str)
    """The key of the row that Enter, or a double click, opened."""

    def __init__(
        self, desk: Desk, name: str, *, wide: Sequence[int] = (), most_rows: int = MOST_ROWS_SHOWN
    ) -> None:
        super().__init__()
        self._widths: list[int] = []
        self._refit = QTimer(self, singleShot=True, interval=0)
        self._refit.timeout.connect(self._fit_anew)
        self._desk = desk
        self._wide = frozenset(wide)
        self._most_rows = most_rows
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
        self.horizontalHeader().setResizeContentsPrecision(ROWS_MEASURED)
        self.doubleClicked.connect(self._open)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Show a model, and fit the columns when words come into it later."""
        super().setModel(model)
        if model is not None:
            model.dataChanged.connect(lambda *_: self._refit.start())

    def fit(self) -> None:
        """Fit columns to their words and the height to the rows."""
        self._fit_anew()
        self._fit_height()
        model = self.model()
        if model.rowCount() and not self.currentIndex().isValid():
            self.setCurrentIndex(model.index(0, 0))

    def _fit_height(self) -> None:
        model, header = self.model(), self.horizontalHeader()
        rows = max(1, min(model.rowCount(), self._most_rows))
        height = rows * self._desk.theme.px(ROW_HEIGHT) + header.sizeHint().height() + 2 * self.frameWidth()
        self.setFixedHeight(height + self._bar_height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns to the new width."""
        super().resizeEvent(event)
        self._fit_columns()
        if self.model() is not None and self.minimumHeight() == self.maximumHeight():
            self._fit_height()

    def changeEvent(self, event: QEvent) -> None:
        """Fit the columns anew when it gets its looks: words that were measured before had another font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._refit.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the row on Enter, as a double click does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _measure_columns(self) -> None:
        """Note how wide the words of each column are: once for each set of rows, since every cell is asked."""
        header = self.horizontalHeader()
        self._widths = [
            max(self.sizeHintForColumn(column), header.sectionSizeHint(column))
            for column in range(self.model().columnCount())
        ]

    def _fit_columns(self) -> None:
        """Let the wide columns share what is left, or scroll sideways when that is too little to read."""
        header = self.horizontalHeader()
        if self.model() is None:
            return
        if len(self._widths) != self.model().columnCount():
            self._measure_columns()
        narrow = sum(width for column, width in enumerate(self._widths) if column not in self._wide)
        least = len(self._wide) * self._desk.theme.px(LEAST_WIDE)
        shares = self.viewport().width() - narrow >= least
        for column, width in enumerate(self._widths):
            wide = column in self._wide and shares
            mode = QHeaderView.ResizeMode.Stretch if wide else QHeaderView.ResizeMode.Fixed
            if header.sectionResizeMode(column) != mode:
                header.setSectionResizeMode(column, mode)
            if not wide:
                header.resizeSection(column, width)

    def _fit_anew(self) -> None:
        if self.model() is not None:
            self._measure_columns()
            self._fit_columns()

    def _bar_height(self) -> int:
        """Return the room for the bar below, so that it does not cover the last row."""
        columns = range(self.model().columnCount())
        if sum(self.columnWidth(column) for column in columns) <= self.viewport().width():
            return 0
        return self.horizontalScrollBar().sizeHint().height()

    def _open(self, index: QModelIndex) -> None:
        key = index.siblingAtColumn(0).data(KEY_ROLE)
        if key:
            self.opened.emit(str(key))
