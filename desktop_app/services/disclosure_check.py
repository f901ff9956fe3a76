"""The check before a paper leaves the house: what it withholds, what it still would tell, and who has read that."""

from __future__ import annotations

from collections.abc import Iterable

from desktop_app.domain.disclosure_check import DisclosureCheck, Hit, HitKind, WithheldField
from desktop_app.domain.disclosure_check import check as checked
from desktop_app.domain.disclosure_errors import DisclosureNotTicked
from desktop_app.domain.filling import Disclosure
from desktop_app.domain.forms import FilledForm, Sensitivity
from desktop_app.domain.known_words import KnownWords
from desktop_app.services.form_reading import OpenForm
from desktop_app.services.known_words import known_words
from desktop_app.services.print_disclosure import made_out, withheld_classes
from desktop_app.services.session import Session
from desktop_app.storage.unit_of_work import UnitOfWork

__all__ = [
    "DisclosureCheck",
    "Hit",
    "HitKind",
    "WithheldField",
    "check",
    "check_filled",
    "must_be_ticked",
    "note",
]

CHECKED = "disclosure.checked"
"""The kind of the line in the log: how many places were read, and in which fields. Never what stands there."""


def check(session: Session, case_id: str, form_id: str, recipient: str | None = None) -> DisclosureCheck:
    """Return what a form as it stands now withholds from a recipient, and what it would tell.

    Raises:
        RecipientUnknown: the form is not made out to such a recipient.

    """
    form, disclosure = made_out(session, case_id, form_id, recipient)
    return check_filled(session, form, form.filled(disclosure), disclosure)


def check_filled(
    session: Session, form: OpenForm, filled: FilledForm, disclosure: Disclosure
) -> DisclosureCheck:
    """Return what one form, put together for a recipient, withholds and tells."""
    profile = session.library.recipient_profiles.of(disclosure.recipient)
    reasons = withheld_classes(session, form, disclosure.recipient)
    known = KnownWords(())
    if profile.is_outside:
        names_client = Sensitivity.IDENTITY not in disclosure.withheld
        known = known_words(session, form.record.case_id, names_client=names_client)
    return checked(filled, profile, reasons, known)


def must_be_ticked(found: DisclosureCheck, ticked: Iterable[str]) -> None:
    """Raise ``DisclosureNotTicked`` while something that would go out has been ticked by nobody."""
    left = found.not_ticked(ticked)
    if left:
        raise DisclosureNotTicked(count=len(left))


def note(work: UnitOfWork, case_id: str, form_id: str, document_id: str, found: DisclosureCheck) -> None:
    """Note in the same act that somebody read what goes out: how many places and which fields, never the words."""
    if found.hits:
        fields = dict.fromkeys(hit.address.link_id for hit in found.hits)
        counted = (f"ställen:{len(found.hits)}", *fields)
        work.audit(CHECKED, case_id=case_id, entity=form_id, entity_id=document_id, fields=counted)
