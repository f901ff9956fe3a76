"""Before the paper leaves the program: for whom, what is missing, how it looks; then print or save a copy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.errors import AppError
from desktop_app.domain.forms import Address, ResponseStatus, Sensitivity
from desktop_app.services import printing
from desktop_app.services.forms import FormView
from desktop_app.services.printing import Issued
from ui.desk import Desk
from ui.dialogs.paper_out import chosen_printer, print_pdf
from ui.dialogs.save_copy import SaveCopy, start_of
from ui.presenters.case_presenter import copy_name, error_words, remarks
from ui.theme import mark
from ui.widgets.after_lock import ComesBack
from ui.widgets.pdf_view import PdfView
from ui.widgets.words_button import WordsButton

LEFT_WIDTH = 360


class PrintPreview(QDialog):
    """The paper as it will be, with the check beside it."""

    go_to = Signal(object)
    """The person chose a remark: close, and go to the field at this ``Address``."""

    after_lock = ComesBack("print_preview")

    def __init__(
        self,
        desk: Desk,
        view: FormView,
        parent: QWidget | None = None,
        *,
        choose_printer: Callable[[QWidget, str], Any] = chosen_printer,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._view = view
        self._form_id = view.filled.definition.id
        self._choose_printer = choose_printer
        self._copy: SaveCopy | None = None
        title = desk.text(f"{view.filled.definition.text_key}.title")
        self.setWindowTitle(desk.text("form_page.print.title"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(1080, 720)
        self.paper = PdfView(desk.text("form_page.print.preview"))
        self._page = QLabel(desk.text("form_page.print.drawing"))
        mark(self._page, role="help")
        self.paper.page_changed.connect(
            lambda page, pages: self._page.setText(
                desk.text("form_page.paper.page_of", page=page, pages=pages)
            )
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left(title))
        row.addWidget(self._right(), 1)
        desk.discretion.changed.connect(self._follow_discretion)
        self._follow_discretion()

    @property
    def recipient(self) -> str | None:
        """The code of the one the paper is for; ``None`` for the case file."""
        return self.recipients.currentData() if self._view.recipients else None

    # How it is built

    def _left(self, title: str) -> QWidget:
        left = QFrame()
        left.setFixedWidth(self._desk.theme.px(LEFT_WIDTH))
        column = QVBoxLayout(left)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        heading = QLabel(title)
        heading.setWordWrap(True)
        mark(heading, role="title")
        column.addWidget(heading)
        column.addSpacing(8)
        column.addLayout(self._recipient_row())
        column.addSpacing(8)
        column.addWidget(self._check(), 1)
        self._discreet = _line(self._desk.text("protection.paper.discreet"), "waiting")
        column.addWidget(self._discreet)
        self.words = QLabel(self._desk.text("form_page.print.stored"))
        self.words.setWordWrap(True)
        mark(self.words, role="help")
        column.addWidget(self.words)
        column.addSpacing(8)
        self.print_button = self._button("on_paper", self._print)
        mark(self.print_button, kind="main")
        self.print_button.setDefault(True)
        self.save_button = self._button("as_file", self._choose_copy)
        close = self._button("close", self.reject)
        for button in (self.print_button, self.save_button, close):
            column.addWidget(button)
        return left

    def _recipient_row(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(4)
        label = QLabel(self._desk.text("form_page.print.recipient"))
        self.recipients = QComboBox()
        self.recipients.setAccessibleName(label.text())
        label.setBuddy(self.recipients)
        for code in self._view.recipients:
            self.recipients.addItem(self._desk.text(f"tables.recipients.{code}"), code)
        if not self._view.recipients:
            self.recipients.addItem(self._desk.text("form_page.print.to_file"))
        self.recipients.setEnabled(len(self._view.recipients) > 1)
        self.recipients.currentIndexChanged.connect(lambda _index: self._draw())
        column.addWidget(label)
        column.addWidget(self.recipients)
        return column

    def _check(self) -> QScrollArea:
        inner = QWidget()
        mark(inner, ground="clear")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        heading = QLabel(self._desk.text("form_page.print.check"))
        mark(heading, role="heading")
        column.addWidget(heading)
        draft = self._view.status is ResponseStatus.DRAFT
        found = remarks(self._view, self._desk.texts)
        if draft:
            column.addWidget(_line(self._desk.text("form_page.print.check_draft"), "waiting"))
        if not found:
            column.addWidget(_line(self._desk.text("form_page.print.check_fine"), "soft"))
        for remark in found:
            column.addWidget(self._remark(remark.words, remark.address))
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(heading.text())
        area.setWidget(inner)
        return area

    def _remark(self, words: str, address: Address | None) -> QWidget:
        if address is None:
            return _line(words, "waiting")
        return RemarkLink(self._desk, words, lambda: self._go(address))

    def _right(self) -> QWidget:
        right = QFrame()
        mark(right, ground="sunken")
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.paper, 1)
        self._page.setContentsMargins(12, 6, 12, 6)
        column.addWidget(self._page)
        return right

    def _button(self, key: str, act: Callable[[], object]) -> QPushButton:
        button = QPushButton(self._desk.text(f"form_page.print.{key}"))
        button.setAccessibleName(button.text())
        button.setAutoDefault(False)
        button.clicked.connect(act)
        return button

    # What happens in it

    def _follow_discretion(self) -> None:
        """Leave names out of the picture in diskret läge; they stand on the paper all the same."""
        discreet = self._desk.discretion.is_on
        if discreet:
            self.paper.cover(self._desk.text("protection.paper.covered"))
        self._discreet.setVisible(discreet)
        self._draw()

    def _draw(self) -> None:
        self._page.setText(self._desk.text("form_page.print.drawing"))
        wanted, unseen = self.recipient, self._unseen
        self._desk.run(
            self,
            printing.preview,
            self._view.case_id,
            self._form_id,
            wanted,
            unseen,
            done=lambda pdf: self._show(pdf) if (wanted, unseen) == (self.recipient, self._unseen) else None,
            failed=self._tell,
        )

    @property
    def _unseen(self) -> frozenset[Sensitivity]:
        return printing.NAMES if self._desk.discretion.is_on else frozenset()

    def _show(self, pdf: bytes) -> None:
        self.paper.show_pdf(pdf)
        self.paper.cover("")

    def _go(self, address: Address) -> None:
        self.go_to.emit(address)
        self.accept()

    def _issue(self, then: Callable[[Issued], None]) -> None:
        self._desk.run(
            self,
            printing.issue,
            self._view.case_id,
            self._form_id,
            self.recipient,
            done=then,
            failed=self._tell,
        )

    def _print(self) -> None:
        printer = self._choose_printer(self, self._desk.text("form_page.print.job_name"))
        if printer is not None:
            self._issue(lambda issued: self._to_printer(issued, printer))

    def _to_printer(self, issued: Issued, printer: Any) -> None:  # noqa: ANN401 - a QPrinter, or a test's
        if not self._desk.discretion.is_on:
            self.paper.show_pdf(issued.pdf)
        if not print_pdf(issued.pdf, printer):
            self._say(self._desk.text("form_page.print.not_printed"))
            return
        self._desk.run(
            self,
            printing.note_printed,
            issued.document_id,
            done=lambda _changes: self._say_it_left("form_page.print.printed"),
            failed=self._tell,
        )

    def reopen(self, name: str, words: dict[str, Any]) -> QDialog | None:
        """Open the dialog for a copy again after a lock."""
        return self._open_copy(start_of(words)) if name == SaveCopy.after_lock.name else None

    def _choose_copy(self) -> None:
        self._open_copy(None)

    def _open_copy(self, start: Path | None) -> QDialog:
        name = copy_name(self._form_id, self._view.case_code)
        self._copy = SaveCopy(self._desk.texts, name, self._save_copy, self, start=start)
        self._copy.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._copy.open()
        return self._copy

    def _save_copy(self, path: Path) -> None:
        def keep(issued: Issued) -> None:
            self._desk.run(
                self,
                printing.save_issued,
                issued.document_id,
                path,
                done=lambda _changes: self._copied(path),
                failed=self._copy_failed,
            )

        self._issue(keep)

    def _say_it_left(self, key: str, **params: str) -> None:
        """Say what was done, and that what goes to somebody outside is to be noted as given out."""
        words = self._desk.text(key, **params)
        if self._desk.library.recipients.get(self.recipient or "", ""):
            words = f"{words} {self._desk.text('disclosures.remember')}"
        self._say(words)

    def _copied(self, path: Path) -> None:
        if self._copy is not None:
            self._copy.accept()
            self._copy = None
        self._say_it_left("form_page.print.saved", name=path.name)

    def _copy_failed(self, error: AppError) -> None:
        if self._copy is not None:
            self._copy.show_fault(error_words(error, self._desk.texts))

    def _tell(self, error: AppError) -> None:
        self._say(error_words(error, self._desk.texts))

    def _say(self, words: str) -> None:
        self.words.setText(words)
        mark(self.words, role="strong")


class RemarkLink(WordsButton):
    """A remark that leads to its field. Long remarks break into lines."""

    def __init__(self, desk: Desk, words: str, act: Callable[[], object]) -> None:
        super().__init__(desk.theme)
        self.setAccessibleName(desk.text("form_page.print.go_to", words=words))
        self.row.setContentsMargins(8, 4, 8, 4)
        self.row.addWidget(_line(words, ""))
        self.clicked.connect(act)


def _line(words: str, role: str) -> QLabel:
    label = QLabel(words)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    if role:
        mark(label, role=role)
    return label
