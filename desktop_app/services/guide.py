"""The guide of one case: its steps as they stand, the next one and why, the hold points; and marking a step."""

from __future__ import annotations

import dataclasses
import secrets
from dataclasses import dataclass
from datetime import date

from desktop_app.domain.answers import answered
from desktop_app.domain.case_file import CaseFile
from desktop_app.domain.changes import ChangeSet, Kind, changed
from desktop_app.domain.forms import Address
from desktop_app.domain.guide import (
    CaseSteps,
    GuideStep,
    StepMark,
    StepStanding,
    StepStatus,
    case_steps,
    days_of,
)
from desktop_app.domain.guide_errors import MarkNeedsReason, StepNotMarked, StepNotUrgent
from desktop_app.domain.guide_facts import FORM, LAST, MARKS, GuideFacts, marks_of
from desktop_app.domain.hold_points import HoldStanding, raised_holds
from desktop_app.domain.stored_answers import CASE_HOLDER, PlacedAnswer, PlacedRow, to_stored
from desktop_app.services.case_cards import forms_of, reckon
from desktop_app.services.case_lists import CaseSummary, summary_of
from desktop_app.services.case_reading import stored_file
from desktop_app.services.guide_words import (
    missing_words,
    source_words,
    status_words,
    title_of,
    why_next,
    why_none,
)
from desktop_app.services.library import Library
from desktop_app.services.session import Session
from desktop_app.storage.answer_store import Writer
from desktop_app.storage.unit_of_work import StoreSet, UnitOfWork


@dataclass(frozen=True, slots=True)
class Told:
    """What a step is put into words from."""

    library: Library
    one: StepStanding
    facts: GuideFacts
    day: date

    def key(self, name: str) -> str:
        """Return the key of one of its texts."""
        return f"guide.steps.{self.one.step.id}.{name}"

    def text(self, name: str) -> str:
        """Return one of its texts."""
        return self.library.texts.get(self.key(name))


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """One step in words. ``field`` is where in its first form it begins; ``dated`` what happened or is to, and when.

    What happened is empty where the status says it.
    ``taken_early`` and ``not_needed`` are the reasons given for putting it first, or for doing without it.
    ``holds`` are the ids of the open hold points that stand before it. What only the overview says of it is put into
    words when it is asked for: the rail and the head are shown with every case.
    """

    id: str
    phase: str
    title: str
    status: str
    status_words: str
    forms: tuple[str, ...]
    thing: str
    field: str
    urgent: bool
    taken_early: str
    not_needed: str
    holds: tuple[str, ...]
    told: Told = dataclasses.field(repr=False)

    @property
    def why(self) -> str:
        """Why it is done."""
        return self.told.text("why")

    @property
    def who(self) -> str:
        """Who does it."""
        return self.told.text("who")

    @property
    def needs(self) -> str:
        """What is needed for it."""
        return self.told.text("needs")

    @property
    def time(self) -> str:
        """How long it takes."""
        return self.told.text("time")

    @property
    def source(self) -> str:
        """What it rests on."""
        told = self.told
        return source_words(told.library, told.one.step.references, told.key("source"), told.day)

    @property
    def dated(self) -> tuple[str, date] | None:
        """What happened or is to, and when."""
        return _dated(self.told.library, self.told.one, self.told.facts)

    @property
    def missing(self) -> tuple[str, ...]:
        """What must still come before it is done."""
        return missing_words(self.told.library, self.told.one, self.told.facts)

    @property
    def form_id(self) -> str:
        """The form the step opens first."""
        return self.forms[0]

    @property
    def is_done(self) -> bool:
        """True when nothing more is to be done in it."""
        return self.status == StepStatus.DONE


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseView:
    """One phase: how many of its steps are done, and their ids."""

    id: str
    title: str
    done: int
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldView:
    """One hold point that the case has raised. ``at_step``: it is shown at its steps only. ``act`` as in HoldAct."""

    id: str
    words: str
    why: str
    what_to_do: str
    clears: str
    go: str
    source: str
    form_id: str
    link_id: str
    thing: str
    act: str
    stops: tuple[str, ...]
    at_step: bool
    danger: bool
    is_open: bool


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


