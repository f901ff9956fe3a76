"""What each case costs, year by year, summed to the krona."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.domain.changes import Kind
from desktop_app.services import economy
from desktop_app.services.economy import EconomyRow
from ui.desk import Desk
from ui.models.rows_table import RowsTable, TableRow
from ui.presenters.economy import economy_cells
from ui.widgets.basics import label
from ui.widgets.page import Go, Page
from ui.widgets.table import Table

COLUMNS = ("code", "year", "amount", "vat", "applied")
FORM = "F12"


class EconomyPage(Page):
    """Enter opens the form the sums come from."""

    shows = (Kind.FACT, Kind.REGISTER, Kind.FORM)

    def __init__(self, desk: Desk, go: Go) -> None:
        super().__init__(desk, go, desk.text("window.economy.title"), most_width=880)
        text = desk.text
        self.body.addWidget(label(text("window.economy.intro"), "soft"))
        self.table = Table(desk, text("window.economy.table"), wide=(0, 1, 2, 3, 4))
        self._model = RowsTable(
            desk.theme,
            [text(f"window.economy.column_{name}") for name in COLUMNS],
            right=(2, 3, 4),
            parent=self,
        )
        self.table.setModel(self._model)
        self.table.opened.connect(lambda key: self.go("case", case_id=key, form_id=FORM))
        self.table.hide()
        self._empty = label(text("window.economy.none"), "soft")
        self._empty.hide()
        self.body.addWidget(self.table)
        self.body.addWidget(self._empty)
        self.body.addStretch(1)
        self.first = self.table
        self.reload()

    def reload(self) -> None:
        """Fetch the sums anew."""
        self.desk.run(self, economy.totals, done=self._show)

    def _show(self, found: Sequence[EconomyRow]) -> None:
        lines = economy_cells(found, self.desk.texts)
        self._model.set_rows([TableRow(line.case_id, line.cells, is_sum=line.is_sum) for line in lines])
        self.table.setVisible(bool(lines))
        self._empty.setVisible(not lines)
        self.table.fit()
