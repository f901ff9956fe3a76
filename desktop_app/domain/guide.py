"""The steps of a case: a table of forms, and how far each has come. Any step may be taken at any time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from desktop_app.domain.assessments import CRITERIA
from desktop_app.domain.case_file import CaseFile
from desktop_app.domain.cases import Stage
from desktop_app.domain.forms import ResponseStatus


class StepStatus(StrEnum):
    """How far a step has come."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    WAITING = "waiting"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class GuideStep:
    """One step: its form, and the fact that others must answer before it is done."""

    id: str
    form_id: str
    waits_for: str | None = None


@dataclass(frozen=True, slots=True)
class FormProgress:
    """How far a form has come: its status, and whether anything was ever saved on it."""

    status: ResponseStatus
    was_saved: bool


def step_status(step: GuideStep, progress: Mapping[str, FormProgress], file: CaseFile) -> StepStatus:
    """Return how far a step has come; ``progress`` is by form id."""
    form = progress.get(step.form_id)
    if form is None or (form.status is ResponseStatus.DRAFT and not form.was_saved):
        return StepStatus.NOT_STARTED
    if form.status is ResponseStatus.DRAFT:
        return StepStatus.IN_PROGRESS
    waits = step.waits_for is not None and file.value(step.waits_for) is None
    return StepStatus.WAITING if waits else StepStatus.DONE


def stage_now(stored: Stage, steps: Iterable[tuple[GuideStep, StepStatus]], file: CaseFile) -> Stage:
    """Return where a case stands: it moves on with what is done, and only a person closes it.

    Support has begun when interventions are decided; assessment when any step after the first has been begun.
    """
    if stored is Stage.CLOSED:
        return stored
    if file.row(CRITERIA, "interventions_decided").cell("answer").value == "yes":
        return Stage.SUPPORT
    later = list(steps)[1:]
    begun = any(status is not StepStatus.NOT_STARTED for _, status in later)
    return Stage.ASSESSMENT if begun else stored


def next_step(steps: Iterable[tuple[GuideStep, StepStatus]]) -> GuideStep | None:
    """Return the first step that the caseworker can do something about."""
    open_steps = (StepStatus.NOT_STARTED, StepStatus.IN_PROGRESS)
    return next((step for step, status in steps if status in open_steps), None)
