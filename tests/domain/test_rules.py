"""The decision table under three models, held against its contract point by point and at random."""

from datetime import timedelta

import pytest

from desktop_app.domain.conditions import Truth
from desktop_app.domain.evaluation import evaluate
from desktop_app.domain.rules import Findings
from tests.helpers.decision_table import (
    ALL_MET,
    GOTEBORG,
    GROUPS,
    MODELS,
    NATIONAL,
    NOT_NAMED,
    STOCKHOLM,
    TODAY,
    facts,
)

EVERY_MODEL = pytest.mark.parametrize("model", sorted(MODELS))


def ask(model: str, given_facts) -> Findings:
    return evaluate(MODELS[model], given_facts, TODAY)


def found(model: str, **changes: object) -> tuple[str, str | None]:
    findings = ask(model, facts(**changes))
    return findings.outcome, findings.handler


def test_there_are_three_models():
    assert set(MODELS) == {NATIONAL, GOTEBORG, STOCKHOLM}


def test_who_meets_everything():
    assert found(NATIONAL) == ("avhoppare", None)
    assert found(GOTEBORG) == ("sarskild_avhoppare", "SAV")
    assert found(STOCKHOLM) == ("central_avhopparverksamhet", "central")


# Point 1: the order.


@EVERY_MODEL
@pytest.mark.parametrize(("role", "outcome"), [("relative", "anhorig"), ("victim", "valdsutsatt")])
def test_the_role_goes_before_everything(model: str, role: str, outcome: str):
    worst = {"evidence_person": "yes", "wants_to_leave": "no", "threat_level": None, "role": role}
    assert found(model, **worst)[0] == outcome


@pytest.mark.parametrize(
    ("model", "outcome"),
    [
        (NATIONAL, "personsakerhetsarende"),
        (GOTEBORG, "potentiell_avhoppare"),
        (STOCKHOLM, "potentiell_avhoppare"),
    ],
)
def test_a_witness_goes_before_waiting_and_before_every_criterion(model: str, outcome: str):
    findings = ask(model, facts(evidence_person="yes", wants_to_leave="no", threat_level=None))
    assert findings.outcome == outcome
    assert "evidence_person" in findings.flags


@pytest.mark.parametrize(
    ("model", "in_order"),
    [
        (
            GOTEBORG,
            [
                ("wants_to_leave", {"wants_to_leave": "no"}),
                ("belongs_to_environment", {"belongs_to_environment": "no"}),
                ("support_or_protection_need", {"support_need": "no", "protection_need_exists": "no"}),
                ("consent", {"police_consent": "no"}),
            ],
        ),
        (
            NATIONAL,
            [
                ("belongs_to_environment", {"belongs_to_environment": "no"}),
                ("wants_to_leave", {"wants_to_leave": "no"}),
                ("support_need", {"support_need": "no"}),
                ("protection_need", {"protection_need_exists": "no"}),
                ("consent", {"police_consent": "no"}),
                ("conditions", {"police_conditions_signed": "broken"}),
            ],
        ),
        (
            STOCKHOLM,
            [
                ("belongs_to_environment", {"belongs_to_environment": "no"}),
                ("wants_to_leave", {"wants_to_leave": "no"}),
                ("support_need", {"support_need": "no"}),
                ("protection_need", {"threat_level": "none"}),
            ],
        ),
    ],
)
def test_of_several_no_the_first_in_the_models_order_is_named(model: str, in_order):
    answers: dict[str, object] = {}
    for criterion, no in reversed(in_order):
        answers |= no
        findings = ask(model, facts(**answers))
        assert (findings.outcome, findings.criterion) == ("ej_avhoppare", criterion)
        assert f"criterion:{criterion}" in findings.flags
    for key in ("wants_to_leave", "support_need"):
        assert ask(model, facts(**{**in_order[-1][1], key: None})).criterion == in_order[-1][0]


