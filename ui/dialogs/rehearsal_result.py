"""How a rehearsal went: the answer, copy and store side by side, and the receipt to print or save."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from desktop_app.services.backups import Rehearsal
from desktop_app.services.printing import write_new_file
from ui.desk import Desk
from ui.dialogs.paper_out import chosen_printer, print_pdf
from ui.dialogs.save_copy import SaveCopy
from ui.models.rows_table import RowsTable, TableRow
from ui.presenters.backup_words import copy_line, rehearsal_lines, rehearsed_rows
from ui.widgets.after_lock import StaysClosed
from ui.widgets.basics import Button, IconLabel, column, filled_row, framed, label
from ui.widgets.notice import Notice
from ui.widgets.pdf_view import PdfView
from ui.widgets.table import Table

WIDTH, HEIGHT = 1040, 680
LEFT_WIDTH = 440
COLUMNS = ("kind", "copy", "now")


class RehearsalResult(QDialog):
    """To the left what came of it, to the right the receipt as it will be on paper."""

    after_lock = StaysClosed("the receipt is kept in the store and can be made out again by a new rehearsal")

    def __init__(
        self,
        desk: Desk,
        rehearsal: Rehearsal,
        opened_with: str,
        parent: QWidget | None = None,
        *,
        choose_printer: Callable[[QWidget, str], Any] = chosen_printer,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setWindowTitle(desk.text("window.backups.rehearse.title"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(desk.theme.px(WIDTH), desk.theme.px(HEIGHT))
        self._rehearsal = rehearsal
        self._choose_printer = choose_printer
        self._copy: SaveCopy | None = None
        text, px = desk.text, desk.theme.px
        self.is_whole = rehearsal.outcome.value == "whole"
        self.lines = rehearsal_lines(rehearsal, opened_with, desk.texts)
        icon = IconLabel(desk, *(("done", "accent") if self.is_whole else ("attention", "danger")), 24)
        head = filled_row(px(12), icon, label(self.lines[0], "title"))
        head.setStretch(1, 1)
        about = column(px(4), label(copy_line(rehearsal.view, desk.clock(), desk.texts), "soft"))
        for line in self.lines[1:]:
            about.addWidget(label(line))
        self.table = Table(desk, text("window.backups.rehearse.table"), wide=(0,))
        headings = [text(f"window.backups.rehearse.column_{name}") for name in COLUMNS]
        self._model = RowsTable(desk.theme, headings, right=(1, 2), parent=self)
        self._model.set_rows(
            [
                TableRow(row.words, (row.words, str(row.left), str(row.right)))
                for row in rehearsed_rows(rehearsal, desk.texts)
            ]
        )
        self.table.setModel(self._model)
        self.table.setVisible(self.is_whole)
        self.told = Notice(desk)
        self.print = Button(
            desk, text("window.backups.rehearse.print"), self._print, kind="main", icon="print"
        )
        self.save = Button(desk, text("window.backups.rehearse.save"), self._choose_copy, icon="file")
        self.close_button = Button(desk, text("window.close"), self.reject)
        left = column(
            px(16),
            head,
            about,
            self.table,
            label(text("window.backups.rehearse.receipt_about"), "help"),
            self.told,
            margins=(px(24), px(24), px(24), px(24)),
        )
        left.addStretch(1)
        for button in (self.print, self.save, self.close_button):
            left.addWidget(button)
        self.receipt = PdfView(text("window.backups.rehearse.receipt"))
        self.receipt.show_pdf(rehearsal.receipt)
        side = QWidget()
        side.setFixedWidth(px(LEFT_WIDTH))
        side.setLayout(left)
        whole = filled_row(0, side, framed(column(0, self.receipt), ground="sunken"))
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.table.fit()
        self.print.setFocus()

    def _print(self) -> None:
        printer = self._choose_printer(self, self._desk.text("window.backups.rehearse.job_name"))
        if printer is not None:
            taken = print_pdf(self._rehearsal.receipt, printer)
            words = "printed" if taken else "not_printed"
            ground = "accent" if taken else "waiting"
            self.told.show_words(self._desk.text(f"window.backups.rehearse.{words}"), ground=ground)

    def _choose_copy(self) -> None:
        self._copy = SaveCopy(self._desk.texts, self._rehearsal.file_name, self._write, self)
        self._copy.open()

    def _write(self, path: Path) -> None:
        self._desk.jobs.background(
            self,
            write_new_file,
            path,
            self._rehearsal.receipt,
            done=lambda _nothing: self._tell_saved(path),
            failed=self.told.show_error,
        )

    def _tell_saved(self, path: Path) -> None:
        if self._copy is not None:
            self._copy.accept()
            self._copy = None
        self.told.show_words(self._desk.text("window.backups.rehearse.saved", place=path.parent))
