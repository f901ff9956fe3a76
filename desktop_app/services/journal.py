"""The journal of a case: read it, write a draft, sign it, add to what is signed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop_app.domain.changes import ChangeSet, Kind, changed
from desktop_app.domain.errors import CaseNotFound, NoteStale
from desktop_app.domain.journal import Author, Note, NoteContent, Thread, begun, threads
from desktop_app.domain.profile import profile_from_settings
from desktop_app.services.session import Session
from desktop_app.storage.unit_of_work import StoreSet, UnitOfWork

ENTITY = "journal_note"


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


def notes(session: Session, case_id: str) -> tuple[Thread, ...]:
    """Return the journal, the latest event first; ``CaseNotFound`` when there is no such case."""
    with session.reading() as stores:
        stores.cases.by_id(case_id)
        return threads(stores.journal.of_case(case_id))


def write_draft(session: Session, case_id: str, draft: Draft) -> Written:
    """Save a draft as it is being written; it is begun the first time.

    Raises:
        NoteSigned: it is signed, and never changes.
        NoteLocked: it was left too long; it may be signed as it stands.
        NoteStale: it was written elsewhere since ``draft.revision``; nothing is written.
        CaseNotFound: no such case, or no such note in it to add to.

    """
    with session.act() as work:
        former = work.journal.find(draft.note_id)
        author = _author(work)
        if former is None:
            work.cases.by_id(case_id)
            if draft.revision:
                raise NoteStale
            if draft.addendum_to is not None:
                work.journal.by_id(case_id, draft.addendum_to)
            former = begun(draft.note_id, case_id, draft.addendum_to, author, work.now)
            note = former.rewritten(draft.content, author, work.now)
            work.journal.add(note)
            kind = "journal.begun" if draft.addendum_to is None else "journal.addendum_begun"
        else:
            if former.case_id != case_id:
                raise CaseNotFound
            note = former.rewritten(draft.content, author, work.now)
            former.must_stand_at(draft.revision)
            _write_anew(work, former, note)
            kind = "journal.saved"
        names = note.content.differs(former.content)
        work.audit(kind, case_id=case_id, entity=ENTITY, entity_id=note.id, fields=names)
        work.commit()
    return Written(note, changed(Kind.JOURNAL, case_id=case_id))


def _write_anew(work: UnitOfWork, former: Note, note: Note) -> None:
    words = replace(former.content, body=note.content.body)
    if note == replace(former, content=words, saved_at=note.saved_at, revision=note.revision):
        work.journal.rewrite(note)
    else:
        work.journal.put(note)


def sign(session: Session, case_id: str, note_id: str, revision: int) -> Written:
    """Sign a note as it was shown; from then on it never changes.

    Raises:
        NoteSigned: it is signed already.
        NoteHasGaps: something a note must tell is lacking (``count``).
        NoteStale: it was written elsewhere since ``revision``; nobody signs what they have not seen.
        CaseNotFound: no such note in the case.

    """
    with session.act() as work:
        former = work.journal.by_id(case_id, note_id)
        note = former.signed(_author(work), work.now)
        former.must_stand_at(revision)
        work.journal.put(note)
        work.audit("journal.signed", case_id=case_id, entity=ENTITY, entity_id=note.id)
        work.commit()
    return Written(note, changed(Kind.JOURNAL, case_id=case_id))


def _author(stores: StoreSet) -> Author:
    profile = profile_from_settings(stores.settings.all())
    return Author(profile.caseworker, profile.title)
