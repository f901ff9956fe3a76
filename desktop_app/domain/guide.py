"""The guide: the steps of a case in phases, how far each has come, and which one a caseworker can take now.

Which steps there are and when each is begun, done or waiting is data (resources/guide/v1.toml): conditions over what
``guide_facts`` tells of a case. Any step may be taken at any time; the guide only says which one is next, and why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from desktop_app.domain.cases import Stage
from desktop_app.domain.conditions import AllOf, AnyOf, Condition, Lookup, Truth


class StepStatus(StrEnum):
    """How far a step has come."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    WAITING = "waiting"
    DONE = "done"


class StepMark(StrEnum):
    """What a caseworker has said of a step, with a reason: it goes before the others, or this case does without."""

    EARLY = "early"
    NOT_NEEDED = "not_needed"


class NextReason(StrEnum):
    """Why a step is the next one."""

    EARLY = "early"
    BEGUN = "begun"
    MEANWHILE = "meanwhile"
    IN_ORDER = "in_order"


@dataclass(frozen=True, slots=True)
class Wait:
    """Somebody else has the word: when, who (a text key below ``guide.waits``), and which dates tell since when."""

    when: Condition
    waits_for: str
    since: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GuidePhase:
    """Steps that belong together. A case has reached its ``stage`` when ``reached_when`` holds.

    Without ``reached_when`` it has when any step of this phase or a later one is begun.
    """

    id: str
    stage: Stage
    reached_when: Condition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideStep:
    """One step: what it opens, and the conditions that tell how far it has come.

    ``forms`` are opened from it, the first one first and at ``link_id`` when that is given; those in ``forms_when``
    only where that holds. ``thing`` is what the case holds that belongs to it. ``applies_when`` leaves it out of cases
    it is not for, ``offered_when`` keeps it from being proposed before its time, ``optional`` until somebody begins it.
    ``dated`` are the facts whose day the step shows, the first one known; ``references`` the legal references it rests
    on.
    """

    id: str
    phase: str
    forms: tuple[str, ...]
    done_when: Condition
    begun_when: Condition | None = None
    waits: tuple[Wait, ...] = ()
    thing: str = ""
    link_id: str = ""
    urgent: bool = False
    optional: bool = False
    applies_when: Condition | None = None
    offered_when: Condition | None = None
    dated: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    forms_when: Mapping[str, Condition] = field(default_factory=dict[str, Condition])


@dataclass(frozen=True, slots=True)
class Guide:
    """The phases and the steps, in order. ``closed_when`` tells that a person has closed the case."""

    phases: tuple[GuidePhase, ...]
    steps: tuple[GuideStep, ...]
    closed_when: Condition
    at_first: Mapping[str, StepStanding] = field(init=False, repr=False, compare=False)
    """By its id, how each step stands in a case of which nothing is known: most of them stand so for long."""

    def __post_init__(self) -> None:
        """Reckon how the steps stand at first."""
        at_first = {step.id: step_standing(step, lambda _key: None) for step in self.steps}
        object.__setattr__(self, "at_first", at_first)

    def step(self, step_id: str) -> GuideStep:
        """Return a step; ``KeyError`` when there is none with this id."""
        for step in self.steps:
            if step.id == step_id:
                return step
        raise KeyError(step_id)

    def phase(self, phase_id: str) -> GuidePhase:
        """Return a phase; ``KeyError`` when there is none with this id."""
        for phase in self.phases:
            if phase.id == phase_id:
                return phase
        raise KeyError(phase_id)


@dataclass(frozen=True, slots=True)
class Marked:
    """A mark of a step with the reason given for it, and the row it stands in."""

    mark: StepMark
    reason: str
    row_id: str = ""


class StepStanding(NamedTuple):
    """A step and how far it has come; while it waits, for whom and since when.

    ``forms`` are those it leads to in this case, ``missing`` the keys that keep it from being done, ``dated`` the first
    of its dated facts that is known, and its day.
    """

    step: GuideStep
    status: StepStatus
    waits_for: str = ""
    since: date | None = None
    is_offered: bool = True
    marked: Marked | None = None
    forms: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    dated: tuple[str, date] | None = None

    @property
    def is_open(self) -> bool:
        """True when the caseworker can do something about it."""
        return self.status in (StepStatus.NOT_STARTED, StepStatus.IN_PROGRESS)

    @property
    def goes_first(self) -> bool:
        """True when it was put before the others and is not done yet."""
        return self.marked is not None and self.marked.mark is StepMark.EARLY and self.is_open


@dataclass(frozen=True, slots=True)
class NextStep:
    """The step to take now, and why it is this one; ``waiting`` is a step before it that somebody else has."""

    standing: StepStanding
    reason: NextReason
    waiting: StepStanding | None = None


