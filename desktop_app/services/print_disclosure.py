"""What a form carries to its recipient: decided from profile, protection and consent before the page is laid out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from desktop_app.domain.case_file import CaseFile
from desktop_app.domain.consents import consents_from_rows, scope_for
from desktop_app.domain.errors import RecipientUnknown
from desktop_app.domain.filling import Disclosure
from desktop_app.domain.forms import FormDefinition, PageHead, Sensitivity
from desktop_app.domain.recipient_profiles import CASE_FILE, Reason
from desktop_app.services.form_reading import OpenForm, load
from desktop_app.services.forms import open_form
from desktop_app.services.session import Session


def known_recipient(definition: FormDefinition, recipient: str | None) -> str | None:
    """Return the recipient a form is made out to: the one named, the usual one, or none (the case file).

    Raises:
        RecipientUnknown: the form is not made out to such a recipient.

    """
    if recipient is None:
        return definition.recipients[0] if definition.recipients else None
    if recipient not in definition.recipients:
        raise RecipientUnknown(recipient=recipient[:40], known=", ".join(definition.recipients) or "–")
    return recipient


def made_out(
    session: Session, case_id: str, form_id: str, recipient: str | None
) -> tuple[OpenForm, Disclosure]:
    """Return a form as it stands now, with the head it has for a recipient, and what it may carry there.

    Raises:
        RecipientUnknown: the form is not made out to such a recipient.

    """
    view = open_form(session, case_id, form_id)
    to_whom = known_recipient(view.filled.definition, recipient)
    with session.reading() as stores:
        record = stores.forms.newest(case_id, view.filled.definition.id)
        if record is None:
            raise KeyError(view.response_id)
        form = load(session, stores, record)
    disclosure, head = disclosure_for(session, form, to_whom)
    return replace(form, head=head), disclosure


def disclosure_for(session: Session, form: OpenForm, recipient: str | None) -> tuple[Disclosure, PageHead]:
    """Return what the form may carry to a recipient, and its head with the warning when consent is missing.

    ``recipient`` is any recipient of resources/data/recipients.toml, also one the form is not usually made out to (a
    participant of a meeting); none or ``case_file`` is the case file. Raises ``KeyError`` for one that does not exist.
    """
    to_whom = None if recipient == CASE_FILE else recipient
    disclosure = Disclosure(
        recipient=to_whom, withheld=frozenset(withheld_classes(session, form, to_whom)), on_paper=True
    )
    warns = not may_be_told(session, form.case.file, to_whom)
    return disclosure, replace(form.head, consent_warning=warns)


def withheld_classes(session: Session, form: OpenForm, recipient: str | None) -> Mapping[Sensitivity, Reason]:
    """Return the classes of data that a recipient may not see of a case today, each with its reason.

    On a sheet that is kept apart from all others (the key sheet) nothing is withheld.
    """
    if form.definition.kept_apart:
        return {}
    file = form.case.file
    profiles = session.library.recipient_profiles
    scope = scope_for(
        profiles.of(recipient).consent_of, consents_from_rows(file.rows("consents")), session.today
    )
    return profiles.withheld(recipient, file.protection, scope)


def may_be_told(session: Session, file: CaseFile, recipient: str | None) -> bool:
    """Tell whether a recipient needs no consent, or has a valid one today."""
    authority = session.library.recipient_profiles.of(recipient).consent_of
    consents = consents_from_rows(file.rows("consents"))
    return not authority or scope_for(authority, consents, session.today).is_valid
