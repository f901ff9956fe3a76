"""The persons around the one a case is about: who they are, what each may know, who threatens; and their own files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QDialog, QWidget

from desktop_app.domain.changes import ChangeSet, Kind
from desktop_app.domain.forms import Address
from desktop_app.domain.ties import TIES, Relation
from desktop_app.services import case_links
from desktop_app.services.case_links import LinkView
from ui.dialogs.new_case import NewCaseDialog
from ui.pages.case_at import CaseAt
from ui.pages.case_explanation import explanation
from ui.pages.case_form import CaseForm
from ui.pages.case_place import CasePlace, place_from, take_up, unsaved_in
from ui.pages.case_side import WordsPane
from ui.pages.case_ties import TiesPane
from ui.presenters.new_case import TieWish
from ui.presenters.tie_words import LinkLine, OwnFile, link_lines, without_own_file

FORM = "F25"
WIDE_ENOUGH = 820
"""Width from which the files stand beside the persons."""

SIDE_WIDTH = 320
WHY_HEIGHT = 200


class PersonsView(QWidget):
    """The sheet of persons, kept up all along; beside it the files that are tied to this one."""

    uses_paper = False
    """The paper of the sheet is made when it is printed."""

    def __init__(self, at: CaseAt) -> None:
        super().__init__()
        self._at = at
        self._code = ""
        self._links: tuple[LinkView, ...] = ()
        self._wanted: CasePlace | None = None
        self.form = CaseForm(at.desk, at.case_id, FORM)
        self.form.asked_elsewhere.connect(lambda form_id, _at: at.open_form(form_id))
        self.form.first_shown.connect(self._come_back)
        self.form.renewed.connect(self._show_persons)
        self.form.explain.connect(self._explain)
        self.ties = TiesPane(at.desk)
        self.ties.open_case.connect(lambda case_id: at.go("case", case_id=case_id))
        self.ties.untie.connect(self._untie)
        self.ties.tie.connect(self._tie)
        self.ties.own_file.connect(self._open_own)
        self._why = WordsPane(at.desk, at.desk.text("form_page.why.title"))
        self._why.setFixedHeight(at.desk.theme.px(WHY_HEIGHT))
        self._why.hide()
        self._build()
        at.desk.signals.changed.connect(self._take_changes)
        at.desk.discretion.changed.connect(self._show_persons)

    # What the page calls

    def open(self) -> None:
        """Fetch the tied files; the sheet renews itself."""
        self._at.desk.run(self, case_links.links, self._at.case_id, done=self._show_links)

    def flush(self) -> None:
        """Save what is typed; returns when the saving is queued."""
        self.form.flush()

    @property
    def is_settled(self) -> bool:
        """True when nothing that was typed waits to be saved."""
        return not self.form.presenter.is_open or self.form.presenter.is_settled

    def place(self) -> dict[str, Any]:
        """Return where one is in the sheet, with what could not be saved."""
        view = self.form.view
        unsaved = unsaved_in(self.form.presenter)
        return CasePlace(FORM, "", view.scroll_place(), view.focused, view.caret_place(), unsaved).as_json()

    def restore(self, kept: dict[str, Any]) -> None:
        """Go back to what ``place`` returned, once the sheet is here."""
        self._wanted = place_from(kept)
        if self.form.presenter.is_open:
            self._come_back()

    def go_to(self, ref: str) -> None:
        """Go to the row of a person."""
        self.form.view.go_to(Address(TIES, ref))

    def reopen(self, name: str, words: dict[str, Any]) -> QDialog | None:
        """Open a dialog again after a lock."""
        if name == NewCaseDialog.after_lock.name:
            return self._ask_new(TieWish.from_json(words.get("tie")))
        return self.form.open_print() if self.form.presenter.is_open else None

    def ask_for_child(self, code: str) -> QDialog:
        """Open a file for a child that comes along, tied to the case with this code."""
        return self._ask_new(
            TieWish(case_id=self._at.case_id, code=code, relation=Relation.CHILD, tie_row="")
        )

    # How it is built

    def _build(self) -> None:
        px = self._at.desk.theme.px
        side = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        side.setSpacing(0)
        side.addWidget(self.ties, 1)
        side.addWidget(self._why)
        self._side = QWidget()
        self._side.setLayout(side)
        side.setContentsMargins(0, 0, 0, 0)
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._halves.setContentsMargins(0, 0, 0, 0)
        self._halves.setSpacing(0)
        self._halves.addWidget(self.form, 1)
        self._halves.addWidget(self._side)
        self._side.setFixedWidth(px(SIDE_WIDTH))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the files under the persons where there is no room beside them."""
        super().resizeEvent(event)
        px = self._at.desk.theme.px
        wide = self.width() >= px(WIDE_ENOUGH)
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._halves.direction() != direction:
            self._halves.setDirection(direction)
        self._side.setMinimumWidth(px(SIDE_WIDTH) if wide else 0)
        self._side.setMaximumWidth(px(SIDE_WIDTH) if wide else 16_777_215)
        self._side.setMaximumHeight(16_777_215 if wide else self.height() // 2)

    # What is shown

    def _show_links(self, links: Sequence[LinkView]) -> None:
        self._links = tuple(links)
        self.ties.show_links(link_lines(links, self._at.desk.texts))
        self._show_persons()

    def _show_persons(self) -> None:
        presenter = self.form.presenter
        if not presenter.is_open:
            return
        view = presenter.view
        self._code = view.case_code
        names = not self._at.desk.discretion.hides(view.filled.head.protection.value)
        rows = presenter.rows(TIES)
        self.ties.show_persons(without_own_file(rows, self._links, self._at.desk.texts, names=names))

    def _take_changes(self, changes: ChangeSet) -> None:
        """Fetch the sheet anew when it was changed elsewhere: by another form, or by the opening of an own file."""
        if changes.case_id not in (None, self._at.case_id) or changes is self.form.own_changes:
            return
        if changes.touches(Kind.FACT, Kind.REGISTER):
            self.form.presenter.renew()
        if changes.touches(Kind.LINK):
            self.open()

    def _come_back(self) -> None:
        place, self._wanted = self._wanted, None
        if place is None or place.form_id != FORM:
            return
        take_up(self.form.presenter, place.unsaved)
        self.form.view.go_to_place(place.focus, place.caret, place.scroll or 0)

    def _explain(self, address: Address) -> None:
        parts, note = explanation(self.form.context, address)
        self._why.show_parts(parts, note)
        self._why.show()

    # What the person does

    def _tie(self, code: str, relation: Relation) -> None:
        self._at.desk.run(
            self,
            case_links.link,
            self._at.case_id,
            code,
            relation,
            done=lambda _changes: self.ties.take_tied(),
            failed=self.ties.show_refused,
        )

    def _untie(self, line: LinkLine) -> None:
        desk = self._at.desk
        words = desk.text("ties.untied", code=line.code)
        desk.run(
            self,
            case_links.unlink,
            line.link_id,
            done=lambda _changes: desk.undo.offer(words, case_links.relink, line.link_id),
        )

    def _open_own(self, person: OwnFile | None) -> None:
        relation = person.relation if person is not None else Relation.RELATIVE
        row = person.row_id if person is not None else ""
        self._ask_new(TieWish(case_id=self._at.case_id, code=self._code, relation=relation, tie_row=row))

    def _ask_new(self, tie: TieWish | None) -> QDialog:
        self.flush()
        dialog = NewCaseDialog(self._at.desk, self._at.go, self.window(), tie=tie)
        dialog.open()
        return dialog
