"""The control before print on a real case: each finding in words, with the field it leads to."""

from pathlib import Path

import pytest

from desktop_app.definitions.all import read_definitions
from desktop_app.definitions.guide_keys import GuideReading
from desktop_app.definitions.print_controls import read_print_controls
from desktop_app.domain.errors import DefinitionFault
from desktop_app.domain.forms import Address
from desktop_app.domain.print_control import FindingKind
from desktop_app.paths import RESOURCES
from desktop_app.services.print_control import Finding, control
from desktop_app.services.session import Session
from tests.helpers.desk_work import intake, opened_case, police_consent, typed, typed_row
from tests.helpers.figures import tell
from tests.helpers.read_paper import issue_read

CONTROLS = RESOURCES / "data" / "print_controls.toml"
GATES = 9
CRITERIA = {
    "belongs_to_environment": "yes",
    "wants_to_leave": "yes",
    "support_need": "yes",
    "protection_need_exists": "yes",
    "evidence_person": "no",
}
COST = {"cost_type": "K01", "starts": "2026-12-01", "ends": "2026-12-10", "unit": "day", "unit_price": "2500"}


def of_kind(found: tuple[Finding, ...], kind: FindingKind) -> list[Finding]:
    return [each for each in found if each.kind is kind]


def words(found: tuple[Finding, ...], kind: FindingKind) -> list[str]:
    return [each.words for each in of_kind(found, kind)]


@pytest.fixture
def case_id(session: Session) -> str:
    case_id = opened_case(session)
    intake(session, case_id)
    return case_id


def pass_every_gate(session: Session, case_id: str) -> None:
    for criterion, answer in CRITERIA.items():
        typed_row(session, case_id, "F07", "criteria", criterion, answer=answer)
    typed(session, case_id, "F04", threat_level="high", threat_assessed_on="2026-11-20")
    typed(
        session,
        case_id,
        "F12",
        conditions_signed_on="2026-11-18",
        decision_on="2026-11-19",
        police_regional_coordinator="Samordnaren",
        police_regional_contact_on="2026-11-10",
        police_local_area="Ale",
    )
    typed_row(session, case_id, "F12", "cost_lines", **COST)


def test_each_gate_of_the_funding_application_is_named_until_it_is_passed(session: Session, case_id: str):
    missing = of_kind(control(session, case_id, "F12", "police_funding"), FindingKind.GATE)
    assert len(missing) == GATES
    assert all(each.address or each.form_id for each in missing), "each leads somewhere"
    assert [each.form_id for each in missing if each.form_id] == ["F04"], "only what is answered elsewhere"
    pass_every_gate(session, case_id)
    assert of_kind(control(session, case_id, "F12", "police_funding"), FindingKind.GATE) == []
    tell("P6.10", f"F12 lists {GATES} gates that are not passed, none when all are")


@pytest.mark.parametrize("answer", ["no", ""])
def test_a_gate_answered_no_or_not_at_all_is_not_passed(session: Session, case_id: str, answer: str):
    pass_every_gate(session, case_id)
    typed_row(session, case_id, "F07", "criteria", "wants_to_leave", answer=answer)
    [missing] = of_kind(control(session, case_id, "F12", "police_funding"), FindingKind.GATE)
    assert missing.words == "Det är inte bekräftat att personen vill lämna."
    assert missing.address == Address("criteria", "wants_to_leave", "answer")


def test_a_missing_gate_stops_no_paper(session: Session, case_id: str):
    assert control(session, case_id, "F12", "police_funding")
    made = issue_read(session, case_id, "F12", "police_funding")
    assert made.pdf.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("consent", "found"),
    [
        (None, "inte inhämtat"),
        ({"valid_until": "2026-11-21"}, "har gått ut"),
        ({"withdrawn_on": "2026-11-20"}, "är återkallat"),
        ({"may_disclose": "no"}, "Svaret är nej"),
        ({"valid_from": "2026-11-23"}, "börjar gälla senare"),
        ({"valid_until": "2026-11-22"}, ""),
    ],
)
def test_the_consent_for_whom_it_goes_to_is_told_as_it_stands(session: Session, case_id: str, consent, found):
    if consent is not None:
        police_consent(session, case_id, **consent)
    said = of_kind(control(session, case_id, "F03", "local_police"), FindingKind.CONSENT)
    assert [found in each.words for each in said] == ([True] if found else [])
    assert all((each.form_id, each.address) == ("F02", Address("consents")) for each in said)


