"""Filling in forms: open, save, add and remove rows, finish, begin anew."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from desktop_app.domain.answers import Answer, answered, as_typed
from desktop_app.domain.changes import SHOWN_LATER, ChangeSet, Kind, changed
from desktop_app.domain.consent_changes import CHANGE_FORM
from desktop_app.domain.derived import findings_of, judgement_of
from desktop_app.domain.errors import BadAnswer, FormFinished, FormHasGaps, StaleRevision
from desktop_app.domain.filling import frozen, gaps
from desktop_app.domain.forms import (
    OF_ROW,
    Address,
    FilledForm,
    FormDefinition,
    FormResponse,
    Item,
    ResponseStatus,
    row_about,
)
from desktop_app.domain.own_reports import STATISTICS_FORM
from desktop_app.domain.stored_answers import (
    CASE_HOLDER,
    HIDDEN,
    PlacedAnswer,
    PlacedRow,
    StoredAnswer,
    to_stored,
)
from desktop_app.domain.threats import THREAT_FORM
from desktop_app.domain.values import VALUE_TYPES, Reading, storable
from desktop_app.services.case_reading import read_response
from desktop_app.services.consent_changes import write_change
from desktop_app.services.decision_writing import DECISION_FORM, write_decision
from desktop_app.services.disclosure_writing import NOTE_FORM, write_finished
from desktop_app.services.field_lists import keep_field_list
from desktop_app.services.form_reading import DoubtView, FormView, OpenForm, head_answers, load, view_of
from desktop_app.services.former_assessments import keep_rule_set, keep_what_it_was_made_with
from desktop_app.services.library import Library
from desktop_app.services.meeting_rows import new_id
from desktop_app.services.own_reports import note_published
from desktop_app.services.session import Session
from desktop_app.services.threats import note_asked
from desktop_app.storage.answer_store import Writer
from desktop_app.storage.form_store import ResponseRecord
from desktop_app.storage.typed_store import TypedAnswers
from desktop_app.storage.unit_of_work import UnitOfWork

__all__ = [
    "DoubtView",
    "Edit",
    "FormView",
    "Kept",
    "Saved",
    "add_row",
    "begin_anew",
    "fault_key",
    "finish",
    "open_form",
    "read",
    "remove_row",
    "restore_row",
    "save",
    "save_answers",
    "settle",
]

CRITERIA_FORM = "F07"


@dataclass(frozen=True, slots=True)
class Edit:
    """One answer changed: where, and to what."""

    address: Address
    answer: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """A form after it was changed. ``row_id`` names a row that was added."""

    view: FormView
    changes: ChangeSet
    row_id: str | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """Answers that are saved and not shown yet. ``changes`` asks no view to look: it would make every save wait."""

    revision: int
    saved_at: datetime
    changes: ChangeSet


def read(library: Library, item: Item, text: str, row_id: str | None = None, *, today: date) -> Answer:
    """Read what was typed. What cannot be read is kept as typed, never thrown away."""
    if not text.strip():
        return as_typed("")
    try:
        return answered(VALUE_TYPES[item.type].parse(text, _reading(item, row_id, today)))
    except BadAnswer:
        return as_typed(storable(text))


def fault_key(
    library: Library, item: Item, text: str, row_id: str | None = None, *, today: date
) -> str | None:
    """Return the text key that says why a text cannot be read; ``None`` when it can."""
    if not text.strip():
        return None
    try:
        VALUE_TYPES[item.type].parse(text, _reading(item, row_id, today))
    except BadAnswer as fault:
        return f"answers.{fault.params['reason']}"
    return None


def _reading(item: Item, row_id: str | None, today: date) -> Reading:
    return Reading(today=today, codes=item.codes_for(row_id)[1], max_length=item.max_length)


def open_form(session: Session, case_id: str, form_id: str) -> FormView:
    """Return a form of a case as it stands; a draft is begun when there is none yet."""
    definition = session.library.form(form_id)
    with session.reading() as stores:
        record = stores.forms.newest(case_id, definition.id)
        if record is not None:
            return view_of(session, stores, load(session, stores, record))
    record = _begun(session, case_id, definition)
    with session.reading() as stores:
        return view_of(session, stores, load(session, stores, record))


def _begin(work: UnitOfWork, case_id: str, definition: FormDefinition) -> ResponseRecord:
    work.cases.by_id(case_id)
    response_id = new_id(work, case_id, definition)
    work.forms.add(response_id, case_id, definition.id, definition.version, work.now)
    work.audit("form.begun", case_id=case_id, entity=definition.id, entity_id=response_id)
    record = work.forms.newest(case_id, definition.id)
    if record is None:
        raise KeyError(response_id)
    return record


def save(session: Session, case_id: str, form_id: str, revision: int, edits: Sequence[Edit]) -> Saved:
    """Save changed answers as ``save_answers`` does, and read the form anew."""
    save_answers(session, case_id, form_id, revision, edits)
    return _saved(session, case_id, form_id)


def save_answers(session: Session, case_id: str, form_id: str, revision: int, edits: Sequence[Edit]) -> Kept:
    """Save changed answers, each where it belongs: to the case when the item is bound to it, else to the form.

    Nothing but how the form stands is read: this is what autosave costs. ``settle`` shows what follows from it.

    Raises:
        FormFinished: the form is frozen, and not all that was changed stays open.
        StaleRevision: it was saved elsewhere since ``revision``; nothing is written.
        KeyError: an address that the form does not have (a fault in the program).

    """
    typing = session.typing()
    definition = session.library.form(form_id)
    record = typing.response(case_id, definition.id)
    if record is None:
        record = _begun(session, case_id, definition)
        typing = session.typing()
    if record.form_version != definition.version:
        definition = session.library.form(record.form_id, record.form_version)
    items = [definition.item(edit.address.link_id) for edit in edits]
    # As ``FormResponse`` asks: to make one costs as much as all the rest of a save.
    if record.status is ResponseStatus.FINISHED and not all(item.stays_open for item in items):
        raise FormFinished
    if record.revision != revision:
        raise StaleRevision
    placed = [_placed(item, record, edit) for item, edit in zip(items, edits, strict=True)]
    own_rows = [
        PlacedRow(each.holder, each.address.link_id, each.address.row_id)
        for item, each in zip(items, placed, strict=True)
        if item.binds_row or item.of_row
    ]
    names = tuple(dict.fromkeys(edit.address.link_id for edit in edits))
    typed = TypedAnswers(definition.id, names, tuple(placed), tuple(own_rows))
    saved = typing.keep_answers(record, typed)
    return Kept(revision=saved.revision, saved_at=saved.saved_at, changes=SHOWN_LATER)


def settle(session: Session, case_id: str, form_id: str) -> Saved:
    """Show what follows from what was saved with ``save_answers``: the form read anew, and what was changed."""
    return _saved(session, case_id, form_id)


def _begun(session: Session, case_id: str, definition: FormDefinition) -> ResponseRecord:
    with session.act() as work:
        record = _begin(work, case_id, definition)
        work.commit()
    return record


def _newest(session: Session, work: UnitOfWork, case_id: str, form_id: str) -> OpenForm:
    definition = session.library.form(form_id)
    record = work.forms.newest(case_id, definition.id) or _begin(work, case_id, definition)
    return load(session, work, record)


def _draft(session: Session, work: UnitOfWork, case_id: str, form_id: str) -> OpenForm:
    form = _newest(session, work, case_id, form_id)
    form.response.must_be_open()
    return form


def _count_save(work: UnitOfWork, form: OpenForm) -> None:
    work.forms.saved(form.record.id, form.record.revision + 1, work.now)


def _placed(item: Item, record: ResponseRecord, edit: Edit) -> PlacedAnswer:
    """Return an answer where it belongs; ``KeyError`` for what nobody may write."""
    if item.read_only:
        raise KeyError(edit.address.link_id)
    if edit.address.row_id:
        holder, link_id = _row_place(record, item)
        writable = {column.link_id: column for column in item.columns if not column.read_only}
        column = writable[edit.address.column]
        address = Address(link_id, edit.address.row_id, column.link_id)
        return PlacedAnswer(holder, address, to_stored(column, edit.answer))
    if (address := item.row_address(record.id)) is not None:
        return PlacedAnswer(CASE_HOLDER, address, to_stored(item, edit.answer))
    if item.binds is not None:
        return PlacedAnswer(CASE_HOLDER, Address(item.binds), to_stored(item, edit.answer))
    return PlacedAnswer(record.id, Address(item.link_id), to_stored(item, edit.answer))


def _row_place(record: ResponseRecord, item: Item) -> tuple[str, str]:
    """Return holder and link id of a repeat's rows: those of a register belong to the case."""
    return (CASE_HOLDER, item.rows_from) if item.rows_from else (record.id, item.link_id)


