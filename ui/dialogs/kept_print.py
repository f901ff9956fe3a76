"""A print that was kept, taken out again: what goes to the printer says on every page that it is a copy."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from desktop_app.domain.errors import AppError
from desktop_app.services import kept_prints
from desktop_app.services.kept_prints import Reprint
from ui.desk import Desk
from ui.dialogs.paper_out import ChoosePrinter, Printer, PrintRun, chosen_printer
from ui.presenters.case_presenter import Line, error_words
from ui.widgets.after_lock import StaysClosed
from ui.widgets.basics import Button, column, filled_row, framed, label
from ui.widgets.paper_reader import PaperReader
from ui.widgets.send_row import SendRow

LEFT_WIDTH = 320
SIZE = (1160, 700)


class KeptPrint(QDialog):
    """To the left what it is, to the right the paper; the kept one stays as it was."""

    after_lock = StaysClosed("the print stands in the list of prints, one Enter away")

    def __init__(
        self,
        desk: Desk,
        line: Line,
        parent: QWidget | None = None,
        *,
        choose_printer: ChoosePrinter = chosen_printer,
    ) -> None:
        super().__init__(parent)
        self._desk, self._document_id = desk, line.id
        self._choose_printer = choose_printer
        self._run: PrintRun | None = None
        text, px = desk.text, desk.theme.px
        self.setWindowTitle(text("kept_print.title"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(px(SIZE[0]), px(SIZE[1]))
        self.words = label(text("kept_print.copy"), "help")
        self.sending = SendRow(desk, self._stop)
        self.print_button = Button(desk, text("kept_print.print"), self._print, kind="main", icon="print")
        self.close_button = Button(desk, text("window.close"), self.reject)
        left = column(
            px(12),
            label(line.title, "title"),
            label(line.about, "soft"),
            margins=(px(24), px(24), px(24), px(24)),
        )
        left.addStretch(1)
        for part in (self.words, self.sending, self.print_button, self.close_button):
            left.addWidget(part)
        side = QWidget()
        side.setFixedWidth(px(LEFT_WIDTH))
        side.setLayout(left)
        self.reader = PaperReader(desk, text("form_page.print.preview"))
        whole = filled_row(0, side, framed(column(0, self.reader), ground="sunken"))
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.print_button.setFocus()
        desk.discretion.changed.connect(self._follow_discretion)
        self._follow_discretion()

    def reject(self) -> None:
        """Close; while something is sent, stop that and nothing else."""
        if self._run is not None:
            self._stop()
        else:
            super().reject()

    def _follow_discretion(self) -> None:
        if self._desk.discretion.is_on:
            self.reader.cover(self._desk.text("protection.paper.covered"))
        else:
            asked = (kept_prints.issued_pdf, self._document_id)
            self._desk.run(self, *asked, done=self._show, failed=self._tell)

    def _show(self, pdf: bytes) -> None:
        if not self._desk.discretion.is_on:
            self.reader.show_pdf(pdf)
            self.reader.cover("")

    def _print(self) -> None:
        printer = self._choose_printer(self, self._desk.text("form_page.print.job_name"))
        if printer is not None:
            self._desk.run(
                self,
                kept_prints.reprint,
                self._document_id,
                done=lambda copy: self._send(copy, printer),
                failed=self._tell,
            )

    def _send(self, copy: Reprint, printer: Printer) -> None:
        self._show(copy.pdf)
        self._run = PrintRun(copy.pdf, printer, self)
        self._run.stepped.connect(self.sending.show_sheet)
        self._run.ended.connect(self._sent)
        self.print_button.setEnabled(False)
        self._run.begin()

    def _sent(self, whole: bool) -> None:
        if not whole:
            self._desk.run(self, kept_prints.note_stopped, self._document_id, failed=self._tell)
        stopped, self._run = self._run is not None and self._run.is_stopped, None
        self.print_button.setEnabled(True)
        self.sending.hide()
        missed = "print_preview.stopped" if stopped else "form_page.print.not_printed"
        self.words.setText(self._desk.text("kept_print.printed" if whole else missed))

    def _tell(self, error: AppError) -> None:
        self.words.setText(error_words(error, self._desk.texts))

    def _stop(self) -> None:
        if self._run is not None:
            self._run.cancel()
