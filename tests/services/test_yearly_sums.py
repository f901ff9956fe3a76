"""The year's statistics beyond the tables of cases: how cases stand, days, decisions about children and money."""

from __future__ import annotations

from decimal import Decimal

from desktop_app.domain.cases import CaseKind
from desktop_app.services.cases import new_case
from desktop_app.services.forms import open_form
from desktop_app.services.own_file import own_file
from desktop_app.services.session import Session
from tests.helpers.desk_work import answers, intake, opened_case, typed, typed_row
from tests.helpers.figures import tell
from tests.services.test_decisions import decided
from tests.services.test_own_forms import rows

FIGURES = ("answer_days", "children_decisions", "granted", "used", "own_share")


def case_with_money(session: Session, paid: str, *, days: int) -> str:
    """A case with a grant, one payment, and an answer from the police so many days after it was asked for."""
    case_id = opened_case(session)
    intake(session, case_id, name="", identity_number="", birth_year="1999")
    typed_row(
        session, case_id, "F46", "threats", asked_on="2026-10-01", answered_on=f"2026-10-{1 + days:02d}"
    )
    typed(session, case_id, "F13", funding_decided_on="2026-06-01", granted="100000")
    typed_row(
        session, case_id, "F13", "payments",
        verification="1", paid_on="2026-09-01", cost_type="K01", amount=paid, state_share="20000",
    )  # fmt: skip
    return case_id


def told(session: Session, **changes: str) -> dict[str, object]:
    own = own_file(session)
    typed(session, own, "F21", **{"year": "2026", "k": "5", **changes})
    shown = answers(open_form(session, own, "F21"))
    return {name: shown[name].value for name in FIGURES}


def test_days_and_money_are_told_of_enough_cases_alone(session: Session):
    for days in (2, 4, 6, 20):
        case_with_money(session, "30000", days=days)
    opened = opened_case(session)
    intake(session, opened, name="", identity_number="", birth_year="1999")
    few = told(session)
    assert few == {
        "answer_days": "..",
        "children_decisions": "0",
        "granted": None,
        "used": None,
        "own_share": None,
    }
    case_with_money(session, "30000", days=8)
    enough = told(session)
    assert enough["answer_days"] == "6"
    assert [enough[name] for name in FIGURES[2:]] == [Decimal(500_000), Decimal(100_000), Decimal(50_000)]
    # The control: one case that is most of the sum is told by nobody's name and yet is somebody's.
    case_with_money(session, "900000", days=8)
    assert told(session)["own_share"] is None
    assert told(session)["used"] == Decimal(120_000)
    assert set(told(session, year="2025").values()) == {"0", None}
    tell(
        "F21",
        "days and money of 4 cases: nothing told; of 5: median and sums; one case of nearly all: nothing",
    )


def test_what_is_typed_of_money_stands_before_what_is_reckoned(session: Session):
    for _ in range(5):
        case_with_money(session, "30000", days=3)
    assert told(session, used="120000")["used"] == Decimal(120_000)


def test_decisions_in_the_childrens_own_cases_are_counted(session: Session):
    for _ in range(5):
        decided(session, new_case(session, kind=CaseKind.CHILD).case_id)
    assert told(session)["children_decisions"] == "5"
    decided(session, opened_case(session))
    assert told(session)["children_decisions"] == "5", "the control: that one is not a child's"


def test_how_cases_stand_and_which_criteria_were_not_met(session: Session):
    for number in range(12):
        case_id = opened_case(session)
        intake(session, case_id, name="", identity_number="", birth_year="1999")
        if number < 6:
            typed_row(session, case_id, "F07", "criteria", "wants_to_leave", answer="no")
            typed(session, case_id, "F07", decided="ej_avhoppare")
            typed(session, case_id, "F40", closed_on="2026-11-20", closing_reason="not_a_leaver")
    told(session)
    assert rows(session, "F21", "stat_standing") == {"ongoing": "6", "closed": "6"}
    not_met = rows(session, "F21", "stat_not_met")
    assert (not_met["wants_to_leave"], not_met["support_need"]) == ("6", "0")
    # The control: a criterion that somebody who is a leaver does not meet is not counted here.
    typed_row(session, opened_case(session), "F07", "criteria", "support_need", answer="no")
    assert rows(session, "F21", "stat_not_met")["support_need"] == "0"
