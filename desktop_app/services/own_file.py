"""The municipality's own file: forms about the unit's work, not about any person (F21, F23).

It is a file like the others, so that its forms have autosave, undo, preview, print and kept copies without code of
their own; it is made when it is first asked for, has no card and stands in no list, search or count of cases.
"""

from __future__ import annotations

import secrets

from desktop_app.domain.forms import FormDefinition
from desktop_app.services.library import Library
from desktop_app.services.session import Session


def own_file(session: Session) -> str:
    """Return the id of the municipality's own file, made now when there is none."""
    with session.reading() as stores:
        found = stores.cases.own_file()
    if found is not None:
        return found.id
    with session.act() as work:
        case = work.cases.own_file() or work.cases.add_own_file(secrets.token_hex(8), work.now)
        work.audit("own_file.opened", case_id=case.id)
        work.commit()
    return case.id


def own_forms(library: Library) -> tuple[FormDefinition, ...]:
    """Return the forms that belong there."""
    return tuple(form for form in library.forms if form.of_municipality)
