"""F13 in a real store: payments written once, sums that add up, and nothing of who the person is."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.domain.answers import answered
from desktop_app.domain.case_file import CaseFile
from desktop_app.domain.cases import Case, case_code
from desktop_app.domain.errors import FormHasGaps
from desktop_app.domain.forms import Row
from desktop_app.domain.payments import PAYMENTS, payment_facts
from desktop_app.services import forms, guide, printing
from desktop_app.services.session import Session
from tests.helpers.clock import NOON
from tests.helpers.desk_work import answers, intake, opened_case, police_consent, typed, typed_row
from tests.helpers.figures import tell
from tests.printing.reading import text_of

GRANT = {
    "funding_decided_on": "2026-06-20",
    "registry_number": "A123.456/2026",
    "granted": "100 000",
    "period_from": "2026-07-01",
    "period_until": "2026-12-31",
}
PAYMENT = {"paid_on": "2026-09-30", "cost_type": "K01", "provider": "Trygga Påhittet AB"}


def paid(session: Session, case_id: str, number: str, amount: str, share: str, **changes: str) -> str:
    """Write a payment."""
    cells = {**PAYMENT, "verification": number, "amount": amount, "state_share": share, **changes}
    return typed_row(
        session, case_id, "F13", "payments", **{name: words for name, words in cells.items() if words}
    )


def sums(session: Session, case_id: str) -> dict[str, object]:
    names = ("paid_total", "state_total", "own_total", "unspent", "overspent")
    shown = answers(forms.open_form(session, case_id, "F13"))
    return {name: shown[name].value for name in names if name in shown and shown[name].is_given}


def doubts(session: Session, case_id: str) -> set[str]:
    return {doubt.text_key for doubt in forms.open_form(session, case_id, "F13").doubts}


def test_the_sums_follow_from_the_payments(session: Session):
    case_id = opened_case(session)
    typed(session, case_id, "F13", **GRANT)
    paid(session, case_id, "V1", "60 000", "50 000")
    paid(session, case_id, "V2", "20 000,50", "20 000,50", cost_type="K07")
    assert sums(session, case_id) == {
        "paid_total": Decimal("80000.50"),
        "state_total": Decimal("70000.50"),
        "own_total": Decimal(10_000),
        "unspent": Decimal("29999.50"),
    }
    assert doubts(session, case_id) <= {"doubts.consent_missing"}
    tell("support", "F13: 80 000,50 kr paid, 70 000,50 of the state's, 29 999,50 kr unspent of 100 000")


def test_what_was_applied_for_stands_beside_what_was_paid(session: Session):
    case_id = opened_case(session)
    line = {
        "cost_type": "K01",
        "starts": "2026-07-01",
        "unit": "month",
        "quantity": "2",
        "unit_price": "40 000",
    }
    typed_row(session, case_id, "F12", "cost_lines", **line)
    typed(session, case_id, "F13", **GRANT)
    paid(session, case_id, "V1", "60 000", "50 000")
    paid(session, case_id, "V2", "900", "900", cost_type="K10")
    [repeat] = [
        entry
        for entry in forms.open_form(session, case_id, "F13").filled.items()
        if entry.item.link_id == "payment_types"
    ]
    told = [
        tuple(row.cell(name).value for name in ("applied", "amount", "state_share")) for row in repeat.rows
    ]
    assert told == [(80_000, 60_000, 50_000), (0, 900, 900)]


def test_a_share_that_is_not_known_is_not_nought(session: Session):
    case_id = opened_case(session)
    typed(session, case_id, "F13", **GRANT)
    paid(session, case_id, "V1", "60 000", "50 000")
    row = paid(session, case_id, "V2", "10 000", "")
    assert set(sums(session, case_id)) == {"paid_total", "state_total"}, "what is left cannot be told yet"
    typed_row(session, case_id, "F13", "payments", row, state_share="0")
    assert sums(session, case_id)["unspent"] == 50_000


@pytest.mark.parametrize(
    ("cells", "doubt"),
    [
        ({"amount": "10", "share": "11"}, "doubts.state_over_amount"),
        ({"amount": "10", "share": "5", "paid_on": "2027-01-02"}, "doubts.payment_outside_period"),
        ({"amount": "200 000", "share": "100 001"}, "doubts.over_granted"),
    ],
)
def test_what_does_not_add_up_is_told_before_the_print(session: Session, cells: dict[str, str], doubt: str):
    case_id = opened_case(session)
    typed(session, case_id, "F13", **GRANT)
    paid(session, case_id, "V1", "1 000", "1 000")
    assert doubt not in doubts(session, case_id)
    paid(session, case_id, "V2", cells["amount"], cells["share"], paid_on=cells.get("paid_on", "2026-09-30"))
    assert doubt in doubts(session, case_id)
    if doubt == "doubts.over_granted":
        assert sums(session, case_id)["overspent"] == 1_001
        assert sums(session, case_id)["unspent"] == 0


def test_the_report_says_nothing_of_who_it_is(session: Session):
    case_id = opened_case(session)
    intake(session, case_id)
    police_consent(session, case_id)
    typed(session, case_id, "F13", **GRANT)
    paid(session, case_id, "V1", "1 000", "1 000")
    printed = text_of(printing.preview(session, case_id, "F13", "police_funding"))
    assert "V1" in printed
    assert "A123.456/2026" in printed
    for words in ("Klara", "Kastanj", "1997", "frivården", "sjön"):
        assert words not in printed
    assert "Klara Kastanj" in text_of(printing.preview(session, case_id, "F10", "client")), "the control"


def test_an_attested_report_is_frozen_and_ends_its_step(session: Session):
    case_id = opened_case(session)
    intake(session, case_id)
    typed(session, case_id, "F15", closed_on="2026-11-20")
    typed(session, case_id, "F13", **GRANT)
    paid(session, case_id, "V1", "60 000", "50 000")
    begun = guide.overview(session, case_id).step("accounts")
    with pytest.raises(FormHasGaps):
        forms.finish(session, case_id, "F13")
    attest = {"results": "Eget boende.", "attested_by": "Chef Chefsson", "accounts_made_on": "2026-11-21"}
    typed(session, case_id, "F13", **attest)
    forms.finish(session, case_id, "F13")
    done = guide.overview(session, case_id).step("accounts")
    assert begun is not None
    assert done is not None
    assert (begun.form_id, begun.status, done.status) == ("F13", "in_progress", "done")
    forms.begin_anew(session, case_id, "F13")
    paid(session, case_id, "V2", "1 000", "1 000")
    assert sums(session, case_id)["paid_total"] == 61_000


KRONOR = st.one_of(st.none(), st.integers(0, 10**9).map(lambda ore: Decimal(ore) / 100))


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(payments=st.lists(st.tuples(KRONOR, KRONOR), max_size=8), granted=KRONOR)
def test_the_parts_always_make_the_whole_and_unknown_never_counts(
    payments: list[tuple[Decimal | None, Decimal | None]], granted: Decimal | None
):
    rows = tuple(
        Row(
            str(number),
            {
                "verification": answered(f"V{number}"),
                **({"amount": answered(amount)} if amount is not None else {}),
                **({"state_share": answered(share)} if share is not None else {}),
            },
        )
        for number, (amount, share) in enumerate(payments)
    )
    facts = {"funding.granted": answered(granted)} if granted is not None else {}
    case = Case(id="c1", code=case_code(2026, 1), opened_at=NOON)
    told = {
        key.removeprefix("derived."): Decimal(str(each.value))
        for key, each in payment_facts(CaseFile(case=case, facts=facts, registers={PAYMENTS: rows})).items()
    }
    whole = bool(payments) and all(None not in pair for pair in payments)
    assert ("own_total" in told) is whole
    assert ("unspent" in told) is (whole and granted is not None)
    if whole:
        assert told["paid_total"] == told["state_total"] + told["own_total"]
        if granted is not None:
            assert granted == told["state_total"] + told["unspent"] - told.get("overspent", Decimal(0))


def test_the_forms_of_this_area_are_declared_alone():
    """The figure of the promise: no line of code names F10, F11, F13, F14 or F15."""
    code = [path for top in ("desktop_app", "ui") for path in Path(top).rglob("*.py")]
    named = [
        str(path)
        for path in code
        for form_id in ('"F10"', '"F11"', '"F11b"', '"F13"', '"F15"', '"K1"', '"K2"')
        if form_id in path.read_text("utf-8")
    ]
    assert named == []
    assert any('"F09"' in path.read_text("utf-8") for path in code), "the control: F09 has code of its own"
