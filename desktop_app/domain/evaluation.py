"""Asks a rule set: the outcome, the facts that bound it, what is missing, and which single answer would change it.

All of it is pure. What binds and what would change is tried out, never written by hand; to be quick at it, a verdict is
reached once and kept for every situation that differs only in facts it does not look at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from desktop_app.domain.answers import Value
from desktop_app.domain.conditions import Truth, Verdict
from desktop_app.domain.rules import (
    AGE,
    AGE_ENOUGH,
    MIN_AGE,
    RECKONED_FROM,
    REQUIRE_MOVE,
    SETTINGS_OF_A_MODEL,
    THREAT_AGE,
    THREAT_DATE,
    THREAT_OLD,
    Criterion,
    Facts,
    Findings,
    Reason,
    RuleSet,
    Step,
    StepKind,
    WouldChange,
    short_fact,
)

_MADE_OF: Mapping[str, tuple[str, ...]] = {
    fact: tuple(key for key, source in RECKONED_FROM.items() if source == fact)
    for fact in RECKONED_FROM.values()
}


@dataclass(frozen=True, slots=True)
class _Decision:
    outcome: str
    handler: str | None
    reasons: tuple[Reason, ...]
    step: str = ""
    criterion: str | None = None
    awaited: tuple[str, ...] = ()
    missing_facts: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        return self.missing_facts or tuple(reason.fact for reason in self.reasons if reason.value is None)

    @property
    def result(self) -> tuple[str, str | None]:
        return self.outcome, self.criterion


@dataclass(frozen=True, slots=True)
class _Asked:
    """A rule set with what each of its parts looks at, worked out once."""

    rules: RuleSet
    criteria: Mapping[str, frozenset[str]]
    steps: Mapping[str, frozenset[str]]

    @property
    def facts(self) -> frozenset[str]:
        """The facts some criterion or step looks at: no other can change the outcome."""
        keys = frozenset[str]().union(*self.criteria.values(), *self.steps.values())
        return frozenset(RECKONED_FROM.get(key, key) for key in keys) - SETTINGS_OF_A_MODEL


_asked: dict[int, _Asked] = {}
"""By the identity of the rule set, which is kept alive by standing here; there are a handful of them."""

_MOST_KEPT = 64


def _asked_of(rules: RuleSet) -> _Asked:
    known = _asked.get(id(rules))
    if known is None:
        if len(_asked) >= _MOST_KEPT:  # an own rule set that is being written makes many
            _asked.clear()
        known = _asked[id(rules)] = _Asked(
            rules,
            {key: _looks_at(criterion) for key, criterion in rules.criteria.items()},
            {step.id: frozenset(step.when.asked() if step.when else ()) for step in rules.steps},
        )
    return known


def _looks_at(criterion: Criterion) -> frozenset[str]:
    failed = criterion.failed_when.asked() if criterion.failed_when else ()
    return frozenset((*criterion.met_when.asked(), *failed))


@dataclass(frozen=True, slots=True)
class _Situation:
    """Facts under one rule set, with the verdicts reached so far."""

    asked: _Asked
    today: date
    facts: Facts
    criteria: dict[str, Verdict] = field(default_factory=dict[str, Verdict])
    steps: dict[str, Verdict] = field(default_factory=dict[str, Verdict])

    def judge(self, key: str) -> Verdict:
        verdict = self.criteria.get(key)
        if verdict is None:
            verdict = self.criteria[key] = self.asked.rules.criteria[key].judge(self.facts.get)
        return verdict

    def holds(self, step: Step) -> Verdict:
        verdict = self.steps.get(step.id)
        if verdict is None:
            verdict = Verdict(Truth.YES) if step.when is None else step.when.judge(self.facts.get)
            self.steps[step.id] = verdict
        return verdict

    def with_fact(self, fact: str, value: Value | None) -> _Situation:
        """Return the situation with one answer changed; verdicts that do not look at it stay."""
        touched = {fact, *_MADE_OF.get(fact, ())}
        plain = {key: each for key, each in self.facts.items() if key not in touched}
        plain[fact] = value
        return _Situation(
            self.asked,
            self.today,
            with_reckoned(self.asked.rules, plain, self.today),
            {
                key: each
                for key, each in self.criteria.items()
                if touched.isdisjoint(self.asked.criteria[key])
            },
            {key: each for key, each in self.steps.items() if touched.isdisjoint(self.asked.steps[key])},
        )


def evaluate(rules: RuleSet, facts: Facts, today: date) -> Findings:
    """Return what ``rules`` point to for ``facts`` on ``today``, with reasons and what would change it."""
    now = _situation(rules, facts, today)
    decision = _decide(now)
    return Findings(
        model=rules.id,
        version=rules.version,
        outcome=decision.outcome,
        handler=decision.handler,
        step=decision.step,
        criterion=decision.criterion,
        awaited=decision.awaited,
        flags=tuple(_flags(now, decision)),
        reasons=(*decision.reasons, *_also_bound(now, decision)),
        missing=decision.missing,
        would_change=tuple(_would_change(now, decision)),
        met={key: now.judge(key).truth for key in rules.criteria},
    )


def decide(rules: RuleSet, facts: Facts, today: date) -> tuple[str, str | None]:
    """Return the outcome alone and the criterion that failed: what ``evaluate`` finds, without its reasons."""
    return _decide(_situation(rules, facts, today)).result


def _situation(rules: RuleSet, facts: Facts, today: date) -> _Situation:
    return _Situation(_asked_of(rules), today, with_reckoned(rules, facts, today))


def with_reckoned(rules: RuleSet, facts: Facts, today: date) -> Facts:
    """Return the facts with what conditions may ask besides: the model's own settings, and what is reckoned.

    Reckoned are the age of the threat assessment in days, whether it is too old for the model, and whether the person
    is old enough for it.
    """
    known: dict[str, Value | None] = {**facts, MIN_AGE: rules.min_age, REQUIRE_MOVE: rules.require_move}
    assessed, age = facts.get(THREAT_DATE), facts.get(AGE)
    if isinstance(assessed, date):
        days = (today - assessed).days
        known |= {THREAT_AGE: days, THREAT_OLD: "yes" if days > rules.threat_valid_days else "no"}
    if rules.min_age is not None and isinstance(age, int):
        known[AGE_ENOUGH] = "yes" if age >= rules.min_age else "no"
    return known


def _decide(now: _Situation) -> _Decision:
    for step in now.asked.rules.steps:
        decision = _STEPS[step.kind](now, step)
        if decision is not None:
            return decision
    return _Decision(now.asked.rules.fallback_outcome, None, ())


def _decide_when(now: _Situation, step: Step) -> _Decision | None:
    verdict = now.holds(step)
    if verdict.truth is not Truth.YES:
        return None
    bound = _answerable(verdict.binding)
    own = tuple(Reason(key, now.facts.get(key), None, step.source) for key in bound)
    others = tuple(reason for reason in _explained(now, step) if reason.fact not in bound)
    return _Decision(step.outcome, step.handler, own + others, step.id)


def _answerable(keys: tuple[str, ...]) -> dict[str, None]:
    """Return what a person can answer of what bound, in order."""
    return dict.fromkeys(RECKONED_FROM.get(key, key) for key in keys if key not in SETTINGS_OF_A_MODEL)


def _explained(now: _Situation, step: Step) -> Iterator[Reason]:
    seen: set[str] = set()
    for key in step.explains:
        for fact in _answerable(now.judge(key).binding):
            # A criterion can be met because something is not said (no environment); that is no reason to show.
            if fact not in seen and now.facts.get(fact) is not None:
                seen.add(fact)
                yield Reason(fact, now.facts.get(fact), key, now.asked.rules.criteria[key].source)


def _refuse(now: _Situation, step: Step) -> _Decision | None:
    for key in step.criteria:
        verdict = now.judge(key)
        if verdict.truth is Truth.NO:
            source = now.asked.rules.criteria[key].source
            reasons = tuple(
                Reason(fact, now.facts.get(fact), key, source) for fact in _answerable(verdict.binding)
            )
            return _Decision(step.outcome, step.handler, reasons, step.id, criterion=key)
    return None


def _await(now: _Situation, step: Step) -> _Decision | None:
    missing: dict[str, Reason] = {}
    awaited: list[str] = []
    for key in step.criteria:
        if now.judge(key).truth is Truth.UNKNOWN:
            criterion = now.asked.rules.criteria[key]
            awaited.append(key)
            for fact in _answerable(criterion.open_facts(now.facts.get)):
                missing.setdefault(fact, Reason(fact, now.facts.get(fact), key, criterion.source))
    if not awaited:
        return None
    return _Decision(
        step.outcome,
        step.handler,
        tuple(missing.values()),
        step.id,
        awaited=tuple(awaited),
        missing_facts=tuple(missing),
    )


_STEPS = {StepKind.DECIDE: _decide_when, StepKind.REFUSE: _refuse, StepKind.AWAIT: _await}


def _also_bound(now: _Situation, decision: _Decision) -> Iterator[Reason]:
    """Yield the answers the outcome rests on besides: without one of them, an earlier step would have decided."""
    told = {reason.fact for reason in decision.reasons}
    sources = {step.id: step.source for step in now.asked.rules.steps}
    for fact in now.asked.rules.alternatives:
        value = now.facts.get(fact)
        if value is None or fact in told or fact not in now.asked.facts:
            continue
        without = _decide(now.with_fact(fact, None))
        if without.result != decision.result:
            criterion = next((each.criterion for each in without.reasons if each.fact == fact), None)
            yield Reason(fact, value, criterion, sources.get(without.step) or sources[decision.step])


def _flags(now: _Situation, decision: _Decision) -> Iterator[str]:
    for flag in now.asked.rules.flags:
        fits = not flag.outcomes or decision.outcome in flag.outcomes
        if fits and flag.when.judge(now.facts.get).truth is Truth.YES:
            yield flag.id
    if decision.criterion is not None:
        yield f"criterion:{decision.criterion}"
    for fact in decision.missing_facts:
        yield f"missing:{short_fact(fact)}"


def _would_change(now: _Situation, decision: _Decision) -> Iterator[WouldChange]:
    """Try every other single answer that some step looks at. A new threat assessment is tried as one made today."""
    rules, asked = now.asked.rules, now.asked.facts
    for fact, values in rules.alternatives.items():
        if fact not in asked:
            continue
        for value in (now.today,) if fact == THREAT_DATE else values:
            if value == now.facts.get(fact):
                continue
            other = _decide(now.with_fact(fact, value))
            if other.result != decision.result:
                yield WouldChange(fact, value, other.outcome, other.criterion)
