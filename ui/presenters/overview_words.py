"""The overview of a case in words: every step with its status, its day, what is missing and what can be done. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.domain.guide import StepStatus
from desktop_app.domain.texts import Texts
from ui.presenters.rail_words import SHAPES, step_marks

if TYPE_CHECKING:
    from desktop_app.services.guide import GuideView, StepView
    from desktop_app.services.library import Library

EARLY, NOT_NEEDED = "early", "not_needed"


@dataclass(frozen=True, slots=True)
class Opening:
    """A form that a step opens: its id, the words of its button, and its name for a screen reader."""

    form_id: str
    words: str
    name: str


@dataclass(frozen=True, slots=True)
class OverviewStep:
    """One line of the overview.

    ``may`` are the marks that can be set on the step just now, ``marked`` the one it has, with the reason.
    """

    id: str
    title: str
    shape: str
    status: str
    is_begun: bool
    is_next: bool
    dated: str
    missing: str
    mark: str
    marked: tuple[str, str] | None
    first: Opening
    others: tuple[Opening, ...]
    thing: str
    thing_words: str
    about: tuple[str, ...]
    may: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """One more of what a step opens: the id of a form or of a thing, its title, and whether it is in view."""

    id: str
    title: str
    is_form: bool
    is_here: bool


@dataclass(frozen=True, slots=True)
class OverviewPhase:
    """A phase with its steps."""

    title: str
    share: str
    steps: tuple[OverviewStep, ...]


def overview_phases(view: GuideView, library: Library) -> tuple[OverviewPhase, ...]:
    """Return the overview, phase by phase."""
    texts = library.texts
    return tuple(
        OverviewPhase(
            title=phase.title,
            share=texts.get("guide.rail.share", done=phase.done, every=len(phase.steps)),
            steps=tuple(_step(step, view, library) for step in view.steps if step.phase == phase.id),
        )
        for phase in view.phases
    )


def ways_of(step: StepView, library: Library, form_id: str) -> tuple[Way, ...]:
    """Return all that a step opens while one of its forms is in view; nothing when that form is all there is.

    A form that is the paper of what the case holds goes by the name of the thing alone.
    """
    texts = library.texts
    thing = texts.get(f"form_page.rail.{step.thing}") if step.thing else ""
    ways = [
        Way(each, title, is_form=True, is_here=each == form_id)
        for each in step.forms
        if (title := texts.get(f"{library.form(each).text_key}.title")) != thing
    ]
    if thing:
        ways.append(Way(step.thing, thing, is_form=False, is_here=False))
    return tuple(ways) if any(not way.is_here for way in ways) else ()


def _step(step: StepView, view: GuideView, library: Library) -> OverviewStep:
    texts = library.texts
    is_next = view.next_step is not None and view.next_step.id == step.id
    begun = step.status is not StepStatus.NOT_STARTED
    verb = texts.get("guide.overview.change" if begun else "guide.overview.open")
    first = Opening(step.form_id, verb, texts.get("guide.overview.open_step", verb=verb, step=step.title))
    shows_missing = step.status is StepStatus.IN_PROGRESS or is_next
    return OverviewStep(
        id=step.id,
        title=step.title,
        shape=SHAPES[step.status],
        status=", ".join((step.status_words, *step_marks(step, view, texts))),
        is_begun=begun,
        is_next=is_next,
        dated=_dated(step, texts),
        missing=texts.get("guide.overview.missing", what=", ".join(step.missing))
        if step.missing and shows_missing
        else "",
        mark=_mark(step, texts),
        marked=_marked(step),
        first=first,
        others=tuple(_other(form_id, library) for form_id in step.forms[1:]),
        thing=step.thing,
        thing_words=texts.get(f"form_page.rail.{step.thing}") if step.thing else "",
        about=tuple(_about(step, texts, shows_missing=shows_missing)),
        may=_may(step, is_next=is_next),
    )


def _other(form_id: str, library: Library) -> Opening:
    texts = library.texts
    title = texts.get(f"{library.form(form_id).text_key}.title")
    words = texts.get("guide.overview.open_form", verb=texts.get("guide.overview.open"), form=title)
    return Opening(form_id, words, words)


def _dated(step: StepView, texts: Texts) -> str:
    if step.dated is None:
        return ""
    what, day = step.dated
    return texts.get("guide.overview.due", what=what, day=day.isoformat()).strip()


def _mark(step: StepView, texts: Texts) -> str:
    if step.taken_early:
        return texts.get("guide.overview.taken_early", reason=step.taken_early)
    if step.not_needed:
        return texts.get("guide.overview.not_needed", reason=step.not_needed)
    return ""


def _marked(step: StepView) -> tuple[str, str] | None:
    """Return the mark of a step and the reason for it."""
    if step.taken_early:
        return EARLY, step.taken_early
    return (NOT_NEEDED, step.not_needed) if step.not_needed else None


def _about(step: StepView, texts: Texts, *, shows_missing: bool) -> list[str]:
    about = [step.why, texts.get("guide.overview.who", who=step.who, time=step.time)]
    if step.missing and not shows_missing:
        about.append(texts.get("guide.overview.missing", what=", ".join(step.missing)))
    about.append(texts.get("guide.overview.needs", needs=step.needs))
    about.append(texts.get("guide.overview.source", source=step.source))
    return about


def _may(step: StepView, *, is_next: bool) -> tuple[str, ...]:
    if (
        step.taken_early
        or step.not_needed
        or step.status not in (StepStatus.NOT_STARTED, StepStatus.IN_PROGRESS)
    ):
        return ()
    early = (EARLY,) if step.urgent and not is_next else ()
    return (*early, NOT_NEEDED) if step.status is StepStatus.NOT_STARTED else early
