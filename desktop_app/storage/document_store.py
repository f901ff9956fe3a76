"""Printed documents, byte for byte as they were issued."""

from dataclasses import dataclass
from datetime import datetime

from desktop_app.domain.errors import CaseNotFound
from desktop_app.storage.connection import Row
from desktop_app.storage.moments import moment_of, moment_text
from desktop_app.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedRecord:
    """One issued document without its bytes. ``recipient`` is ``None`` when it stays in the case file.

    ``rule_set`` and its version are those the form rests on; ``None`` when it rests on none.
    """

    document_id: str
    case_id: str
    form_id: str
    form_version: int
    recipient: str | None
    status: str
    made_at: datetime
    sha256: str
    rule_set: str | None = None
    rule_set_version: int | None = None
    response_id: str | None = None
    content_digest: str | None = None
    """Which response it was made of, and the digest of what was filled in (``domain/printed_content.py``)."""


_COLUMNS = (
    "SELECT document_id, case_id, form_id, form_version, recipient, status, made_at, sha256, rule_set, "
    "rule_set_version, response_id, content_digest "
)


class DocumentStore(Store):
    """The table ``issued_document``. A document is added and read, never changed."""

    def add(self, record: IssuedRecord, by: str, pdf: bytes) -> None:
        """Keep a document as issued."""
        self._execute(
            "INSERT INTO issued_document "
            "(document_id, case_id, form_id, form_version, recipient, status, made_at, made_by, sha256, pdf, "
            "rule_set, rule_set_version, response_id, content_digest) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                record.document_id,
                record.case_id,
                record.form_id,
                record.form_version,
                record.recipient,
                record.status,
                moment_text(record.made_at),
                by,
                record.sha256,
                pdf,
                record.rule_set,
                record.rule_set_version,
                record.response_id,
                record.content_digest,
            ),
        )

    def of_case(self, case_id: str) -> list[IssuedRecord]:
        """Return the documents of a case, newest first."""
        rows = self._rows(
            _COLUMNS + "FROM issued_document WHERE case_id = ? ORDER BY made_at DESC, document_id", (case_id,)
        )
        return [_record(row) for row in rows]

    def record(self, document_id: str) -> IssuedRecord:
        """Return one document without its bytes; raises ``CaseNotFound`` when there is none."""
        row = self._row(_COLUMNS + "FROM issued_document WHERE document_id = ?", (document_id,))
        if row is None:
            raise CaseNotFound
        return _record(row)

    def pdf(self, document_id: str) -> bytes:
        """Return the bytes of a document; raises ``CaseNotFound`` when there is none."""
        row = self._row("SELECT pdf FROM issued_document WHERE document_id = ?", (document_id,))
        if row is None:
            raise CaseNotFound
        return bytes(row[0])


def _record(row: Row) -> IssuedRecord:
    return IssuedRecord(
        document_id=str(row[0]),
        case_id=str(row[1]),
        form_id=str(row[2]),
        form_version=int(row[3]),
        recipient=None if row[4] is None else str(row[4]),
        status=str(row[5]),
        made_at=moment_of(str(row[6])),
        sha256=str(row[7]),
        rule_set=None if row[8] is None else str(row[8]),
        rule_set_version=None if row[9] is None else int(row[9]),
        response_id=None if row[10] is None else str(row[10]),
        content_digest=None if row[11] is None else str(row[11]),
    )
