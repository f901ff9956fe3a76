"""A call being taken: what is typed goes into a case of its own as soon as anything is typed. No Qt.

The case is opened at the first save, with the time and the channel; from then on the answers are those of the intake
form, saved as it saves. Nothing has to be known: a caller may stay anonymous, and every field may be left empty.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime

from desktop_app.domain.answers import Answer, AnswerState, answered
from desktop_app.domain.changes import ChangeSet
from desktop_app.domain.errors import AppError
from desktop_app.domain.forms import Address
from desktop_app.services.forms import read
from desktop_app.services.library import Library
from desktop_app.services.new_cases import CaseMade, NewCase, open_case
from ui.presenters.form_listener import Run, Saving
from ui.presenters.form_presenter import FormPresenter

FORM = "F01"
CHANNEL = "channel"
CONTACTED_AT = "contacted_at"

Said = str | AnswerState
"""What a field says: a text or code, or why there is none."""


class CallIntake:
    """``save_later`` is called when something waits to be saved, ``told`` when how it stands has changed."""

    def __init__(
        self,
        library: Library,
        run: Run,
        now: Callable[[], datetime],
        save_later: Callable[[], object],
        told: Callable[[], object],
        failed: Callable[[AppError], object],
    ) -> None:
        self._library = library
        self._run = run
        self._now = now
        self._save_later = save_later
        self._told = told
        self._failed = failed
        self._said: dict[str, Said] = {}
        self._proposed: dict[str, str] = {}
        self._opening = self._open_failed = False
        self._afterwards: list[Callable[[], object]] = []
        self.case_id = self.code = self._opened_at = ""
        self.form = FormPresenter(library, run, self._today, self)

    # What the dialog calls

    @property
    def is_begun(self) -> bool:
        """True once there is something to keep."""
        return bool(self._said or self.case_id)

    def begin(self, **shown: str) -> None:
        """Take what the dialog proposes (time, channel): it is kept with the first thing that is typed."""
        self._proposed = {key: text for key, text in shown.items() if text}

    def come_back(self, case_id: str, code: str) -> None:
        """Go on with a case that was opened before a lock."""
        self.case_id, self.code = case_id, code
        self.form.open(case_id, FORM)

    def say(self, link_id: str, said: Said) -> None:
        """Take what a field says now."""
        if self._said.get(link_id, self._proposed.get(link_id, "")) == said:
            return
        self._said[link_id] = said
        if self.form.is_open:
            self._pass_on(link_id, said)
        else:
            self._open_failed = False
            self._save_later()
            self._told()

    def flush(self) -> None:
        """Save what waits: the case is opened if it is not yet."""
        if self.form.is_open:
            self.form.flush()
        elif self._said and not (self._opening or self.case_id):
            self._open()

    def save_meanwhile(self) -> None:
        """Save what waits while the typing goes on."""
        if self.form.is_open:
            self.form.save_meanwhile()
        else:
            self.flush()

    def after_saving(self, act: Callable[[], object]) -> None:
        """Do something once everything is in the store; the case is opened even if nothing was typed."""
        if self.form.is_open:
            self.form.after_saving(act)
            return
        self._afterwards.append(act)
        if not (self._opening or self.case_id):
            self._open()

    def saving(self) -> Saving:
        """Return how it stands with what is typed."""
        if self.form.is_open:
            state = self.form.saving()
            return Saving.SAVED if state is Saving.UNTOUCHED and self._opened_at else state
        if self._open_failed:
            return Saving.FAILED
        if self._opening:
            return Saving.UNDER_WAY
        return Saving.WAITING if self._said else Saving.UNTOUCHED

    def saving_words(self) -> tuple[str, Mapping[str, str]]:
        """Return the text key and its params for the line that tells whether everything is saved."""
        if self.form.is_open and self.form.saving() is not Saving.UNTOUCHED:
            return self.form.saving_words()
        params = {"time": self._opened_at} if self.saving() is Saving.SAVED else {}
        return f"form_page.saving.{self.saving().value}", params

    @property
    def is_settled(self) -> bool:
        """True when nothing that was typed waits to be saved."""
        return self.form.is_settled if self.form.is_open else not self._said

    # The listener of the form's presenter

    def view_changed(self) -> None:
        """Put in what was typed while the form came."""
        for link_id, said in {**self._proposed, **self._said}.items():
            self._pass_on(link_id, said)
        self._proposed = {}
        self.form.save_meanwhile()
        waiting, self._afterwards = self._afterwards, []
        for act in waiting:
            self.form.after_saving(act)
        self._told()

    def field_changed(self, address: Address) -> None:
        """Do nothing: the fields of the dialog hold their own text."""

    def saving_changed(self) -> None:
        """Say anew what is saved."""
        self._told()

    def save_later(self) -> None:
        """Wait for the typing to rest."""
        self._save_later()

    def row_added(self, link_id: str, row_id: str) -> None:
        """Do nothing: there are no rows here."""

    def row_removed(self, link_id: str, row_id: str) -> None:
        """Do nothing: there are no rows here."""

    def stored(self, changes: ChangeSet) -> None:
        """Do nothing more."""

    def failed(self, error: AppError) -> None:
        """Say that a call failed; what was typed stands in the fields."""
        self._failed(error)

    # Inside

    def _open(self) -> None:
        self._opening = True
        self._told()
        self._run(open_case, self._wanted(), done=self._take_case, failed=self._not_opened)

    def _wanted(self) -> NewCase:
        """Return the case with all that is typed by now and belongs to the case itself."""
        form = self._library.form(FORM)
        said: dict[str, Said] = {**self._proposed, **self._said}
        facts: dict[str, Answer] = {}
        for link_id, words in said.items():
            item = form.item(link_id)
            if item.binds is not None and isinstance(words, str) and words.strip():
                facts[item.binds] = read(self._library, item, words, today=self._today())
        if "intake.contacted_at" not in facts:
            facts["intake.contacted_at"] = answered(self._now().replace(second=0, microsecond=0, tzinfo=None))
        return NewCase(answers=facts)

    def _take_case(self, made: CaseMade) -> None:
        self._opening = False
        self.case_id, self.code = made.case_id, made.code
        self._opened_at = f"{self._now():%H:%M}"
        self.form.open(made.case_id, FORM)
        self._told()

    def _not_opened(self, error: AppError) -> None:
        self._opening, self._open_failed = False, True
        self._afterwards.clear()
        self._told()
        self._failed(error)

    def _pass_on(self, link_id: str, said: Said) -> None:
        address = Address(link_id)
        if isinstance(said, AnswerState):
            self.form.set_state(address, said)
        else:
            self.form.edited(address, said)

    def _today(self) -> date:
        return self._now().date()
