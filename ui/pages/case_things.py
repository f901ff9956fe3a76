"""What a case holds beside its steps: journal, prints, events … each a view of its own, built when first opened.

A new thing is one line in ``THINGS`` and its word under ``form_page.rail``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, cast

from PySide6.QtWidgets import QDialog, QStackedWidget, QWidget

from desktop_app.services import audit, changed_since, kept_prints
from desktop_app.services.changed_since import DifferingPrint
from ui.dialogs.kept_print import KeptPrint
from ui.pages.case_assessments import AssessmentsView
from ui.pages.case_at import CaseAt, CaseThing
from ui.pages.case_consents import ConsentsView
from ui.pages.case_deadlines import CaseDeadlinesView
from ui.pages.case_disclosures import DisclosuresView
from ui.pages.case_documents import DocumentsView
from ui.pages.case_journal import JournalView
from ui.pages.case_lists import ReadOnlyThing
from ui.pages.case_meetings import MeetingsView
from ui.pages.case_overview import OverviewView
from ui.pages.case_persons import PersonsView
from ui.pages.case_threats import ThreatsView
from ui.pages.case_timeline import TimelineView
from ui.pages.case_trash import TrashView
from ui.presenters.case_presenter import Line, event_lines, print_lines
from ui.slices import PAUSE, Slices, dressed


class PrintsView(ReadOnlyThing):
    """What has been printed or saved as PDF, as it was issued."""

    again_key = "form_page.prints.again"

    def __init__(self, at: CaseAt) -> None:
        super().__init__(at, "form_page.prints", button_key="form_page.prints.open")
        self._differing: tuple[DifferingPrint, ...] = ()
        self.opened.connect(self._show)
        self.asked_again.connect(self._take_out)

    def open(self) -> None:
        """Fetch the list."""
        at = self._at
        at.desk.run(self, changed_since.differing, at.case_id, done=self._take_differing)
        at.desk.run(
            self,
            kept_prints.issued,
            at.case_id,
            done=lambda documents: self.show_lines(print_lines(documents, at.desk.texts, self._differing)),
        )

    def _take_differing(self, prints: tuple[DifferingPrint, ...]) -> None:
        self._differing = prints

    def _take_out(self, line: Line) -> None:
        KeptPrint(self._at.desk, line, self.window()).open()

    def _show(self, document_id: str) -> None:
        self._at.desk.run(self, kept_prints.issued_pdf, document_id, done=self._at.show_paper)


class EventsView(ReadOnlyThing):
    """What has happened in the case, from the audit log."""

    uses_paper = False

    def __init__(self, at: CaseAt) -> None:
        super().__init__(at, "form_page.events")

    def open(self) -> None:
        """Fetch the events."""
        at = self._at
        at.desk.run(
            self,
            audit.events,
            at.case_id,
            done=lambda events: self.show_lines(event_lines(events, at.desk.library)),
        )


THINGS: Mapping[str, Callable[[CaseAt], QWidget]] = {
    "overview": OverviewView,
    "persons": PersonsView,
    "consents": ConsentsView,
    "threats": ThreatsView,
    "assessments": AssessmentsView,
    "meetings": MeetingsView,
    "journal": JournalView,
    "timeline": TimelineView,
    "documents": lambda at: DocumentsView(at.desk, at.case_id),
    "prints": PrintsView,
    "disclosures": DisclosuresView,
    "deadlines": CaseDeadlinesView,
    "trash": TrashView,
    "events": EventsView,
}
"""In the order of the rail."""


class CaseThings:
    """The things of one case that have been opened, and where one was in those that have not been yet."""

    def __init__(self, at: CaseAt, stack: QStackedWidget) -> None:
        self._at = at
        self._stack = stack
        self._built: dict[str, QWidget] = {}
        self._wanted: dict[str, dict[str, Any]] = {}
        self._coming = ""
        self._slices = Slices(stack)

    def bring(self, name: str, there: Callable[[], object]) -> None:
        """Call ``there`` when a thing can be shown whole, and fetch what it shows: at once for one that is built."""
        if name in self._built:
            there()
            self.renew()
            return
        widget, self._coming = self.thing(name), name
        self._slices.begin(self._bringing(widget, there))

    def show(self, widget: QWidget) -> None:
        """Show a thing or a form now; a thing that was on its way stays away."""
        if self._coming:
            self._coming = ""
            self._slices.begin(iter(()))
        self._stack.setCurrentWidget(widget)

    def later(self, act: Callable[[], object]) -> None:
        """Do something in the next round of the event loop; not while a thing is on its way."""
        if not self._coming:
            self._slices.begin(self._after_a_round(act))

    def _after_a_round(self, act: Callable[[], object]) -> Iterator[object]:
        yield PAUSE
        act()

    def _bringing(self, widget: QWidget, there: Callable[[], object]) -> Iterator[object]:
        yield PAUSE
        yield from dressed(widget)
        yield PAUSE
        there()
        self.renew()

    def thing(self, name: str) -> QWidget:
        """Return a thing, built at its first asking. Raises ``KeyError`` for a name that is not in ``THINGS``."""
        if name not in self._built:
            widget = THINGS[name](self._at)
            self._built[name] = widget
            self._stack.addWidget(widget)
            if name in self._wanted:
                _as_thing(widget).restore(self._wanted.pop(name))
        return self._built[name]

    def ask_for_child(self, code: str) -> None:
        """Ask for a file of its own for a child, tied to the case with this code."""
        cast("PersonsView", self.thing("persons")).ask_for_child(code)

    @property
    def shown(self) -> str:
        """The name of the thing in view or on its way there, empty when a form is."""
        if self._coming:
            return self._coming
        current = self._stack.currentWidget()
        return next((name for name, widget in self._built.items() if widget is current), "")

    @property
    def uses_paper(self) -> bool:
        """Whether the pane with the paper may stand beside what is in view."""
        name = self.shown
        return not name or _as_thing(self._built[name]).uses_paper

    @property
    def is_settled(self) -> bool:
        """True when nothing that was typed waits to be saved."""
        return all(_as_thing(widget).is_settled for widget in self._built.values())

    def flush(self) -> None:
        """Queue the saving of what is typed."""
        for widget in self._built.values():
            _as_thing(widget).flush()

    def renew(self) -> None:
        """Fetch anew what is in view."""
        if self.shown:
            _as_thing(self._built[self.shown]).open()

    def place(self) -> dict[str, dict[str, Any]]:
        """Return where one is in each thing."""
        told = {name: _as_thing(widget).place() for name, widget in self._built.items()}
        return {**self._wanted, **{name: place for name, place in told.items() if place}}

    def restore(self, kept: Mapping[str, dict[str, Any]]) -> None:
        """Go back to what ``place`` returned; where a thing is not built yet, once it is."""
        for name, place in kept.items():
            if name in self._built:
                _as_thing(self._built[name]).restore(place)
            elif name in THINGS:
                self._wanted[name] = dict(place)

    def go_to(self, name: str, ref: str) -> None:
        """Go to something in a thing, such as a note, where the thing has ``go_to``; else one is at its top."""
        go_to = getattr(self._built.get(name), "go_to", None)
        if go_to is not None and ref:
            go_to(ref)

    def reopen(self, name: str, words: dict[str, Any]) -> QDialog | None:
        """Open a dialog of the thing in view again after a lock."""
        reopen = getattr(self._built.get(self.shown), "reopen", None)
        return reopen(name, words) if reopen is not None else None


def _as_thing(widget: QWidget) -> CaseThing:
    return cast("CaseThing", widget)
