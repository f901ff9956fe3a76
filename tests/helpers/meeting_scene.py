"""A meeting with six around the table, each word of it a mark of its own."""

from datetime import datetime

from desktop_app.domain.forms import Sensitivity
from desktop_app.domain.progress import Progress
from desktop_app.services import meetings
from desktop_app.services.forms import open_form
from desktop_app.services.meeting_packages import Made, PackagePlan, check, make, propose
from desktop_app.services.meetings import Planned
from desktop_app.services.session import Session
from tests.helpers.desk_work import intake, opened_case, police_consent, typed, typed_row

STARTS = datetime.fromisoformat("2026-11-26 13:00")
CALLED = (
    ("local_police", "Per Palm", "LPO Norrvik"),
    ("police_coordinator", "Anna Alm", "Region Bergslagen"),
    ("prison_service", "Frida Fur", "Frivården Norrvik"),
    ("region", "Rut Rönn", "Beroendecentrum"),
    ("school", "Siv Sälg", "Norrviks gymnasium"),
    ("client", "Klara Kastanj", ""),
)
AUTHORITIES = ("police", "kriminalvarden", "region", "school")
CANARIES = {
    Sensitivity.IDENTITY: "Klara Kastanj",
    Sensitivity.PLACE: "kanariebostad",
    Sensitivity.POLICE: "kanariehot",
    Sensitivity.HEALTH: "kanarievard",
    Sensitivity.THIRD_PARTY: "kanariesyskon",
}
KEPT = ("kanarierad", "kanarievittne")
POINTS = {
    "threat": CANARIES[Sensitivity.POLICE],
    "needs": CANARIES[Sensitivity.HEALTH],
    "housing": CANARIES[Sensitivity.PLACE],
    "family": CANARIES[Sensitivity.THIRD_PARTY],
}


def met(session: Session, *, protected: str = "none", kind: str = "coordination") -> tuple[str, str]:
    """Open a case and plan a meeting with everybody called; return case and meeting."""
    case_id = opened_case(session)
    intake(session, case_id, protected_identity=protected)
    police_consent(session, case_id)
    for authority in AUTHORITIES[1:]:
        police_consent(session, case_id, recipient=authority)
    meeting = meetings.plan(session, [case_id], Planned(meeting_type=kind, starts=STARTS)).meeting
    for recipient, name, unit in CALLED:
        typed_row(session, case_id, "F05", "called", recipient=recipient, name=name, unit=unit)
    return case_id, meeting


def points_of(session: Session, case_id: str, form_id: str = "F06") -> dict[str, str]:
    """The points of the meeting the form is about, and their rows."""
    rows = {entry.item.link_id: entry.rows for entry in open_form(session, case_id, form_id).filled.items()}
    return {str(row.cell("point").value): row.id for row in rows["points"]}


def noted(session: Session, case_id: str) -> dict[str, str]:
    """Write the minutes: a canary in each class, and two that never leave the file. Return the rows by point."""
    typed(session, case_id, "F06", person_present="whole", not_spread=KEPT[1])
    rows = points_of(session, case_id)
    for point, words in POINTS.items():
        typed_row(session, case_id, "F06", "points", rows[point], stated=words, source="police")
    kept = {"point": "motivation", "stated": KEPT[0], "kept": "yes"}
    typed_row(session, case_id, "F06", "points", **kept)
    return rows


def package_of(session: Session, case_id: str, meeting: str, *forms: str) -> PackagePlan:
    """The package as it is proposed, or of some forms alone."""
    proposal = propose(session, case_id, meeting)
    chosen = forms or tuple(each.form_id for each in proposal.forms if each.proposed)
    return PackagePlan(case_ids=(case_id,), meeting=meeting, forms=chosen, readers=proposal.readers)


def read_and_made(session: Session, plan: PackagePlan, progress: Progress | None = None) -> Made:
    """Make a package once all that it tells has been ticked."""
    return make(session, plan, frozenset(hit.id for hit in check(session, plan).hits), progress=progress)
