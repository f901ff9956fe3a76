"""The rehearsals that were made, the newest first; each row opens its receipt."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop_app.services import backups
from desktop_app.services.backups import PastRehearsal
from ui.desk import Desk
from ui.dialogs.receipt import ReceiptDialog
from ui.models.rows_table import RowsTable, TableRow
from ui.presenters.rehearsal_words import past_cells
from ui.widgets.basics import column, label
from ui.widgets.table import Table

COLUMNS = ("at", "number", "medium", "with", "outcome")
OUTCOME = len(COLUMNS) - 1


class PastRehearsals(QWidget):
    """Hidden while there are none: the card above says that no copy has been read back."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._past: dict[str, PastRehearsal] = {}
        text, px = desk.text, desk.theme.px
        self.table = Table(desk, text("window.backups.past.table"), wide=(2,))
        headings = [text(f"window.backups.past.column_{name}") for name in COLUMNS]
        self._model = RowsTable(desk.theme, headings, right=(1,), parent=self)
        self.table.setModel(self._model)
        self.table.opened.connect(self.show_receipt)
        title = label(text("window.backups.past.title"), "heading")
        about = label(text("window.backups.past.about"), "help")
        self.setLayout(column(px(8), title, self.table, about))
        self.hide()

    def show_rehearsals(self, past: Sequence[PastRehearsal]) -> None:
        """Show the rehearsals that were made."""
        self._past = {each.rehearsal_id: each for each in past}
        self._model.set_rows([self._row(each) for each in past])
        self.setVisible(bool(past))
        self.table.fit()

    def show_receipt(self, rehearsal_id: str) -> None:
        """Open the receipt of one of them."""
        past = self._past[rehearsal_id]
        self._desk.run(
            self,
            backups.rehearsal_receipt,
            rehearsal_id,
            done=lambda receipt: ReceiptDialog(self._desk, past, receipt, self.window()).open(),
        )

    def _row(self, past: PastRehearsal) -> TableRow:
        tones = () if past.is_whole else ((OUTCOME, "danger"),)
        return TableRow(past.rehearsal_id, past_cells(past, self._desk.texts), tones)
