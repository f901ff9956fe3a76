"""A case in the guide, in words: each is fetched when it is asked for, since a page shows some of them at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import NamedTuple

from desktop_app.domain.guide import CaseSteps, StepMark, StepStanding, StepStatus
from desktop_app.domain.guide_standing import GuideStanding
from desktop_app.domain.hold_points import HoldPoint, HoldStanding
from desktop_app.services.case_lists import CaseSummary
from desktop_app.services.guide_words import (
    dated_words,
    missing_words,
    source_words,
    status_words,
    title_of,
    why_next,
    why_none,
)
from desktop_app.services.library import Library


class StepView(NamedTuple):
    """One step in words. ``holds`` are the ids of the open hold points that stand before it."""

    library: Library
    standing: StepStanding
    holds: tuple[str, ...]
    day: date

    @property
    def id(self) -> str:
        """Its id in the guide."""
        return self.standing.step.id

    @property
    def phase(self) -> str:
        """The phase it belongs to."""
        return self.standing.step.phase

    @property
    def title(self) -> str:
        """Its name."""
        return title_of(self.library, self.id)

    @property
    def status(self) -> StepStatus:
        """How far it has come."""
        return self.standing.status

    @property
    def status_words(self) -> str:
        """How far it has come, or who has it since when."""
        return status_words(self.library, self.standing, self.day)

    @property
    def forms(self) -> tuple[str, ...]:
        """The forms it leads to in this case."""
        return self.standing.forms

    @property
    def form_id(self) -> str:
        """The form it opens first."""
        return self.forms[0]

    @property
    def field(self) -> str:
        """Where in its first form it begins."""
        return self.standing.step.link_id

    @property
    def thing(self) -> str:
        """What the case holds that belongs to it."""
        return self.standing.step.thing

    @property
    def urgent(self) -> bool:
        """True when it may go before the others."""
        return self.standing.step.urgent

    @property
    def taken_early(self) -> str:
        """The reason given for putting it first, empty when it was not."""
        return self._reason(StepMark.EARLY)

    @property
    def not_needed(self) -> str:
        """The reason given for doing without it, empty when nobody does."""
        return self._reason(StepMark.NOT_NEEDED)

    @property
    def is_done(self) -> bool:
        """True when nothing more is to be done in it."""
        return self.standing.status is StepStatus.DONE

    @property
    def why(self) -> str:
        """Why it is done."""
        return self._text("why")

    @property
    def who(self) -> str:
        """Who does it."""
        return self._text("who")

    @property
    def needs(self) -> str:
        """What is needed for it."""
        return self._text("needs")

    @property
    def time(self) -> str:
        """How long it takes."""
        return self._text("time")

    @property
    def source(self) -> str:
        """What it rests on."""
        return source_words(self.library, self.standing.step.references, self._key("source"), self.day)

    @property
    def dated(self) -> tuple[str, date] | None:
        """What happened or is to, and when; what is empty where the status says it."""
        return dated_words(self.library, self.standing)

    @property
    def missing(self) -> tuple[str, ...]:
        """What must still come before it is done."""
        return missing_words(self.library, self.standing)

    def _reason(self, mark: StepMark) -> str:
        marked = self.standing.marked
        return marked.reason if marked is not None and marked.mark is mark else ""

    def _key(self, name: str) -> str:
        return f"guide.steps.{self.id}.{name}"

    def _text(self, name: str) -> str:
        return self.library.texts.get(self._key(name))


class PhaseView(NamedTuple):
    """One phase: how many of its steps are done, and their ids."""

    id: str
    title: str
    done: int
    steps: tuple[str, ...]


class HoldView(NamedTuple):
    """One hold point that the case has raised, in words."""

    library: Library
    hold: HoldPoint
    is_open: bool
    day: date

    @property
    def id(self) -> str:
        """Its id among the hold points."""
        return self.hold.id

    @property
    def words(self) -> str:
        """What must be weighed."""
        return self._text("title")

    @property
    def why(self) -> str:
        """Why."""
        return self._text("why")

    @property
    def what_to_do(self) -> str:
        """What to do."""
        return self._text("todo")

    @property
    def clears(self) -> str:
        """What clears it."""
        return self._text("clears")

    @property
    def go(self) -> str:
        """What its button says."""
        return self._text("go")

    @property
    def source(self) -> str:
        """What it rests on."""
        return source_words(self.library, self.hold.references, self._key("source"), self.day)

    @property
    def form_id(self) -> str:
        """The form it is answered in, empty when it is answered elsewhere."""
        return self.hold.form_id

    @property
    def link_id(self) -> str:
        """The field of the form it is answered in."""
        return self.hold.link_id

    @property
    def thing(self) -> str:
        """The thing of the case it is answered in, when in no form."""
        return self.hold.thing

    @property
    def act(self) -> str:
        """What its button does besides, as in ``HoldAct``."""
        return self.hold.act.value

    @property
    def stops(self) -> tuple[str, ...]:
        """The ids of the steps it stands before."""
        return self.hold.stops

    @property
    def at_step(self) -> bool:
        """True when it is shown at its steps only."""
        return self.hold.at_step

    @property
    def danger(self) -> bool:
        """True when it is about danger to somebody's life."""
        return self.hold.danger

    def _key(self, name: str) -> str:
        return f"guide.holds.{self.id}.{name}"

    def _text(self, name: str) -> str:
        return self.library.texts.get(self._key(name))


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideView:
    """A case in the guide. ``next_words`` says why the next step is the next, or why there is none."""

    summary: CaseSummary
    phases: tuple[PhaseView, ...]
    steps: tuple[StepView, ...]
    next_step: StepView | None
    next_words: str
    holds: tuple[HoldView, ...]

    @property
    def open_holds(self) -> tuple[HoldView, ...]:
        """The hold points that nobody has weighed yet, danger first."""
        return tuple(hold for hold in self.holds if hold.is_open)

    def step(self, step_id: str) -> StepView | None:
        """Return a step of this case, ``None`` when it has no such step."""
        return next((step for step in self.steps if step.id == step_id), None)


