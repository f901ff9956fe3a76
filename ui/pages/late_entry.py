"""För in i efterhand: what was written by hand while the computer was away, with its own day, hour and writer."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QListView, QRadioButton, QWidget

from desktop_app.domain.changes import Kind
from desktop_app.domain.errors import AppError, BadAnswer
from desktop_app.domain.journal import KINDS, SOURCES, NoteContent, read_event_time
from desktop_app.domain.late_entry import gaps_of_note, gaps_of_paper
from desktop_app.services import cases, late_entry, settings
from desktop_app.services.cases import CaseSummary
from desktop_app.services.late_entry import Entered
from ui.desk import Desk
from ui.forms.text_editors import GrowingText
from ui.models.choices import Choices
from ui.widgets.basics import Button, column, filled_row, label, row
from ui.widgets.form_row import FormRow
from ui.widgets.notice import Notice
from ui.widgets.page import Go, Page
from ui.widgets.still_combo import StillCombo

NOTE, FORM = "note", "form"
CHOICE_WIDTH, TEXT_WIDTH = 260, 536
_CHOICES = ("case", "form", "kind", "source")


class LateEntryPage(Page):
    """What is typed stays when one goes elsewhere and through a lock; the case and the choices too."""

    shows = (Kind.CASE,)

    def __init__(self, desk: Desk, go: Go) -> None:
        super().__init__(desk, go, desk.text("window.later.page_title"), most_width=760)
        self._wanted: dict[str, str] = {}
        self._entered: Entered | None = None
        self.case, self.form, self.kind, self.source = (StillCombo() for _choice in _CHOICES)
        self._cases = _long(self.case)
        self.when, self.by, self.detail = QLineEdit(), QLineEdit(), QLineEdit()
        self.words = GrowingText()
        self.notice = Notice(desk)
        self.what = {name: QRadioButton(desk.text(f"window.later.{name}")) for name in (NOTE, FORM)}
        for button in self.what.values():
            button.setAccessibleName(button.text())
        self.what[NOTE].setChecked(True)
        self._rows: dict[str, FormRow] = {}
        self._build()
        self.first = self.case
        for button in self.what.values():
            button.toggled.connect(lambda _on: self._show_parts())
        self.when.editingFinished.connect(self._show_time_fault)
        self.words.textChanged.connect(self.words.fit)
        self._show_parts()
        self.reload()
        desk.run(self, settings.profile, done=lambda profile: self._propose(profile.caseworker))

    @property
    def is_form(self) -> bool:
        """Whether the paper is a form."""
        return self.what[FORM].isChecked()

    def reload(self) -> None:
        """Fetch the cases anew."""
        self.desk.run(self, cases.list_cases, done=self._show_cases)

    def place(self) -> object:
        """Return what is chosen; what is typed is read off by itself."""
        chosen = {name: str(self._choice(name).currentData() or "") for name in _CHOICES}
        return {"what": FORM if self.is_form else NOTE, "chosen": chosen, "scroll": super().place()}

    def restore_place(self, place: object) -> None:
        """Choose the same again; the case once the cases are here."""
        if not isinstance(place, dict):
            return
        self.what[FORM if place.get("what") == FORM else NOTE].setChecked(True)
        chosen: dict[str, Any] = place.get("chosen") or {}
        self._wanted = {name: str(chosen.get(name, "")) for name in _CHOICES}
        self._choose_wanted()
        super().restore_place(place.get("scroll"))

    # How it is built

    def _build(self) -> None:
        desk, text, px = self.desk, self.desk.text, self.desk.theme.px
        for table, choice in ((KINDS, self.kind), (SOURCES, self.source)):
            choice.addItem(text("form_page.choose"), "")
            for code in desk.library.table(table):
                choice.addItem(text(f"tables.{table}.{code}"), code)
        for form in desk.library.forms:
            if form.recipients or not form.kept_up:
                self.form.addItem(f"{form.id}  {text(form.text_key + '.title')}", form.id)
        later = desk.library.definitions.crisis_binder.later
        self.form.setCurrentIndex(max(0, self.form.findData(next(iter(later), ""))))
        paper = self._side_by_side(
            self._row("when", self.when, CHOICE_WIDTH), self._row("by", self.by, CHOICE_WIDTH)
        )
        sort = self._side_by_side(
            self._row("kind", self.kind, CHOICE_WIDTH), self._row("source", self.source, CHOICE_WIDTH)
        )
        self._note = QWidget()
        self._note.setLayout(
            column(px(16), sort, self._row("detail", self.detail, TEXT_WIDTH), self._row("body", self.words))
        )
        self._form = self._row("form_which", self.form, TEXT_WIDTH)
        self.enter = Button(desk, text("window.later.enter"), self.enter_it, kind="main")
        self.go_button = Button(desk, text("window.later.go"), self._go_to_journal)
        self.go_button.hide()
        what = column(px(4), label(text("window.later.what"), "strong"), row(px(24), *self.what.values()))
        case = self._row("case", self.case, CHOICE_WIDTH)
        case.setFixedWidth(px(CHOICE_WIDTH))
        head = filled_row(px(16), case, what)
        head.addStretch(1)
        for part in (
            label(text("window.later.intro"), "soft"),
            head,
            paper,
            self._note,
            self._form,
            self.notice,
            row(px(8), self.enter, self.go_button),
        ):
            self.body.addWidget(part) if isinstance(part, QWidget) else self.body.addLayout(part)
        self.body.addStretch(1)

    def _side_by_side(self, *rows: FormRow) -> QHBoxLayout:
        line = filled_row(self.desk.theme.px(16), *rows)
        for each in rows:
            each.setFixedWidth(self.desk.theme.px(CHOICE_WIDTH))
            line.setAlignment(each, Qt.AlignmentFlag.AlignTop)
        line.addStretch(1)
        return line

    def _row(self, name: str, field: QWidget, width: int = 0) -> FormRow:
        texts = self.desk.texts
        key = f"window.later.{name}"
        help_words = texts.get(f"{key}_help") if texts.has(f"{key}_help") else ""
        self._rows[name] = FormRow(self.desk, texts.get(key), field, help_words, width=width)
        return self._rows[name]

    def _choice(self, name: str) -> QComboBox:
        return {"case": self.case, "form": self.form, "kind": self.kind, "source": self.source}[name]

    # What is shown

    def _show_cases(self, found: Sequence[CaseSummary]) -> None:
        chosen = str(self.case.currentData() or "")
        choose = (self.desk.text("form_page.choose"), "")
        self._cases.set_choices([choose, *((each.code, each.case_id) for each in reversed(found))])
        self.case.setCurrentIndex(max(0, self._cases.place_of(chosen)))
        self.enter.setEnabled(bool(found))
        if not found:
            self.notice.show_words(self.desk.text("window.later.no_cases"), ground="waiting")
        self._choose_wanted()

    def _choose_wanted(self) -> None:
        for name, code in list(self._wanted.items()):
            place = self._cases.place_of(code) if name == "case" else self._choice(name).findData(code)
            if code and place >= 0:
                self._choice(name).setCurrentIndex(place)
                del self._wanted[name]

    def _propose(self, caseworker: str) -> None:
        if not self.by.text():
            self.by.setText(caseworker)

    def _show_parts(self) -> None:
        for part, is_wanted in ((self._note, not self.is_form), (self._form, self.is_form)):
            if part.isHidden() == is_wanted:  # one that is told to be seen gets its looks there and then
                part.setVisible(is_wanted)
        key = "open_form" if self.is_form else "enter"
        self.enter.setText(self.desk.text(f"window.later.{key}"))
        self.enter.setAccessibleName(self.enter.text())

    def _show_time_fault(self) -> None:
        words = ""
        if self.when.text().strip():
            try:
                read_event_time(self.when.text(), self.desk.clock().date())
            except BadAnswer as fault:
                words = self.desk.text(f"answers.{fault.params['reason']}")
        self._rows["when"].show_fault(words)

    # What the person does

    def enter_it(self) -> None:
        """Enter what is written, or go to the field that lacks something."""
        gap = next(iter(self._gaps()), "")
        if gap:
            self.notice.show_words(self.desk.text(f"window.later.gaps.{gap}"), ground="waiting")
            {"case": self.case, "by": self.by, "body": self.words}.get(gap, self.when).setFocus()
            return
        case_id, by = str(self.case.currentData()), self.by.text()
        if self.is_form:
            event = self._content().event(self.desk.clock().date())
            form_id = str(self.form.currentData())
            work = partial(late_entry.enter_form, case_id=case_id, form_id=form_id, event=event, by=by)
        else:
            work = partial(late_entry.enter_note, case_id=case_id, content=self._content(), by=by)
        self.enter.setEnabled(False)
        self.desk.run(
            self, work, done=self._take, failed=self._refuse, ended=lambda: self.enter.setEnabled(True)
        )

    def _gaps(self) -> tuple[str, ...]:
        now = self.desk.clock().replace(tzinfo=None)
        content, by = self._content(), self.by.text()
        case = () if self.case.currentData() else ("case",)
        if self.is_form:
            return (*case, *gaps_of_paper(content.event(now.date()), by, now))
        return (*case, *gaps_of_note(content, by, now))

    def _content(self) -> NoteContent:
        return NoteContent(
            event_typed=self.when.text(),
            kind=str(self.kind.currentData() or ""),
            source=str(self.source.currentData() or ""),
            source_detail=self.detail.text(),
            body=self.words.toPlainText(),
        )

    def _take(self, entered: Entered) -> None:
        """Say where it stands; the fields are free for the next paper, by the same hand in the same case."""
        self._entered = entered
        if entered.form_id:
            self.go("case", case_id=entered.note.case_id, form_id=entered.form_id)
            return
        for field in (self.when, self.detail):
            field.clear()
        self.words.clear()
        self.notice.show_words(
            self.desk.text(
                "window.later.entered",
                code=self.case.currentText(),
                when=entered.note.event.as_text() if entered.note.event else "",
            )
        )
        self.go_button.show()
        self.when.setFocus()

    def _go_to_journal(self) -> None:
        if self._entered is not None:
            note = self._entered.note
            self.go("case", case_id=note.case_id, thing="journal", ref=note.id)

    def _refuse(self, error: AppError) -> None:
        self.notice.show_error(error)


def _long(choice: QComboBox) -> Choices:
    """Let a choice be one of thousands: as wide as its field, and none of them measured before it is seen."""
    choices = Choices(choice)
    choice.setModel(choices)
    choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    view = choice.view()
    if isinstance(view, QListView):
        view.setUniformItemSizes(True)
    return choices
