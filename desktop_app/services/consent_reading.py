"""How the consents of a case file stand today."""

from __future__ import annotations

from datetime import date

from desktop_app.domain.assessments import CONSENTS, age_of_client
from desktop_app.domain.case_file import CaseFile
from desktop_app.domain.consent_register import AuthorityConsent, register_of
from desktop_app.domain.derived import CHILD_UNTIL
from desktop_app.services.session import Session

AUTHORITIES = "authorities"
"""The code table of whom a consent can be given for."""


def consents_of(session: Session, file: CaseFile, day: date | None = None) -> tuple[AuthorityConsent, ...]:
    """Return how the consents of a case stand on a day, today unless one is named."""
    return register_of(
        file.rows(CONSENTS),
        session.library.definitions.consent_blocks,
        session.library.table(AUTHORITIES),
        day or session.today,
        is_child=is_child(session, file),
    )


def is_child(session: Session, file: CaseFile) -> bool:
    """Tell whether the person is known to be under 18: then guardians and the child itself agree."""
    age = age_of_client(file, session.today)
    return age is not None and age < CHILD_UNTIL
