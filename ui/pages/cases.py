"""All cases in one table, with a filter and the way to a new one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit

from desktop_app.domain.changes import Kind
from desktop_app.services import cases
from desktop_app.services.cases import CaseSummary
from ui.desk import Desk
from ui.dialogs.blank_forms import BlankFormsDialog
from ui.dialogs.new_case import NewCaseDialog
from ui.models.rows_table import RowsTable, SwedishOrder, TableRow
from ui.presenters.case_list import CaseLine, case_line
from ui.widgets.basics import Button, filled_row, label
from ui.widgets.page import Go, Page
from ui.widgets.table import Table

COLUMNS = ("code", "name", "stage", "next", "clock", "outcome")
CLOCK_COLUMN = 4
NAME_COLUMN = 1


class CasesPage(Page):
    """Enter or a double click opens the case."""

    shows = (Kind.CASE, Kind.FACT, Kind.FORM)

    def __init__(self, desk: Desk, go: Go, search: str = "") -> None:
        super().__init__(desk, go, desk.text("window.cases.title"), most_width=1400)
        text, px = desk.text, desk.theme.px
        self.new = Button(desk, text("window.cases.new_case"), self._ask_new, kind="main", icon="new")
        self.blank = Button(desk, text("window.cases.blank"), self._show_blank, icon="print")
        self.head.addWidget(self.blank)
        self.head.addWidget(self.new)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(text("window.cases.filter_hint"))
        self.filter.setAccessibleName(text("window.cases.filter"))
        self.filter.setClearButtonEnabled(True)
        self.filter.setFixedWidth(px(320))
        self._count = label("", "help", wraps=False)
        bar = filled_row(px(16), self.filter, self._count)
        bar.addStretch(1)
        self.table = Table(desk, text("window.cases.table"), wide=(3, 5))
        self._model = RowsTable(
            desk.theme, [text(f"window.cases.column_{name}") for name in COLUMNS], parent=self
        )
        self._order = SwedishOrder(self)
        self._order.setSourceModel(self._model)
        self.table.setModel(self._order)
        self.table.setSortingEnabled(True)
        self.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self.table.opened.connect(lambda key: self.go("case", case_id=key, form_id=None))
        self._empty = label("", "soft")
        self._empty.hide()
        self.body.addLayout(bar)
        self.body.addWidget(self.table)
        self.body.addWidget(self._empty)
        self.body.addStretch(1)
        self.filter.textChanged.connect(self._search)
        self.filter.returnPressed.connect(self._open_first)
        self.filter.setText(search)
        self.first = self.filter if search else self.table
        self._wanted_row = ""
        self._found: Sequence[CaseSummary] = ()
        desk.discretion.changed.connect(lambda: self._show(self._found))
        self.reload()

    def reload(self) -> None:
        """Fetch the cases anew."""
        self.desk.run(self, cases.list_cases, done=self._show)

    def place(self) -> object:
        """Return the search and the chosen row."""
        return [self.filter.text(), self.table.currentIndex().data(Qt.ItemDataRole.UserRole) or ""]

    def restore_place(self, place: object) -> None:
        """Go back to the search and the row."""
        if isinstance(place, list):
            self.filter.setText(str(place[0]))
            self._wanted_row = str(place[1])

    def _show(self, found: Sequence[CaseSummary]) -> None:
        self._found = found
        hidden = self.desk.discretion.is_on
        wanted = self._wanted_row or self.table.currentIndex().data(Qt.ItemDataRole.UserRole)
        self._model.set_rows(
            [_row(case_line(summary, self.desk.texts, names_hidden=hidden)) for summary in found]
        )
        self._tell()
        for number in range(self._order.rowCount()):
            index = self._order.index(number, 0)
            if index.data(Qt.ItemDataRole.UserRole) == wanted:
                self.table.setCurrentIndex(index)
        self._wanted_row = ""

    def _search(self, words: str) -> None:
        self._order.search(words)
        self._tell()

    def _tell(self) -> None:
        shown, every = self._order.rowCount(), len(self._model.rows)
        text = self.desk.text
        self.table.setVisible(shown > 0)
        self._empty.setVisible(shown == 0)
        words = text("window.cases.no_hits", text=self.filter.text()) if every else text("window.cases.none")
        self._empty.setText(words)
        key = "window.cases.count_one" if shown == 1 else "window.cases.count"
        self._count.setText(text(key, count=shown) if every else "")
        self.table.fit()

    def _open_first(self) -> None:
        if self._order.rowCount():
            index = self._order.index(0, 0)
            self.go("case", case_id=index.data(Qt.ItemDataRole.UserRole), form_id=None)

    def reopen(self, name: str, words: dict[str, Any]) -> QDialog | None:
        """Open a dialog again after a lock."""
        if name == BlankFormsDialog.after_lock.name:
            return self._show_blank()
        return self._ask_new() if name == NewCaseDialog.after_lock.name else None

    def _show_blank(self) -> QDialog:
        dialog = BlankFormsDialog(self.desk, self.window())
        dialog.open()
        return dialog

    def _ask_new(self) -> QDialog:
        dialog = NewCaseDialog(self.desk, self.go, self.window())
        dialog.open()
        return dialog



def _row(line: CaseLine) -> TableRow:
    tones = ((CLOCK_COLUMN, line.tone),) if line.tone else ()
    icons = ((NAME_COLUMN, line.icon),) if line.icon else ()
    if line.icon:
        tones = (*tones, (NAME_COLUMN, line.icon_tone))
    return TableRow(line.case_id, line.cells, tones, icons=icons)
