"""Which kept prints no longer say what their form says today, for the same reader: by digests, nothing is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop_app.domain.printed_content import content_digest, may_be_compared
from desktop_app.services.form_reading import OpenForm, load
from desktop_app.services.print_disclosure import disclosure_for
from desktop_app.services.session import Session
from desktop_app.storage.document_store import IssuedRecord


@dataclass(frozen=True, slots=True)
class DifferingPrint:
    """A print whose form would now be filled in otherwise; ``recipient`` is ``None`` when it stays in the case file."""

    document_id: str
    form_id: str
    recipient: str | None
    made_at: datetime


def differing(session: Session, case_id: str, form_id: str = "") -> tuple[DifferingPrint, ...]:
    """Return the prints of a case, or of one of its forms, that differ from the form of today; the newest first.

    Each is held against the very response it was made of, so that a form begun anew does not make the prints of the
    former one differ. Forms that follow the case all along (``kept_up``) are left out: they always differ. So are
    prints older than the digests, of which nothing can be said. Raises ``CaseNotFound``.
    """
    with session.reading() as stores:
        stores.cases.by_id(case_id)
        records = [each for each in stores.documents.of_case(case_id) if _is_meant(session, each, form_id)]
        responses = {str(each.id): each for each in stores.forms.of_case(case_id)} if records else {}
        asked_for = {record.response_id or "" for record in records}
        forms = {each: load(session, stores, responses[each]) for each in asked_for if each in responses}
    today = {
        (response_id, recipient): _digest(session, forms[response_id], recipient)
        for response_id, recipient in {(each.response_id or "", each.recipient) for each in records}
        if response_id in forms
    }
    return tuple(
        DifferingPrint(record.document_id, record.form_id, record.recipient, record.made_at)
        for record in records
        if today.get((record.response_id or "", record.recipient), record.content_digest)
        != record.content_digest
    )


def _digest(session: Session, form: OpenForm, recipient: str | None) -> str:
    return content_digest(form.filled(disclosure_for(session, form, recipient)[0]))


def _is_meant(session: Session, record: IssuedRecord, form_id: str) -> bool:
    if form_id not in ("", record.form_id):
        return False
    known = record.content_digest is not None and may_be_compared(record.content_digest)
    return known and not session.library.form(record.form_id, record.form_version).kept_up