def add_row(session: Session, case_id: str, form_id: str, link_id: str) -> Saved:
    """Add an empty row to a repeat."""
    row_id = secrets.token_hex(6)
    if session.library.form(form_id).item(link_id).of_row:
        row_id = f"{row_about(open_form(session, case_id, form_id).response_id)}{OF_ROW}{row_id}"
    return _change_row(session, case_id, form_id, link_id, row_id, "form.row_added")


def restore_row(session: Session, case_id: str, form_id: str, link_id: str, row_id: str) -> Saved:
    """Put a removed row back with its answers."""
    return _change_row(session, case_id, form_id, link_id, row_id, "form.row_restored")


def remove_row(session: Session, case_id: str, form_id: str, link_id: str, row_id: str) -> Saved:
    """Take a row away; ``restore_row`` brings it back."""
    return _change_row(session, case_id, form_id, link_id, row_id, "form.row_removed")


def _change_row(session: Session, case_id: str, form_id: str, link_id: str, row_id: str, kind: str) -> Saved:
    with session.act() as work:
        form = _draft(session, work, case_id, form_id)
        item = form.definition.item(link_id)
        if item.written_by_form:
            raise KeyError(link_id)
        holder, place = _row_place(form.record, item)
        row = PlacedRow(holder, place, row_id)
        if kind == "form.row_removed":
            if item.of_row:  # one that was proposed stands nowhere yet
                work.answers.add_row(case_id, row)
            work.answers.remove_row(case_id, row, work.now)
        else:
            work.answers.add_row(case_id, row)
        _count_save(work, form)
        work.audit(
            kind, case_id=case_id, entity=form.definition.id, entity_id=form.record.id, fields=(link_id,)
        )
        work.commit()
    return _saved(session, case_id, form_id, row_id)


