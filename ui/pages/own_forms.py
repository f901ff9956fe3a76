"""The municipality's own forms: the year's statistics and the review of the log. They belong to no case."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.changes import ChangeSet, Kind
from desktop_app.domain.forms import Address
from desktop_app.services.own_file import own_file, own_forms
from ui.desk import Desk
from ui.dialogs.print_preview import PrintPreview
from ui.pages.case_explanation import explanation
from ui.pages.case_form import CaseForm
from ui.pages.case_place import CasePlace, place_from, take_up, unsaved_in
from ui.pages.case_side import WordsPane
from ui.theme import mark
from ui.widgets.basics import Button, filled_row, label
from ui.widgets.page import Go

SIDE_WIDTH = 300


class OwnFormsPage(QWidget):
    """One form at a time, chosen at the top; why a question is asked stands beside it."""

    def __init__(self, desk: Desk, go: Go) -> None:
        super().__init__()
        self._desk, self._go = desk, go
        self._case_id = ""
        self._wanted = CasePlace("")
        self.form: CaseForm | None = None
        self.first: QWidget | None = None
        self._why = WordsPane(desk, desk.text("form_page.why.title"))
        self._why.setFixedWidth(desk.theme.px(SIDE_WIDTH))
        self.buttons = {form.id: self._button(form.id, form.text_key) for form in own_forms(desk.library)}
        self._build()
        desk.signals.changed.connect(self._take_changes)
        desk.run(self, own_file, done=self._take_file)

    # What the frame calls

    def begin(self) -> None:
        """Give the choice of form the focus; the first field takes it once the form is here."""
        next(iter(self.buttons.values())).setFocus()

    @property
    def is_settled(self) -> bool:
        """Whether nothing that was typed waits to be saved."""
        form = self.form
        return form is None or not form.presenter.is_open or form.presenter.is_settled

    def flush(self) -> None:
        """Save what is typed; returns when the saving is queued."""
        if self.form is not None:
            self.form.flush()

    def place(self) -> object:
        """Return which form is in view, where one is in it, and what could not be saved."""
        if self.form is None:
            return self._wanted.as_json()
        view, unsaved = self.form.view, unsaved_in(self.form.presenter)
        return CasePlace(
            self.form.form_id, "", view.scroll_place(), view.focused, view.caret_place(), unsaved
        ).as_json()

    def restore_place(self, place: object) -> None:
        """Go back to what ``place`` returned, once the form is here."""
        self._wanted = place_from(place)
        if self._case_id and self._wanted.form_id in self.buttons:
            self.show_form(self._wanted.form_id)

    def reopen(self, name: str, words: dict[str, Any]) -> QDialog | None:
        """Open the print dialog again after a lock."""
        if name != PrintPreview.after_lock.name or self.form is None or not self.form.presenter.is_open:
            return None
        return self.form.open_print()

    def undo(self) -> bool:
        """Take back the last act in the form; tell whether there was one."""
        return self.form is not None and self.form.undo()

    def redo(self) -> bool:
        """Do again what was last taken back in the form."""
        return self.form is not None and self.form.redo()

    def show_form(self, form_id: str) -> None:
        """Show one of the forms; what was typed in the other is saved first."""
        if self.form is not None and self.form.form_id == form_id:
            self._come_back()
            return
        old, self.form = self.form, CaseForm(self._desk, self._case_id, form_id)
        if old is not None:
            old.flush()
            old.hide()
            old.setParent(self)  # kept until its last save has come back
            old.presenter.after_saving(old.deleteLater)
        self.form.first_shown.connect(self._come_back)
        self.form.explain.connect(self._explain)
        self._middle.insertWidget(0, self.form, 1)
        for name, button in self.buttons.items():
            button.setChecked(name == form_id)

    # Inside

    def _button(self, form_id: str, text_key: str) -> Button:
        words = self._desk.text(f"{text_key}.title")
        button = Button(self._desk, words, lambda: self.show_form(form_id), kind="word")
        button.setCheckable(True)
        button.setEnabled(False)
        return button

    def _build(self) -> None:
        px, text = self._desk.theme.px, self._desk.text
        mark(self, ground="page")
        head = QVBoxLayout()
        head.setContentsMargins(px(24), px(16), px(24), px(8))
        head.setSpacing(px(4))
        head.addWidget(label(text("own_forms.title"), "title", wraps=False))
        head.addWidget(label(text("own_forms.intro"), "soft"))
        choice = filled_row(px(8), *self.buttons.values())
        choice.addStretch(1)
        head.addLayout(choice)
        self._middle = QHBoxLayout()
        self._middle.setContentsMargins(0, 0, 0, 0)
        self._middle.setSpacing(0)
        self._middle.addWidget(self._why)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addLayout(self._middle, 1)

    def _take_file(self, case_id: str) -> None:
        self._case_id = case_id
        for button in self.buttons.values():
            button.setEnabled(True)
        wanted = self._wanted.form_id
        self.show_form(wanted if wanted in self.buttons else next(iter(self.buttons)))

    def _come_back(self) -> None:
        place, self._wanted = self._wanted, CasePlace("")
        form = self.form
        if form is None or not form.presenter.is_open or place.form_id != form.form_id:
            return
        take_up(form.presenter, place.unsaved)
        form.view.go_to_place(place.focus, place.caret, place.scroll or 0)

    def _explain(self, address: Address) -> None:
        if self.form is not None:
            self._why.show_parts(*explanation(self.form.context, address))

    def _take_changes(self, changes: ChangeSet) -> None:
        """Count anew when something was changed elsewhere."""
        form = self.form
        if form is None or not form.presenter.is_open or changes is form.own_changes:
            return
        if changes.touches(Kind.FACT, Kind.REGISTER):
            form.presenter.renew()
