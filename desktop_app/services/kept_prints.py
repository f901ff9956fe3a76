"""Prints that were kept: listed, looked at again, marked as copies, written to a file. Each way out is logged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop_app.domain.changes import ChangeSet, Kind, changed
from desktop_app.printing.marks_on_copies import marked
from desktop_app.services.new_files import write_new_file
from desktop_app.services.protection import note_opened
from desktop_app.services.session import Session


@dataclass(frozen=True, slots=True)
class Reprint:
    """A kept print marked as a copy, to be printed."""

    pdf: bytes
    changes: ChangeSet


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedSummary:
    """One line of the list of issued documents."""

    document_id: str
    form_id: str
    title_key: str
    version: int
    recipient: str | None
    made_at: datetime
    status: str
    sha256: str
    rule_set: str | None = None
    rule_set_version: int | None = None


def issued(session: Session, case_id: str) -> tuple[IssuedSummary, ...]:
    """Return what has been issued in a case, newest first."""
    with session.reading() as stores:
        records = stores.documents.of_case(case_id)
    return tuple(
        IssuedSummary(
            document_id=record.document_id,
            form_id=record.form_id,
            title_key=f"{session.library.form(record.form_id, record.form_version).text_key}.title",
            version=record.form_version,
            recipient=record.recipient,
            made_at=record.made_at,
            status=record.status,
            sha256=record.sha256,
            rule_set=record.rule_set,
            rule_set_version=record.rule_set_version,
        )
        for record in records
    )


def issued_pdf(session: Session, document_id: str) -> bytes:
    """Return the bytes of a document as it was issued. That of a protected person is noted in the log as opened."""
    with session.reading() as stores:
        record, pdf = stores.documents.record(document_id), stores.documents.pdf(document_id)
    note_opened(session, record.case_id, record.form_id, document_id)
    return pdf


def note_printed(session: Session, document_id: str) -> ChangeSet:
    """Note that a document went to a printer."""
    return _note(session, document_id, "document.printed")


def note_stopped(session: Session, document_id: str) -> ChangeSet:
    """Note that a document was on its way to a printer and did not get there whole; some of it may lie there."""
    return _note(session, document_id, "document.print_stopped")


def reprint(session: Session, document_id: str) -> Reprint:
    """Return a kept print marked as a copy on every page, and note that it was taken out again. The kept one stays."""
    with session.reading() as stores:
        pdf = stores.documents.pdf(document_id)
    copy = marked(pdf, session.library.texts.get("paper.copy"))
    return Reprint(copy, _note(session, document_id, "document.reprinted"))


def save_issued(session: Session, document_id: str, path: Path) -> ChangeSet:
    """Write a document to a file the person named. The file is not encrypted; the act is logged, its name is not.

    Raises:
        TargetExists: something is there already; it is left as it is.
        TargetNotWritable: the place cannot be written; nothing is left behind.
        DiskFull: there was no room; nothing is left behind.

    """
    with session.reading() as stores:
        pdf = stores.documents.pdf(document_id)
    return write_out(session, document_id, path, pdf, "document.saved_to_file")


def write_out(session: Session, document_id: str, path: Path, content: bytes, kind: str) -> ChangeSet:
    """Write what was made of a document to a file, and note it as an event of this kind. Raises as ``save_issued``."""
    write_new_file(path, content)
    try:
        return _note(session, document_id, kind)
    except BaseException:
        path.unlink(missing_ok=True)  # no copy outside the store without its line in the log
        raise


def _note(session: Session, document_id: str, kind: str) -> ChangeSet:
    with session.act() as work:
        record = work.documents.record(document_id)
        work.audit(kind, case_id=record.case_id, entity=record.form_id, entity_id=document_id)
        work.commit()
    return changed(Kind.DOCUMENT, case_id=record.case_id)
