"""The decision table under three models, held against its contract point by point and at random."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.domain.answers import Value
from desktop_app.domain.conditions import Truth
from desktop_app.domain.rules import Findings, evaluate, short_fact
from tests.helpers.decision_table import (
    ALL_MET,
    GOTEBORG,
    GROUPS,
    KINDS,
    MODELS,
    NATIONAL,
    NOT_NAMED,
    STOCKHOLM,
    TODAY,
    expected,
    expected_flags,
    facts,
)

EVERY_MODEL = pytest.mark.parametrize("model", sorted(MODELS))
TIED_TO_OUTCOME = ("criterion:", "missing:", "definition_met_not_yet_opened")


def ask(model: str, given_facts) -> Findings:
    return evaluate(MODELS[model], given_facts, TODAY)


def found(model: str, **changes: object) -> tuple[str, str | None]:
    findings = ask(model, facts(**changes))
    return findings.outcome, findings.handler


def other_values(fact: str) -> tuple[Value, ...]:
    """Every answer there is to a fact; a new threat assessment is one made today."""
    return (TODAY,) if fact == "threat.assessed_on" else KINDS[fact].values


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


# At random, against the contract told a second time.


def often(common: object, *rare: object) -> st.SearchStrategy[object]:
    return st.sampled_from([common] * (2 * len(rare)) + list(rare))


SITUATIONS = st.fixed_dictionaries(
    {
        "role": often("leaver", "relative", "victim"),
        "belongs_to_environment": often("yes", "no", None),
        "environment": st.sampled_from([*GROUPS[:2], *NOT_NAMED[2:], "honour", None]),
        "honour_role": often("performer", "victim", None, None),
        "wants_to_leave": often("yes", "no", None),
        "support_need": often("yes", "no", None),
        "protection_need_exists": often("yes", "no", None),
        "police_consent": often("yes", "no", None),
        "police_consent_withdrawn_on": st.sampled_from([None, TODAY]),
        "evidence_person": often("no", "yes", None),
        "police_conditions_signed": often("yes", "no", "broken", None),
        "interventions_decided": often("yes", "no", None),
        "threat.level": st.sampled_from(["none", "low", "high", "high", None]),
        "threat.nature": st.sampled_from(["concrete", "latent", None]),
        "threat.lethal_or_serious_violence": st.sampled_from(["yes", "no", None]),
        "threat.assessed_on": st.sampled_from([None, *(TODAY - timedelta(days=d) for d in (0, 90, 91, 300))]),
        "protection_need_level": st.sampled_from(["low", "high", "high", None]),
        "must_move": st.sampled_from(["yes", "no", None]),
        "suspected_of_serious_crime": st.sampled_from(["yes", "no", None]),
        "age": st.sampled_from([None, 0, 17, 18, 99]),
        "in_custody": st.sampled_from(["yes", "no", None]),
    }
)


@EVERY_MODEL
@given(situation=SITUATIONS)
@settings(max_examples=150)
def test_outcome_handler_and_flags_are_those_of_the_contract(model: str, situation):
    findings, wanted = ask(model, situation), expected(model, situation)
    assert (findings.outcome, findings.criterion) == (wanted.outcome, wanted.criterion)
    assert findings.handler == wanted.handler
    flags = {flag for flag in findings.flags if not flag.startswith(TIED_TO_OUTCOME)}
    assert flags == expected_flags(model, situation, findings.outcome)
    if wanted.missing is not None:
        assert set(findings.missing) == wanted.missing
        missing = {flag for flag in findings.flags if flag.startswith("missing:")}
        assert missing == {f"missing:{short_fact(key)}" for key in wanted.missing}
    assert ({f for f in findings.flags if f.startswith("criterion:")} != set()) == (
        findings.outcome == "ej_avhoppare"
    )


@EVERY_MODEL
@given(situation=SITUATIONS)
@settings(max_examples=60)
def test_would_change_lists_every_single_answer_that_changes_the_outcome_and_no_other(model: str, situation):
    findings = ask(model, situation)
    wanted = {
        (fact, value, other.outcome, other.criterion)
        for fact in KINDS
        for value in other_values(fact)
        if value != situation[fact]
        and (other := expected(model, {**situation, fact: value}))
        and (other.outcome, other.criterion) != (findings.outcome, findings.criterion)
    }
    told = [(one.fact, one.value, one.outcome, one.criterion) for one in findings.would_change]
    assert set(told) == wanted
    assert len(told) == len(wanted)


@EVERY_MODEL
@given(situation=SITUATIONS)
@settings(max_examples=15)
def test_a_fact_that_is_not_named_never_changes_the_outcome_by_itself(model: str, situation):
    findings = ask(model, situation)
    named = {one.fact for one in findings.reasons} | {one.fact for one in findings.would_change}
    for fact in set(KINDS) - named:
        for value in (*other_values(fact), None):
            if value is None and fact == "role":
                continue
            other = ask(model, {**situation, fact: value})
            assert (other.outcome, other.criterion) == (findings.outcome, findings.criterion), fact


@EVERY_MODEL
@given(situation=SITUATIONS, random=st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_the_order_of_the_facts_never_matters(model: str, situation, random):
    keys = list(situation)
    random.shuffle(keys)
    assert ask(model, {key: situation[key] for key in keys}) == ask(model, situation)


@EVERY_MODEL
@given(situation=SITUATIONS)
@settings(max_examples=60)
def test_reasons_name_facts_as_they_are_and_have_a_source(model: str, situation):
    findings = ask(model, situation)
    rules = MODELS[model]
    assert findings.reasons
    assert len({one.fact for one in findings.reasons}) == len(findings.reasons)
    for reason in findings.reasons:
        assert reason.fact in KINDS, "what was reckoned is told as what a person can answer"
        assert reason.value == situation[reason.fact]
        assert all(rules.sources[part].title for part in reason.source.split(", "))
        assert reason.criterion is None or reason.criterion in rules.criteria


@EVERY_MODEL
@given(situation=SITUATIONS)
@settings(max_examples=60)
def test_what_is_not_known_is_never_a_no(model: str, situation):
    findings = ask(model, situation)
    if findings.outcome == "ej_avhoppare":
        assert {one.value for one in findings.reasons} & {"no", "none", "broken"}
        assert not any(one.value is None for one in findings.reasons)
        assert findings.missing == ()
    unknown = {**dict.fromkeys(KINDS), "role": situation["role"]}
    assert ask(model, unknown).outcome != "ej_avhoppare"


@EVERY_MODEL
@given(situation=SITUATIONS)
@settings(max_examples=60)
def test_only_what_is_open_is_called_missing(model: str, situation):
    findings = ask(model, situation)
    for key in findings.missing:
        assert situation[key] in (None, "no")
    if findings.outcome in ("avhoppare", "sarskild_avhoppare", "sav_avgor", "central_avhopparverksamhet"):
        assert findings.missing == ()


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
