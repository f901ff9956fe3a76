"""Lays what was typed in its place: answers with their former wordings, drafts of notes, and a line each in the log.

What comes of it is what would stand there if each save had been an act of its own: the same answers, former wordings,
revisions, moments and lines. The rows go in the same transaction, so that nothing is there twice and nothing is lost.
"""

from dataclasses import replace

import msgspec

from desktop_app.domain.audit import AuditEvent
from desktop_app.domain.errors import CaseNotFound
from desktop_app.storage.answer_store import AnswerStore, Writer
from desktop_app.storage.audit_store import AuditStore
from desktop_app.storage.connection import ConstraintBroken, Database
from desktop_app.storage.form_store import FormStore
from desktop_app.storage.journal_store import JournalStore
from desktop_app.storage.typed_store import TypedKind, TypedRow, TypedStore

NOTE_ENTITY = "journal_note"

_UNFIT = (ConstraintBroken, msgspec.MsgspecError, ValueError, LookupError, TypeError, CaseNotFound)
"""How a row fails that cannot be laid in its place whatever the disk has room for: a fault in a program."""


def fold(database: Database) -> None:
    """Lay everything that waits in its place, as one transaction.

    Raises DiskFull and the like; then every row still waits. A row that fits nowhere is set aside, never removed.
    """
    try:
        _in_one(database, None)
    except _UNFIT:  # no single row may keep all the others from their place
        for row in TypedStore(database).waiting():
            try:
                _in_one(database, row)
            except _UNFIT:
                _set_aside(database, row)


def fold_in(database: Database, rows: list[TypedRow]) -> None:
    """Lay rows in their place in the open transaction."""
    log, answers, forms = AuditStore(database), AnswerStore(database), FormStore(database)
    last, head = log.head()
    notes: dict[str, TypedRow] = {}
    for number, row in enumerate(rows, start=last + 1):
        if row.kind is TypedKind.NOTE:
            notes[row.holder] = row
            line = _line(number, row, "journal.saved", NOTE_ENTITY, row.note().names)
        else:
            typed = row.answers()
            for place in typed.rows:
                answers.add_row(row.case_id, place)
            for answer in typed.answers:
                answers.put(Writer(row.case_id, row.at, row.actor), answer)
            forms.saved(row.holder, row.revision, row.at)
            line = _line(number, row, "form.saved", typed.form, typed.names)
        head = log.append(line, head).hash
    for row in notes.values():  # earlier wordings of a draft are not kept
        _write_note(JournalStore(database), row)
    TypedStore(database).remove(rows)


def _in_one(database: Database, only: TypedRow | None) -> None:
    database.begin(writing=True)
    try:
        rows = TypedStore(database).waiting() if only is None else [only]
        if rows:
            fold_in(database, rows)
            database.commit()
    finally:
        database.rollback()


def _write_note(journal: JournalStore, row: TypedRow) -> None:
    former, typed = journal.by_id(row.case_id, row.holder), row.note()
    note = replace(
        former,
        content=typed.content,
        event=typed.event,
        author=typed.author,
        saved_at=row.at,
        revision=row.revision,
    )
    journal.write_anew(former, note)


def _set_aside(database: Database, row: TypedRow) -> None:
    database.begin(writing=True)
    try:
        TypedStore(database).set_aside(row)
        log = AuditStore(database)
        number, head = log.head()
        log.append(_line(number + 1, row, "typed.set_aside", "typed", ()), head)
        database.commit()
    finally:
        database.rollback()


def _line(number: int, row: TypedRow, kind: str, entity: str, fields: tuple[str, ...]) -> AuditEvent:
    return AuditEvent(
        seq=number,
        at=row.at,
        actor=row.actor,
        kind=kind,
        case_id=row.case_id,
        entity=entity,
        entity_id=row.holder,
        fields=fields,
    )
