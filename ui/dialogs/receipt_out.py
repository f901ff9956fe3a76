"""A receipt leaves the program: to the printer, or as a file where the person says."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop_app.services.new_files import write_new_file
from ui.desk import Desk
from ui.dialogs.paper_out import ChoosePrinter, chosen_printer, print_pdf
from ui.dialogs.save_copy import SaveCopy
from ui.widgets.basics import Button, column
from ui.widgets.notice import Notice


class ReceiptOut(QWidget):
    """The two buttons, and above them what came of it."""

    def __init__(
        self,
        desk: Desk,
        receipt: bytes,
        file_name: str,
        *,
        choose_printer: ChoosePrinter = chosen_printer,
    ) -> None:
        super().__init__()
        self._desk = desk
        self._receipt = receipt
        self._file_name = file_name
        self._choose_printer = choose_printer
        self._copy: SaveCopy | None = None
        text, px = desk.text, desk.theme.px
        self.told = Notice(desk)
        self.print = Button(
            desk, text("window.backups.rehearse.print"), self._print, kind="main", icon="print"
        )
        self.save = Button(desk, text("window.backups.rehearse.save"), self._choose_copy, icon="file")
        self.setLayout(column(px(16), self.told, self.print, self.save))

    def write(self, path: Path) -> None:
        """Save the receipt as a file."""
        self._desk.jobs.background(
            self,
            write_new_file,
            path,
            self._receipt,
            done=lambda _nothing: self._tell_saved(path),
            failed=self.told.show_error,
        )

    def _print(self) -> None:
        printer = self._choose_printer(self, self._desk.text("window.backups.rehearse.job_name"))
        if printer is not None:
            taken = print_pdf(self._receipt, printer)
            words = "printed" if taken else "not_printed"
            ground = "accent" if taken else "waiting"
            self.told.show_words(self._desk.text(f"window.backups.rehearse.{words}"), ground=ground)

    def _choose_copy(self) -> None:
        self._copy = SaveCopy(self._desk.texts, self._file_name, self.write, self)
        self._copy.open()

    def _tell_saved(self, path: Path) -> None:
        if self._copy is not None:
            self._copy.accept()
            self._copy = None
        self.told.show_words(self._desk.text("window.backups.rehearse.saved", place=path.parent))
