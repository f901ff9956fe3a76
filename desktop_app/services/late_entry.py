"""För in efterhand: what was written by hand while the computer was away, with its own day, hour and writer."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from desktop_app.domain.answers import Answer, answered, as_typed
from desktop_app.domain.changes import ChangeSet, Kind, changed
from desktop_app.domain.forms import Address, ResponseStatus
from desktop_app.domain.journal import EventTime, Note, NoteContent, author_from_settings, begun
from desktop_app.domain.late_entry import told_by_note, told_by_paper
from desktop_app.domain.values import ItemType
from desktop_app.services.forms import Edit, FormView, begin_anew, open_form, save
from desktop_app.services.session import Session
from desktop_app.storage.typed_fold import NOTE_ENTITY
from desktop_app.storage.unit_of_work import UnitOfWork

FORM_KIND, FORM_SOURCE = "measure", "document"
"""How a form that was filled in by hand stands in the journal."""


@dataclass(frozen=True, slots=True)
class Entered:
    """The note that tells of the paper, a draft until somebody signs it. ``form_id`` is empty for a note alone."""

    note: Note
    changes: ChangeSet
    form_id: str = ""


def enter_note(session: Session, case_id: str, content: NoteContent, by: str) -> Entered:
    """Enter a handwritten note as a draft of the journal: the event has its own time, the writing is now.

    Raises ``LateEntryLacks`` (time, writer or text) and ``CaseNotFound``.
    """
    told = told_by_note(content, by, session.wall_clock)
    with session.act() as work:
        note = _entered(work, case_id, told, by)
        work.commit()
    return Entered(note, changed(Kind.JOURNAL, case_id=case_id))


def enter_form(session: Session, case_id: str, form_id: str, event: EventTime | None, by: str) -> Entered:
    """Open a form for what was filled in on paper, its day set where nobody has answered, with a note that says so.

    A finished form is begun anew. Which question takes the day is data (``later`` in data/crisis_binder.toml).
    Raises ``LateEntryLacks``, ``CaseNotFound`` and ``FormNotFound``.
    """
    told = told_by_paper(event, by, session.wall_clock)
    view = open_form(session, case_id, form_id)
    if view.status is ResponseStatus.FINISHED:
        view = begin_anew(session, case_id, form_id).view
    _set_day(session, view, told)
    texts = session.library.texts
    title = texts.get(f"{view.filled.definition.text_key}.title")
    body = texts.get("late_entry.form_body", title=title, when=told.as_text(), by=by.strip())
    content = NoteContent(
        event_typed=told.as_text(), kind=FORM_KIND, source=FORM_SOURCE, source_detail=title, body=body
    )
    with session.act() as work:
        note = _entered(work, case_id, content, by)
        work.commit()
    kinds = (Kind.JOURNAL, Kind.FORM, Kind.FACT, Kind.REGISTER)
    return Entered(note, changed(*kinds, case_id=case_id), view.filled.definition.id)


def _entered(work: UnitOfWork, case_id: str, content: NoteContent, by: str) -> Note:
    work.cases.by_id(case_id)
    author = author_from_settings(work.settings.all())
    note_id = secrets.token_hex(8)
    former = begun(note_id, case_id, None, author, work.now, by.strip())
    note = former.rewritten(content, author, work.now)
    work.journal.add(note)
    names = (*note.content.differs(former.content), "handwritten_by")
    work.audit("journal.entered_later", case_id=case_id, entity=NOTE_ENTITY, entity_id=note_id, fields=names)
    return note


def _set_day(session: Session, view: FormView, event: EventTime) -> None:
    form_id = view.filled.definition.id
    link_id = session.library.definitions.crisis_binder.later.get(form_id)
    entry = next((each for each in view.filled.items() if each.item.link_id == link_id), None)
    if entry is None or entry.answer.is_given or entry.answer.typed:
        return
    day = _day_for(entry.item.type, event)
    save(session, view.case_id, form_id, view.revision, [Edit(Address(entry.item.link_id), day)])


def _day_for(kind: ItemType, event: EventTime) -> Answer:
    """Return the paper's day for a question; a missing hour is left for the person to add."""
    if kind is ItemType.DATE:
        return answered(event.day)
    if event.time is None:
        return as_typed(event.as_text())
    return answered(datetime.combine(event.day, event.time))
