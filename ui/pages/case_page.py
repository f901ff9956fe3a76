"""One case as a place: head with the next step, the rail, the form of a step, the paper beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, cast

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.domain.changes import ChangeSet, Kind
from desktop_app.domain.forms import Address
from desktop_app.services import cases
from desktop_app.services.guide import GuideView, HoldView
from ui.desk import Desk
from ui.dialogs.print_preview import PrintPreview
from ui.pages.case_at import CaseAt, OpensSteps
from ui.pages.case_commands import case_commands
from ui.pages.case_form import CaseForm
from ui.pages.case_head import CaseHead
from ui.pages.case_journal import JournalView
from ui.pages.case_names import CaseNames
from ui.pages.case_paper import CasePaper
from ui.pages.case_place import CasePlace, StepPlace, place_from, take_up, unsaved_in, wanted_place
from ui.pages.case_rail import OVERVIEW, CaseRail
from ui.pages.case_side import CaseSide
from ui.pages.case_split import CaseSplit
from ui.pages.case_steps import CaseSteps
from ui.pages.case_strip import CaseStrip, above
from ui.pages.case_things import THINGS, CaseThings
from ui.pages.step_form import StepForm
from ui.presenters.commands import Command
from ui.presenters.key_table import SHORTCUTS
from ui.presenters.protection_words import CaseInView
from ui.presenters.rail_words import ANSWERED_AT, FIRST_CONTACT
from ui.widgets.leaving import Leaving

PAPER_AFTER_MS = 250


class CasePage(QWidget):
    """The page of one case. ``go`` leads to other pages; it is called with a page's name and its arguments."""

    form_shown = Signal(str)
    """A form id: another step is shown now."""

    leaving = Signal()
    """Another step or thing is about to be shown; ``place`` still tells the present one."""

    def __init__(
        self,
        desk: Desk,
        case_id: str,
        form_id: str | None = None,
        go: Callable[..., object] | None = None,
        parent: QWidget | None = None,
        *,
        at: Sequence[str] = (),
        thing: str = "",
        ref: str = "",
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._case_id = case_id
        self._go = go
        self._wanted = wanted_place(form_id, at, thing, ref)
        self.form: StepForm | None = None
        self._paper_timer = QTimer(self, singleShot=True, interval=PAPER_AFTER_MS)
        self._paper_timer.timeout.connect(self._draw_paper)
        self._leaving = Leaving(desk, self)
        self._build()
        desk.signals.changed.connect(self._take_changes)
        CaseNames(desk, case_id, self)
        for keys in SHORTCUTS["print"].keys:
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._print_form)
        self._load_overview()

    # What the frame calls

    def flush(self) -> None:
        """Save what is typed; returns when the saving is queued, and draining the jobs completes it."""
        self.things.flush()
        if self.form is not None:
            self.form.flush()

    @property
    def is_settled(self) -> bool:
        """True when nothing that was typed waits to be saved."""
        form = self.form
        return self.things.is_settled and (
            form is None or not form.presenter.is_open or form.presenter.is_settled
        )

    @property
    def in_view(self) -> CaseInView | None:
        """The case and its level of protection, once it is here."""
        summary = self._steps.view.summary if self._steps.view is not None else None
        return CaseInView(summary.code, summary.protection) if summary is not None else None

    def place(self) -> dict[str, Any]:
        """Return where one is, with what could not be saved, as plain JSON."""
        if self.form is None:
            return self._wanted.as_json()
        view, unsaved = self.form.view, unsaved_in(self.form.presenter)
        scroll, caret = view.scroll_place(), view.caret_place()
        shows, things = self.things.shown, self.things.place()
        walk, at = self.form.walk_place(), self._steps.at
        place = CasePlace(self.form.form_id, shows, scroll, view.focused, caret, unsaved, things, walk, at)
        return place.as_json()

    @property
    def journal(self) -> JournalView:
        """The journal of the case, built at its first asking."""
        return cast("JournalView", self.things.thing("journal"))

    def restore_place(self, raw: object) -> None:
        """Go back to a place that ``place`` returned."""
        self._go_when_there(place_from(raw))

    def return_to(self, raw: object) -> None:
        """Go back to an earlier place on this page. What is being written meanwhile is left as it is."""
        self._go_when_there(replace(place_from(raw), unsaved=(), things={}))

    def go_to(
        self, form_id: str | None = None, at: Sequence[str] = (), thing: str = "", ref: str = ""
    ) -> None:
        """Go to a step, to a field of it (``at``: an address), or to a thing and to what ``ref`` names in it."""
        if self._steps.view is not None:
            self.leaving.emit()
        shown = self.form.form_id if self.form is not None else ""
        self._go_when_there(wanted_place(form_id or shown, at, thing, ref))

    def reopen(self, name: str, words: dict[str, Any]) -> QDialog | None:
        """Open a dialog again after a lock: the print preview, or one of the thing in view."""
        if name != PrintPreview.after_lock.name:
            return self.things.reopen(name, words)
        form = self._form_in_view
        return form.open_print() if form is not None else None

    def undo(self) -> bool:
        """Take back the last act in the form that is in view; tell whether there was one."""
        return self._form_in_view is not None and self._form_in_view.undo()

    def redo(self) -> bool:
        """Do again what was last taken back in the form that is in view."""
        return self._form_in_view is not None and self._form_in_view.redo()

    def commands(self) -> Iterator[Command]:
        """Return what can be done here: the buttons of head and middle, the steps, the things."""
        if self._steps.view is None:
            return iter(())
        thing = self._middle.currentWidget() if self.things.shown else None
        shown = (self._head, *([thing] if thing is not None else self.form.bars if self.form else ()))
        prints = self._form_in_view.print_form if self._form_in_view is not None else None
        return case_commands(self._desk, self._steps.view, self.open_step, self._open_thing, prints, shown)

    def _print_form(self) -> None:
        if (form := self._form_in_view) is not None:
            form.print_form()

    @property
    def _form_in_view(self) -> CaseForm | None:
        """The form of the step in view, or the one that the thing in view keeps."""
        form = getattr(self._middle.currentWidget(), "form", None) if self.things.shown else self.form
        return form if isinstance(form, CaseForm) and form.presenter.is_open else None

    def open_form(self, form_id: str) -> None:
        """Show a form; what was typed in the one before it is saved first."""
        self._open_at(form_id, "", StepPlace())

    def open_step(self, step_id: str, form_id: str = "", *, from_overview: bool = False) -> None:
        """Show a step: its first form, where it begins, or another of its forms. The overview is led back to."""
        if (way := self._steps.way_to(step_id, form_id)) is not None:
            self._open_at(*way, StepPlace(step_id, from_overview))

    def _note_first_contact(self) -> None:
        if (way := self._steps.way_to(FIRST_CONTACT)) is not None:
            self._open_at(way[0], ANSWERED_AT, StepPlace(FIRST_CONTACT))

    def _open_at(self, form_id: str, field: str, step: StepPlace) -> None:
        if self.form is not None and (self.form.form_id != form_id or self.things.shown):
            self.leaving.emit()
        self._go_when_there(replace(wanted_place(form_id, (field,) if field else (), "", ""), step=step))

    def _show_form(self, form_id: str) -> None:
        if self.form is not None and self.form.form_id == form_id:
            self._show_middle(self.form, form_id)
            return
        self._leave_form()
        if not self._wanted.form_id:
            self._wanted = replace(self._wanted, form_id=form_id)
        elif self._wanted.form_id != form_id:
            self._wanted = CasePlace(form_id)
        self.form = StepForm(self._desk, self._case_id, form_id)
        self.form.next_step.connect(self._head.go_on_button.click)
        self.form.renewed.connect(self._paper_timer.start)
        self.form.first_shown.connect(self._go_to_place)
        self.form.asked_elsewhere.connect(lambda form_id, at: self.go_to(form_id, at or ()))
        self._paper.take_form(self.form)
        self.form.paper_button.clicked.connect(self._toggle_paper)
        self._middle.insertWidget(0, self.form)
        self._middle.setCurrentIndex(0)
        self._steps.show_form(form_id)
        self._fit_width()
        self.form_shown.emit(form_id)

    # How it is built

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._head = CaseHead(self._desk, self._case_id)
        self._head.go_on.connect(self.open_step)
        self._head.answered.connect(self._note_first_contact)
        column.addWidget(self._head)
        self._rail = CaseRail(self._desk, THINGS)
        self._rail.step_chosen.connect(self.open_step)
        self._rail.thing_chosen.connect(self._open_thing)
        self._strip = CaseStrip(self._desk)
        self._steps = CaseSteps(self._desk, self._head, self._rail, self._strip)
        self._middle = QStackedWidget()
        self._strip.back.connect(partial(self._open_thing, OVERVIEW))
        self._strip.form_chosen.connect(lambda form_id: self.open_step(self._steps.at.id, form_id))
        self._strip.thing_chosen.connect(self._open_thing)
        for holds in (self._head.holds, self._strip.holds):
            holds.go.connect(self.go_to_hold)
            holds.act.connect(self._act_on_hold)
        self._side = CaseSide(self._desk)
        self._paper = CasePaper(self._desk, self._case_id, self._side)
        self._side.paper.field_clicked.connect(self._go_to_field)
        self._paper.opened.connect(lambda: self._set_paper_open(True))
        self._paper.question_asked.connect(self.go_to)
        self._side.hidden_asked.connect(self._toggle_paper)
        go = self._go or (lambda *_args, **_words: None)
        opens = OpensSteps(partial(self.open_step, from_overview=True), self.go_to_hold, self._act_on_hold)
        case, here = (self._desk, self._case_id), (self.open_form, self._open_thing, self._show_document)
        at = CaseAt(*case, go, *here, opens)
        self.things = CaseThings(at, self._middle)
        self._split = CaseSplit(self._desk, above(self._strip, self._middle), self._side)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self._rail)
        row.addWidget(self._split, 1)
        column.addLayout(row, 1)

    # The overview

    def _load_overview(self) -> None:
        self._desk.run(self, cases.overview, self._case_id, done=self._show_overview)

    def _show_overview(self, overview: GuideView) -> None:
        first = self._steps.view is None
        self._steps.take(overview)
        if first:
            self._wanted = self._steps.first_place(self._wanted, OVERVIEW)
            self._steps.go(self._wanted.step)
            self.things.later(self._begin_form)  # head and rail were enough for one round

    def _begin_form(self) -> None:
        if self.form is None and self._steps.view is not None and self.isVisible():
            self._show_form(self._wanted.form_id)

    def go_to_hold(self, hold: HoldView) -> None:
        """Go where a hold point is answered."""
        if hold.form_id:
            self._open_at(hold.form_id, hold.link_id, self._steps.at)
        else:
            self._open_thing(hold.thing)

    def _act_on_hold(self, _hold: HoldView) -> None:
        """Open a file for a child that comes along."""
        self._open_thing("persons")
        if self._steps.view is not None:
            self.things.ask_for_child(self._steps.view.summary.code)

    def _take_changes(self, changes: ChangeSet) -> None:
        if changes.case_id not in (None, self._case_id):
            return
        if changes.touches(Kind.CASE, Kind.FACT, Kind.REGISTER, Kind.FORM, Kind.DOCUMENT, Kind.LINK):
            self._load_overview()
        self.things.renew()
        ours = self.form is not None and changes is self.form.own_changes
        if not ours and changes.touches(Kind.FACT, Kind.REGISTER) and self.form is not None:
            self.form.presenter.renew()

    # The middle

    def _leave_form(self) -> None:
        if self.form is None:
            return
        old, self.form = self.form, None
        self._middle.removeWidget(old)
        old.hide()
        old.flush()
        if old.presenter.is_settled or not old.presenter.is_open:
            self._leaving.take_down(old)
        else:
            old.presenter.after_saving(partial(self._leaving.take_down, old))

    def _go_to_place(self) -> None:
        place = self._wanted
        if self.form is None or place.form_id != self.form.form_id:
            return
        self._wanted = CasePlace(place.form_id)
        take_up(self.form.presenter, place.unsaved)
        if place.walk is not None:
            self.form.stand_where(place.walk)
        if place.scroll is not None:
            self.form.view.go_to_place(place.focus, place.caret, place.scroll)
        elif place.focus is not None:
            self.form.go_to(place.focus)
        self.things.restore(place.things)
        if place.shows in THINGS:
            self._show_thing(place.shows)
            self.things.go_to(place.shows, place.ref)
        elif self.things.shown:
            self._show_middle(self.form, self.form.form_id)
        else:
            self._steps.show_form(self.form.form_id)

    def _go_when_there(self, place: CasePlace) -> None:
        """Go to a place: now if its form is here, else when it has been opened."""
        self._wanted = place
        self._steps.go(place.step)
        if not place.form_id:
            return
        if self.form is None or self.form.form_id != place.form_id:
            if self._steps.view is not None:
                self._show_form(place.form_id)
        elif self.form.presenter.is_open:
            self._go_to_place()

    def _show_middle(self, widget: QWidget, name: str) -> None:
        self.things.show(widget)
        if widget is self.form:
            self._steps.show_form(name)
        else:
            self._steps.show_thing(name)
        self._fit_width()
        if widget is self.form:
            self._draw_paper()

    def _open_thing(self, name: str) -> None:
        if self.things.shown != name:
            self.leaving.emit()
        self._show_thing(name)

    def _show_thing(self, name: str) -> None:
        self.flush()
        self.things.bring(name, lambda: self._show_middle(self.things.thing(name), name))

    def _show_document(self, pdf: bytes) -> None:
        self._set_paper_open(True)
        self._paper.show_document(pdf)

    # The side

    def _draw_paper(self) -> None:
        if (form := self._form_in_view) is not None:
            self._paper.renew(form, with_paper=self._side.isVisible() or self._split.wanted is None)

    def _go_to_field(self, address: Address) -> None:
        if self.form is None or self._middle.currentWidget() is not self.form:
            return
        if self._split.hides_left:
            self._set_paper_open(False)
        self.form.go_to(address)

    def _toggle_paper(self) -> None:
        self._set_paper_open(not self._side.isVisible())

    def _set_paper_open(self, is_open: bool) -> None:
        self._split.wanted = is_open
        self._fit_width()
        if is_open:
            self._draw_paper()

    def _fit_width(self) -> None:
        is_open = self._split.fit(uses_paper=self.things.uses_paper)
        if self.form is not None:
            self.form.paper_button.setVisible(not is_open)
            self.form.paper_button.setText(self._desk.text("form_page.side.show"))
            self.form.paper_button.setAccessibleName(self.form.paper_button.text())

    def showEvent(self, event: QShowEvent) -> None:
        """Let the form come once the page is seen: only then can a field of it be gone to."""
        super().showEvent(event)
        self.things.later(self._begin_form)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the paper away where there is no room beside the form."""
        super().resizeEvent(event)
        self._fit_width()
