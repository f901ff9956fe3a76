"""K1 and K2 in a real store: each point says what the case knows, and unknown is never yes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.definitions.checklists import read_checklists
from desktop_app.definitions.guide_keys import GuideReading
from desktop_app.domain.answers import AnswerState, without_value
from desktop_app.domain.checklists import Standing
from desktop_app.domain.errors import DefinitionFault
from desktop_app.domain.forms import Address, Row
from desktop_app.paths import RESOURCES
from desktop_app.services import forms, guide, printing
from desktop_app.services.forms import Edit, FormView, save
from desktop_app.services.library import load_library
from desktop_app.services.session import Session
from tests.helpers.clock import StillClock
from tests.helpers.desk_work import answers, intake, opened_case, police_consent, typed, typed_row
from tests.helpers.figures import tell
from tests.printing.reading import text_of

LIBRARY = load_library()
LISTS = LIBRARY.definitions.checklists
GATES = tuple(check.id for check in LISTS["funding_gates"])


def rows_of(view: FormView, link_id: str) -> Mapping[str, Row]:
    [entry] = [entry for entry in view.filled.items() if entry.item.link_id == link_id]
    return {row.id: row for row in entry.rows}


def gates(session: Session, case_id: str) -> dict[str, object]:
    """How each gate stands, in the words' codes."""
    found = rows_of(forms.open_form(session, case_id, "K2"), "gates")
    return {gate: row.cell("standing").value for gate, row in found.items()}


def criterion(session: Session, case_id: str, name: str, answer: str) -> None:
    typed_row(session, case_id, "F07", "criteria", name, answer=answer, source="police", dated="2026-11-02")


def ready(session: Session, case_id: str) -> None:
    """Answer all that the nine gates ask, each where it belongs."""
    intake(session, case_id)
    police_consent(session, case_id)
    typed(session, case_id, "F07", motivation_step="acting")
    for name in ("belongs_to_environment", "wants_to_leave", "support_need", "protection_need_exists"):
        criterion(session, case_id, name, "yes")
    criterion(session, case_id, "evidence_person", "no")
    typed(session, case_id, "F10", conditions_signed_on="2026-11-12")
    typed_row(session, case_id, "F46", "threats", level="high", assessed_on="2026-11-02")
    police = {"regional_coordinator": "Sam Ordnarsson", "regional_contact_on": "2026-11-01"}
    typed(session, case_id, "K2", **police, local_area="Övningsås", costs_have_basis="yes")
    typed(session, case_id, "F12", decision_on="2026-11-10", decision_ground="11 kap. 1 §")
    typed_row(session, case_id, "F12", "cost_lines", cost_type="K01", unit="day", unit_price="3 000")


def test_a_new_case_has_nine_open_gates_and_each_says_what_is_missing(session: Session):
    case_id = opened_case(session)
    assert gates(session, case_id) == dict.fromkeys(GATES, "open")
    assert len(GATES) == 9
    rows = rows_of(forms.open_form(session, case_id, "K2"), "gates")
    for gate, row in rows.items():
        assert row.cell("missing").value, gate
        assert row.cell("known").value == "Inget står i ärendet än.", gate
    missing = str(rows["police_contact"].cell("missing").value)
    assert "Regional avhopparsamordnare" in missing
    assert "Lokalpolisområde" in missing


def test_what_the_case_knows_opens_every_gate(session: Session):
    case_id = opened_case(session)
    ready(session, case_id)
    assert gates(session, case_id) == dict.fromkeys(GATES, "yes")
    view = forms.open_form(session, case_id, "K2")
    assert answers(view)["gates_told"].value == "Alla 9 är klara."
    known = str(rows_of(view, "gates")["evidence_person"].cell("known").value)
    assert "Polisen, 2026-11-02" in known
    assert "funding" in {step.id for step in guide.overview(session, case_id).steps if "K2" in step.forms}
    tell("support", "K2: 9 of 9 gates open in a new case, 9 of 9 yes once the case says so")


NO = [
    ("definition", lambda s, c: criterion(s, c, "support_need", "no")),
    ("motivation", lambda s, c: typed(s, c, "F07", motivation_step="not_considering")),
    ("evidence_person", lambda s, c: criterion(s, c, "evidence_person", "yes")),
    ("conditions", lambda s, c: criterion(s, c, "police_conditions_signed", "broken")),
    ("costs", lambda s, c: typed(s, c, "K2", costs_have_basis="no")),
]


@pytest.mark.parametrize(("gate", "act"), NO, ids=[gate for gate, _ in NO])
def test_one_no_closes_its_own_gate_and_no_other(session: Session, gate: str, act):
    case_id = opened_case(session)
    ready(session, case_id)
    act(session, case_id)
    assert gates(session, case_id) == {**dict.fromkeys(GATES, "yes"), gate: "no"}


