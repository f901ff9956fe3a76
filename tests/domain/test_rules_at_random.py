"""The decision table at random, against its contract told a second time."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.domain.answers import Value
from desktop_app.domain.evaluation import evaluate
from desktop_app.domain.rules import Findings, short_fact
from tests.helpers.decision_table import (
    GROUPS,
    KINDS,
    MODELS,
    NOT_NAMED,
    TODAY,
    expected,
    expected_flags,
)

EVERY_MODEL = pytest.mark.parametrize("model", sorted(MODELS))
TIED_TO_OUTCOME = ("criterion:", "missing:", "definition_met_not_yet_opened")


def ask(model: str, given_facts) -> Findings:
    return evaluate(MODELS[model], given_facts, TODAY)


def other_values(fact: str) -> tuple[Value, ...]:
    """Every answer there is to a fact; a new threat assessment is one made today."""
    return (TODAY,) if fact == "threat.assessed_on" else KINDS[fact].values


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
