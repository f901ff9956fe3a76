"""Finished assessments: what each was made with, for ever, and what differs since the last one.

A finished form keeps its answers. An assessment also keeps the rule set it was asked by, as text, the words it was told
in, and what the rule set found: neither a new version of the program nor of the municipality's own model reaches it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import cast

from desktop_app.domain.changes import ChangeSet, Kind, changed
from desktop_app.domain.derived import findings_of
from desktop_app.domain.errors import CaseNotFound, FormFinished
from desktop_app.domain.explanation import explain
from desktop_app.domain.former_assessments import (
    FINDINGS,
    NOTE_OF,
    RULE_SET,
    RULES,
    WORDS,
    Difference,
    FormerAssessment,
    answer_words,
    differences,
    rests_on_rules,
    told,
)
from desktop_app.domain.forms import Address, FormDefinition, Item, ResponseStatus
from desktop_app.domain.journal import Note
from desktop_app.domain.own_words import worded
from desktop_app.domain.stored_answers import PlacedAnswer, StoredAnswer
from desktop_app.services.form_reading import OpenForm, load
from desktop_app.services.library import Library
from desktop_app.services.session import Session
from desktop_app.storage.answer_store import Writer
from desktop_app.storage.form_store import ResponseRecord
from desktop_app.storage.unit_of_work import StoreSet, UnitOfWork

ASSESSMENT_FORM = "F07"

NEAR = timedelta(days=7)
"""A note begun this near to a change is offered as the one that explains it; a person says whether it does."""


@dataclass(frozen=True, slots=True)
class NoteOffered:
    """A note of the journal as a choice: its day and how it begins."""

    note_id: str
    day: str
    begins: str


@dataclass(frozen=True, slots=True)
class ExplainedDifference:
    """What differs, and the note that explains it: the one a person chose, else the one nearest in time, if any."""

    difference: Difference
    note: NoteOffered | None
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class SinceLast:
    """What differs since the last finished assessment. ``has_draft`` tells whether a new one has been begun."""

    last: FormerAssessment
    answers: tuple[ExplainedDifference, ...]
    follows: tuple[Difference, ...]
    notes: tuple[NoteOffered, ...]
    has_draft: bool


def keep_what_it_was_made_with(session: Session, work: UnitOfWork, form: OpenForm) -> None:
    """Write, in the act that finishes an assessment, its rule set, its words and what the rule set found."""
    writer = Writer(form.record.case_id, work.now, work.actor)
    rules = form.case.rules
    texts = worded(session.library.texts, rules.words)
    found = explain(findings_of(form.case.file, rules, session.today), rules, session.library.texts)
    kept = {
        RULES: rules.content,
        WORDS: json.dumps(words_of(session.library, form.definition), ensure_ascii=False),
        FINDINGS: json.dumps(
            {
                "model": rules.id,
                "version": rules.version,
                "title": texts.get(rules.text_key),
                "outcome": found.outcome,
                "reasons": found.reasons,
                "missing": found.missing,
                "would_change": found.would_change,
                "flags": found.flags,
            },
            ensure_ascii=False,
        ),
    }
    for link_id, text in kept.items():
        answer = StoredAnswer("answered", text)
        work.answers.put(writer, PlacedAnswer(form.record.id, Address(link_id), answer))


def keep_rule_set(work: UnitOfWork, form: OpenForm) -> None:
    """Write, in the act that finishes a form, which rule set it rests on and in which version, if on any."""
    if rests_on_rules(form.definition):
        writer = Writer(form.record.case_id, work.now, work.actor)
        answer = StoredAnswer("answered", f"{form.case.rules.id} {form.case.rules.version}")
        work.answers.put(writer, PlacedAnswer(form.record.id, Address(RULE_SET), answer))


def rule_set_of(form: OpenForm) -> tuple[str, int] | None:
    """Return id and version of the rule set a form rests on: that of its day when finished, else the chosen one."""
    if not rests_on_rules(form.definition):
        return None
    if form.record.status is ResponseStatus.DRAFT:
        return form.case.rules.id, form.case.rules.version
    model, _, version = form.kept.get(RULE_SET, "").partition(" ")
    return (model, int(version)) if version else None


def words_of(library: Library, definition: FormDefinition) -> Mapping[str, str]:
    """Return every word of a form as the catalogue has it now: titles, questions, help, and the choices' words."""
    items = [each for item in definition.items() for each in (item, *item.columns)]
    keys = [definition.text_key, *(item.text_key for item in items)]
    keys += [f"tables.{table}" for item in items for table in _tables(item)]
    return library.definitions.texts.below(*dict.fromkeys(f"{key}." for key in keys))


def _tables(item: Item) -> Iterable[str]:
    by_row = (table for table, _codes in item.table_by_row.values())
    return [table for table in (item.table, item.fixed_rows, *by_row) if table]


def former(session: Session, case_id: str) -> tuple[FormerAssessment, ...]:
    """Return the finished assessments of a case, the newest first, each in the words it was made with."""
    with session.reading() as stores:
        stores.cases.by_id(case_id)
        return tuple(_former(session, load(session, stores, record)) for record in _finished(stores, case_id))