def _saved(session: Session, case_id: str, form_id: str, row_id: str | None = None) -> Saved:
    view = open_form(session, case_id, form_id)
    kinds = [Kind.FORM, Kind.FACT, Kind.REGISTER]
    if view.filled.definition.id == NOTE_FORM:
        kinds.append(Kind.DISCLOSURE)
    return Saved(view=view, changes=changed(*kinds, case_id=case_id), row_id=row_id)


def finish(session: Session, case_id: str, form_id: str) -> Saved:
    """Freeze a form with every answer it shows, so that later changes in the case do not reach it.

    Raises:
        FormHasGaps: required answers are missing or cannot be read (``count``).
        MotivationMissing: the judgement departs from the table without a reason.
        FormFinished: it is frozen already.
        AppError: a withdrawal, a disclosure or a decision cannot be written in its register (see ``register_errors``
            and ``decision_errors``).

    """
    with session.act() as work:
        form = _draft(session, work, case_id, form_id)
        filled = form.filled()
        missing = gaps(filled)
        if missing:
            raise FormHasGaps(count=len(missing))
        if form.definition.id == CRITERIA_FORM:
            findings = findings_of(form.case.file, form.case.rules, session.today)
            judgement_of(form.case.file, findings).must_be_motivated()
        _keep_frozen(work, form, frozen(filled, form.response))
        _write_registers(session, work, form, filled)
        keep_rule_set(work, form)
        keep_field_list(work, case_id, form.record.id, session.library.form(form.definition.id))
        if form.definition.id == CRITERIA_FORM:
            keep_what_it_was_made_with(session, work, form)
        work.audit("form.finished", case_id=case_id, entity=form.definition.id, entity_id=form.record.id)
        work.commit()
    return _saved(session, case_id, form_id)


