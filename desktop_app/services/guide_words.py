"""The guide in words: how a step stands, what is missing, why a step is next."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from desktop_app.domain.assessments import CRITERIA
from desktop_app.domain.cases import Stage
from desktop_app.domain.guide import CaseSteps, NextStep, StepMark, StepStanding, StepStatus
from desktop_app.domain.guide_facts import CELLS, FORM, LAST, ROW, ROWS
from desktop_app.domain.texts import label_of
from desktop_app.services.library import Library


def title_of(library: Library, step_id: str) -> str:
    """Return the name of a step."""
    return library.texts.get(f"guide.steps.{step_id}.title")


def status_words(library: Library, one: StepStanding, day: date) -> str:
    """Return how a step stands: in the word of its status, or who has it since when."""
    texts = library.texts
    if one.status is StepStatus.WAITING:
        return _waiting(library, one, day)
    if one.status is StepStatus.DONE and one.marked is not None and one.marked.mark is StepMark.NOT_NEEDED:
        return texts.get("guide.status.not_needed")
    return texts.get(f"guide.status.{one.status.value}")


def _waiting(library: Library, one: StepStanding, day: date) -> str:
    texts = library.texts
    who = texts.get(f"guide.waits.{one.waits_for}")
    days = (day - one.since).days if one.since else -1
    if days < 0:
        return texts.get("guide.status.waiting_for", who=who)
    if days < len(_FEW_DAYS):
        return texts.get(_FEW_DAYS[days], who=who)
    return texts.get("guide.status.waiting_days", who=who, days=days)


_FEW_DAYS = ("guide.status.waiting_today", "guide.status.waiting_day")


def source_words(library: Library, references: Iterable[str], key: str, day: date) -> str:
    """Return what a step or a hold point rests on: the law as it is cited for a day, and what stands under ``key``."""
    texts, known = library.texts, library.definitions.legal_references.references
    told: list[str] = []
    for reference in (known[name] for name in references):
        cited = reference.cited(day)
        told.append(texts.get("guide.sources.unsure", cited=cited) if reference.is_unsure(day) else cited)
    if texts.has(key):
        told.append(texts.get(key))
    return "; ".join(told)


def missing_words(library: Library, one: StepStanding) -> tuple[str, ...]:
    """Return what must still come before a step is done."""
    return tuple(dict.fromkeys(_missing(library, key) for key in one.missing))


def dated_words(library: Library, one: StepStanding) -> tuple[str, date] | None:
    """Return what happened in a step or is to, and when; what is empty where the status says it."""
    if one.dated is None:
        return None
    texts, (key, day) = library.texts, one.dated
    head, _, rest = key.partition(".")
    if head == LAST:
        return _register_words(library, rest.split(".")), day
    if head == FORM:
        title = texts.get(f"{library.form(rest.partition('.')[0]).text_key}.title")
        is_done = one.status is StepStatus.DONE
        return "" if is_done else texts.get("guide.overview.finished", form=title), day
    happened = f"timeline.facts.{key}"
    return texts.get(happened if texts.has(happened) else f"facts.{key}.label"), day


def _missing(library: Library, key: str) -> str:
    texts = library.texts
    head, _, rest = key.partition(".")
    if head == FORM:
        title = texts.get(f"{library.form(rest.partition('.')[0]).text_key}.title")
        return texts.get("guide.missing.form", form=title)
    if head == CRITERIA:
        return texts.get("guide.missing.criterion", criterion=label_of(texts, CRITERIA, rest))
    if head in (ROWS, CELLS, LAST, ROW):
        return texts.get("guide.missing.field", field=_register_words(library, rest.split(".")))
    return texts.get("guide.missing.field", field=texts.get(f"facts.{key}.label"))


def _register_words(library: Library, parts: list[str]) -> str:
    register = library.schema.registers[parts[0]]
    column = register.column(parts[-1]) if len(parts) > 1 else register.columns[0]
    return library.texts.get(f"{column.text_key}.label")


def why_next(library: Library, next_step: NextStep, day: date) -> str:
    """Return why a step is the next one."""
    texts = library.texts
    marked, waiting = next_step.standing.marked, next_step.waiting
    before = waiting or next_step.standing
    return texts.get(
        f"guide.next.{next_step.reason.value}",
        reason=marked.reason if marked else "",
        step=title_of(library, before.step.id),
        status=status_words(library, before, day),
    )


def why_none(library: Library, steps: CaseSteps, day: date) -> str:
    """Return why there is no next step: the case is closed, others have the word, or all is done."""
    texts = library.texts
    waiting = steps.waiting
    if steps.is_closed:
        ends = [one for one in waiting if steps.guide.phase(one.step.phase).stage is Stage.CLOSED]
        if ends:
            return texts.get("guide.next.closed_waiting", status=status_words(library, ends[0], day))
        return texts.get("guide.next.closed")
    if waiting:
        told = "; ".join(
            f"{title_of(library, one.step.id)} {status_words(library, one, day)}" for one in waiting
        )
        return texts.get("guide.next.all_wait", steps=told)
    return texts.get("guide.next.all_done")