def since_last(session: Session, case_id: str) -> SinceLast | None:
    """Return what differs since the last finished assessment, bound facts too; ``None`` when there was none.

    Before a new one is begun, the case as it stands is what is compared.
    """
    with session.reading() as stores:
        stores.cases.by_id(case_id)
        finished = _finished(stores, case_id)
        if not finished:
            return None
        before = load(session, stores, finished[0])
        newest = stores.forms.newest(case_id, ASSESSMENT_FORM) or finished[0]
        has_draft = newest.status is ResponseStatus.DRAFT
        now = load(session, stores, newest) if has_draft else _as_it_stands(session, stores, newest)
        texts = session.library.texts
        found = differences(
            told(before.filled(), worded(texts, before.words)), told(now.filled(), worded(texts, now.words))
        )
        moments = stores.answers.moments_of_change(case_id, before.record.finished_at or newest.saved_at)
        notes = stores.journal.of_case(case_id)
        chosen = _chosen_notes(stores, case_id, newest.id)
    last = _former(session, before)
    offered = {note.id: _offered(note) for note in notes}
    explained = tuple(
        _explained(each, _moment(each, now, moments), notes, offered, chosen)
        for each in found
        if not each.follows
    )
    follows = tuple(each for each in found if each.follows)
    return SinceLast(last, explained, follows, tuple(offered.values()), has_draft)


def overview(session: Session, case_id: str) -> tuple[tuple[FormerAssessment, ...], SinceLast | None]:
    """Return the finished assessments, and what differs since the last of them."""
    return former(session, case_id), since_last(session, case_id)


def explain_with(session: Session, case_id: str, address: Address, note_id: str) -> ChangeSet:
    """Note which note explains why an answer differs; an empty ``note_id`` takes it back.

    Raises:
        FormFinished: no new assessment has been begun.
        CaseNotFound: the note is not of this case.

    """
    with session.act() as work:
        newest = work.forms.newest(case_id, ASSESSMENT_FORM)
        if newest is None or newest.status is not ResponseStatus.DRAFT:
            raise FormFinished
        if note_id and all(note.id != note_id for note in work.journal.of_case(case_id)):
            raise CaseNotFound
        writer = Writer(case_id, work.now, work.actor)
        place = Address(NOTE_OF, _place_text(address))
        work.answers.put(writer, PlacedAnswer(newest.id, place, StoredAnswer("answered", note_id)))
        work.audit(
            "assessment.explained",
            case_id=case_id,
            entity=ASSESSMENT_FORM,
            entity_id=newest.id,
            fields=(address.link_id,),
        )
        work.commit()
    return changed(Kind.FORM, case_id=case_id)


def _finished(stores: StoreSet, case_id: str) -> list[ResponseRecord]:
    records = [each for each in stores.forms.of_case(case_id) if each.form_id == ASSESSMENT_FORM]
    done = [each for each in records if each.status is ResponseStatus.FINISHED]
    return sorted(done, key=lambda each: str(each.finished_at), reverse=True)


def _as_it_stands(session: Session, stores: StoreSet, record: ResponseRecord) -> OpenForm:
    """Return a finished form as a new one begun from it would be."""
    form = load(session, stores, replace(record, status=ResponseStatus.DRAFT))
    own = {
        item.link_id
        for item in form.definition.items()
        if not (item.binds or item.fills_from or item.read_only or item.rows_from)
    }
    answers = {key: answer for key, answer in form.response.answers.items() if key in own}
    return replace(form, response=replace(form.response, answers=answers))


def _former(session: Session, form: OpenForm) -> FormerAssessment:
    texts = worded(session.library.texts, form.words)
    answers = {entry.item.link_id: entry for entry in form.filled().items()}
    found = cast("dict[str, object]", json.loads(form.kept.get(FINDINGS, "{}")))

    def said(link_id: str) -> str:
        entry = answers.get(link_id)
        return answer_words(entry.item, entry.answer, texts) if entry else ""

    model = str(found.get("model") or said("model_version").partition(" ")[0])
    return FormerAssessment(
        response_id=form.record.id,
        finished_at=form.record.finished_at or form.record.saved_at,
        model=model,
        version=int(str(found.get("version") or 1)),
        title=str(found.get("title") or said("model")),
        outcome=str(found.get("outcome") or said("outcome")),
        decided=said("decided"),
        motivation=said("departure_reason"),
        rules=form.kept.get(RULES, ""),
    )


def _place_text(address: Address) -> str:
    return ":".join((address.link_id, address.row_id, address.column))


def _chosen_notes(stores: StoreSet, case_id: str, response_id: str) -> Mapping[str, str]:
    return {
        placed.address.row_id: placed.answer.value or ""
        for placed in stores.answers.of_holder(case_id, response_id)
        if placed.address.link_id == NOTE_OF
    }


def _moment(difference: Difference, form: OpenForm, moments: Mapping[Address, datetime]) -> datetime | None:
    """Return when an answer was last written: at its own place, or at the fact or register it shows."""
    address = difference.address
    items = {item.link_id: item for item in form.definition.items()}
    item = items.get(address.link_id)
    if item is None:
        return None
    place = item.rows_from or item.binds or address.link_id
    return moments.get(Address(place, address.row_id, address.column))


def _explained(
    difference: Difference,
    moment: datetime | None,
    notes: Iterable[Note],
    offered: Mapping[str, NoteOffered],
    chosen: Mapping[str, str],
) -> ExplainedDifference:
    place = _place_text(difference.address)
    if place in chosen:
        return ExplainedDifference(difference, offered.get(chosen[place]), is_chosen=True)
    near = [note for note in notes if moment is not None and abs(note.begun_at - moment) <= NEAR]
    nearest = min(near, key=lambda note: abs(note.begun_at - (moment or note.begun_at)), default=None)
    return ExplainedDifference(difference, offered.get(nearest.id) if nearest else None, is_chosen=False)


def _offered(note: Note) -> NoteOffered:
    day = note.event.day if note.event else note.begun_at.astimezone().date()
    first = next((line.strip() for line in note.content.body.splitlines() if line.strip()), "")
    return NoteOffered(note.id, day.isoformat(), first[:90])
