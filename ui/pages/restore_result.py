"""What the copy promised and what was found in the restored store, kind by kind."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_app.services.backups import RestoreView
from ui.desk import Desk
from ui.models.rows_table import RowsTable, TableRow
from ui.presenters.backup_words import restored_rows
from ui.widgets.basics import column
from ui.widgets.table import Table

COLUMNS = ("kind", "promised", "found", "equal")


class RestoreResult(QWidget):
    """Hidden until there is a result."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        text = desk.text
        self.table = Table(desk, text("window.first_run.restore.table"), wide=(0,))
        headings = [text(f"window.first_run.restore.column_{name}") for name in COLUMNS]
        self._model = RowsTable(desk.theme, headings, right=(1, 2), parent=self)
        self.table.setModel(self._model)
        self.setLayout(column(0, self.table))
        self.hide()

    def show_result(self, view: RestoreView) -> None:
        """Show both counts side by side."""
        text = self._desk.text
        rows = []
        for row in restored_rows(view, self._desk.texts):
            equal = text(f"window.first_run.restore.{'equal' if row.is_equal else 'differs'}")
            tones = () if row.is_equal else ((3, "danger"),)
            rows.append(TableRow(row.words, (row.words, str(row.left), str(row.right), equal), tones))
        self._model.set_rows(rows)
        self.show()
        self.table.fit()