def view_of(library: Library, summary: CaseSummary, standing: GuideStanding, day: date) -> GuideView:
    """Return a standing as it is shown on a day."""
    steps = standing.steps
    stopped = _stopped(standing.holds)
    views = {
        one.step.id: StepView(library, one, tuple(stopped.get(one.step.id, ())), day) for one in steps.steps
    }
    upcoming = steps.next
    return GuideView(
        summary=summary,
        phases=_phases(library, steps),
        steps=tuple(views.values()),
        next_step=views[upcoming.standing.step.id] if upcoming else None,
        next_words=why_next(library, upcoming, day) if upcoming else why_none(library, steps, day),
        holds=tuple([HoldView(library, one.hold, one.is_open, day) for one in standing.holds]),
    )


def _stopped(holds: Iterable[HoldStanding]) -> Mapping[str, Sequence[str]]:
    """Return by step the ids of the open hold points that stand before it."""
    found: dict[str, list[str]] = {}
    for one in holds:
        if one.is_open:
            for step_id in one.hold.stops:
                found.setdefault(step_id, []).append(one.hold.id)
    return found


def _phases(library: Library, steps: CaseSteps) -> tuple[PhaseView, ...]:
    # The steps of a phase stand together, in the order of the phases.
    return tuple([_phase(library, phase_id, tuple(own)) for phase_id, own in groupby(steps.steps, _phase_of)])


def _phase(library: Library, phase_id: str, own: Sequence[StepStanding]) -> PhaseView:
    title = library.texts.get(f"guide.phases.{phase_id}.title")
    done = [one.status for one in own].count(StepStatus.DONE)
    return PhaseView(phase_id, title, done, tuple([one.step.id for one in own]))


def _phase_of(one: StepStanding) -> str:
    return one.step.phase
