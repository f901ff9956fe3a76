"""Where one is among the steps of a case: head, rail and strip say it together."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_app.services.guide import GuideView, StepView
from ui.desk import Desk
from ui.pages.case_head import CaseHead
from ui.pages.case_place import CasePlace, StepPlace
from ui.pages.case_rail import OVERVIEW, CaseRail
from ui.pages.case_strip import CaseStrip
from ui.presenters.overview_words import ways_of
from ui.presenters.rail_words import form_of, holds_at, rail_phases, step_with_form
from ui.slices import PAUSE, Slices


class CaseSteps:
    """Knows the guide of the case once it is here, and for which step the form in view is shown."""

    def __init__(self, desk: Desk, head: CaseHead, rail: CaseRail, strip: CaseStrip) -> None:
        self._desk = desk
        self._head, self._rail, self._strip = head, rail, strip
        self._thing, self._form_id = "", ""
        self._slices, self._following = Slices(rail), Slices(rail)
        self.view: GuideView | None = None
        self.at = StepPlace()

    def step(self, step_id: str) -> StepView | None:
        """Return a step of the case, ``None`` while the guide is not here or when there is no such step."""
        return self.view.step(step_id) if self.view is not None else None

    def way_to(self, step_id: str, form_id: str = "") -> tuple[str, str] | None:
        """Return the form a step opens, or another of its forms, and where it begins; ``None`` for no step."""
        step = self.step(step_id)
        if step is None or self.view is None:
            return None
        first, field = form_of(step, self.view)
        return (first, field) if form_id in ("", first) else (form_id, "")

    def take(self, view: GuideView) -> None:
        """Show the guide as it stands now: when the case is opened, a part in each round of the event loop."""
        first, self.view = self.view is None, view
        self._slices.begin(self._showing(view))
        if not first:
            self._slices.finish()

    def _showing(self, view: GuideView) -> Iterator[object]:
        yield PAUSE
        self._head.show_overview(view)
        self._show_strip()
        yield PAUSE
        self._rail.show_phases(rail_phases(view, self._desk.texts))

    def first_place(self, asked: CasePlace, overview: str) -> CasePlace:
        """Return where a case is begun when no form is asked for: its next step, or the overview when there is none."""
        if asked.form_id or self.view is None:
            return asked
        upcoming = self.view.next_step
        form_id = form_of(upcoming or self.view.steps[0], self.view)[0]
        shows = asked.shows or (overview if upcoming is None else "")
        step = StepPlace(upcoming.id) if upcoming is not None else asked.step
        return CasePlace(form_id, shows, asked.scroll, asked.focus, ref=asked.ref, step=step)

    def go(self, place: StepPlace) -> None:
        """Take note of the step one goes to; where nobody says one stays at the step one was at."""
        self.at = StepPlace(place.id or self.at.id, place.from_overview)

    def show_form(self, form_id: str) -> None:
        """Say which step is shown; a form that belongs to no step is shown for itself."""
        self._thing, self._form_id = "", form_id
        if self.view is not None:
            self.at = StepPlace(step_with_form(self.view, form_id, self.at.id), self.at.from_overview)
        self._head.show_step(self.at.id, form_id)
        self._show_strip()
        self._following.begin(self._choosing(self.at.id))

    def show_thing(self, name: str) -> None:
        """Say which thing is shown instead of a step."""
        self._thing = name
        self._head.show_step("", holds_below=name == OVERVIEW)
        self._show_strip()
        self._following.begin(self._choosing(name))

    def _choosing(self, name: str) -> Iterator[object]:
        yield PAUSE  # a phase that opens makes its steps: the form or thing that is shown takes a round by itself
        self._rail.choose(name)

    def _show_strip(self) -> None:
        step = self.step(self.at.id) if not self._thing else None
        holds = holds_at(self.view, step.id) if self.view is not None and step is not None else ()
        ways = ways_of(step, self._desk.library, self._form_id) if step is not None else ()
        self._strip.show_step(step, holds, ways, may_go_back=self.at.from_overview and not self._thing)
