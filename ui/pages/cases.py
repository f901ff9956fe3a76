"""All cases in one table, with a filter and the way to a new one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit

from desktop_app.domain.changes import Kind
from desktop_app.services import cases
from desktop_app.services.cases import CaseQuery, CasesFound, CaseSummary
from ui.desk import Desk
from ui.dialogs.blank_forms import BlankFormsDialog
from ui.dialogs.new_case import NewCaseDialog
from ui.models.paged_table import PagedTable
from ui.models.rows_table import KEY_ROLE, TableRow
from ui.presenters.case_list import CaseLine, case_line
from ui.presenters.new_case import TieWish
from ui.widgets.basics import Button, filled_row, label
from ui.widgets.page import Go, Page
from ui.widgets.table import Table

COLUMNS = ("code", "kind", "name", "stage", "next", "clock", "outcome")
CLOCK_COLUMN = 5
NAME_COLUMN = 2


class CasesPage(Page):
    """Enter or a double click opens the case."""

    shows = (Kind.CASE, Kind.FACT, Kind.FORM)

    def __init__(self, desk: Desk, go: Go, search: str = "") -> None:
        super().__init__(desk, go, desk.text("window.cases.title"), most_width=1400)
        text = desk.text
        self.new = Button(desk, text("window.cases.new_case"), self._ask_new, kind="main", icon="new")
        self.blank = Button(desk, text("window.cases.blank"), self._show_blank, icon="print")
        self.binder = Button(desk, text("window.binder.lead"), lambda: go("binder"), icon="file")
        self.head.addWidget(self.binder)
        self.head.addWidget(self.blank)
        self.head.addWidget(self.new)
        bar = self._bar()
        self.table = Table(desk, text("window.cases.table"), wide=(4, 6))
        self._model = PagedTable(
            desk.theme, [text(f"window.cases.column_{name}") for name in COLUMNS], parent=self
        )
        self._model.wanted.connect(self._fetch)
        self.table.setModel(self._model)
        self.table.horizontalHeader().setSortIndicator(0, Qt.SortOrder.AscendingOrder)
        self.table.setSortingEnabled(True)
        self._model.sort_asked.connect(self._sort)
        self.table.opened.connect(lambda key: self.go("case", case_id=key, form_id=None))
        self._empty = label("", "soft")
        self._empty.hide()
        self.body.addLayout(bar)
        self.body.addWidget(self.table)
        self.body.addWidget(self._empty)
        self.body.addStretch(1)
        self._query = CaseQuery(search)
        self._is_old = self._under_way = self._opens_first = False
        self._wanted_row = ""
        self._every = 0
        self._lines: dict[str, CaseSummary] = {}
        self.filter.setText(search)
        self.filter.textChanged.connect(self._search)
        self.filter.returnPressed.connect(self._open_first)
        self.first = self.filter if search else self.table
        desk.discretion.changed.connect(self._show_anew)
        self.reload()

    def _bar(self) -> QHBoxLayout:
        text, px = self.desk.text, self.desk.theme.px
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(text("window.cases.filter_hint"))
        self.filter.setAccessibleName(text("window.cases.filter"))
        self.filter.setClearButtonEnabled(True)
        self.filter.setFixedWidth(px(320))
        self._count = label("", "help", wraps=False)
        bar = filled_row(px(16), self.filter, self._count)
        bar.addStretch(1)
        self.own = Button(self.desk, text("own_forms.open"), lambda: self.go("cases_own"), kind="quiet")
        bar.addWidget(self.own)
        return bar

    def reload(self) -> None:
        """Ask for the cases anew; what is asked while an answer is under way is asked once it has come."""
        self._is_old = True
        if not self._under_way:
            self._ask()

    def _ask(self) -> None:
        self._is_old, self._under_way = False, True
        self.desk.run(self, cases.find_cases, self._query, done=self._show, ended=self._go_on)

    def _go_on(self) -> None:
        self._under_way = False
        if self._is_old:
            self._ask()
        elif self._opens_first:
            self._open_first()

    def place(self) -> object:
        """Return the search and the chosen row."""
        return [self.filter.text(), self.table.currentIndex().data(KEY_ROLE) or ""]

    def restore_place(self, place: object) -> None:
        """Go back to the search and the row."""
        if isinstance(place, list):
            self.filter.setText(str(place[0]))
            self._wanted_row = str(place[1])

    def _show(self, found: CasesFound) -> None:
        wanted = self._wanted_row or self.table.currentIndex().data(KEY_ROLE) or ""
        self._every = found.every
        self._lines = {summary.case_id: summary for summary in found.first}
        self._model.set_keys(found.case_ids, map(self._row, found.first))
        self._tell()
        place = self._model.place_of(str(wanted))
        if place >= 0:
            self.table.setCurrentIndex(self._model.index(place, 0))
        self._wanted_row = ""

    def _fetch(self, case_ids: list[str]) -> None:
        self.desk.run(self, cases.summaries, case_ids, done=self._take_lines)

    def _take_lines(self, lines: tuple[CaseSummary, ...]) -> None:
        self._lines.update({summary.case_id: summary for summary in lines})
        self._model.put_rows(map(self._row, lines))

    def _show_anew(self) -> None:
        self._model.put_rows(map(self._row, self._lines.values()))

    def _row(self, summary: CaseSummary) -> TableRow:
        return _row(case_line(summary, self.desk.texts, names_hidden=self.desk.discretion.is_on))

    def _search(self, words: str) -> None:
        self._query = replace(self._query, words=words)
        self.reload()

    def _sort(self, column: int, downwards: bool) -> None:
        self._query = replace(self._query, order=COLUMNS[column], downwards=downwards)
        self.reload()

    def _tell(self) -> None:
        shown, every = self._model.rowCount(), self._every
        text = self.desk.text
        self.table.setVisible(shown > 0)
        self._empty.setVisible(shown == 0)
        words = text("window.cases.no_hits", text=self.filter.text()) if every else text("window.cases.none")
        self._empty.setText(words)
        key = "window.cases.count_one" if shown == 1 else "window.cases.count"
        self._count.setText(text(key, count=shown) if every else "")
        self.table.fit()

    def _open_first(self) -> None:
        # What is in view may still be what was found for fewer letters.
        self._opens_first = self._under_way
        if self._model.keys and not self._under_way:
            self.go("case", case_id=self._model.keys[0], form_id=None)

    def reopen(self, name: str, words: dict[str, Any]) -> QDialog | None:
        """Open a dialog again after a lock."""
        if name == BlankFormsDialog.after_lock.name:
            return self._show_blank()
        return (
            self._ask_new(TieWish.from_json(words.get("tie")))
            if name == NewCaseDialog.after_lock.name
            else None
        )

    def _show_blank(self) -> QDialog:
        dialog = BlankFormsDialog(self.desk, self.window())
        dialog.open()
        return dialog

    def _ask_new(self, tie: TieWish | None = None) -> QDialog:
        dialog = NewCaseDialog(self.desk, self.go, self.window(), tie=tie)
        dialog.open()
        return dialog


def _row(line: CaseLine) -> TableRow:
    tones = ((CLOCK_COLUMN, line.tone),) if line.tone else ()
    icons = ((NAME_COLUMN, line.icon),) if line.icon else ()
    if line.icon:
        tones = (*tones, (NAME_COLUMN, line.icon_tone))
    return TableRow(line.case_id, line.cells, tones, icons=icons)
