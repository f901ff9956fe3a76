"""The rail of a case in words: phases with their steps, each with shape, status and what is to be noticed. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.domain.guide import StepStatus
from desktop_app.domain.texts import Texts

if TYPE_CHECKING:
    from desktop_app.services.guide import GuideView, HoldView, StepView

SHAPES = {
    StepStatus.NOT_STARTED: "○",
    StepStatus.IN_PROGRESS: "◐",
    StepStatus.WAITING: "◔",
    StepStatus.DONE: "●",
}
"""The shape that tells a step's status beside its word."""

HOLDS_IN_HEAD = 2
"""How many hold points the head of a case has room for; the overview has them all."""


FIRST_CONTACT, INTAKE = "first_contact", "intake"
ANSWERED_AT = "first_contact_at"
"""The question when the person was answered: it stops the clock of the first 24 hours."""


@dataclass(frozen=True, slots=True)
class RailStep:
    """One step of the rail. ``below`` are words that need a line of their own."""

    id: str
    title: str
    shape: str
    status: str
    below: str
    name: str
    is_begun: bool
    is_held: bool


@dataclass(frozen=True, slots=True)
class RailPhase:
    """One phase of the rail; the present one stands open, the others are folded until somebody opens them."""

    id: str
    title: str
    share: str
    is_present: bool
    is_held: bool
    steps: tuple[RailStep, ...]


def rail_phases(view: GuideView, texts: Texts) -> tuple[RailPhase, ...]:
    """Return the phases of the rail."""
    present = present_phase(view)
    found: list[RailPhase] = []
    for phase in view.phases:
        steps = tuple(_rail_step(step, view, texts) for step in view.steps if step.phase == phase.id)
        found.append(
            RailPhase(
                id=phase.id,
                title=phase.title,
                share=texts.get("guide.rail.share", done=phase.done, every=len(phase.steps)),
                is_present=phase.id == present,
                is_held=any(step.is_held for step in steps),
                steps=steps,
            )
        )
    return tuple(found)


def present_phase(view: GuideView) -> str:
    """Return the phase a case is in: that of the next step, else of the first that waits, else the last."""
    if view.next_step is not None:
        return view.next_step.phase
    waiting = next((step.phase for step in view.steps if step.status is StepStatus.WAITING), "")
    return waiting or view.phases[-1].id


def step_marks(step: StepView, view: GuideView, texts: Texts) -> tuple[str, ...]:
    """Return what is to be noticed about a step besides its status; hold points of what is still to come can wait."""
    has_come = step.status is not StepStatus.NOT_STARTED or (
        view.next_step is not None and view.next_step.id == step.id
    )
    marks: list[str] = []
    if step.taken_early and not step.is_done:
        marks.append(texts.get("guide.rail.early"))
    if step.holds and has_come:
        marks.append(texts.get("guide.rail.hold"))
    return tuple(marks)


def _rail_step(step: StepView, view: GuideView, texts: Texts) -> RailStep:
    marks = step_marks(step, view, texts)
    waits = step.status is StepStatus.WAITING
    below = (step.status_words, *marks) if waits else marks
    return RailStep(
        id=step.id,
        title=step.title,
        shape=SHAPES[step.status],
        status="" if waits else step.status_words,
        below=" · ".join(below),
        name=texts.get(
            "form_page.rail.step_name", step=step.title, status=", ".join((step.status_words, *marks))
        ),
        is_begun=step.status is not StepStatus.NOT_STARTED,
        is_held=texts.get("guide.rail.hold") in marks,
    )


def next_step_words(view: GuideView) -> str:
    """Return the next step in words; empty when there is none."""
    return view.next_step.title if view.next_step is not None else ""


def head_holds(view: GuideView, step_shown: str = "") -> tuple[tuple[HoldView, ...], int]:
    """Return the hold points the head shows, and how many more there are; those of the step shown stand with it."""
    found = tuple(hold for hold in view.open_holds if not hold.at_step and step_shown not in hold.stops)
    return found[:HOLDS_IN_HEAD], max(0, len(found) - HOLDS_IN_HEAD)


def holds_at(view: GuideView, step_id: str) -> tuple[HoldView, ...]:
    """Return the open hold points that stand before a step."""
    return tuple(hold for hold in view.open_holds if step_id in hold.stops)


def step_with_form(view: GuideView, form_id: str, liked: str = "") -> str:
    """Return the step a form belongs to, empty when none: ``liked`` when it is one of its steps.

    Else one that has begun, and the usual way before the urgent one.
    """
    steps = [step for step in view.steps if form_id in step.forms]
    if any(step.id == liked for step in steps):
        return liked
    likely = min(steps, key=lambda step: (step.status is StepStatus.NOT_STARTED, step.urgent), default=None)
    return likely.id if likely is not None else ""


def form_of(step: StepView, view: GuideView) -> tuple[str, str]:
    """Return the form a step opens, and the question it begins at.

    The first contact is often made after its form is finished: then it is written where the days of the case stand.
    """
    intake = view.step(INTAKE)
    if step.id == FIRST_CONTACT and not step.is_done and intake is not None and intake.is_done:
        return step.forms[-1], ANSWERED_AT
    return step.form_id, step.field


def leads_on(view: GuideView, step_shown: str, form_shown: str) -> bool:
    """Tell whether the next step is somewhere else than where one is; also in another form of the same step."""
    upcoming = view.next_step
    if upcoming is None:
        return False
    first = form_of(upcoming, view)[0]
    return upcoming.id != step_shown or (first != upcoming.form_id and first != form_shown)
