"""A caseworker's moves, short enough to tell a story with."""

from desktop_app.domain.answers import Answer
from desktop_app.domain.forms import Address
from desktop_app.services.cases import new_case
from desktop_app.services.disclosures import begin_note
from desktop_app.services.forms import Edit, FormView, Saved, add_row, finish, open_form, read, save
from desktop_app.services.session import Session

INTAKE = {
    "contacted_at": "2026-11-22 09:15",
    "channel": "phone",
    "urgent_danger": "no",
    "children_in_household": "no",
    "protected_identity": "none",
    "name": "Klara Kastanj",
    "identity_number": "19970516-2387",
    "secure_contact": "Via frivården",
    "whereabouts": "Stugan vid sjön",
    "role": "leaver",
    "next_step": "Möte på måndag",
}


def opened_case(session: Session) -> str:
    """Open a case and return its id."""
    return new_case(session).case_id


def typed(session: Session, case_id: str, form_id: str, **texts: str) -> Saved:
    """Type texts into the questions of a form and save it."""
    view = open_form(session, case_id, form_id)
    edits = [
        Edit(Address(key), read(session.library, item, text, today=session.today))
        for key, text in texts.items()
        for item in (view.filled.definition.item(key),)
    ]
    return save(session, case_id, form_id, view.revision, edits)


def typed_row(
    session: Session, case_id: str, form_id: str, repeat: str, row_id: str | None = None, **texts: str
) -> str:
    """Type texts into a row, a new one unless ``row_id`` names it; return its id."""
    if row_id is None:
        row_id = add_row(session, case_id, form_id, repeat).row_id or ""
    view = open_form(session, case_id, form_id)
    columns = {column.link_id: column for column in view.filled.definition.item(repeat).columns}
    edits = [
        Edit(
            Address(repeat, row_id, key),
            read(session.library, columns[key], text, row_id, today=session.today),
        )
        for key, text in texts.items()
    ]
    save(session, case_id, form_id, view.revision, edits)
    return row_id


def intake(session: Session, case_id: str, **changes: str) -> Saved:
    """Fill in the first form of a case."""
    return typed(session, case_id, "F01", **{**INTAKE, **changes})


def police_consent(session: Session, case_id: str, **cells: str) -> str:
    """Note a consent towards the police."""
    given = {"recipient": "police", "may_disclose": "yes", "may_obtain": "yes", **cells}
    return typed_row(session, case_id, "F02", "consents", **given)


DISCLOSED = {
    "outcome": "given",
    "given_on": "2026-11-22",
    "initiative": "asked",
    "authority": "police",
    "recipient": "BOPS, Sam",
    "recipient_check": "called_back",
    "ground": "consent",
}
WHAT_AND_WHY = {"what": "Begäran", "need": "Bedömning"}
"""F18b asks for these when it knows the ground."""


def disclosure(session: Session, case_id: str) -> Saved:
    """Note a disclosure to the police."""
    begin_note(session, case_id)
    typed(session, case_id, "F18b", **DISCLOSED)
    typed(session, case_id, "F18b", **WHAT_AND_WHY)
    return finish(session, case_id, "F18b")


def answers(view: FormView) -> dict[str, Answer]:
    """The answers of a form by question."""
    return {entry.item.link_id: entry.answer for entry in view.filled.items()}
