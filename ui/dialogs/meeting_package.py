"""Makes the package of a meeting: which forms, for whom; looked at copy by copy, made, printed and saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.errors import AppError, Cancelled
from desktop_app.services import kept_prints, meeting_packages
from desktop_app.services.meeting_packages import FormChoice, Made, MadeCopy, PackagePlan, Proposal
from ui.desk import Desk
from ui.dialogs.paper_out import ChoosePrinter, chosen_printer, print_pdf
from ui.dialogs.save_copy import SaveCopy, start_of
from ui.jobs import Job
from ui.presenters.case_presenter import error_words
from ui.theme import mark
from ui.widgets.after_lock import ComesBack
from ui.widgets.basics import Button, ScrolledContent, clear, column, label, scrolled
from ui.widgets.disclosure_list import DisclosureList
from ui.widgets.form_row import FormRow
from ui.widgets.notice import Notice
from ui.widgets.pdf_view import PdfView

SIZE, LEFT_WIDTH = (1120, 720), 400
QUIET_MS = 300
TENTHS = 1000


class MeetingPackageDialog(QDialog):
    """Nothing is made before the button is pressed; then every copy is kept at once, or none."""

    after_lock = ComesBack("meeting_package")

    def __init__(
        self,
        desk: Desk,
        case_id: str,
        meeting: str,
        noted: Callable[[], object],
        parent: QWidget | None = None,
        *,
        choose_printer: ChoosePrinter = chosen_printer,
    ) -> None:
        super().__init__(parent)
        self._desk, self._case_id, self._meeting = desk, case_id, meeting
        self._noted, self._choose_printer = noted, choose_printer
        self._job: Job | None = None
        self._copy: SaveCopy | None = None
        self.made: tuple[MadeCopy, ...] = ()
        self.forms: list[tuple[str, QCheckBox]] = []
        self.readers: list[tuple[meeting_packages.Reader, QCheckBox]] = []
        self.others: list[tuple[str, QCheckBox]] = []
        text, px = desk.text, desk.theme.px
        self.setWindowTitle(text("window.meetings.package.title"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(px(SIZE[0]), px(SIZE[1]))
        self.paper = PdfView(text("window.meetings.package.preview"))
        self.shown = QComboBox()
        self._shown_row = FormRow(desk, text("window.meetings.package.shown"), self.shown)
        self.shown.currentIndexChanged.connect(lambda _index: self._draw())
        self._timer = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._timer.timeout.connect(self._choices_changed)
        self._build()
        self.finished.connect(lambda _result: self.stop())
        desk.discretion.changed.connect(self._draw)
        desk.signals.locking.connect(self.stop)
        desk.run(self, meeting_packages.propose, case_id, meeting, done=self._show, failed=self._tell)

    def words_to_reopen(self) -> dict[str, Any]:
        """Say which meeting it was about."""
        return {"meeting": self._meeting}

    @property
    def plan(self) -> PackagePlan:
        """What is ticked."""
        return PackagePlan(
            case_ids=(self._case_id, *(case_id for case_id, box in self.others if box.isChecked())),
            meeting=self._meeting,
            forms=tuple(form_id for form_id, box in self.forms if box.isChecked()),
            readers=tuple(reader for reader, box in self.readers if box.isChecked()),
        )

    # How it is built

    def _build(self) -> None:
        desk, text, px = self._desk, self._desk.text, self._desk.theme.px
        self._choices = QVBoxLayout()
        self._choices.setSpacing(px(4))
        self.told = DisclosureList(desk)
        self.told.complete.connect(lambda _complete: self._offer())
        self.bar = QProgressBar(maximum=TENTHS)
        self.bar.setTextVisible(False)
        self.bar.hide()
        self.state = label("", "help")
        self.notice = Notice(desk)
        self.main = Button(desk, text("window.meetings.package.none"), self.make, kind="main")
        self.main.setEnabled(False)
        self.print_button = Button(desk, text("window.meetings.package.print"), self._print, icon="print")
        self.save_button = Button(desk, text("window.meetings.package.save"), self._choose_copy, icon="file")
        self.note_button = Button(desk, text("window.meetings.package.note"), self._note, kind="quiet")
        for button in (self.print_button, self.save_button, self.note_button):
            button.hide()
        self.close_button = Button(desk, text("window.close"), self._leave)
        self.close_button.setAutoDefault(False)
        both = QHBoxLayout(self)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(0)
        both.addWidget(self._left())
        both.addWidget(self._right(), 1)
        self.close_button.setFocus()

    def _left(self) -> QFrame:
        text, px = self._desk.text, self._desk.theme.px
        left = QFrame()
        left.setFixedWidth(px(LEFT_WIDTH))
        left.setLayout(
            column(
                px(12),
                label(text("window.meetings.package.title"), "title"),
                label(text("window.meetings.package.intro"), "soft"),
                self._scrolled(),
                self.state,
                self.bar,
                self.notice,
                self.main,
                self.print_button,
                self.save_button,
                self.note_button,
                self.close_button,
                margins=(px(24), px(24), px(24), px(24)),
            )
        )
        return left

    def _right(self) -> QFrame:
        px = self._desk.theme.px
        right = QFrame()
        mark(right, ground="sunken")
        top = column(0, self._shown_row, margins=(px(16), px(12), px(16), px(12)))
        whole = column(0, top, self.paper)
        whole.setStretch(1, 1)
        right.setLayout(whole)
        return right

    def _scrolled(self) -> QScrollArea:
        inner = ScrolledContent()
        whole = column(self._desk.theme.px(20), self._choices, self.told)
        whole.addStretch(1)
        inner.setLayout(whole)
        mark(inner, ground="page")
        scroll = scrolled(inner, self._desk.text("window.meetings.package.choices"))
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return scroll

    # What is shown

    def _show(self, proposal: Proposal) -> None:
        text, px = self._desk.text, self._desk.theme.px
        clear(self._choices)
        self._choices.addWidget(label(text("window.meetings.package.forms"), "strong"))
        for choice in proposal.forms:
            self.forms.append((choice.form_id, self._box(self._form_words(choice), choice.proposed)))
        self._choices.addSpacing(px(12))
        self._choices.addWidget(label(text("window.meetings.package.readers"), "strong"))
        for readers, ticked in ((proposal.readers, True), (proposal.without_copy, False)):
            for reader in readers:
                self.readers.append((reader, self._box(reader.words, ticked)))
        if not self.readers:
            self._choices.addWidget(label(text("window.meetings.package.nobody"), "waiting"))
        if proposal.others:
            self._choices.addSpacing(px(12))
            self._choices.addWidget(label(text("window.meetings.package.others"), "strong"))
            for case_id, code in proposal.others:
                self.others.append((case_id, self._box(code, True)))
            self._choices.addWidget(label(text("window.meetings.package.code_only"), "help"))
        self._choices_changed()

    def _form_words(self, choice: FormChoice) -> str:
        form = self._desk.library.form(choice.form_id)
        state = choice.status.value if choice.status is not None else "blank"
        title = self._desk.text(f"{form.text_key}.title")
        if form.kept_up and choice.status is not None:
            return title  # it follows the case, and is never a draft
        return self._desk.text(f"window.meetings.package.form_{state}", form=title)

    def _box(self, words: str, ticked: bool) -> QCheckBox:
        box = QCheckBox(words)
        box.setAccessibleName(words)
        box.setChecked(ticked)
        box.toggled.connect(lambda _on: self._timer.start())
        self._choices.addWidget(box)
        return box

    def _choices_changed(self) -> None:
        plan = self.plan
        count = len(plan.readers) if plan.forms else 0
        key = {0: "none", 1: "make_one"}.get(count, "make")
        self.main.set_words(self._desk.text(f"window.meetings.package.{key}", count=count))
        self._check(plan)
        chosen = max(0, self.shown.currentIndex())
        self.shown.blockSignals(True)
        self.shown.clear()
        for number, reader in enumerate(plan.readers, start=1):
            self.shown.addItem(
                self._desk.text("meetings.copy_for", number=number, count=count, reader=reader.words)
            )
        self.shown.setCurrentIndex(min(chosen, self.shown.count() - 1))
        self.shown.blockSignals(False)
        self._draw()

    def _check(self, plan: PackagePlan) -> None:
        """Have it read what the copies would tell, before any of them may be made."""
        self.told.setVisible(bool(plan.readers and plan.forms))
        self.told.wait()
        if plan.readers and plan.forms:
            self._desk.run(
                self,
                meeting_packages.check,
                plan,
                done=lambda found: self.told.show_check(found) if plan == self.plan else None,
                failed=self._tell,
            )

    def _offer(self) -> None:
        """Let the copies be made once all that they tell is ticked."""
        plan = self.plan
        ready = bool(plan.readers and plan.forms) and self.told.is_complete
        self.main.setEnabled(ready and self._job is None and not self.made)
        waits = bool(plan.readers and plan.forms) and not ready
        self.state.setText(self._desk.text("window.meetings.package.read_first") if waits else "")

    def _draw(self) -> None:
        """Show one copy; in diskret läge nothing of it, since it is made for others' eyes."""
        number = self.shown.currentIndex() + 1
        if self._desk.discretion.is_on:
            self.paper.clear()
            self.paper.cover(self._desk.text("protection.paper.covered"))
            return
        self.paper.cover("")
        if self.made:
            self._show_made(number)
        elif number and self.plan.forms:
            wanted = self.plan
            self._desk.run(
                self,
                meeting_packages.preview,
                wanted,
                number,
                done=lambda pdf: self.paper.show_pdf(pdf) if wanted == self.plan and not self.made else None,
                failed=self._tell,
            )
        else:
            self.paper.clear()

    def _show_made(self, number: int) -> None:
        if 0 < number <= len(self.made):
            self.paper.show_pdf(self.made[number - 1].pdf)

    # Making them

    def make(self) -> None:
        """Make and keep all copies. While it works the other button stops it, and nothing is left."""
        self.notice.silence()
        self._let_choose(False)
        self.close_button.set_words(self._desk.text("window.meetings.package.stop"))
        self.bar.setValue(0)
        self.bar.show()
        self._job = self._desk.run(
            self,
            meeting_packages.make,
            self.plan,
            self.told.ticked,
            done=self._finished,
            failed=self._stopped,
            on_progress=self._step,
        )

    def stop(self) -> None:
        """Ask the work to stop; nothing of it is then kept."""
        if self._job is not None:
            self._job.cancel()

    def _step(self, done: int, total: int, text_key: str) -> None:
        self.bar.setValue(TENTHS * done // max(1, total))
        self.state.setText(
            self._desk.text(
                "window.meetings.package.step", what=self._desk.text(text_key), done=done, total=total
            )
        )

    def _finished(self, made: Made) -> None:
        self._end_of_work()
        self.made = made.copies
        self.main.hide()
        for button in (self.print_button, self.save_button, self.note_button):
            button.show()
        self.print_button.setFocus()
        self._say("window.meetings.package.made", count=len(self.made))
        self._draw()

    def _stopped(self, error: AppError) -> None:
        self._end_of_work()
        self._let_choose(True)
        if isinstance(error, Cancelled):
            self._say("window.meetings.package.stopped")
        else:
            self._tell(error)

    def _end_of_work(self) -> None:
        self._job = None
        self.bar.hide()
        self.state.setText("")
        self.close_button.set_words(self._desk.text("window.close"))

    def _let_choose(self, may: bool) -> None:
        boxes: Sequence[QCheckBox] = [box for _, box in (*self.forms, *self.readers, *self.others)]
        for box in (*boxes, self.told):
            box.setEnabled(may)
        self.main.setEnabled(False)
        if may:
            self._offer()

    def _leave(self) -> None:
        if self._job is not None:
            self.stop()
        else:
            self.reject()

    # Paper and files

    def _print(self) -> None:
        printer = self._choose_printer(self, self._desk.text("form_page.print.job_name"))
        if printer is None:
            return
        for copy in self.made:
            if not print_pdf(copy.pdf, printer):
                self._say("window.meetings.package.not_printed", number=copy.number)
                return
            self._desk.run(self, kept_prints.note_printed, copy.document_id, failed=self._tell)
        self._say("window.meetings.package.printed", count=len(self.made))

    def reopen(self, name: str, words: dict[str, Any]) -> QDialog | None:
        """Open the dialog for a copy again after a lock; the copies themselves lie among the prints."""
        return self._open_copy(start_of(words)) if name == SaveCopy.after_lock.name and self.made else None

    def _choose_copy(self) -> None:
        self._open_copy(None)

    def _open_copy(self, start: Path | None) -> QDialog:
        name = self._desk.text("window.meetings.package.file", number=max(1, self.shown.currentIndex() + 1))
        self._copy = SaveCopy(self._desk.texts, name, self._save_copy, self, start=start)
        self._copy.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._copy.open()
        return self._copy

    def _save_copy(self, path: Path) -> None:
        copy = self.made[max(0, self.shown.currentIndex())]
        self._desk.run(
            self,
            kept_prints.save_issued,
            copy.document_id,
            path,
            done=lambda _changes: self._copied(path),
            failed=self._copy_failed,
        )

    def _copied(self, path: Path) -> None:
        if self._copy is not None:
            self._copy.accept()
            self._copy = None
        self._say("form_page.print.saved", name=path.name)

    def _copy_failed(self, error: AppError) -> None:
        if self._copy is not None:
            self._copy.show_fault(error_words(error, self._desk.texts))

    def _note(self) -> None:
        self.accept()
        self._noted()

    def _say(self, key: str, **params: object) -> None:
        self.notice.show_words(self._desk.text(key, **params))

    def _tell(self, error: AppError) -> None:
        self.notice.show_error(error)
