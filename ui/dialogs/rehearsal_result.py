"""How a rehearsal went: the answer, copy and store side by side, and the receipt to print or save."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.services.backups import Rehearsal
from ui.desk import Desk
from ui.dialogs.paper_out import ChoosePrinter, chosen_printer
from ui.dialogs.receipt_out import ReceiptOut
from ui.models.rows_table import RowsTable, TableRow
from ui.presenters.backup_words import copy_line, rehearsal_lines, rehearsed_rows
from ui.widgets.after_lock import StaysClosed
from ui.widgets.basics import Button, IconLabel, column, filled_row, framed, label
from ui.widgets.pdf_view import PdfView
from ui.widgets.table import Table

WIDTH, HEIGHT = 1040, 680
LEFT_WIDTH = 440
COLUMNS = ("kind", "copy", "now")


class RehearsalResult(QDialog):
    """To the left what came of it, to the right the receipt as it will be on paper."""

    after_lock = StaysClosed("the receipt is kept in the store and stands in the list on the page")

    def __init__(
        self,
        desk: Desk,
        rehearsal: Rehearsal,
        opened_with: str,
        parent: QWidget | None = None,
        *,
        choose_printer: ChoosePrinter = chosen_printer,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(desk.text("window.backups.rehearse.title"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(desk.theme.px(WIDTH), desk.theme.px(HEIGHT))
        text, px = desk.text, desk.theme.px
        self._desk = desk
        self.is_whole = rehearsal.is_whole
        self.lines = rehearsal_lines(rehearsal, opened_with, desk.texts)
        self.table = self._compared(rehearsal)
        self.out = ReceiptOut(desk, rehearsal.receipt, rehearsal.file_name, choose_printer=choose_printer)
        self.close_button = Button(desk, text("window.close"), self.reject)
        left = column(
            px(16),
            self._head(),
            self._about(rehearsal),
            self.table,
            label(text("window.backups.rehearse.receipt_about"), "help"),
            margins=(px(24), px(24), px(24), px(24)),
        )
        left.addStretch(1)
        for part in (self.out, self.close_button):
            left.addWidget(part)
        self.receipt = PdfView(text("window.backups.rehearse.receipt"))
        self.receipt.show_pdf(rehearsal.receipt)
        side = QWidget()
        side.setFixedWidth(px(LEFT_WIDTH))
        side.setLayout(left)
        whole = filled_row(0, side, framed(column(0, self.receipt), ground="sunken"))
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.table.fit()
        self.out.print.setFocus()

    def _head(self) -> QHBoxLayout:
        icon = IconLabel(self._desk, *(("done", "accent") if self.is_whole else ("attention", "danger")), 24)
        head = filled_row(self._desk.theme.px(12), icon, label(self.lines[0], "title"))
        head.setStretch(1, 1)
        return head

    def _about(self, rehearsal: Rehearsal) -> QVBoxLayout:
        copy = copy_line(rehearsal.view, self._desk.clock(), self._desk.texts)
        return column(self._desk.theme.px(4), label(copy, "soft"), *(label(line) for line in self.lines[1:]))

    def _compared(self, rehearsal: Rehearsal) -> Table:
        """Return the table of copy and store; a copy that is not whole is compared with nothing."""
        desk = self._desk
        table = Table(desk, desk.text("window.backups.rehearse.table"), wide=(0,))
        headings = [desk.text(f"window.backups.rehearse.column_{name}") for name in COLUMNS]
        self._model = RowsTable(desk.theme, headings, right=(1, 2), parent=self)
        rows = rehearsed_rows(rehearsal, desk.texts)
        self._model.set_rows(
            [TableRow(row.words, (row.words, str(row.left), str(row.right))) for row in rows]
        )
        table.setModel(self._model)
        table.setVisible(self.is_whole)
        return table