@pytest.mark.parametrize("key", ["belongs_to_environment", "wants_to_leave", "support_need"])
def test_stockholm_waits_after_its_own_no_and_before_its_unknown(key: str):
    assert found(STOCKHOLM, threat_level=None, **{key: "no"})[0] == "ej_avhoppare"
    assert found(STOCKHOLM, threat_level=None, **{key: None})[0] == "vilande_vantar_polis"


@pytest.mark.parametrize(
    ("consent", "outcome"),
    [("yes", "central_avhopparverksamhet"), ("no", "vilande_vantar_polis"), (None, "vilande_vantar_polis")],
)
def test_stockholm_waits_on_an_old_answer_unless_the_police_may_give_a_new_one(consent, outcome: str):
    old = TODAY - timedelta(days=91)
    assert found(STOCKHOLM, threat_assessed_on=old, police_consent=consent)[0] == outcome
    assert (
        found(STOCKHOLM, threat_assessed_on=TODAY, police_consent=consent)[0] == "central_avhopparverksamhet"
    )


# Point 2: nationally "no" means "not yet" for conditions and decision.


@pytest.mark.parametrize("key", ["police_conditions_signed", "interventions_decided"])
@pytest.mark.parametrize("answer", ["no", None])
def test_not_yet_signed_or_decided_is_something_to_wait_for(key: str, answer: str | None):
    findings = ask(NATIONAL, facts(**{key: answer}))
    assert (findings.outcome, findings.missing) == ("potentiell_avhoppare", (key,))
    assert {f"missing:{key}", "definition_met_not_yet_opened"} <= set(findings.flags)


@EVERY_MODEL
def test_broken_conditions_are_flagged_everywhere_and_end_it_nationally(model: str):
    findings = ask(model, facts(police_conditions_signed="broken"))
    assert "conditions_broken" in findings.flags
    assert (findings.criterion == "conditions") == (model == NATIONAL)
    assert (findings.outcome == "ej_avhoppare") == (model == NATIONAL)


# Point 3: how long an assessment of the threat holds.


@EVERY_MODEL
@pytest.mark.parametrize(
    ("days", "old"), [(0, False), (89, False), (90, False), (91, True), (400, True), (-3, False)]
)
def test_an_assessment_is_old_after_ninety_days(model: str, days: int, old: bool):
    findings = ask(model, facts(threat_assessed_on=TODAY - timedelta(days=days)))
    assert ("threat_assessment_old" in findings.flags) == old


@EVERY_MODEL
def test_an_assessment_without_a_day_is_not_called_old(model: str):
    assert "threat_assessment_old" not in ask(model, facts(threat_assessed_on=None)).flags


# Points 4 and 5: no threat, and no answer.


def test_no_threat_at_all():
    for model in (NATIONAL, STOCKHOLM):
        findings = ask(model, facts(threat_level="none"))
        assert (findings.outcome, findings.criterion) == ("ej_avhoppare", "protection_need")
        assert "check_belonging" in findings.flags
    findings = ask(GOTEBORG, facts(threat_level="none"))
    assert (findings.outcome, findings.criterion) == ("potentiell_avhoppare", None)
    assert "check_belonging" in findings.flags


@pytest.mark.parametrize("model", [GOTEBORG, NATIONAL])
def test_a_threat_not_assessed_is_missing(model: str):
    findings = ask(model, facts(threat_level=None))
    assert findings.outcome == "potentiell_avhoppare"
    assert "missing:threat" in findings.flags
    assert findings.missing == ("threat.level",)


# Point 6: Göteborg's pairs.


@pytest.mark.parametrize(
    ("threat", "need", "outcome", "handler"),
    [
        ("high", "high", "sarskild_avhoppare", "SAV"),
        ("low", "low", "avhoppare", "local"),
        ("high", "low", "sav_avgor", "SAV"),
        ("low", "high", "sav_avgor", "SAV"),
    ],
)
def test_goteborg_routes_by_threat_and_need(threat: str, need: str, outcome: str, handler: str):
    assert found(GOTEBORG, threat_level=threat, protection_need_level=need) == (outcome, handler)
    assert ("must_move" in ask(GOTEBORG, facts(threat_level=threat)).flags) == (threat == "high")


