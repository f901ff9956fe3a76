"""What a note points to: documents of its case, those taken in and those printed alike."""

from __future__ import annotations

from dataclasses import dataclass

TAKEN_IN, PRINTED = "case_document", "issued_document"


@dataclass(frozen=True, slots=True)
class DocumentReference:
    """One document of a case: one that was taken in, or a print (``is_issued``)."""

    document_id: str
    is_issued: bool = False

    def as_text(self) -> str:
        """Return it as it is stored: ``case_document:<id>``, ``issued_document:<id>`` for a print."""
        return f"{PRINTED if self.is_issued else TAKEN_IN}:{self.document_id}"


def reference_of(text: str) -> DocumentReference:
    """Return what ``as_text`` wrote."""
    kind, _, document_id = text.partition(":")
    return DocumentReference(document_id, kind == PRINTED)
