"""The state of one form on screen. No Qt: it is told what was typed, and tells a listener what changed.

Edits wait until the typing rests, or until the field, the page or the program is left. One call to the store is
under way at a time; what is typed meanwhile waits its turn. Nothing typed is ever dropped: text that cannot be
read is saved as typed, and edits made on a form that moved on elsewhere are made again on the fresh one.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import Any

from desktop_app.domain.answers import EMPTY, Answer, AnswerState, without_value
from desktop_app.domain.errors import AppError, FormFinished, StaleRevision
from desktop_app.domain.forms import Address, FilledItem, FilledSection, Gap, Item, ResponseStatus, Row
from desktop_app.services import forms as form_services
from desktop_app.services.forms import DoubtView, Edit, FormView, Kept, Saved
from desktop_app.services.library import Library
from ui.presenters.answer_words import editing_text
from ui.presenters.form_listener import FieldState, Listener, Run, Saving
from ui.presenters.shown_form import ShownForm
from ui.presenters.typed_answers import TypedAnswers
from ui.presenters.undo import History, RowStep, Step

QUIET_MS, LATEST_MS = 400, 1_500
"""How long the typing rests before it is saved, and how long it may go on without being saved."""


class FormPresenter:
    """Holds one open form. The page calls it; it calls the services through ``run``."""

    def __init__(
        self,
        library: Library,
        run: Run,
        today: Callable[[], date],
        listener: Listener,
        services: Any = form_services,  # noqa: ANN401 - the module, or a test's stand-in
    ) -> None:
        self._library = library
        self._run = run
        self._today = today
        self._listener = listener
        self._services = services
        self._case_id = self._form_id = ""
        self._view: FormView | None = None
        self._shown = ShownForm()
        self._typed = TypedAnswers()
        self._queue: deque[Callable[[], None]] = deque()
        self._busy = False
        self._due = self._rests = self._failed = False
        self.history = History()

    # What is shown

    @property
    def view(self) -> FormView:
        """The form as last seen in the store."""
        if self._view is None:
            raise LookupError("no form is open yet")
        return self._view

    @property
    def is_open(self) -> bool:
        """True when there is a form to show."""
        return self._view is not None

    @property
    def is_finished(self) -> bool:
        """True for a form that is frozen: it is read, printed and begun anew, never changed."""
        return self.view.status is ResponseStatus.FINISHED

    def is_locked(self, item: Item) -> bool:
        """Tell whether an item can no longer be changed; what others answer stays open in a finished form."""
        return item.read_only or (self.is_finished and not item.stays_open)

    @property
    def sections(self) -> Sequence[FilledSection]:
        """The sections and items to show, in reading order."""
        return self.view.filled.sections

    @property
    def gaps(self) -> Sequence[Gap]:
        """What is missing before the form can be finished."""
        return self.view.gaps

    @property
    def doubts(self) -> Sequence[DoubtView]:
        """What looks odd and is worth a second look."""
        return self.view.doubts

    @property
    def is_settled(self) -> bool:
        """True when nothing waits and nothing is under way."""
        unsaved = bool(self._typed.waiting) and not (self.is_open and not self._can_save)
        return not (self._busy or unsaved or self._queue)

    def entry(self, link_id: str) -> FilledItem | None:
        """Return the shown item with this id, ``None`` when it is not shown now."""
        return self._shown.entry(link_id)

    def item_at(self, address: Address) -> Item:
        """Return the item, or the column, an address points at."""
        return self._shown.items[address.link_id, address.column]

    def answer(self, address: Address) -> Answer:
        """Return the answer as it stands on screen: typed, under way or stored."""
        typed = self._typed.find(address)
        return typed if typed is not None else self._shown.answer(address)

    def is_waiting(self, address: Address) -> bool:
        """Tell whether the field holds something the store has not confirmed."""
        return address in self._typed.unsaved()

    def field(self, address: Address) -> FieldState:
        """Return what the editor at an address shows."""
        item, answer = self.item_at(address), self.answer(address)
        return FieldState(editing_text(item, answer), answer.state, self._fault(address, item, answer))

    def rows(self, link_id: str) -> tuple[Row, ...]:
        """Return the rows of a repeat with what is typed in them."""
        return self._shown.rows(link_id, self.answer)

    def saving(self) -> Saving:
        """Return how it stands with what is typed."""
        if self._failed:
            return Saving.FAILED
        if self._typed.is_under_way:
            return Saving.UNDER_WAY
        if self._typed.waiting:
            return Saving.WAITING
        return Saving.SAVED if self._view and self._view.saved_at else Saving.UNTOUCHED

    def saving_words(self) -> tuple[str, Mapping[str, str]]:
        """Return the text key and its params for the line that tells whether everything is saved."""
        saved_at: datetime | None = self._view.saved_at if self._view else None
        params = (
            {"time": f"{saved_at.astimezone():%H:%M}"} if saved_at and self.saving() is Saving.SAVED else {}
        )
        return f"form_page.saving.{self.saving().value}", params

    # What the person does

    def open(self, case_id: str, form_id: str) -> None:
        """Fetch the form and tell the listener when it is here."""
        self._case_id, self._form_id = case_id, form_id
        self._later(lambda: self._call(self._services.open_form, then=self._take_view))

    def renew(self) -> None:
        """Fetch the form again: the case was changed somewhere else. What is typed stays."""
        if self.is_open:
            self._later(self._fetch)

    def edited(self, address: Address, text: str) -> None:
        """Take what was typed in a field, or the codes chosen there."""
        item = self.item_at(address)
        self._change(address, self._read(address, item, text))

    def set_state(self, address: Address, state: AnswerState) -> None:
        """Take one of the quiet choices: there is no value, and this is why."""
        self._change(address, without_value(state))
        self._listener.field_changed(address)

    def flush(self) -> None:
        """Save what waits as soon as the store is free: typing rested, or the field or page is left."""
        self.history.rest()
        self._rests = True
        self.save_meanwhile()

    def save_meanwhile(self) -> None:
        """Save what waits while the typing goes on; what follows from it is shown when the typing rests."""
        self._due = True
        self._next()

    def unsaved(self) -> Mapping[Address, Answer]:
        """Return what the store has not confirmed."""
        return self._typed.unsaved()

    def add_row(self, link_id: str) -> None:
        """Add an empty row at the end of a repeat."""
        self.flush()
        self._later(lambda: self._call(self._services.add_row, link_id, then=self._take_row_added(link_id)))

    def remove_row(self, link_id: str, row_id: str) -> None:
        """Remove a row; ``restore_row`` or ``undo`` brings it back."""
        self.flush()
        self.history.note_row(link_id, row_id, removed=True)
        self._take_away(link_id, row_id)

    def restore_row(self, link_id: str, row_id: str) -> None:
        """Bring a removed row back where it was."""
        self.history.note_row(link_id, row_id, removed=False)
        self._bring_back(link_id, row_id)

    def finish(self) -> None:
        """Mark the form as done; fails with its gaps when something is missing."""
        self.flush()
        self._later(lambda: self._call(self._services.finish, then=self._take_saved))

    def begin_anew(self) -> None:
        """Begin a new version of a finished form."""
        self._later(lambda: self._call(self._services.begin_anew, then=self._take_saved))

    def after_saving(self, act: Callable[[], object]) -> None:
        """Do something once all that is typed is in the store (fetch a preview, print)."""
        self.flush()

        def run_act() -> None:
            act()
            self._next()

        self._later(run_act)

    def undo(self) -> Address | None:
        """Take the last act back; return where it was, ``None`` when there is nothing to undo."""
        step = self.history.back()
        if isinstance(step, RowStep):
            return self._apply_row(step, comes_back=step.removed)
        return self._apply(step, step.before) if step else None

    def redo(self) -> Address | None:
        """Do again the act last undone; return where it was."""
        step = self.history.forward()
        if isinstance(step, RowStep):
            return self._apply_row(step, comes_back=not step.removed)
        return self._apply(step, step.after) if step else None

    # Inside

    def _apply(self, step: Step, answer: Answer) -> Address | None:
        known = (step.address.link_id, step.address.column) in self._shown.items
        if not known or self._is_locked_at(step.address):
            return None
        self._put(step.address, answer)
        self._listener.field_changed(step.address)
        return step.address

    def _apply_row(self, step: RowStep, *, comes_back: bool) -> Address | None:
        if (step.link_id, "") not in self._shown.items or self._is_locked_at(Address(step.link_id)):
            return None
        self.flush()
        (self._bring_back if comes_back else self._take_away)(step.link_id, step.row_id)
        return Address(step.link_id)

    def _take_away(self, link_id: str, row_id: str) -> None:
        then = self._take_row_removed(link_id, row_id)
        self._later(lambda: self._call(self._services.remove_row, link_id, row_id, then=then))

    def _bring_back(self, link_id: str, row_id: str) -> None:
        then = partial(self._take_row_here, link_id)
        self._later(lambda: self._call(self._services.restore_row, link_id, row_id, then=then))

    def _change(self, address: Address, answer: Answer) -> None:
        before = self.answer(address)
        if answer == before or self._is_locked_at(address):
            return
        self.history.note(address, before, answer)
        self._put(address, answer)

    def _is_locked_at(self, address: Address) -> bool:
        return self.is_locked(self._shown.items[address.link_id, ""])

    @property
    def _can_save(self) -> bool:
        return any(not self._is_locked_at(address) for address in self._typed.waiting)

    def _put(self, address: Address, answer: Answer) -> None:
        self._typed.put(address, answer)
        self._failed = self._rests = False
        self._listener.field_changed(address)
        self._listener.saving_changed()
        self._listener.save_later()

    def _read(self, address: Address, item: Item, text: str) -> Answer:
        if not text.strip():
            return EMPTY
        return self._services.read(
            self._library, item, text, row_id=address.row_id or None, today=self._today()
        )

    def _fault(self, address: Address, item: Item, answer: Answer) -> str | None:
        if answer.state is not AnswerState.AS_TYPED or not answer.typed:
            return None
        return self._services.fault_key(
            self._library, item, answer.typed, row_id=address.row_id or None, today=self._today()
        )

    def _later(self, operation: Callable[[], None]) -> None:
        self._queue.append(operation)
        self._next()

    def _next(self) -> None:
        if self._busy:
            return
        if self._typed.waiting and (self._due or self._queue) and self._can_save:
            self._save()
        elif self._queue:
            self._queue.popleft()()
        elif self._typed.is_kept and self._rests:
            self._call(self._services.settle, then=self._take_saved, otherwise=self._not_shown)
        else:
            self._due = False

    def _save(self) -> None:
        self._due = False
        edits = [Edit(address, answer) for address, answer in self._typed.send().items()]
        self._listener.saving_changed()
        at_rest = self._rests or bool(self._queue)
        service = self._services.save if at_rest else self._services.save_answers
        then = self._take_saved if at_rest else self._take_kept
        self._call(service, self.view.revision, edits, then=then, otherwise=self._not_saved)

    def _call(
        self,
        service: Callable[..., Any],
        *args: object,
        then: Callable[[Any], None],
        otherwise: Callable[[AppError], None] | None = None,
    ) -> None:
        self._busy = True

        def done(result: object) -> None:
            self._busy = False
            then(result)
            self._next()

        def failed(error: AppError) -> None:
            self._busy = False
            (otherwise or self._listener.failed)(error)
            self._next()

        self._run(service, self._case_id, self._form_id, *args, done=done, failed=failed)

    def _take_view(self, view: FormView) -> None:
        self._view = view
        self.history.be_about(view.response_id)
        self._typed.show()
        self._shown = ShownForm(view)
        self._listener.view_changed()
        self._listener.saving_changed()

    def _take_saved(self, saved: Saved) -> None:
        self._failed = False
        self._take_view(saved.view)
        self._listener.stored(saved.changes)

    def _take_kept(self, kept: Kept) -> None:
        self._typed.keep()
        self._failed = False
        self._view = replace(self.view, revision=kept.revision, saved_at=kept.saved_at)
        self._listener.saving_changed()

    def _take_row_added(self, link_id: str) -> Callable[[Saved], None]:
        def take(saved: Saved) -> None:
            if saved.row_id is not None:
                self.history.note_row(link_id, saved.row_id, removed=False)
            self._take_row_here(link_id, saved)

        return take

    def _take_row_here(self, link_id: str, saved: Saved) -> None:
        self._take_saved(saved)
        if saved.row_id is not None:
            self._listener.row_added(link_id, saved.row_id)

    def _take_row_removed(self, link_id: str, row_id: str) -> Callable[[Saved], None]:
        def take(saved: Saved) -> None:
            self._typed.drop_row(link_id, row_id)
            self._take_saved(saved)
            self._listener.row_removed(link_id, row_id)

        return take

    def _not_saved(self, error: AppError) -> None:
        self._typed.come_back()
        if isinstance(error, StaleRevision):
            self._due = True
            self._fetch()
            return
        self._failed, self._due = True, False
        self._queue.clear()  # what waited for the save would now act on something older than the screen
        self._listener.saving_changed()
        self._listener.failed(error)
        if isinstance(error, FormFinished):
            self._fetch()

    def _not_shown(self, error: AppError) -> None:
        self._rests = False  # tried again at the next rest
        self._listener.failed(error)

    def _fetch(self) -> None:
        self._call(self._services.open_form, then=self._take_view)
