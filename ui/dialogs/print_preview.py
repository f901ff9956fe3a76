"""Before the paper leaves the program: for whom, what is missing, how it looks; then print or save a copy.

What is looked at is what is printed and kept: the bytes that were drawn for the eye are handed to ``issue``.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
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
from desktop_app.domain.field_names import answer_sections
from desktop_app.domain.forms import Address, ResponseStatus, Sensitivity
from desktop_app.services import disclosure_check, kept_prints, print_control, printing
from desktop_app.services.disclosure_check import DisclosureCheck
from desktop_app.services.forms import FormView
from desktop_app.services.print_control import Finding
from desktop_app.services.printing import Drawn, Issued
from ui.desk import Desk
from ui.dialogs.copy_out import CopyOut
from ui.dialogs.paper_out import ChoosePrinter, Printer, PrintRun, chosen_printer
from ui.dialogs.save_copy import SaveCopy, start_of
from ui.presenters.case_presenter import copy_name, error_words
from ui.theme import mark
from ui.widgets.after_lock import ComesBack
from ui.widgets.control_list import ControlList
from ui.widgets.disclosure_list import DisclosureList
from ui.widgets.discreet_cover import DiscreetCover
from ui.widgets.growing_content import GrowingContent
from ui.widgets.paper_reader import PaperReader
from ui.widgets.remark_link import RemarkLink, quiet_line
from ui.widgets.send_row import SendRow
from ui.widgets.wrapped_words import WrappedWords

__all__ = ["PrintPreview", "RemarkLink"]

LEFT_WIDTH = 360
SIZE = (1240, 700)


class PrintPreview(QDialog):
    """The paper as it will be, with the check beside it."""

    go_to = Signal(object)
    """The person chose a remark: close, and go to the field at this ``Address``."""

    go_to_form = Signal(str, object)
    """The person chose a remark about another form: close, and go to it, to an ``Address`` of it if there is one."""

    after_lock = ComesBack("print_preview")

    def __init__(
        self,
        desk: Desk,
        view: FormView,
        parent: QWidget | None = None,
        *,
        choose_printer: ChoosePrinter = chosen_printer,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._view = view
        self._form_id = view.filled.definition.id
        self._choose_printer = choose_printer
        self._copies = CopyOut(
            desk, self._issue, lambda name: self._say_it_left("form_page.print.saved", name=name), self
        )
        self._seen: Drawn | None = None
        self._run: PrintRun | None = None
        title = desk.text(f"{view.filled.definition.text_key}.title")
        self.setWindowTitle(desk.text("form_page.print.title"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(desk.theme.px(SIZE[0]), desk.theme.px(SIZE[1]))
        self.reader = PaperReader(desk, desk.text("form_page.print.preview"))
        self.paper = self.reader.view
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left(title))
        row.addWidget(self._right(), 1)
        desk.discretion.changed.connect(self._follow_discretion)
        self._follow_discretion()
        self._look_over()

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
        heading = WrappedWords(title)
        mark(heading, role="title")
        column.addWidget(heading)
        column.addSpacing(8)
        column.addLayout(self._recipient_row())
        column.addSpacing(8)
        column.addWidget(self._check(), 1)
        self._discreet = quiet_line(self._desk.text("protection.paper.discreet"), "waiting")
        column.addWidget(self._discreet)
        self.words = WrappedWords(self._desk.text("form_page.print.stored"))
        mark(self.words, role="help")
        column.addWidget(self.words)
        self.sending = SendRow(self._desk, self._stop)
        column.addWidget(self.sending)
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
        self.recipients.currentIndexChanged.connect(lambda _index: self._change_recipient())
        column.addWidget(label)
        column.addWidget(self.recipients)
        self.fillable = QCheckBox(self._desk.text("read_in.fillable"))
        self.fillable.setAccessibleName(self.fillable.text())
        if not answer_sections(self._view.filled.definition):
            self.fillable.hide()
        self.fillable.toggled.connect(lambda _on: self._draw())
        column.addWidget(self.fillable)
        return column

    def _check(self) -> QScrollArea:
        inner = GrowingContent()
        mark(inner, ground="clear")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        heading = WrappedWords(self._desk.text("form_page.print.check"))
        mark(heading, role="heading")
        column.addWidget(heading)
        self.control = ControlList(self._desk)
        self.control.go_to.connect(self._go)
        column.addWidget(self.control)
        column.addSpacing(16)
        self.disclosure = DisclosureList(self._desk)
        self.disclosure.go_to.connect(self._go_to_field)
        self.disclosure.complete.connect(self._allow)
        column.addWidget(DiscreetCover(self._desk, self.disclosure, self._desk.text("print_preview.covered")))
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(heading.text())
        area.setWidget(inner)
        return area

    def _right(self) -> QWidget:
        right = QFrame()
        mark(right, ground="sunken")
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.reader)
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
            self.reader.cover(self._desk.text("protection.paper.covered"))
        self._discreet.setVisible(discreet)
        self._draw()

    def _change_recipient(self) -> None:
        self._draw()
        self._look_over()

    def _draw(self) -> None:
        self.reader.tell(self._desk.text("form_page.print.drawing"))
        wanted, unseen = self.recipient, self._unseen
        case = (self._view.case_id, self._form_id)

        fillable = self.fillable.isChecked()

        def asked_now() -> bool:
            return (wanted, unseen, fillable) == (self.recipient, self._unseen, self.fillable.isChecked())

        self._desk.run(
            self,
            printing.draw,
            *case,
            wanted,
            unseen,
            printing.with_open_fields if fillable else printing.for_paper,
            done=lambda drawn: self._show(drawn) if asked_now() else None,
            failed=self._tell,
        )

    def _look_over(self) -> None:
        """Check the paper for whom it is for; what is ticked stays when only the picture changes."""
        self.control.tell(self._desk.text("control_list.looking"))
        self.disclosure.wait()
        wanted, case = self.recipient, (self._view.case_id, self._form_id)
        self._desk.run(
            self,
            disclosure_check.check,
            *case,
            wanted,
            done=lambda found: self._show_disclosure(found) if wanted == self.recipient else None,
            failed=self._tell,
        )
        self._desk.run(
            self,
            print_control.control,
            *case,
            wanted,
            done=lambda found: self._show_found(found) if wanted == self.recipient else None,
            failed=lambda _error: self.control.tell(self._desk.text("control_list.failed")),
        )

    @property
    def _unseen(self) -> frozenset[Sensitivity]:
        return printing.NAMES if self._desk.discretion.is_on else frozenset()

    def _show(self, drawn: Drawn) -> None:
        self._seen = drawn
        self.reader.show_pdf(drawn.pdf)
        self.reader.cover("")

    def _show_found(self, found: tuple[Finding, ...]) -> None:
        self.control.show_findings(found, is_draft=self._view.status is ResponseStatus.DRAFT)

    def _show_disclosure(self, found: DisclosureCheck) -> None:
        profile = self._desk.library.recipient_profiles.of(self.recipient)
        self.disclosure.show_check(found, in_house=not profile.is_outside)

    def _allow(self) -> None:
        """Let the paper leave when nothing is on its way and what it tells is ticked off."""
        may_leave = self._run is None and self.disclosure.is_complete
        for button in (self.print_button, self.save_button):
            button.setEnabled(may_leave)
            button.setToolTip("" if may_leave else self._desk.text("print_preview.tick_first"))

    def _go_to_field(self, address: Address) -> None:
        self.go_to.emit(address)
        self.accept()

    def _go(self, finding: Finding) -> None:
        if finding.form_id and finding.form_id != self._form_id:
            self.go_to_form.emit(finding.form_id, finding.address)
            self.accept()
        elif finding.address is not None:
            self._go_to_field(finding.address)

    def _issue(self, then: Callable[[Issued], None]) -> None:
        self._desk.run(
            self,
            printing.issue,
            self._view.case_id,
            self._form_id,
            self.recipient,
            done=lambda issued: self._take(issued, then),
            failed=self._tell_not_issued,
            seen=self._seen,
            ticked=self.disclosure.ticked,
        )

    def _tell_not_issued(self, error: AppError) -> None:
        """Say why there is no paper where the person is: in the dialog for a copy, else here."""
        if not self._copies.tell_failed(error):
            self._tell(error)

    def _take(self, issued: Issued, then: Callable[[Issued], None]) -> None:
        """Show what was issued where it is not what was seen; in diskret läge it never is."""
        if not issued.as_seen and not self._desk.discretion.is_on:
            self.reader.show_pdf(issued.pdf)
            self._say(self._desk.text("print_preview.redrawn"))
        then(issued)

    def _print(self) -> None:
        printer = self._choose_printer(self, self._desk.text("form_page.print.job_name"))
        if printer is not None:
            self._issue(lambda issued: self._to_printer(issued, printer))

    def _to_printer(self, issued: Issued, printer: Printer) -> None:
        self._run = PrintRun(issued.pdf, printer, self)
        self._run.stepped.connect(self.sending.show_sheet)
        self._run.ended.connect(lambda whole: self._printed(issued, whole=whole))
        self._show_sending()
        self._run.begin()

    def _printed(self, issued: Issued, *, whole: bool) -> None:
        stopped, self._run = self._run is not None and self._run.is_stopped, None
        self._show_sending()
        if not whole:
            key = "print_preview.stopped" if stopped else "form_page.print.not_printed"
            self._say(self._desk.text(key))
            self._desk.run(self, kept_prints.note_stopped, issued.document_id, failed=self._tell)
            return
        self._desk.run(
            self,
            kept_prints.note_printed,
            issued.document_id,
            done=lambda _changes: self._say_it_left("form_page.print.printed"),
            failed=self._tell,
        )

    def _show_sending(self) -> None:
        self.sending.setVisible(self._run is not None)
        self.recipients.setEnabled(self._run is None and len(self._view.recipients) > 1)
        self._allow()

    def _stop(self) -> None:
        if self._run is not None:
            self._run.cancel()

    def reject(self) -> None:
        """Close; while something is sent, stop that and nothing else."""
        if self._run is not None:
            self._stop()
        else:
            super().reject()

    def reopen(self, name: str, words: dict[str, Any]) -> QDialog | None:
        """Open the dialog for a copy again after a lock."""
        return self._open_copy(start_of(words)) if name == SaveCopy.after_lock.name else None

    @property
    def _copy(self) -> SaveCopy | None:
        return self._copies.dialog

    def _choose_copy(self) -> None:
        self._open_copy(None)

    def _open_copy(self, start: Path | None) -> QDialog:
        return self._copies.ask(copy_name(self._form_id, self._view.case_code), start)

    def _say_it_left(self, key: str, **params: str) -> None:
        """Say what was done, and that what goes to somebody outside is to be noted as given out."""
        words = self._desk.text(key, **params)
        if self._desk.library.recipients.get(self.recipient or "", ""):
            words = f"{words} {self._desk.text('disclosures.remember')}"
        self._say(words)

    def _tell(self, error: AppError) -> None:
        self._say(error_words(error, self._desk.texts))

    def _say(self, words: str) -> None:
        self.words.setText(words)
        mark(self.words, role="strong")
