"""Each hold point is raised by a known yes and cleared by what was done; unknown does neither."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from desktop_app.domain.hold_points import HoldAct, raised_holds
from desktop_app.services.library import load_library

HOLDS = {hold.id: hold for hold in load_library().definitions.hold_points}
DAY = date(2026, 11, 10)
CONSULTED = {
    "hold.police_consulted_on": DAY,
    "hold.police_consulted_outcome": "go_on",
    "hold.police_consulted_reason": "Viljan är tydlig.",
}
CHILD = {"derived.is_child": "yes", "derived.age": 15}
LINES = {"row.guardian_lines.guardian_one.answer": "given", "row.guardian_lines.child.answer": "refused"}

CASES: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("danger", {"intake.urgent_danger": "yes"}, {"hold.danger_over_on": DAY}),
    ("child_protection", CHILD, {"events.protection_assessed_on": DAY}),
    ("suspected", {"criteria.suspected_of_serious_crime": "yes"}, CONSULTED),
    (
        "paused",
        {"criteria.suspected_of_serious_crime": "yes", "hold.police_consulted_outcome": "pause"},
        {"hold.police_consulted_outcome": "go_on"},
    ),
    (
        "to_be_closed",
        {"criteria.suspected_of_serious_crime": "yes", "hold.police_consulted_outcome": "end"},
        {"events.closed_on": DAY},
    ),
    ("evidence_person", {"criteria.evidence_person": "yes"}, {"hold.personal_security_on": DAY}),
    ("do_not_sign", {"criteria.evidence_person": "yes"}, {"criteria.evidence_person": "no"}),
    (
        "custody",
        {"criteria.in_custody": "yes"},
        {"hold.custody_contact_on": DAY, "hold.custody_release_on": DAY},
    ),
    (
        "custody",
        {"intake.custody": "detained"},
        {"hold.custody_contact_on": DAY, "hold.custody_ask_again_on": DAY},
    ),
    (
        "child_preliminary",
        {**CHILD, "events.protection_assessed_on": DAY},
        {"events.preliminary_decided_on": DAY},
    ),
    ("child_lines", CHILD, LINES),
    ("child_heard", CHILD, {"hold.child_heard_on": DAY}),
    ("child_own_case", CHILD, {"row.guardian_lines.child.answer": "given"}),
    (
        "child_investigation",
        {**CHILD, "events.investigation_opened_on": DAY},
        {"events.investigation_closed_on": DAY},
    ),
    ("child_housing", CHILD, {"hold.housing_consent": "yes"}),
    ("child_housing", CHILD, {"hold.housing_consent": "no", "hold.housing_other_ground": "LVU prövas"}),
    ("accompanying", {"client.children_in_household": "yes", "case.kind": "leaver"}, {"ties.child": 1}),
    (
        "accompanying",
        {"client.children_in_household": "yes", "case.kind": "relative"},
        {"hold.no_own_file_reason": "Har ärende i en annan kommun"},
    ),
    ("gvi", {"fact.gvi_mapped": "yes"}, {"fact.own_will_on": DAY}),
]


def open_holds(facts: dict[str, Any]) -> set[str]:
    return {one.hold.id for one in raised_holds(HOLDS.values(), facts.get) if one.is_open}


def raised(facts: dict[str, Any]) -> set[str]:
    return {one.hold.id for one in raised_holds(HOLDS.values(), facts.get)}


def test_every_hold_point_is_told_below():
    assert {hold_id for hold_id, *_ in CASES} == set(HOLDS)


@pytest.mark.parametrize(("hold", "raises", "clears"), CASES)
def test_a_hold_point_is_raised_and_cleared(hold: str, raises: dict, clears: dict):
    assert hold in open_holds(raises)
    assert hold not in open_holds({**raises, **clears})
    assert open_holds({}) == set(), "the control: nothing known raises nothing"


@pytest.mark.parametrize(("hold", "raises", "clears"), CASES)
def test_unknown_neither_raises_nor_clears(hold: str, raises: dict, clears: dict):
    for key in raises:
        if not key.startswith(("case.", "derived.age")) and raises[key] in ("yes", "detained"):
            assert hold not in open_holds({**raises, key: None}), f"{key} unknown raised it"
            if HOLDS[hold].when.asked() != ("criteria.in_custody", "intake.custody"):
                assert hold not in raised({**raises, key: "no"})
    assert hold in open_holds({**dict.fromkeys(clears), **raises}), "not known is not done"


@pytest.mark.parametrize("left_out", [*CONSULTED])
def test_a_consultation_without_day_outcome_or_reason_is_none(left_out: str):
    facts = {"criteria.suspected_of_serious_crime": "yes", **CONSULTED}
    assert "suspected" not in open_holds(facts)
    assert "suspected" in open_holds({**facts, left_out: None})


def test_not_asked_yet_is_no_answer_of_a_guardian():
    lines = {**LINES, "row.guardian_lines.guardian_one.answer": "not_asked"}
    assert "child_lines" in open_holds({**CHILD, **lines})


def test_a_refusal_of_the_guardians_alone_does_not_clear_the_housing():
    assert "child_housing" in open_holds({**CHILD, "hold.housing_consent": "no"})


def test_a_child_of_fourteen_does_not_speak_for_itself_and_an_adult_raises_no_hold_for_children():
    assert "child_own_case" not in open_holds({**CHILD, "derived.age": 14})
    adult = {"derived.is_child": "no", "derived.age": 18}
    assert not {hold for hold in raised(adult) if hold.startswith("child")}
    assert "accompanying" not in raised({"client.children_in_household": "yes", "case.kind": "child"})


def test_danger_stands_first_and_what_is_cleared_last():
    facts = {"criteria.evidence_person": "yes", **CHILD, "intake.urgent_danger": "yes"}
    found = raised_holds(HOLDS.values(), {**facts, "hold.personal_security_on": DAY}.get)
    assert [one.hold.danger for one in found[:2]] == [True, True]
    assert [one.hold.id for one in found if not one.is_open] == ["evidence_person"]
    assert not found[-1].is_open


def test_every_hold_point_stands_before_a_step_and_leads_somewhere():
    steps = {step.id for step in load_library().definitions.guide.steps}
    for hold in HOLDS.values():
        assert hold.stops
        assert set(hold.stops) <= steps
        assert hold.form_id or hold.thing
    assert HOLDS["accompanying"].act is HoldAct.OWN_FILE
