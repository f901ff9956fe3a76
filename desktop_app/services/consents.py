"""The consent register of a case: how each consent stands and what its gaps stop, and how a change is begun."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.domain.assessments import CONSENTS
from desktop_app.domain.case_file import CaseFile
from desktop_app.domain.changes import ChangeSet, Kind, changed
from desktop_app.domain.consent_changes import CHANGE_FORM, CHANGES, WITHDRAWN
from desktop_app.domain.consent_register import AuthorityConsent
from desktop_app.domain.forms import Address, ResponseStatus
from desktop_app.domain.stored_answers import PlacedAnswer, PlacedRow, StoredAnswer, to_stored
from desktop_app.services.case_reading import read_response, stored_file
from desktop_app.services.consent_reading import AUTHORITIES, consents_of, is_child
from desktop_app.services.forms import begin_anew, open_form
from desktop_app.services.session import Session
from desktop_app.storage.answer_store import Writer
from desktop_app.storage.unit_of_work import StoreSet

CONSENT_FORM = "F02"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentRegister:
    """The register as shown: authorities asked or always looked for, and those that nobody has asked about.

    ``change_begun``: a form of withdrawal or change has been begun and is not finished. ``language`` and
    ``explained_on``: how and when the newest F02 was gone through with the person.
    """

    authorities: tuple[AuthorityConsent, ...]
    not_asked: tuple[str, ...]
    is_child: bool
    change_begun: bool
    language: str
    explained_on: date | None


def register_view(session: Session, case_id: str) -> ConsentRegister:
    """Return the register as it stands today; ``CaseNotFound`` when there is no such case."""
    with session.reading() as stores:
        file = stored_file(session, stores, stores.cases.by_id(case_id))
        change = stores.forms.newest(case_id, CHANGE_FORM)
        language, explained_on = _explained(session, stores, case_id, file)
    authorities = consents_of(session, file)
    shown = {one.authority for one in authorities}
    return ConsentRegister(
        authorities=authorities,
        not_asked=tuple(code for code in session.library.table(AUTHORITIES) if code not in shown),
        is_child=is_child(session, file),
        change_begun=change is not None and change.status is ResponseStatus.DRAFT and change.revision > 0,
        language=language,
        explained_on=explained_on,
    )


def _explained(session: Session, stores: StoreSet, case_id: str, file: CaseFile) -> tuple[str, date | None]:
    record = stores.forms.newest(case_id, CONSENT_FORM)
    if record is None:
        return "", None
    definition = session.library.form(record.form_id, record.form_version)
    answers = read_response(stores, record, definition).answers
    said = answers["language"].value if "language" in answers else None
    day = answers["explained_on"].value if "explained_on" in answers else None
    language = said or file.value("client.language")
    return language if isinstance(language, str) else "", day if isinstance(day, date) else None


def begin_change(session: Session, case_id: str, authority: str, row_id: str = "") -> ChangeSet:
    """Begin F02b with a row for a consent (all of an authority without ``row_id``), beside those begun already."""
    begin_anew(session, case_id, CHANGE_FORM)
    view = open_form(session, case_id, CHANGE_FORM)
    repeat = view.filled.definition.item(CHANGES)
    columns = {column.link_id: column for column in repeat.columns}
    with session.act() as work:
        file = stored_file(session, work, work.cases.by_id(case_id))
        row = file.row(CONSENTS, row_id)
        wanted = row_id or f"all-{authority}"
        work.answers.add_row(case_id, PlacedRow(view.response_id, CHANGES, wanted))
        writer = Writer(case_id, work.now, work.actor)
        cells = {
            "recipient": StoredAnswer("answered", authority),
            "change": StoredAnswer("answered", WITHDRAWN),
        }
        if row.cell("unit").is_value:
            cells["unit"] = to_stored(columns["unit"], row.cell("unit"))
        for column, stored in cells.items():
            address = Address(CHANGES, wanted, column)
            work.answers.put(writer, PlacedAnswer(view.response_id, address, stored))
        work.forms.saved(view.response_id, view.revision + 1, work.now)
        work.audit(
            "consent.change_begun",
            case_id=case_id,
            entity=CHANGE_FORM,
            entity_id=view.response_id,
            fields=(CHANGES,),
        )
        work.commit()
    return changed(Kind.FORM, Kind.REGISTER, case_id=case_id)
