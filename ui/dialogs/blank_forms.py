"""Forms without answers, for pen or computer: choose one, look at it, print it or save a copy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QListWidget, QWidget

from desktop_app.domain.errors import AppError
from desktop_app.domain.profile import Profile
from desktop_app.services import new_files, printing, settings
from desktop_app.services.messages import message_for
from ui.desk import Desk
from ui.dialogs.paper_out import ChoosePrinter, chosen_printer, print_pdf
from ui.dialogs.save_copy import SaveCopy, start_of
from ui.widgets.after_lock import ComesBack
from ui.widgets.basics import Button, column, filled_row, label
from ui.widgets.pdf_view import PdfView

SIZE = (1000, 700)
LIST_WIDTH = 340


class BlankFormsDialog(QDialog):
    """The municipality stands at the head of the form; nothing of any case does."""

    about_no_case = True
    after_lock = ComesBack("blank_forms")

    def __init__(
        self,
        desk: Desk,
        parent: QWidget | None = None,
        *,
        choose_printer: ChoosePrinter = chosen_printer,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._choose_printer = choose_printer
        self._profile: Profile | None = None
        self._pdf = b""
        self._copy: SaveCopy | None = None
        text = desk.text
        self.setWindowTitle(text("window.blank.title"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*SIZE)
        self.forms = self._list()
        self.fillable = QCheckBox(text("window.blank.fillable"))
        self.fillable.setAccessibleName(self.fillable.text())
        self.fillable.toggled.connect(lambda _on: self._draw())
        self.words = label("", "help")
        self.print_button = Button(desk, text("window.blank.print"), self._print, kind="main", icon="print")
        self.save_button = Button(desk, text("window.blank.save"), self._choose_copy)
        self.paper = PdfView(text("window.blank.preview"))
        whole = filled_row(0, self._side(), self.paper)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.forms.setFocus()
        desk.run(self, settings.profile, done=self._begin)

    def _side(self) -> QWidget:
        text, px = self._desk.text, self._desk.theme.px
        left = column(
            px(12),
            label(text("window.blank.title"), "title"),
            label(text("window.blank.intro"), "soft"),
            self.forms,
            self.fillable,
            self.words,
            self.print_button,
            self.save_button,
            Button(self._desk, text("window.close"), self.reject),
            margins=(px(24), px(24), px(24), px(24)),
        )
        side = QWidget()
        side.setFixedWidth(px(LIST_WIDTH))
        side.setLayout(left)
        return side

    def _list(self) -> QListWidget:
        forms = QListWidget()
        forms.setAccessibleName(self._desk.text("window.blank.forms"))
        for form in self._desk.library.forms:
            forms.addItem(f"{form.id}  {self._desk.text(form.text_key + '.title')}")
        forms.setWordWrap(True)
        forms.currentRowChanged.connect(lambda _row: self._draw())
        return forms

    def _begin(self, profile: Profile) -> None:
        self._profile = profile
        self.forms.setCurrentRow(max(0, self.forms.currentRow()))
        self._draw()

    def _draw(self) -> None:
        if self._profile is None:
            return
        form = self._desk.library.forms[self.forms.currentRow()]
        work = printing.blank_fillable if self.fillable.isChecked() else printing.blank_form
        self._desk.jobs.background(self, work, self._desk.library, form.id, self._profile, done=self._show)

    def _show(self, pdf: bytes) -> None:
        self._pdf = pdf
        self.paper.show_pdf(pdf)
        self.words.setText("")

    def _print(self) -> None:
        printer = (
            self._choose_printer(self, self._desk.text("form_page.print.job_name")) if self._pdf else None
        )
        if printer is not None:
            taken = print_pdf(self._pdf, printer)
            self.words.setText(
                self._desk.text("window.blank.printed" if taken else "window.blank.not_printed")
            )

    def reopen(self, name: str, words: dict[str, Any]) -> QDialog | None:
        """Open the dialog for a copy again after a lock."""
        return self._open_copy(start_of(words)) if name == SaveCopy.after_lock.name else None

    def _choose_copy(self) -> None:
        self._open_copy(None)

    def _open_copy(self, start: Path | None) -> QDialog:
        form = self._desk.library.forms[self.forms.currentRow()]
        self._copy = SaveCopy(self._desk.texts, f"{form.id}.pdf", self._save, self, start=start)
        self._copy.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._copy.open()
        return self._copy

    def _save(self, path: Path) -> None:
        work = new_files.write_new_file
        self._desk.jobs.background(
            self, work, path, self._pdf, done=lambda _: self._saved(), failed=self._failed
        )

    def _saved(self) -> None:
        if self._copy is not None:
            self._copy.accept()
            self._copy = None
        self.words.setText(self._desk.text("window.blank.saved"))

    def _failed(self, error: AppError) -> None:
        if self._copy is not None:
            self._copy.show_fault(message_for(error, self._desk.texts).happened)
