"""Fourth step: the recovery sheet, printed, and proven to be readable by typing groups of it back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_app.domain.changes import ChangeSet
from desktop_app.services import vault
from desktop_app.services.printing import write_new_file
from desktop_app.services.vault import RecoverySheet
from ui.desk import Desk
from ui.dialogs.paper_out import chosen_printer, print_pdf
from ui.dialogs.save_copy import SaveCopy
from ui.widgets.basics import Button, column, label, row
from ui.widgets.form_row import FormRow
from ui.widgets.gate import GatePage
from ui.widgets.notice import Notice
from ui.widgets.pdf_view import PdfView

WIDTH = 1000
PAPER_HEIGHT = 392


class SheetPage(GatePage):
    """Calls ``done`` when the groups were typed back right and the sheet counts.

    In the first run there is no way back: the store is made, and so is its sheet.
    """

    def __init__(
        self,
        desk: Desk,
        sheet: RecoverySheet,
        done: Callable[[], object],
        *,
        adopt: Callable[..., ChangeSet] = vault.confirm_recovery_sheet,
        step: str = "",
        back: Callable[[], object] | None = None,
        choose_printer: Callable[[QWidget, str], Any] = chosen_printer,
    ) -> None:
        text = desk.text
        super().__init__(
            desk,
            text("window.first_run.sheet.title"),
            text("window.first_run.sheet.intro"),
            step,
            width=WIDTH,
        )
        self._sheet = sheet
        self._adopt = adopt
        self._done = done
        self._choose_printer = choose_printer
        self._copy: SaveCopy | None = None
        px = desk.theme.px
        self.paper = PdfView(text("window.first_run.sheet.preview"))
        self.paper.setFixedHeight(px(PAPER_HEIGHT))
        self.paper.show_pdf(sheet.pdf)
        self.groups = [QLineEdit() for _ in vault.challenge(sheet.recovery_key)]
        both = QHBoxLayout()
        both.setSpacing(px(32))
        both.addWidget(self.paper, 1)
        both.addLayout(self._side(), 1)
        self.body.addLayout(both)
        if back is not None:
            self.buttons.addWidget(Button(desk, text("window.first_run.back"), back))
        self.set_main(Button(desk, text("window.first_run.sheet.confirm"), self.take, kind="main"))
        self.first = self.groups[0]

    @property
    def recovery_key(self) -> str:
        """The key on the sheet."""
        return self._sheet.recovery_key

    def take(self) -> None:
        """Check the groups that were typed back."""
        if not vault.challenge_met(self._sheet.recovery_key, [group.text() for group in self.groups]):
            self._check.show_words(self.desk.text("window.first_run.sheet.wrong"), ground="waiting")
            self.groups[0].setFocus()
            self.groups[0].selectAll()
            return
        self._check.silence()
        self.desk.run(self, self._adopt, done=lambda _changes: self._done(), failed=self.notice.show_error)

    def _side(self) -> QVBoxLayout:
        text, px = self.desk.text, self.desk.theme.px
        print_it = Button(self.desk, text("window.first_run.sheet.print"), self._print, icon="print")
        save_it = Button(
            self.desk, text("window.first_run.sheet.save"), self._save_as, kind="quiet", icon="file"
        )
        self._told = Notice(self.desk)
        self._check = Notice(self.desk)
        rows = QHBoxLayout()
        rows.setSpacing(px(12))
        for number, line in zip(vault.challenge(self._sheet.recovery_key), self.groups, strict=True):
            rows.addWidget(FormRow(self.desk, text("window.first_run.sheet.group", number=number), line))
        side = column(
            px(16),
            row(px(8), print_it, save_it),
            self._told,
            column(
                px(8),
                label(text("window.first_run.sheet.check_title"), "heading"),
                label(text("window.first_run.sheet.check_intro"), "soft"),
            ),
            rows,
            self._check,
        )
        side.addStretch(1)
        return side

    def _print(self) -> None:
        printer = self._choose_printer(self, self.desk.text("window.first_run.sheet.job_name"))
        if printer is None:
            return
        taken = print_pdf(self._sheet.pdf, printer)
        words = "window.first_run.sheet.printed" if taken else "window.first_run.sheet.not_printed"
        self._told.show_words(self.desk.text(words), ground="accent" if taken else "waiting")

    def _save_as(self) -> None:
        name = self.desk.text("window.first_run.sheet.file_name")
        self._copy = SaveCopy(self.desk.texts, name, self._write, self.window())
        self._copy.open()

    def _write(self, path: Path) -> None:
        self.desk.jobs.background(
            self,
            write_new_file,
            path,
            self._sheet.pdf,
            done=lambda _nothing: self._tell_saved(path),
            failed=self._told.show_error,
        )

    def _tell_saved(self, path: Path) -> None:
        if self._copy is not None:
            self._copy.accept()
        place = self.desk.text("window.first_run.sheet.saved", place=path.parent)
        self._told.show_words(place, self.desk.text("window.first_run.sheet.save_warning"))
