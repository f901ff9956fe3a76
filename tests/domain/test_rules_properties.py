"""What must hold of every answer the table gives, under each model and a municipality's own, at random."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.definitions.own_rules import copied, criteria_to_choose, edits_of, with_edits
from desktop_app.definitions.rules import RuleReading, read_own_rules
from desktop_app.domain.answers import Value
from desktop_app.domain.evaluation import decide, evaluate
from desktop_app.domain.explanation import Seen, explain, why_they_differ
from desktop_app.domain.own_rules import Need
from desktop_app.domain.own_words import worded
from desktop_app.domain.rules import Findings, RuleSet
from desktop_app.services.library import load_library
from tests.domain.test_rules_at_random import SITUATIONS
from tests.helpers.decision_table import KINDS, MODELS, TODAY
from tests.helpers.figures import rounds, tell

LIBRARY = load_library()
READING = RuleReading(LIBRARY.definitions.fact_kinds, LIBRARY.texts)
EXAMPLES = rounds(60, 1_000)
OLD = TODAY - timedelta(days=400)


def own_model(origin: str, required: tuple[str, ...], need: Need, move: str) -> RuleSet:
    """An own model as the page makes it: other criteria in another order, an age limit, and moving required."""
    text = copied(MODELS[origin], "Vår", valid_from=TODAY)
    rules = read_own_rules(text, READING)
    edits = edits_of(rules, worded(LIBRARY.texts, rules.words))
    changed = type(edits)(
        **{name: getattr(edits, name) for name in ("name", "valid_from", "valid_to", "need_place")},
        threat_valid_days="30",
        min_age="18",
        require_move=move,
        need=need,
        required=required,
        handlers=edits.handlers,
        sources=edits.sources,
    )
    return read_own_rules(with_edits(text, changed, LIBRARY.models, LIBRARY.texts), READING)


CHOICES = criteria_to_choose(LIBRARY.models)
OWN = {
    "own_goteborg": own_model("goteborg_2022", CHOICES, Need.BOTH, "ask"),
    "own_national": own_model("nationell_polis_2023", CHOICES[:3], Need.EITHER, "no"),
    "own_stockholm": own_model("stockholm_2024", CHOICES[::-1], Need.BOTH, "yes"),
}
ALL = {**MODELS, **OWN}
EVERY_MODEL = pytest.mark.parametrize("model", sorted(ALL))
Situation = dict[str, Value | None]


def answers_to(rules: RuleSet, fact: str, now: Value | None) -> list[Value | None]:
    """Every other answer there is to a fact, not knowing among them."""
    others: list[Value | None] = [*rules.alternatives.get(fact, KINDS[fact].values)]
    if fact == "threat.assessed_on":
        others = [TODAY, OLD]
    if fact == "age":
        others = [0, 17, 18, 60]
    unknown: list[Value | None] = [] if fact == "role" else [None]
    return [value for value in (*others, *unknown) if value != now]


def result(found: Findings) -> tuple[object, ...]:
    return found.outcome, found.criterion, found.handler, frozenset(found.flags)


def can_change(rules: RuleSet, situation: Situation, fact: str) -> bool:
    """Whether the answer matters: by itself, or together with one other that would not have mattered without it."""
    here = result(evaluate(rules, situation, TODAY))
    others = answers_to(rules, fact, situation[fact])
    if any(result(evaluate(rules, {**situation, fact: other}, TODAY)) != here for other in others):
        return True
    for second in rules.alternatives:
        for value in answers_to(rules, second, situation[second]) if second != fact else ():
            with_it = {**situation, second: value}
            stays = result(evaluate(rules, with_it, TODAY))
            if any(result(evaluate(rules, {**with_it, fact: other}, TODAY)) != stays for other in others):
                return True
    return False


@EVERY_MODEL
@given(situation=SITUATIONS, random=st.randoms(use_true_random=False))
@settings(max_examples=EXAMPLES)
def test_the_order_of_answers_never_matters(model: str, situation: Situation, random):
    keys = list(situation)
    random.shuffle(keys)
    assert evaluate(ALL[model], {key: situation[key] for key in keys}, TODAY) == evaluate(
        ALL[model], situation, TODAY
    )


@EVERY_MODEL
@given(situation=SITUATIONS)
@settings(max_examples=EXAMPLES)
def test_an_unknown_never_decides(model: str, situation: Situation):
    """No refusal rests on what is not known: with any unknown answered, it is refused still, or on firmer ground."""
    found = evaluate(ALL[model], situation, TODAY)
    if found.outcome == "ej_avhoppare":
        assert all(reason.value is not None for reason in found.reasons)
        assert found.missing == ()
    for reason in found.reasons:
        if reason.value is None:
            assert reason.fact in found.missing
            assert found.outcome in ("potentiell_avhoppare", "vilande_vantar_polis")


@EVERY_MODEL
@given(situation=SITUATIONS)
@settings(max_examples=rounds(15, 250), deadline=None)
def test_every_reason_named_is_needed(model: str, situation: Situation):
    rules = ALL[model]
    for reason in evaluate(rules, situation, TODAY).reasons:
        assert can_change(rules, situation, reason.fact), reason.fact


@EVERY_MODEL
@given(situation=SITUATIONS)
@settings(max_examples=EXAMPLES)
def test_no_binding_answer_is_left_unnamed(model: str, situation: Situation):
    """An answer without which the outcome would be another is among the reasons."""
    rules = ALL[model]
    found = evaluate(rules, situation, TODAY)
    named = {reason.fact for reason in found.reasons}
    for fact, value in situation.items():
        if value is not None and fact != "role" and fact not in named:
            without = decide(rules, {**situation, fact: None}, TODAY)
            assert without == (found.outcome, found.criterion), fact


@EVERY_MODEL
@given(situation=SITUATIONS)
@settings(max_examples=EXAMPLES)
def test_every_would_change_changes_the_outcome_when_it_is_applied(model: str, situation: Situation):
    rules = ALL[model]
    found = evaluate(rules, situation, TODAY)
    for change in found.would_change:
        applied = decide(rules, {**situation, change.fact: change.value}, TODAY)
        assert applied == (change.outcome, change.criterion)
        assert applied != (found.outcome, found.criterion)


@EVERY_MODEL
@given(situation=SITUATIONS)
@settings(max_examples=EXAMPLES)
def test_no_single_answer_that_would_change_it_is_left_out(model: str, situation: Situation):
    rules = ALL[model]
    found = evaluate(rules, situation, TODAY)
    told = {(change.fact, change.value) for change in found.would_change}
    for fact in situation:
        tried = (TODAY,) if fact == "threat.assessed_on" else rules.alternatives.get(fact, ())
        for value in tried:
            if value != situation[fact] and (fact, value) not in told:
                same = decide(rules, {**situation, fact: value}, TODAY)
                assert same == (found.outcome, found.criterion), (fact, value)


@given(situation=SITUATIONS, pair=st.permutations(sorted(ALL)))
@settings(max_examples=rounds(150, 3_000))
def test_models_that_differ_are_told_apart_and_those_that_agree_are_not(
    situation: Situation, pair: list[str]
):
    ours, theirs = (Seen(ALL[name], evaluate(ALL[name], situation, TODAY)) for name in pair[:2])
    told = why_they_differ(ours, theirs, LIBRARY.texts)
    same = (ours.findings.outcome, ours.findings.criterion) == (
        theirs.findings.outcome,
        theirs.findings.criterion,
    )
    assert (told == ()) == same
    for sentence, side in zip(told, (theirs, ours), strict=False):
        name = explain(side.findings, side.rules, LIBRARY.texts).title
        assert sentence.startswith(name)
        turned = (side.findings.criterion,) if side.findings.criterion else side.findings.awaited
        words = worded(LIBRARY.texts, side.rules.words)
        for criterion in turned:
            assert words.get(f"rules.criteria.{criterion}") in sentence


def test_an_age_limit_binds_and_its_absence_does_not():
    young = {**dict.fromkeys(KINDS), "role": "leaver", "age": 17}
    limited = OWN["own_national"]
    assert evaluate(limited, young, TODAY).criterion == "age"
    assert "age" in {reason.fact for reason in evaluate(limited, young, TODAY).reasons}
    for rules in MODELS.values():
        assert evaluate(rules, young, TODAY).criterion != "age"
        assert "child_track" in evaluate(rules, young, TODAY).flags


def test_a_valid_day_is_the_models_own():
    assert OWN["own_goteborg"].holds_on(TODAY)
    assert not OWN["own_goteborg"].holds_on(TODAY - timedelta(days=1))
    assert MODELS["goteborg_2022"].holds_on(date(2022, 11, 18))


def test_the_controls_are_found_out():
    """A reason too many or a change that changes nothing does not pass for a sound one."""
    situation: Situation = {**dict.fromkeys(KINDS), "role": "relative", "must_move": "yes"}
    rules = MODELS["nationell_polis_2023"]
    assert not can_change(rules, situation, "must_move")
    assert can_change(rules, situation, "role")
    assert decide(rules, {**situation, "must_move": "no"}, TODAY) == decide(rules, situation, TODAY)
    tell(
        "P5.6",
        f"properties of the table: {len(ALL)} models, {EXAMPLES} situations for each of 5, none broken",
    )