def test_not_known_is_neither_yes_nor_no(session: Session):
    case_id = opened_case(session)
    ready(session, case_id)
    view = forms.open_form(session, case_id, "K2")
    unknown = without_value(AnswerState.UNKNOWN)
    save(session, case_id, "K2", view.revision, [Edit(Address("costs_have_basis"), unknown)])
    assert gates(session, case_id)["costs"] == "open"
    row = rows_of(forms.open_form(session, case_id, "K2"), "gates")["costs"]
    assert "Vet inte" in str(row.cell("known").value)


def test_a_consent_that_runs_out_closes_its_gate_that_day(session: Session, clock: StillClock):
    case_id = opened_case(session)
    police_consent(session, case_id, valid_until="2026-11-23")
    assert gates(session, case_id)["consent"] == "yes"
    clock.pass_by(days=1)
    assert gates(session, case_id)["consent"] == "yes"
    clock.pass_by(days=1)
    assert gates(session, case_id)["consent"] == "no"


def test_a_finished_checklist_stays_as_it_was(session: Session):
    case_id = opened_case(session)
    ready(session, case_id)
    typed(session, case_id, "K2", ready="yes", checked_on="2026-11-22")
    forms.finish(session, case_id, "K2")
    criterion(session, case_id, "evidence_person", "yes")
    assert gates(session, case_id)["evidence_person"] == "yes"
    forms.begin_anew(session, case_id, "K2")
    assert gates(session, case_id)["evidence_person"] == "no"


def test_before_the_first_meeting_the_case_is_asked_first(session: Session):
    case_id = opened_case(session)
    intake(session, case_id, secure_contact="Kassören på kiosken", language="svenska")
    typed_row(session, case_id, "K1", "points", "language", done="yes", note="Ingen tolk")
    points = rows_of(forms.open_form(session, case_id, "K1"), "points")
    assert points["language"].cell("known").value == "Språk: svenska"
    assert points["language"].cell("done").value == "yes"
    assert not points["roles"].cell("known").is_given, "only a person can tell"
    assert "Kassören" not in str(points["contact_way"].cell("known").value), (
        "told as filled in, never written out"
    )
    assert "ifyllt" in str(points["contact_way"].cell("known").value)
    printed = text_of(printing.preview(session, case_id, "K1"))
    assert "Ingen tolk" in printed
    assert "Kassören" not in printed


VALUES = st.sampled_from([None, "yes", "no"])
KEYS = tuple({key for check in LISTS["funding_gates"] for key in check.shows if key.startswith("criteria.")})


@settings(max_examples=300)
@given(known=st.fixed_dictionaries(dict.fromkeys(KEYS, VALUES)), more=st.sampled_from(KEYS), then=VALUES)
def test_knowing_less_never_opens_a_gate(known: dict[str, str | None], more: str, then: str | None):
    """Whatever else is known: taking an answer away never turns a gate to yes, and nothing known is never yes."""
    for check in LISTS["funding_gates"]:
        before = check.standing({**known, more: then}.get)
        after = check.standing({**known, more: None}.get)
        assert after is not Standing.YES or before is Standing.YES
        assert check.standing(lambda _key: None) is Standing.OPEN


FAULTS = [
    ('list = "funding_gates"', 'list = "gates"', "list"),
    ('id = "motivation"', 'id = "motiv"', "id"),
    ('id = "motivation"', 'id = "consent"', "funding_gates"),
    ('"criteria.evidence_person", value = "no"', '"criteria.evidence_person", value = "nej"', "met_when"),
    ('shows = ["consent.police"]', 'shows = ["consent.polisen"]', "shows"),
    ('"assessment.motivation_step", "fact', '"assessment.step", "fact', "shows"),
    ("met_when = {", "met_if = {", "met_if"),
]


@pytest.mark.parametrize(("old", "new", "key"), FAULTS)
def test_a_planted_fault_names_its_file_and_its_key(tmp_path: Path, old: str, new: str, key: str):
    definitions = LIBRARY.definitions
    reading = GuideReading(definitions.forms, definitions.schema, LIBRARY.texts)
    text = (RESOURCES / "data" / "checklists.toml").read_text("utf-8")
    assert old in text, "the fault could not be planted"
    sound, broken = tmp_path / "checklists.toml", tmp_path / "faulty.toml"
    sound.write_text(text, encoding="utf-8")
    broken.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert read_checklists(sound, reading) == LISTS
    with pytest.raises(DefinitionFault) as caught:
        read_checklists(broken, reading)
    assert str(caught.value.params["file"]).endswith("faulty.toml")
    assert key in f"{caught.value.params['key']} {caught.value.params['fault']}"
