"""The journal of a case: read it, write a draft, sign it, add to what is signed."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.changes import SHOWN_LATER, ChangeSet, Kind, changed
from desktop_app.domain.document_errors import NotedDocumentGone
from desktop_app.domain.errors import CaseNotFound, NoteStale
from desktop_app.domain.journal import (
    Note,
    NoteContent,
    NoteState,
    Thread,
    author_from_settings,
    begun,
    threads,
)
from desktop_app.services.document_choices import DocumentChoice, document_choices
from desktop_app.services.session import Session
from desktop_app.storage.typed_fold import NOTE_ENTITY


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is to be saved: in which note, and at which revision that note was last seen (0 for a new one)."""

    note_id: str
    revision: int
    content: NoteContent
    addendum_to: str | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """A note as it now stands in the store."""

    note: Note
    changes: ChangeSet


@dataclass(frozen=True, slots=True)
class Journal:
    """All the page shows: the notes, the latest event first, and the documents of the case that they may point to."""

    threads: tuple[Thread, ...]
    documents: tuple[DocumentChoice, ...]


def view(session: Session, case_id: str) -> Journal:
    """Return the journal with the documents of the case; ``CaseNotFound`` when there is no such case."""
    with session.reading() as stores:
        stores.cases.by_id(case_id)
        return Journal(threads(stores.journal.of_case(case_id)), document_choices(session, stores, case_id))


def write_draft(session: Session, case_id: str, draft: Draft) -> Written:
    """Save a draft as it is being written; it is begun the first time.

    Nothing but how the note stands is read: this is what autosave costs. ``settle`` shows what follows from it.

    Raises:
        NoteSigned: it is signed, and never changes.
        NoteLocked: it was left too long; it may be signed as it stands.
        NoteStale: it was written elsewhere since ``draft.revision``; nothing is written.
        CaseNotFound: no such case, or no such note in it to add to.

    """
    typing = session.typing()
    former = typing.note(draft.note_id)
    if former is None:
        return _begin(session, case_id, draft)
    if former.case_id != case_id:
        raise CaseNotFound
    note = former.rewritten(draft.content, typing.author(), typing.now)
    former.must_stand_at(draft.revision)
    typing.keep_note(note, note.content.differs(former.content))
    return Written(note, SHOWN_LATER)


def settle(session: Session, case_id: str) -> ChangeSet:
    """Let everybody see what was saved with ``write_draft``."""
    session.vault.settle()
    return changed(Kind.JOURNAL, case_id=case_id)


def _begin(session: Session, case_id: str, draft: Draft) -> Written:
    with session.act() as work:
        work.cases.by_id(case_id)
        if draft.revision:
            raise NoteStale
        if draft.addendum_to is not None:
            work.journal.by_id(case_id, draft.addendum_to)
        author = author_from_settings(work.settings.all())
        former = begun(draft.note_id, case_id, draft.addendum_to, author, work.now)
        note = former.rewritten(draft.content, author, work.now)
        work.journal.add(note)
        kind = "journal.begun" if draft.addendum_to is None else "journal.addendum_begun"
        names = note.content.differs(former.content)
        work.audit(kind, case_id=case_id, entity=NOTE_ENTITY, entity_id=note.id, fields=names)
        work.commit()
    return Written(note, changed(Kind.JOURNAL, case_id=case_id))


def sign(session: Session, case_id: str, note_id: str, revision: int) -> Written:
    """Sign a note as it was shown; from then on it never changes.

    Raises:
        NoteSigned: it is signed already.
        NoteHasGaps: something a note must tell is lacking (``count``).
        NotedDocumentGone: it points to what is no document of the case.
        NoteStale: it was written elsewhere since ``revision``; nobody signs what they have not seen.
        CaseNotFound: no such note in the case.

    """
    with session.act() as work:
        former = work.journal.by_id(case_id, note_id)
        note = former.signed(author_from_settings(work.settings.all()), work.now)
        former.must_stand_at(revision)
        if former.state(work.now) is NoteState.DRAFT:  # a locked one can no longer be told otherwise
            known = {each.reference for each in document_choices(session, work, case_id)}
            if not known.issuperset(note.content.documents):
                raise NotedDocumentGone
        work.journal.put(note)
        work.audit("journal.signed", case_id=case_id, entity=NOTE_ENTITY, entity_id=note.id)
        work.commit()
    return Written(note, changed(Kind.JOURNAL, case_id=case_id))