def test_goteborg_needs_to_know_the_level_of_need():
    findings = ask(GOTEBORG, facts(protection_need_level=None))
    assert findings.outcome == "potentiell_avhoppare"
    assert "missing:protection_need_level" in findings.flags


def test_goteborg_is_content_with_either_need():
    for needs in ({"support_need": "no"}, {"protection_need_exists": "no"}, {"support_need": None}):
        assert found(GOTEBORG, **needs)[0] == "sarskild_avhoppare"
    assert found(GOTEBORG, support_need="no", protection_need_exists=None)[0] == "potentiell_avhoppare"


# Point 7: Stockholm's routes.


@pytest.mark.parametrize("environment", NOT_NAMED)
def test_stockholm_sends_environments_it_does_not_name_to_the_district(environment: str):
    findings = ask(STOCKHOLM, facts(environment=environment, honour_role="performer"))
    assert (findings.outcome, findings.handler) == ("lokal_avhopparverksamhet", "local")
    assert "environment_not_named_in_model" in findings.flags


@pytest.mark.parametrize("environment", [*GROUPS, None])
def test_stockholm_routes_the_named_ones_by_threat(environment: str | None):
    assert found(STOCKHOLM, environment=environment) == ("central_avhopparverksamhet", "central")
    assert found(STOCKHOLM, environment=environment, threat_level="low")[0] == "lokal_avhopparverksamhet"
    assert "environment_not_named_in_model" not in ask(STOCKHOLM, facts(environment=environment)).flags


def test_stockholm_asks_about_moving_and_about_protection():
    assert "ask_about_move" in ask(STOCKHOLM, facts(must_move=None)).flags
    assert "ask_about_move" not in ask(STOCKHOLM, facts(must_move="no")).flags
    findings = ask(STOCKHOLM, facts(protection_need_exists=None))
    assert findings.outcome == "potentiell_avhoppare"
    assert "missing:protection_need_exists" in findings.flags


# Point 8: honour.


@EVERY_MODEL
@pytest.mark.parametrize("role", ["leaver", "relative", "victim"])
def test_who_is_subjected_to_honour_is_a_victim_whatever_the_role_says(model: str, role: str):
    assert found(model, environment="honour", honour_role="victim", role=role)[0] == "valdsutsatt"


@EVERY_MODEL
def test_who_exercises_honour_belongs_and_who_is_unclear_is_asked(model: str):
    assert found(model, environment="honour", honour_role="performer")[0] != "potentiell_avhoppare"
    unclear = ask(model, facts(environment="honour", honour_role=None))
    assert unclear.outcome == "potentiell_avhoppare"
    assert unclear.missing == ("honour_role",)


@EVERY_MODEL
@pytest.mark.parametrize("environment", [*GROUPS, None])
def test_an_environment_nobody_has_typed_in_is_neither_reason_nor_missing(
    model: str, environment: str | None
):
    findings = ask(model, facts(environment=environment))
    assert findings.missing == ()
    assert ("environment" in {one.fact for one in findings.reasons}) == (environment is not None)


@EVERY_MODEL
def test_every_criterion_is_judged_beside_the_outcome(model: str):
    assert set(ask(model, ALL_MET).met.values()) == {Truth.YES}
    met = ask(model, facts(wants_to_leave=None)).met
    assert met["wants_to_leave"] is Truth.UNKNOWN


@EVERY_MODEL
def test_the_model_keeps_its_own_old_age_of_an_assessment(model: str):
    assert MODELS[model].threat_valid_days == 90
    assert MODELS[model].valid_to is None or MODELS[model].valid_to >= TODAY