def test_the_consent_asked_for_follows_the_recipient(session: Session, case_id: str):
    police_consent(session, case_id)
    assert words(control(session, case_id, "F03", "local_police"), FindingKind.CONSENT) == []
    assert words(control(session, case_id, "F03", "municipality"), FindingKind.CONSENT) != []
    assert words(control(session, case_id, "F01"), FindingKind.CONSENT) == []


def test_a_decision_without_its_law_says_so_once(session: Session, case_id: str):
    found = control(session, case_id, "F09", "client")
    about = [each for each in found if each.address == Address("legal_ground")]
    assert [(each.kind, each.words) for each in about] == [(FindingKind.GATE, "Beslutet saknar lagrum.")]
    typed(session, case_id, "F09", decided_on="2026-11-20", legal_ground="sol_11_1")
    assert of_kind(control(session, case_id, "F09", "client"), FindingKind.GATE) == []


def test_days_that_contradict_each_other_lead_to_the_later(session: Session, case_id: str):
    typed(session, case_id, "F09", decided_on="2026-11-24", starts="2026-12-10", ends="2026-12-01")
    found = of_kind(control(session, case_id, "F09", "client"), FindingKind.DATE)
    assert [each.address for each in found] == [Address("ends"), Address("decided_on")]
    assert "2026-12-01, före" in found[0].words


def test_a_consent_that_ends_before_it_begins_is_named_by_its_row(session: Session, case_id: str):
    police_consent(session, case_id)
    row = police_consent(session, case_id, valid_from="2027-05-01", valid_until="2027-04-01")
    found = of_kind(control(session, case_id, "F02", "client"), FindingKind.DATE)
    assert [each.address for each in found] == [Address("consents", row, "valid_until")]
    assert found[0].words.endswith("(rad 2)")


def test_sums_that_do_not_agree_are_told_in_kronor(session: Session, case_id: str):
    row = typed_row(session, case_id, "F12", "cost_lines", **COST, applied="30000")
    found = of_kind(control(session, case_id, "F12", "police_funding"), FindingKind.SUM)
    assert found[0].address == Address("cost_lines", row, "applied")
    assert "30 000 kr är mer än" in found[0].words.replace("\xa0", " ")
    assert "25 000 kr" in found[0].words.replace("\xa0", " ")
    typed_row(session, case_id, "F12", "cost_lines", row, applied="20000")
    assert of_kind(control(session, case_id, "F12", "police_funding"), FindingKind.SUM) == []


def test_what_is_only_odd_comes_last_and_leads_to_its_row(session: Session, case_id: str):
    row = typed_row(session, case_id, "F12", "cost_lines", **{**COST, "unit_price": "90000"})
    found = control(session, case_id, "F12", "police_funding")
    assert found[-1].kind is FindingKind.ODD
    assert Address("cost_lines", row) in [each.address for each in of_kind(found, FindingKind.ODD)]
    assert [each.kind for each in found] == sorted((each.kind for each in found), key=list(FindingKind).index)


def test_every_form_can_be_looked_over_for_every_recipient(session: Session, case_id: str):
    for form in session.library.forms:
        for recipient in (None, *form.recipients):
            found = control(session, case_id, form.id, recipient)
            assert all(each.words and "{" not in each.words for each in found), (form.id, recipient)


# The rules as data


def changed(tmp_path: Path, before: str, after: str) -> Path:
    text = CONTROLS.read_text(encoding="utf-8")
    assert before in text
    path = tmp_path / "print_controls.toml"
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('["starts", "ends"]', '["starts", "endz"]'),
        ('["starts", "ends"]', '["starts"]'),
        ('"answer_by"', '"answer_bye"'),
        ('left = ["applied"]', "left = []"),
        ('right = ["amount"]', 'right = ["amuont"]'),
        ('agreement = "equal"', 'agreement = "roughly"'),
        ("criteria.wants_to_leave", "criteria.wants_to_live"),
        ('value = "yes"', 'value = "yess"'),
        ('id = "costs"', 'id = "kosts"'),
        ('at = "evidence_person.answer"', 'at = "evidence_person.answers"'),
        ('elsewhere = "F04"', 'elsewhere = "F4"'),
        ('field = "legal_ground"', 'field = "legal_grounds"'),
        ('decision_ahead = "decided_on"', 'decision_aheadd = "decided_on"'),
    ],
)
def test_a_misspelt_rule_is_refused_with_its_place(tmp_path: Path, before: str, after: str):
    known = read_definitions(RESOURCES)
    guide = GuideReading(known.forms, known.schema, known.texts, tuple(known.legal_references.references))
    with pytest.raises(DefinitionFault) as refused:
        read_print_controls(changed(tmp_path, before, after), guide)
    assert str(refused.value.params["file"]).endswith("print_controls.toml")
    assert refused.value.params["key"]