def overview(session: Session, case_id: str) -> GuideView:
    """Return a case in the guide, as its file stands now; ``CaseNotFound`` when there is none."""
    with session.reading() as stores:
        file = stored_file(session, stores, stores.cases.by_id(case_id))
        card = stores.cards.find_fresh(case_id)
        if card is None or not card.holds_on(session.today):
            card = reckon(session, stores, file, stores.settings.all())
        facts = facts_of_guide(session, stores, file)
    definitions = session.library.definitions
    steps = case_steps(definitions.guide, facts, marks_of(file))
    holds = raised_holds(definitions.hold_points, facts)
    return _view(session, summary_of(session, card), steps, Known(facts, holds))


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a case besides its steps: its facts, and the hold points it has raised."""

    facts: GuideFacts
    holds: tuple[HoldStanding, ...]


def facts_of_guide(session: Session, stores: StoreSet, file: CaseFile) -> GuideFacts:
    """Return all that a case knows, by the keys that conditions of guide and controls ask for."""
    ties = [link.seen_from(file.case.id)[0] for link in stores.case_links.of_case(file.case.id)]
    kinds = tuple(stores.cases.by_id(other).kind for other in ties)
    return GuideFacts(file, session.today, forms_of(stores, file.case.id), kinds)


def _view(session: Session, summary: CaseSummary, steps: CaseSteps, known: Known) -> GuideView:
    library, day = session.library, session.today
    views = {one.step.id: _step(library, one, known, day) for one in steps.steps}
    upcoming = steps.next
    return GuideView(
        summary=summary,
        phases=tuple(_phases(library, steps)),
        steps=tuple(views.values()),
        next_step=views[upcoming.standing.step.id] if upcoming else None,
        next_words=why_next(library, upcoming, day) if upcoming else why_none(library, steps, day),
        holds=tuple(_hold(library, one, day) for one in known.holds),
    )


def _phases(library: Library, steps: CaseSteps) -> list[PhaseView]:
    found: list[PhaseView] = []
    for phase in steps.guide.phases:
        own = [one for one in steps.steps if one.step.phase == phase.id]
        if own:
            done = sum(one.status is StepStatus.DONE for one in own)
            title = library.texts.get(f"guide.phases.{phase.id}.title")
            found.append(
                PhaseView(id=phase.id, title=title, done=done, steps=tuple(one.step.id for one in own))
            )
    return found


def _step(library: Library, one: StepStanding, known: Known, day: date) -> StepView:
    step = one.step
    reasons = {one.marked.mark: one.marked.reason} if one.marked else {}
    return StepView(
        id=step.id,
        phase=step.phase,
        title=title_of(library, step.id),
        status=one.status.value,
        status_words=status_words(library, one, day),
        forms=_forms_for(library, step, known.facts),
        thing=step.thing,
        field=step.link_id,
        urgent=step.urgent,
        taken_early=reasons.get(StepMark.EARLY, ""),
        not_needed=reasons.get(StepMark.NOT_NEEDED, ""),
        holds=tuple([each.hold.id for each in known.holds if each.is_open and step.id in each.hold.stops]),
        told=Told(library, one, known.facts, day),
    )


def _forms_for(library: Library, step: GuideStep, facts: GuideFacts) -> tuple[str, ...]:
    """Return the forms a step leads to in this case: the first, and those of the others that are for such a case."""
    first, *others = step.forms
    conditions = {form_id: library.form(form_id).offered_when for form_id in others}
    return (first, *(form for form, when in conditions.items() if when is None or when.holds(facts)))


def _dated(library: Library, one: StepStanding, facts: GuideFacts) -> tuple[str, date] | None:
    texts = library.texts
    key, day = next(days_of(one.step.dated, facts), ("", None))
    if day is None:
        return None
    head, _, rest = key.partition(".")
    if head == LAST:
        register, _, column = rest.partition(".")
        item = library.schema.registers[register].column(column)
        return texts.get(f"{item.text_key}.label"), day
    if head == FORM:
        title = texts.get(f"{library.form(rest.partition('.')[0]).text_key}.title")
        return (
            "" if one.status is StepStatus.DONE else texts.get("guide.overview.finished", form=title)
        ), day
    happened = f"timeline.facts.{key}"
    return texts.get(happened if texts.has(happened) else f"facts.{key}.label"), day


def _hold(library: Library, one: HoldStanding, day: date) -> HoldView:
    hold, texts = one.hold, library.texts
    prefix = f"guide.holds.{hold.id}"
    return HoldView(
        id=hold.id,
        words=texts.get(f"{prefix}.title"),
        why=texts.get(f"{prefix}.why"),
        what_to_do=texts.get(f"{prefix}.todo"),
        clears=texts.get(f"{prefix}.clears"),
        go=texts.get(f"{prefix}.go"),
        source=source_words(library, hold.references, f"{prefix}.source", day),
        form_id=hold.form_id,
        link_id=hold.link_id,
        thing=hold.thing,
        act=hold.act.value,
        stops=hold.stops,
        at_step=hold.at_step,
        danger=hold.danger,
        is_open=one.is_open,
    )


def take_early(session: Session, case_id: str, step_id: str, reason: str) -> ChangeSet:
    """Put an urgent step before the others. The reason stands beside it until it is done.

    Raises:
        MarkNeedsReason: no reason is given.
        StepNotUrgent: it is none of the steps that may go first.
        CaseNotFound: there is no such case.

    """
    if not _known(session, step_id).urgent:
        raise StepNotUrgent
    return _mark(session, case_id, step_id, StepMark.EARLY, reason)


def set_aside(session: Session, case_id: str, step_id: str, reason: str) -> ChangeSet:
    """Say that a case does without a step. Raises ``MarkNeedsReason`` and ``CaseNotFound``."""
    _known(session, step_id)
    return _mark(session, case_id, step_id, StepMark.NOT_NEEDED, reason)


def unmark(session: Session, case_id: str, step_id: str) -> ChangeSet:
    """Take the mark of a step away. Raises ``StepNotMarked`` when it has none."""
    with session.act() as work:
        file = stored_file(session, work, work.cases.by_id(case_id))
        marked = marks_of(file).get(step_id)
        if marked is None:
            raise StepNotMarked
        _remove(work, file, step_id)
        work.audit(
            "guide.unmarked", case_id=case_id, entity=step_id, entity_id=marked.row_id, fields=(MARKS,)
        )
        work.commit()
    return changed(Kind.REGISTER, Kind.CASE, case_id=case_id)


def _known(session: Session, step_id: str) -> GuideStep:
    return session.library.definitions.guide.step(step_id)


def _mark(session: Session, case_id: str, step_id: str, mark: StepMark, reason: str) -> ChangeSet:
    if not reason.strip():
        raise MarkNeedsReason
    cells = {"step": step_id, "mark": mark.value, "reason": reason.strip(), "dated": session.today}
    row_id = secrets.token_hex(6)
    columns = {column.link_id: column for column in session.library.schema.registers[MARKS].columns}
    with session.act() as work:
        _remove(work, stored_file(session, work, work.cases.by_id(case_id)), step_id)
        work.answers.add_row(case_id, PlacedRow(CASE_HOLDER, MARKS, row_id))
        writer = Writer(case_id, work.now, work.actor)
        for name, value in cells.items():
            stored = to_stored(columns[name], answered(value))
            work.answers.put(writer, PlacedAnswer(CASE_HOLDER, Address(MARKS, row_id, name), stored))
        kind = "guide.taken_early" if mark is StepMark.EARLY else "guide.set_aside"
        work.audit(kind, case_id=case_id, entity=step_id, entity_id=row_id, fields=(MARKS,))
        work.commit()
    return changed(Kind.REGISTER, Kind.CASE, case_id=case_id)


def _remove(work: UnitOfWork, file: CaseFile, step_id: str) -> None:
    for row in file.rows(MARKS):
        if row.cell("step").value == step_id:
            work.answers.remove_row(file.case.id, PlacedRow(CASE_HOLDER, MARKS, row.id), work.now)
