"""What must hold of every answer the table gives, under each model and a municipality's own, at random."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
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
from desktop_app.domain.rules import Findings, Reason, RuleSet, WouldChange
from desktop_app.services.library import load_library
from tests.domain.test_rules_at_random import SITUATIONS
from tests.helpers.decision_table import ALL_MET, KINDS, MODELS, TODAY
from tests.helpers.figures import rounds, tell

LIBRARY = load_library()
READING = RuleReading(LIBRARY.definitions.fact_kinds, LIBRARY.texts)
EXAMPLES = rounds(170, 1_000)
"""Situations for each model: with six models more than a thousand in every run."""

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


Broken = Callable[[RuleSet, Situation, Findings], Iterator[str]]
"""Tells what is not as promised in what was found for a situation; nothing when all is."""


def order_matters(rules: RuleSet, situation: Situation, found: Findings) -> Iterator[str]:
    keys = sorted(situation, key=lambda key: key[::-1])
    for order in (keys, keys[::-1], keys[::2] + keys[1::2]):
        if evaluate(rules, {key: situation[key] for key in order}, TODAY) != found:
            yield "the order of the answers matters"


def unknown_decides(_rules: RuleSet, _situation: Situation, found: Findings) -> Iterator[str]:
    """No refusal rests on what is not known; where a reason is not known, somebody is waited for."""
    unknown = [reason.fact for reason in found.reasons if reason.value is None]
    if found.outcome == "ej_avhoppare" and (unknown or found.missing):
        yield "refused on what is not known"
    waits = found.outcome in ("potentiell_avhoppare", "vilande_vantar_polis")
    if unknown and (not waits or not set(unknown) <= set(found.missing)):
        yield "an unknown answer bound the outcome"


def reason_is_not_needed(rules: RuleSet, situation: Situation, found: Findings) -> Iterator[str]:
    for reason in found.reasons:
        if not can_change(rules, situation, reason.fact):
            yield f"{reason.fact} is named and changes nothing"


def binding_is_left_out(rules: RuleSet, situation: Situation, found: Findings) -> Iterator[str]:
    """An answer without which the outcome would be another is among the reasons."""
    named = {reason.fact for reason in found.reasons}
    for fact, value in situation.items():
        if value is None or fact == "role" or fact in named:
            continue
        if decide(rules, {**situation, fact: None}, TODAY) != (found.outcome, found.criterion):
            yield f"{fact} binds and is not named"


def change_changes_nothing(rules: RuleSet, situation: Situation, found: Findings) -> Iterator[str]:
    for change in found.would_change:
        applied = decide(rules, {**situation, change.fact: change.value}, TODAY)
        if applied != (change.outcome, change.criterion) or applied == (found.outcome, found.criterion):
            yield f"{change.fact} as {change.value} does not change it as told"


def change_is_left_out(rules: RuleSet, situation: Situation, found: Findings) -> Iterator[str]:
    told = {(change.fact, change.value) for change in found.would_change}
    for fact in situation:
        tried = (TODAY,) if fact == "threat.assessed_on" else rules.alternatives.get(fact, ())
        for value in tried:
            if value == situation[fact] or (fact, value) in told:
                continue
            if decide(rules, {**situation, fact: value}, TODAY) != (found.outcome, found.criterion):
                yield f"{fact} as {value} would change it and is not told"


PROMISES: tuple[Broken, ...] = (
    order_matters,
    unknown_decides,
    reason_is_not_needed,
    binding_is_left_out,
    change_changes_nothing,
    change_is_left_out,
)


def broken(rules: RuleSet, situation: Situation, found: Findings) -> list[str]:
    return [fault for promise in PROMISES for fault in promise(rules, situation, found)]


@EVERY_MODEL
@given(situation=SITUATIONS)
@settings(max_examples=EXAMPLES, deadline=None)
def test_every_promise_of_the_table_holds(model: str, situation: Situation):
    rules = ALL[model]
    assert broken(rules, situation, evaluate(rules, situation, TODAY)) == []


ALL_YES: Situation = {**ALL_MET}


@pytest.mark.parametrize(
    ("promise", "spoilt"),
    [
        (order_matters, {"outcome": "anhorig"}),
        (unknown_decides, {"outcome": "ej_avhoppare", "missing": ("age",)}),
        (unknown_decides, {"reasons": (Reason("must_move", None, None, "KG1"),)}),
        (reason_is_not_needed, {"reasons": (Reason("threat.nature", "concrete", None, "KG1"),)}),
        (binding_is_left_out, {"reasons": ()}),
        (change_changes_nothing, {"would_change": (WouldChange("must_move", "no", "anhorig", None),)}),
        (change_is_left_out, {"would_change": ()}),
    ],
)
def test_a_broken_promise_is_found_out(promise: Broken, spoilt: dict):
    """The controls: findings with one thing wrong, each found by the promise it breaks."""
    rules = MODELS["nationell_polis_2023"]
    sound = evaluate(rules, ALL_YES, TODAY)
    assert list(promise(rules, ALL_YES, sound)) == []
    assert list(promise(rules, ALL_YES, replace(sound, **spoilt)))


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


def test_a_reason_counts_when_it_matters_and_not_otherwise():
    situation: Situation = {**dict.fromkeys(KINDS), "role": "relative", "must_move": "yes"}
    rules = MODELS["nationell_polis_2023"]
    assert not can_change(rules, situation, "must_move")
    assert can_change(rules, situation, "role")
    tell(
        "P5.6",
        f"promises of the table: {len(PROMISES)}, held by {len(ALL)} models in {EXAMPLES} situations each, none broken",
    )