@dataclass(frozen=True, slots=True)
class CaseSteps:
    """All steps that are for a case, as they stand, and what follows: the next one, and the stage."""

    guide: Guide
    steps: tuple[StepStanding, ...]
    is_closed: bool
    reached: Mapping[str, Truth] = field(default_factory=dict[str, Truth])

    @property
    def next(self) -> NextStep | None:
        """The first step that the caseworker can act on; ``None`` when all wait or are done, or the case is closed."""
        return next_step(self.steps if not self.is_closed else tuple(self._of_the_end()))

    @property
    def waiting(self) -> tuple[StepStanding, ...]:
        """The steps that others have the word in."""
        return tuple(one for one in self.steps if one.status is StepStatus.WAITING)

    def stage(self, stored: Stage) -> Stage:
        """Return where the case stands: it moves on with what is done, and only a person closes it."""
        if stored is Stage.CLOSED or self.is_closed:
            return Stage.CLOSED
        return next((phase.stage for phase in reversed(self.guide.phases) if self._is_reached(phase)), stored)

    def _is_reached(self, phase: GuidePhase) -> bool:
        if phase.stage is Stage.CLOSED:
            return False
        if phase.reached_when is not None:
            return self.reached.get(phase.id) is Truth.YES
        ids = [each.id for each in self.guide.phases]
        later = ids[ids.index(phase.id) :]
        return any(
            one.status is not StepStatus.NOT_STARTED and one.step.phase in later
            for one in self.steps
            if not (one.marked and one.marked.mark is StepMark.NOT_NEEDED)
        )

    def _of_the_end(self) -> Iterator[StepStanding]:
        for one in self.steps:
            if self.guide.phase(one.step.phase).stage is Stage.CLOSED:
                yield one


def case_steps(guide: Guide, lookup: Lookup, marks: Mapping[str, Marked] | None = None) -> CaseSteps:
    """Return the steps of a case as ``lookup`` tells them. An unknown answer never makes a step done."""
    known = marks or {}
    standings = (step_standing(step, lookup, known.get(step.id)) for step in guide.steps)
    return CaseSteps(
        guide=guide,
        steps=tuple(one for one in standings if _is_for(one, lookup)),
        is_closed=guide.closed_when.holds(lookup),
        reached={
            phase.id: phase.reached_when.judge(lookup).truth for phase in guide.phases if phase.reached_when
        },
    )


def step_standing(step: GuideStep, lookup: Lookup, marked: Marked | None = None) -> StepStanding:
    """Return how far one step has come."""
    status, wait = _status(step, lookup)
    if marked is not None and marked.mark is StepMark.NOT_NEEDED and status is StepStatus.NOT_STARTED:
        status = StepStatus.DONE
    offered = not step.optional and (step.offered_when is None or step.offered_when.holds(lookup))
    return StepStanding(
        step=step,
        status=status,
        waits_for=wait.waits_for if wait else "",
        since=next((day for _, day in days_of(wait.since, lookup)), None) if wait else None,
        is_offered=offered or status is not StepStatus.NOT_STARTED,
        marked=marked,
        forms=_forms_for(step, lookup),
        missing=() if status is StepStatus.DONE else tuple(dict.fromkeys(_missing(step.done_when, lookup))),
        dated=next(days_of(step.dated, lookup), None),
    )


def _forms_for(step: GuideStep, lookup: Lookup) -> tuple[str, ...]:
    if not step.forms_when:
        return step.forms
    conditions = ((form, step.forms_when.get(form)) for form in step.forms)
    return tuple([form for form, when in conditions if when is None or when.holds(lookup)])


def next_step(steps: Sequence[StepStanding]) -> NextStep | None:
    """Return the first step that the caseworker can do something about; those put first go first."""
    first = next((one for one in steps if one.goes_first), None)
    if first is not None:
        return NextStep(first, NextReason.EARLY)
    for number, one in enumerate(steps):
        if one.is_open and one.is_offered:
            return NextStep(one, *_why(one, steps[:number]))
    return None


def _why(one: StepStanding, before: Sequence[StepStanding]) -> tuple[NextReason, StepStanding | None]:
    if one.status is StepStatus.IN_PROGRESS:
        return NextReason.BEGUN, None
    waiting = next((each for each in before if each.status is StepStatus.WAITING), None)
    return (NextReason.MEANWHILE, waiting) if waiting else (NextReason.IN_ORDER, None)


def days_of(keys: Iterable[str], lookup: Lookup) -> Iterator[tuple[str, date]]:
    """Yield each key whose value is a day, with the day."""
    for key in keys:
        value = lookup(key)
        if isinstance(value, datetime):
            yield key, value.date()
        elif isinstance(value, date):
            yield key, value


def _status(step: GuideStep, lookup: Lookup) -> tuple[StepStatus, Wait | None]:
    if step.done_when.holds(lookup):
        return StepStatus.DONE, None
    wait = next((each for each in step.waits if each.when.holds(lookup)), None)
    if wait is not None:
        return StepStatus.WAITING, wait
    begun = step.begun_when is not None and step.begun_when.holds(lookup)
    return (StepStatus.IN_PROGRESS if begun else StepStatus.NOT_STARTED), None


def _is_for(one: StepStanding, lookup: Lookup) -> bool:
    """Tell whether a step is for this case; one that was begun is shown whatever the case has become."""
    condition = one.step.applies_when
    begun = one.status is not StepStatus.NOT_STARTED
    return begun or condition is None or condition.judge(lookup).truth is not Truth.NO


def _missing(condition: Condition, lookup: Lookup) -> Iterator[str]:
    """Yield what must still come before a condition holds, which it does not yet.

    Each open part of what all must hold, the first way of what may come in several.
    """
    if isinstance(condition, AllOf):
        for part in condition.parts:
            if not part.holds(lookup):
                yield from _missing(part, lookup)
    elif isinstance(condition, AnyOf):
        yield from _missing(condition.parts[0], lookup)
    else:
        yield condition.key
