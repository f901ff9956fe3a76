"""The disclosure register of a case: what left, to whom, on which ground; and what left without being noted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop_app.domain.changes import ChangeSet, Kind, changed
from desktop_app.domain.disclosures import Corrected, register_of
from desktop_app.domain.forms import ResponseStatus
from desktop_app.domain.register_errors import DisclosureUnfinished, DocumentOfNoDisclosure
from desktop_app.services.disclosure_writing import (
    NOTE_FORM,
    References,
    is_written_in,
    keep_references,
    references_of,
)
from desktop_app.services.document_choices import DocumentChoice, document_choices, print_title_key
from desktop_app.services.forms import begin_anew, open_form
from desktop_app.services.session import Session
from desktop_app.storage.unit_of_work import StoreSet

__all__ = [
    "DisclosureView",
    "NotNoted",
    "begin_correction",
    "begin_note",
    "view",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotNoted:
    """A print made out to somebody outside, which no line of the register points to."""

    document_id: str
    title_key: str
    recipient: str
    authority: str
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosureView:
    """All the page shows: lines and prints the latest first, each line with its corrections.

    ``note_begun``: a note has been begun and is not finished.
    """

    lines: tuple[Corrected, ...]
    not_noted: tuple[NotNoted, ...]
    documents: tuple[DocumentChoice, ...]
    note_begun: bool


def view(session: Session, case_id: str) -> DisclosureView:
    """Return all the page shows; ``CaseNotFound`` when there is no such case."""
    with session.reading() as stores:
        stores.cases.by_id(case_id)
        draft = stores.forms.newest(case_id, NOTE_FORM)
        return DisclosureView(
            lines=register_of(stores.disclosures.of_case(case_id)),
            not_noted=_not_noted(session, stores, case_id),
            documents=document_choices(session, stores, case_id),
            note_begun=draft is not None and draft.status is ResponseStatus.DRAFT and draft.revision > 0,
        )


def begin_note(
    session: Session, case_id: str, *, issued_document: str | None = None, case_document: str | None = None
) -> ChangeSet:
    """Begin to note a disclosure, or go on with the note begun; a document named is attached to it.

    Raises:
        DocumentOfNoDisclosure: the document is not one of the case.
        DisclosureUnfinished: a note about something else is half written; it is left as it is.

    """
    return _begun(session, case_id, References(issued_document=issued_document, case_document=case_document))


def begin_correction(session: Session, case_id: str, line_id: str) -> ChangeSet:
    """Begin a line that corrects another. Raises as ``begin_note``; ``CaseNotFound`` for a line of no such case."""
    with session.reading() as stores:
        former = stores.disclosures.by_id(case_id, line_id).content
    wanted = References(
        issued_document=former.issued_document_id, case_document=former.case_document_id, corrects=line_id
    )
    return _begun(session, case_id, wanted)


def _begun(session: Session, case_id: str, wanted: References) -> ChangeSet:
    begin_anew(session, case_id, NOTE_FORM)
    opened = open_form(session, case_id, NOTE_FORM)
    with session.act() as work:
        for document_id, is_issued in ((wanted.issued_document, True), (wanted.case_document, False)):
            if document_id is not None and not _is_of_case(work, case_id, document_id, is_issued=is_issued):
                raise DocumentOfNoDisclosure
        if wanted not in (References(), references_of(work, case_id, opened.response_id)):
            if is_written_in(work, case_id, opened.response_id):
                raise DisclosureUnfinished
            keep_references(work, case_id, opened.response_id, wanted)
            work.forms.saved(opened.response_id, opened.revision + 1, work.now)
        work.audit("disclosure.begun", case_id=case_id, entity=NOTE_FORM, entity_id=opened.response_id)
        work.commit()
    return changed(Kind.FORM, Kind.REGISTER, case_id=case_id)


def _is_of_case(stores: StoreSet, case_id: str, document_id: str, *, is_issued: bool) -> bool:
    if is_issued:
        return any(record.document_id == document_id for record in stores.documents.of_case(case_id))
    return any(each.document_id == document_id for each in stores.case_documents.of_case(case_id))


def _not_noted(session: Session, stores: StoreSet, case_id: str) -> tuple[NotNoted, ...]:
    pointed_at = {line.content.issued_document_id for line in stores.disclosures.of_case(case_id)}
    return tuple(
        NotNoted(
            document_id=record.document_id,
            title_key=print_title_key(session, record),
            recipient=record.recipient,
            authority=authority,
            made_at=record.made_at.astimezone(),
        )
        for record in stores.documents.of_case(case_id)
        if record.recipient is not None
        and (authority := session.library.recipients.get(record.recipient, ""))
        and record.document_id not in pointed_at
    )
