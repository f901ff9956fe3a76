"""Documents kept in a case: what is told about each, and its bytes in parts."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from desktop_app.domain.document_errors import DocumentGone
from desktop_app.domain.documents import (
    PART_BYTES,
    About,
    CaseDocument,
    Direction,
    DocumentKind,
    MediaType,
)
from desktop_app.storage.connection import Row
from desktop_app.storage.moments import moment_of, moment_text
from desktop_app.storage.store import Store

_DOCUMENTS: Final = (
    "SELECT document_id, case_id, number, title, kind, direction, sender, dated_on, media_type, size_bytes, "
    "sha256, added_at, removed_at FROM case_document "
)


class CaseDocumentStore(Store):
    """The tables ``case_document`` and ``document_part``. The bytes are added and read, never changed."""

    def next_number(self, case_id: str) -> int:
        """Return the number the next document of a case gets."""
        rows = self._rows(
            "SELECT COALESCE(max(number), 0) + 1 FROM case_document WHERE case_id = ?", (case_id,)
        )
        return int(rows[0][0])

    def add(self, document: CaseDocument, by: str) -> None:
        """Keep what is told about a document; its parts follow with ``add_part``."""
        about = document.about
        self._execute(
            "INSERT INTO case_document (document_id, case_id, number, title, kind, direction, sender, dated_on, "
            "media_type, size_bytes, sha256, added_at, added_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                document.document_id,
                document.case_id,
                document.number,
                about.title,
                about.kind.value,
                about.direction.value,
                about.sender,
                about.dated_on.isoformat() if about.dated_on else None,
                document.media_type.value,
                document.size_bytes,
                document.sha256,
                moment_text(document.added_at),
                by,
            ),
        )

    def add_part(self, document_id: str, ordinal: int, part: bytes) -> None:
        """Keep one part of the bytes, counted from 0."""
        self._execute(
            "INSERT INTO document_part (document_id, ordinal, bytes) VALUES (?, ?, ?)",
            (document_id, ordinal, part),
        )

    def change_about(self, document_id: str, about: About) -> None:
        """Tell otherwise about a document."""
        self._execute(
            "UPDATE case_document SET title = ?, kind = ?, direction = ?, sender = ?, dated_on = ? "
            "WHERE document_id = ?",
            (
                about.title,
                about.kind.value,
                about.direction.value,
                about.sender,
                about.dated_on.isoformat() if about.dated_on else None,
                document_id,
            ),
        )

    def set_removed(self, document_id: str, removed_at: datetime | None) -> None:
        """Put a document into the trash, or take it out (``None``)."""
        self._execute(
            "UPDATE case_document SET removed_at = ? WHERE document_id = ?",
            (moment_text(removed_at) if removed_at else None, document_id),
        )

    def of_case(self, case_id: str) -> list[CaseDocument]:
        """Return the documents of a case that are not in the trash, the latest added first."""
        rows = self._rows(
            _DOCUMENTS + "WHERE case_id = ? AND removed_at IS NULL ORDER BY added_at DESC, number DESC",
            (case_id,),
        )
        return [_document(row) for row in rows]

    def by_id(self, document_id: str) -> CaseDocument:
        """Return one document, also from the trash; raises ``DocumentGone`` when there is none."""
        row = self._row(_DOCUMENTS + "WHERE document_id = ?", (document_id,))
        if row is None:
            raise DocumentGone
        return _document(row)

    def same_bytes(self, case_id: str, sha256: str) -> CaseDocument | None:
        """Return the document of a case, in the trash or not, that has the same bytes; the first when several."""
        row = self._row(
            _DOCUMENTS + "WHERE case_id = ? AND sha256 = ? ORDER BY removed_at IS NOT NULL, number",
            (case_id, sha256),
        )
        return _document(row) if row else None

    def is_disclosed(self, document_id: str) -> bool:
        """Tell whether the register of what has been given out points to it."""
        sql = "SELECT 1 FROM disclosure WHERE case_document_id = ? LIMIT 1"
        return self._row(sql, (document_id,)) is not None

    def is_noted(self, case_id: str, reference: str) -> bool:
        """Tell whether a note of the journal points to it, signed or not."""
        sql = "SELECT 1 FROM journal_note WHERE case_id = ? AND instr(documents, ?) > 0 LIMIT 1"
        return self._row(sql, (case_id, reference)) is not None

    def each_part(self, document_id: str) -> Iterator[bytes]:
        """Yield the parts of the bytes in order."""
        rows = self._each(
            "SELECT bytes FROM document_part WHERE document_id = ? ORDER BY ordinal", (document_id,)
        )
        return (bytes(row[0]) for row in rows)


def parts_of(content: bytes) -> Iterator[bytes]:
    """Yield the bytes in the parts they are kept in."""
    return (content[at : at + PART_BYTES] for at in range(0, len(content), PART_BYTES))


def _document(row: Row) -> CaseDocument:
    return CaseDocument(
        document_id=str(row[0]),
        case_id=str(row[1]),
        number=int(row[2]),
        about=About(
            title=str(row[3]),
            kind=DocumentKind(row[4]),
            direction=Direction(row[5]),
            sender=str(row[6]),
            dated_on=date.fromisoformat(row[7]) if row[7] else None,
        ),
        media_type=MediaType(row[8]),
        size_bytes=int(row[9]),
        sha256=str(row[10]),
        added_at=moment_of(str(row[11])),
        removed_at=moment_of(str(row[12])) if row[12] else None,
    )
