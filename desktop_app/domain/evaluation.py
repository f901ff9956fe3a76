"""Asks a rule set: the outcome, the facts that bound it, what is missing, and which single answer would change it.

All of it is pure. What binds and what would change is tried out, never written by hand; to be quick at it, a verdict is
reached once and kept for every situation that differs only in facts it does not look at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
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
    """A rule set with who looks at what, worked out once. ``facts`` are those that can change the outcome."""

    rules: RuleSet
    facts: frozenset[str]
    criteria_at: Mapping[str, tuple[str, ...]]
    steps_at: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, rules: RuleSet) -> _Asked:
        criteria: dict[str, list[str]] = {}
        steps: dict[str, list[str]] = {}
        for key, criterion in rules.criteria.items():
            for fact in _looks_at(criterion):
                criteria.setdefault(fact, []).append(key)
        for step in rules.steps:
            for fact in _answerable(step.when.asked() if step.when else ()):
                steps.setdefault(fact, []).append(step.id)
        return cls(
            rules,
            frozenset((*criteria, *steps)),
            {fact: tuple(keys) for fact, keys in criteria.items()},
            {fact: tuple(keys) for fact, keys in steps.items()},
        )


_asked: dict[int, _Asked] = {}
"""By the identity of the rule set, which is kept alive by standing here; there are a handful of them."""

_MOST_KEPT = 64


def _asked_of(rules: RuleSet) -> _Asked:
    known = _asked.get(id(rules))
    if known is None:
        if len(_asked) >= _MOST_KEPT:  # an own rule set that is being written makes many
            _asked.clear()
        known = _asked[id(rules)] = _Asked.of(rules)
    return known


def _looks_at(criterion: Criterion) -> Iterable[str]:
    failed = criterion.failed_when.asked() if criterion.failed_when else ()
    return _answerable((*criterion.met_when.asked(), *failed))


def _answerable(keys: Iterable[str]) -> dict[str, None]:
    """Return what a person can answer of what was looked at, in order."""
    return dict.fromkeys(RECKONED_FROM.get(key, key) for key in keys if key not in SETTINGS_OF_A_MODEL)


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
            verdict = _ALWAYS if step.when is None else step.when.judge(self.facts.get)
            self.steps[step.id] = verdict
        return verdict

    def with_fact(self, fact: str, value: Value | None) -> _Situation:
        """Return the situation with one answer changed; verdicts that do not look at it stay."""
        facts, criteria, steps = {**self.facts, fact: value}, self.criteria.copy(), self.steps.copy()
        if fact in _MADE_OF:
            for made in _MADE_OF[fact]:
                facts.pop(made, None)
            facts |= _reckoned(self.asked.rules, facts, self.today)
        for key in self.asked.criteria_at.get(fact, ()):
            criteria.pop(key, None)
        for key in self.asked.steps_at.get(fact, ()):
            steps.pop(key, None)
        return _Situation(self.asked, self.today, facts, criteria, steps)

    def point(self) -> _Pointing:
        """Return which step decides, and the criterion that fails there, without the reasons."""
        for step in self.asked.rules.steps:
            if step.kind is StepKind.DECIDE:
                if self.holds(step).truth is Truth.YES:
                    return _Pointing(step)
                continue
            wanted = Truth.NO if step.kind is StepKind.REFUSE else Truth.UNKNOWN
            for key in step.criteria:
                if self.judge(key).truth is wanted:
                    return _Pointing(step, key if wanted is Truth.NO else None)
        return _Pointing(None)

    def result(self) -> tuple[str, str | None]:
        """Return the outcome, and the criterion that failed."""
        pointing = self.point()
        outcome = pointing.step.outcome if pointing.step else self.asked.rules.fallback_outcome
        return outcome, pointing.criterion


@dataclass(frozen=True, slots=True)
class _Pointing:
    step: Step | None
    criterion: str | None = None


_ALWAYS = Verdict(Truth.YES)


def evaluate(rules: RuleSet, facts: Facts, today: date) -> Findings:
    """Return what ``rules`` point to for ``facts`` on ``today``, with reasons and what would change it."""
    now = _situation(rules, facts, today)
    met = {key: now.judge(key).truth for key in rules.criteria}
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
        met=met,
    )


def decide(rules: RuleSet, facts: Facts, today: date) -> tuple[str, str | None]:
    """Return the outcome alone and the criterion that failed: what ``evaluate`` finds, without its reasons."""
    return _situation(rules, facts, today).result()


def _situation(rules: RuleSet, facts: Facts, today: date) -> _Situation:
    return _Situation(_asked_of(rules), today, with_reckoned(rules, facts, today))


def with_reckoned(rules: RuleSet, facts: Facts, today: date) -> Facts:
    """Return the facts with what conditions may ask besides: the model's own settings, and what is reckoned.

    Reckoned are the age of the threat assessment in days, whether it is too old for the model, and whether the person
    is old enough for it.
    """
    settings: Facts = {MIN_AGE: rules.min_age, REQUIRE_MOVE: rules.require_move}
    return {**facts, **settings, **_reckoned(rules, facts, today)}


def _reckoned(rules: RuleSet, facts: Facts, today: date) -> dict[str, Value | None]:
    made: dict[str, Value | None] = {}
    assessed, age = facts.get(THREAT_DATE), facts.get(AGE)
    if isinstance(assessed, date):
        days = (today - assessed).days
        made |= {THREAT_AGE: days, THREAT_OLD: "yes" if days > rules.threat_valid_days else "no"}
    if rules.min_age is not None and isinstance(age, int):
        made[AGE_ENOUGH] = "yes" if age >= rules.min_age else "no"
    return made


def _decide(now: _Situation) -> _Decision:
    pointing = now.point()
    if pointing.step is None:
        return _Decision(now.asked.rules.fallback_outcome, None, ())
    return _DECISIONS[pointing.step.kind](now, pointing.step, pointing.criterion)


def _routed(now: _Situation, step: Step, _criterion: str | None) -> _Decision:
    bound = _answerable(now.holds(step).binding)
    own = tuple(Reason(key, now.facts.get(key), None, step.source) for key in bound)
    others = tuple(reason for reason in _explained(now, step) if reason.fact not in bound)
    return _Decision(step.outcome, step.handler, own + others, step.id)


def _explained(now: _Situation, step: Step) -> Iterator[Reason]:
    seen: set[str] = set()
    for key in step.explains:
        for fact in _answerable(now.judge(key).binding):
            # A criterion can be met because something is not said (no environment); that is no reason to show.
            if fact not in seen and now.facts.get(fact) is not None:
                seen.add(fact)
                yield Reason(fact, now.facts.get(fact), key, now.asked.rules.criteria[key].source)


def _refused(now: _Situation, step: Step, criterion: str | None) -> _Decision:
    key = criterion or ""
    source = now.asked.rules.criteria[key].source
    bound = _answerable(now.judge(key).binding)
    reasons = tuple(Reason(fact, now.facts.get(fact), key, source) for fact in bound)
    return _Decision(step.outcome, step.handler, reasons, step.id, criterion)


def _awaiting(now: _Situation, step: Step, _criterion: str | None) -> _Decision:
    missing: dict[str, Reason] = {}
    awaited = tuple(key for key in step.criteria if now.judge(key).truth is Truth.UNKNOWN)
    for key in awaited:
        criterion = now.asked.rules.criteria[key]
        for fact in _answerable(criterion.open_facts(now.facts.get)):
            missing.setdefault(fact, Reason(fact, now.facts.get(fact), key, criterion.source))
    reasons = tuple(missing.values())
    return _Decision(
        step.outcome, step.handler, reasons, step.id, awaited=awaited, missing_facts=tuple(missing)
    )


_DECISIONS = {StepKind.DECIDE: _routed, StepKind.REFUSE: _refused, StepKind.AWAIT: _awaiting}


def _also_bound(now: _Situation, decision: _Decision) -> Iterator[Reason]:
    """Yield the answers the outcome rests on besides: without one of them, an earlier step would have decided."""
    told = {reason.fact for reason in decision.reasons}
    sources = {step.id: step.source for step in now.asked.rules.steps}
    for fact in now.asked.rules.alternatives:
        value = now.facts.get(fact)
        if value is None or fact in told or fact not in now.asked.facts:
            continue
        without = now.with_fact(fact, None)
        if without.result() != decision.result:
            former = _decide(without)
            criterion = next((each.criterion for each in former.reasons if each.fact == fact), None)
            yield Reason(fact, value, criterion, sources.get(former.step) or sources[decision.step])


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
            outcome, criterion = now.with_fact(fact, value).result()
            if (outcome, criterion) != decision.result:
                yield WouldChange(fact, value, outcome, criterion)
