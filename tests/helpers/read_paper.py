"""Paper that goes out as it does at a desk: somebody reads what it tells, and ticks it."""

from desktop_app.services import printing
from desktop_app.services.disclosure_check import check
from desktop_app.services.printing import Drawn, Issued
from desktop_app.services.session import Session


def issue_read(
    session: Session, case_id: str, form_id: str, recipient: str | None = None, *, seen: Drawn | None = None
) -> Issued:
    """Issue a form with all that the disclosure check found ticked."""
    ticked = frozenset(hit.id for hit in check(session, case_id, form_id, recipient).hits)
    return printing.issue(session, case_id, form_id, recipient, seen=seen, ticked=ticked)
