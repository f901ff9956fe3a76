"""Notes a disclosure: checks what the ground asks for, and writes the line that is never changed."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desktop_app.domain.assessments import CONSENTS
from desktop_app.domain.consents import consents_from_rows, standing_for
from desktop_app.domain.disclosures import DisclosureContent, DisclosureLine, Outcome
from desktop_app.domain.errors import CaseNotFound
from desktop_app.domain.forms import Address, FilledForm, FilledItem
from desktop_app.domain.profile import profile_from_settings
from desktop_app.domain.register_errors import DisclosureLacks, DocumentOfNoDisclosure
from desktop_app.domain.stored_answers import PlacedAnswer, StoredAnswer
from desktop_app.services.case_reading import stored_file
from desktop_app.services.session import Session
from desktop_app.storage.answer_store import Writer
from desktop_app.storage.unit_of_work import StoreSet, UnitOfWork

NOTE_FORM = "F18b"
ENTITY = "disclosure"
REFERENCE = "ref."
"""Beginning of the link ids that a draft keeps its references under; no form can declare them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class References:
    """What a draft points to: the document that went out, or the line it corrects."""

    issued_document: str | None = None
    case_document: str | None = None
    corrects: str | None = None

    @property
    def has_document(self) -> bool:
        """True when it points to a document."""
        return self.issued_document is not None or self.case_document is not None


def references_of(stores: StoreSet, case_id: str, response_id: str) -> References:
    """Return what a draft of F18b points to."""
    kept = {
        placed.address.link_id.removeprefix(REFERENCE): placed.answer.value
        for placed in stores.answers.of_holder(case_id, response_id)
        if placed.address.link_id.startswith(REFERENCE)
    }
    return References(
        issued_document=kept.get("issued_document"),
        case_document=kept.get("case_document"),
        corrects=kept.get("corrects"),
    )


def keep_references(work: UnitOfWork, case_id: str, response_id: str, references: References) -> None:
    """Write what a draft points to; ``None`` takes a reference away."""
    writer = Writer(case_id, work.now, work.actor)
    for name in ("issued_document", "case_document", "corrects"):
        value = getattr(references, name)
        stored = StoredAnswer("answered", value) if value else StoredAnswer("as_typed")
        work.answers.put(writer, PlacedAnswer(response_id, Address(f"{REFERENCE}{name}"), stored))


def is_written_in(stores: StoreSet, case_id: str, response_id: str) -> bool:
    """Tell whether anything has been answered in a draft of F18b."""
    return any(
        not placed.address.link_id.startswith(REFERENCE)
        and (placed.answer.value or placed.answer.typed or placed.answer.state != "as_typed")
        for placed in stores.answers.of_holder(case_id, response_id)
    )


def write_line(
    session: Session,
    work: UnitOfWork,
    case_id: str,
    content: DisclosureContent,
    *,
    corrects: str | None = None,
    response_id: str | None = None,
) -> DisclosureLine:
    """Write a line inside an act.

    Raises:
        DisclosureLacks: what the ground asks for is not all there (``count``).
        DocumentOfNoDisclosure: the document is not one of the case.
        CaseNotFound: no such case, or no such line in it to correct.

    """
    case = work.cases.by_id(case_id)
    lacking = content.lacks(session.library.definitions.grounds)
    if lacking:
        raise DisclosureLacks(count=len(lacking))
    _must_be_of_case(work, case_id, content)
    if corrects is not None:
        work.disclosures.by_id(case_id, corrects)
    consents = consents_from_rows(stored_file(session, work, case).rows(CONSENTS))
    profile = profile_from_settings(work.settings.all())
    line = DisclosureLine(
        id=secrets.token_hex(8),
        case_id=case_id,
        corrects=corrects,
        content=content,
        consent_then=standing_for(content.authority, consents, content.given_on),
        response_id=response_id,
        written_at=work.now,
        written_by=profile.signature or work.actor,
    )
    work.disclosures.add(line)
    if corrects is None:
        work.audit("disclosure.noted", case_id=case_id, entity=ENTITY, entity_id=line.id)
    else:
        work.audit("disclosure.corrected", case_id=case_id, entity=ENTITY, entity_id=line.id)
    return line


def _must_be_of_case(work: UnitOfWork, case_id: str, content: DisclosureContent) -> None:
    if content.issued_document_id is not None:
        try:
            owner = work.documents.record(content.issued_document_id).case_id
        except CaseNotFound:
            raise DocumentOfNoDisclosure from None
        if owner != case_id:
            raise DocumentOfNoDisclosure
    if content.case_document_id is not None:
        known = (each.document_id for each in work.case_documents.of_case(case_id))
        if content.case_document_id not in known:
            raise DocumentOfNoDisclosure


def write_finished(
    session: Session, work: UnitOfWork, case_id: str, response_id: str, filled: FilledForm
) -> None:
    """Note what a finished F18b says, in the same act. Raises as ``write_line``."""
    entries = {entry.item.link_id: entry for entry in filled.items()}
    references = references_of(work, case_id, response_id)
    content = content_of(entries, references)
    if content is None:
        raise DisclosureLacks(count=1)
    write_line(session, work, case_id, content, corrects=references.corrects, response_id=response_id)


def content_of(entries: Mapping[str, FilledItem], references: References) -> DisclosureContent | None:
    """Read F18b as it is filled in; ``None`` while it does not say what became of it, or when."""
    outcome, given_on = _code(entries, "outcome"), _day(entries, "given_on")
    if outcome not in tuple(Outcome) or given_on is None:
        return None
    is_contact = "contact_kinds" in entries
    return DisclosureContent(
        given_on=given_on,
        initiative=_code(entries, "initiative"),
        authority=_code(entries, "authority"),
        recipient=_code(entries, "recipient"),
        recipient_check=_code(entries, "recipient_check"),
        outcome=Outcome(outcome),
        ground=_code(entries, "ground"),
        ground_detail=_code(entries, "ground_detail"),
        data_kinds=_codes(entries, "contact_kinds" if is_contact else "data_kinds"),
        what=_code(entries, "what"),
        need=_code(entries, "need"),
        weighing=_code(entries, "weighing"),
        exceptional=_code(entries, "exceptional"),
        exceptional_reasons=_code(entries, "exceptional_reasons"),
        decided_by=_code(entries, "manager" if "manager" in entries else "decided_by"),
        decided_on=_day(entries, "manager_on"),
        document_words=_code(entries, "document") if references.has_document else "",
        issued_document_id=references.issued_document,
        case_document_id=references.case_document,
    )


def _code(entries: Mapping[str, FilledItem], name: str) -> str:
    value = entries[name].answer.value if name in entries else None
    return value if isinstance(value, str) else ""


def _codes(entries: Mapping[str, FilledItem], name: str) -> tuple[str, ...]:
    value = entries[name].answer.value if name in entries else None
    return value if isinstance(value, tuple) else ()


def _day(entries: Mapping[str, FilledItem], name: str) -> date | None:
    value = entries[name].answer.value if name in entries else None
    return value if isinstance(value, date) else None
