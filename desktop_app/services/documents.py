"""The documents of a case: taken in, told about, read, removed and given back. Bytes stay in memory and store."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

from desktop_app.domain.changes import ChangeSet, Kind, changed
from desktop_app.domain.document_errors import (
    DocumentDamaged,
    DocumentGone,
    DocumentInJournal,
    DocumentInRegister,
)
from desktop_app.domain.document_references import DocumentReference
from desktop_app.domain.documents import About, CaseDocument
from desktop_app.domain.progress import NoProgress, Progress
from desktop_app.services.document_intake import look_at
from desktop_app.services.protection import note_opened
from desktop_app.services.session import Session
from desktop_app.storage.case_document_store import parts_of

ENTITY = "case_document"


@dataclass(frozen=True, slots=True)
class Added:
    """A document as it now lies in the store."""

    document: CaseDocument
    changes: ChangeSet


@dataclass(frozen=True, slots=True)
class InCase:
    """The documents of a case, the latest added first, with its code, which names copies of them."""

    case_code: str
    documents: tuple[CaseDocument, ...]


def in_case(session: Session, case_id: str) -> InCase:
    """Return the documents of a case with its code; ``CaseNotFound`` when there is none."""
    with session.reading() as stores:
        code = stores.cases.by_id(case_id).code
        return InCase(code, tuple(stores.case_documents.of_case(case_id)))


def document(session: Session, document_id: str) -> CaseDocument:
    """Return what is told about one document, also from the trash; ``DocumentGone`` when there is none."""
    with session.reading() as stores:
        return stores.case_documents.by_id(document_id)


def same_as(session: Session, case_id: str, sha256: str) -> CaseDocument | None:
    """Return the document of the case that has these very bytes, if there is one."""
    with session.reading() as stores:
        return stores.case_documents.same_bytes(case_id, sha256)


def add(
    session: Session, case_id: str, content: bytes, about: About, progress: Progress | None = None
) -> Added:
    """Keep a document, all of it or nothing: one transaction.

    Raises:
        AppError: what ``look_at`` refuses; the case that is missing; a full disk; ``Cancelled``.

    """
    told = progress or NoProgress()
    looked = look_at(content)
    with session.act() as work:
        code = work.cases.by_id(case_id).code
        number = work.case_documents.next_number(case_id)
        made = CaseDocument(
            document_id=secrets.token_hex(8),
            case_id=case_id,
            number=number,
            about=about.tidied(f"{code}-H{number:02d}"),
            media_type=looked.media_type,
            size_bytes=looked.size_bytes,
            sha256=looked.sha256,
            added_at=work.now,
        )
        work.case_documents.add(made, work.actor)
        done = 0
        for ordinal, part in enumerate(parts_of(content)):
            told.step(done, len(content), "documents.steps.keeping")
            work.case_documents.add_part(made.document_id, ordinal, part)
            done += len(part)
        told.step(done, len(content), "documents.steps.keeping")
        work.audit("document.added", case_id=case_id, entity=ENTITY, entity_id=made.document_id)
        work.commit()
    return Added(made, changed(Kind.DOCUMENT, case_id=case_id))


def read(session: Session, document_id: str, progress: Progress | None = None) -> bytes:
    """Return the bytes of a document as they were taken in, proved by their checksum.

    That of a protected person is noted in the log as opened.

    Raises:
        DocumentGone: there is none.
        DocumentDamaged: a part is missing, or they are not the bytes that were taken in.
        Cancelled: the person stopped it.

    """
    told = progress or NoProgress()
    parts: list[bytes] = []
    digest, size = hashlib.sha256(), 0
    with session.reading() as stores:
        known = stores.case_documents.by_id(document_id)
        for part in stores.case_documents.each_part(document_id):
            parts.append(part)
            size += len(part)
            digest.update(part)
            told.step(size, known.size_bytes, "documents.steps.fetching")
    if digest.hexdigest() != known.sha256:
        raise DocumentDamaged
    note_opened(session, known.case_id, ENTITY, document_id)
    return b"".join(parts)


def change_about(session: Session, document_id: str, about: About) -> ChangeSet:
    """Tell otherwise about a document; nothing is written when nothing differs."""
    with session.act() as work:
        known = work.case_documents.by_id(document_id)
        wanted = about.tidied(known.about.title)
        names = wanted.differs(known.about)
        if not names:
            return ChangeSet(frozenset())
        work.case_documents.change_about(document_id, wanted)
        work.audit(
            "document.described", case_id=known.case_id, entity=ENTITY, entity_id=document_id, fields=names
        )
        work.commit()
    return changed(Kind.DOCUMENT, case_id=known.case_id)


def remove(session: Session, document_id: str) -> ChangeSet:
    """Put a document into the trash, from where ``restore`` takes it back.

    Raises:
        DocumentInRegister: the register of what has been given out points to it.
        DocumentInJournal: a note of the journal points to it.
        DocumentGone: there is none, or it lies there already.

    """
    with session.act() as work:
        known = work.case_documents.by_id(document_id)
        if known.removed_at is not None:
            raise DocumentGone
        if work.case_documents.is_disclosed(document_id):
            raise DocumentInRegister
        if work.case_documents.is_noted(known.case_id, DocumentReference(document_id).as_text()):
            raise DocumentInJournal
        work.case_documents.set_removed(document_id, work.now)
        work.audit("document.removed", case_id=known.case_id, entity=ENTITY, entity_id=document_id)
        work.commit()
    return changed(Kind.DOCUMENT, case_id=known.case_id)


def restore(session: Session, document_id: str) -> ChangeSet:
    """Take a document out of the trash; ``DocumentGone`` when it is not there any more."""
    with session.act() as work:
        known = work.case_documents.by_id(document_id)
        work.case_documents.set_removed(document_id, None)
        work.audit("document.restored", case_id=known.case_id, entity=ENTITY, entity_id=document_id)
        work.commit()
    return changed(Kind.DOCUMENT, case_id=known.case_id)