def _write_registers(session: Session, work: UnitOfWork, form: OpenForm, filled: FilledForm) -> None:
    """Write what a form that is now finished says in the registers, in the same act."""
    if form.definition.id == CHANGE_FORM:
        write_change(session, work, form.record.case_id, filled)
    if form.definition.id == THREAT_FORM:
        note_asked(session, work, form.record.case_id, form.record.id)
    if form.definition.id == NOTE_FORM:
        write_finished(session, work, form.record.case_id, form.record.id, filled)
    if form.definition.id == DECISION_FORM:
        write_decision(session, work, form.record.case_id, form.record.id, filled)
    if form.definition.id == STATISTICS_FORM:
        note_published(session, work, form.record.case_id, form.record.id, filled)


def _keep_frozen(work: UnitOfWork, form: OpenForm, response: FormResponse) -> None:
    writer = Writer(form.record.case_id, work.now, work.actor)
    holder = form.record.id
    for address, answer in head_answers(form.head).items():
        work.answers.put(writer, PlacedAnswer(holder, address, answer))
    for item in form.definition.items():
        own, shown = (
            item.link_id in each.answers or bool(each.rows.get(item.link_id))
            for each in (form.response, response)
        )
        if own and not shown:
            hidden = PlacedAnswer(holder, Address(f"{HIDDEN}{item.link_id}"), StoredAnswer("answered", "yes"))
            work.answers.put(writer, hidden)
        if item.link_id in response.answers:
            stored = to_stored(item, response.answers[item.link_id])
            work.answers.put(writer, PlacedAnswer(holder, Address(item.link_id), stored))
        for row in response.rows.get(item.link_id, ()):
            work.answers.add_row(form.record.case_id, PlacedRow(holder, item.link_id, row.id))
            for column in item.columns:
                address = Address(item.link_id, row.id, column.link_id)
                stored = to_stored(column, row.cell(column.link_id))
                work.answers.put(writer, PlacedAnswer(holder, address, stored))
    work.forms.finished(holder, response.revision, work.now)


def begin_anew(session: Session, case_id: str, form_id: str) -> Saved:
    """Begin a new draft of a finished form, from the answers it was finished with; a draft is left as it is."""
    definition = session.library.form(form_id)
    with session.reading() as stores:
        former = stores.forms.newest(case_id, definition.id)
    if former is not None and former.status is ResponseStatus.DRAFT:
        return _saved(session, case_id, form_id)
    with session.act() as work:
        record = _begin(work, case_id, definition)
        if former is not None and not definition.begins_empty:
            _carry_over(session, work, former, record)
        work.commit()
    return _saved(session, case_id, form_id)


def _carry_over(session: Session, work: UnitOfWork, former: ResponseRecord, record: ResponseRecord) -> None:
    """Copy the form's own answers; what the case or the reckoning supplies is left to them."""
    old = read_response(work, former, session.library.form(former.form_id, former.form_version))
    writer = Writer(record.case_id, work.now, work.actor)
    for item in session.library.form(record.form_id, record.form_version).items():
        own = not (item.binds or item.binds_row or item.fills_from or item.read_only or item.rows_from)
        if own and item.link_id in old.answers:
            stored = to_stored(item, old.answers[item.link_id])
            work.answers.put(writer, PlacedAnswer(record.id, Address(item.link_id), stored))
        for row in old.rows.get(item.link_id, ()) if own else ():
            work.answers.add_row(record.case_id, PlacedRow(record.id, item.link_id, row.id))
            for column in item.columns:
                address = Address(item.link_id, row.id, column.link_id)
                stored = to_stored(column, row.cell(column.link_id))
                work.answers.put(writer, PlacedAnswer(record.id, address, stored))
