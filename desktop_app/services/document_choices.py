"""The documents of a case that something in it may point to: its prints, and what was taken in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from desktop_app.domain.document_references import DocumentReference
from desktop_app.domain.texts import Texts
from desktop_app.services.session import Session
from desktop_app.storage.document_store import IssuedRecord
from desktop_app.storage.unit_of_work import StoreSet


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentChoice:
    """A document to point to. ``title_key`` for a print, ``title`` for the others."""

    document_id: str
    is_issued: bool
    title_key: str
    title: str
    made_at: datetime

    @property
    def reference(self) -> str:
        """How a note points to it."""
        return DocumentReference(self.document_id, self.is_issued).as_text()


def document_choices(session: Session, stores: StoreSet, case_id: str) -> tuple[DocumentChoice, ...]:
    """Return the documents of a case that are not in the trash: prints first, each kind the latest first."""
    prints = [
        DocumentChoice(
            document_id=record.document_id,
            is_issued=True,
            title_key=print_title_key(session, record),
            title="",
            made_at=record.made_at.astimezone(),
        )
        for record in stores.documents.of_case(case_id)
    ]
    others = [
        DocumentChoice(
            document_id=each.document_id,
            is_issued=False,
            title_key="",
            title=each.about.title,
            made_at=each.added_at.astimezone(),
        )
        for each in stores.case_documents.of_case(case_id)
    ]
    return (*prints, *others)


def choice_words(choice: DocumentChoice, texts: Texts) -> str:
    """Return a document in words: a print or not, its title and its day."""
    day = choice.made_at.date().isoformat()
    if choice.is_issued:
        return texts.get("disclosures.an_issue", title=texts.get(choice.title_key), day=day)
    return texts.get("disclosures.a_document", title=choice.title, day=day)


def noted_words(references: Iterable[str], known: Mapping[str, DocumentChoice], texts: Texts) -> list[str]:
    """Return the documents that a note points to, in words; of one that is no longer there, that it is so."""
    return [
        choice_words(known[each], texts) if each in known else texts.get("form_page.journal.documents.gone")
        for each in references
    ]


def print_title_key(session: Session, record: IssuedRecord) -> str:
    """Return the text key of a print's title, in the version it was made with."""
    return f"{session.library.form(record.form_id, record.form_version).text_key}.title"
