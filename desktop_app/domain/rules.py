"""The decision table: a rule set is data, this evaluates it.

The steps of a rule set are asked in order and the first that holds decides. ``evaluate`` is pure; it names the
facts that bound the outcome, what is missing, and which single answer would give another outcome. It proposes: a
person decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from desktop_app.domain.answers import Value
from desktop_app.domain.conditions import Condition, Lookup, Truth, Verdict

Facts = Mapping[str, Value | None]
"""Fact keys as in resources/rules/facts.toml; ``None`` is not known."""


class StepKind(StrEnum):
    """How a step of a rule set decides.

    ``DECIDE``: when its condition holds. ``REFUSE``: at the first of its criteria that is not met.
    ``AWAIT``: when any of its criteria is not yet known.
    """

    DECIDE = "decide"
    REFUSE = "refuse"
    AWAIT = "await"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSource:
    """Where a rule comes from."""

    id: str
    title: str
    dated: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One criterion. It fails when ``failed_when`` holds, or, without one, when ``met_when`` does not.

    ``asks`` are the facts to ask for while it is open; a fact whose value is listed in ``not_yet`` is asked again.
    """

    id: str
    source: str
    met_when: Condition
    failed_when: Condition | None = None
    asks: tuple[str, ...] = ()
    not_yet: Mapping[str, str] = field(default_factory=dict[str, str])

    def judge(self, lookup: Lookup) -> Verdict:
        """Return whether the criterion is met, and by which facts."""
        met = self.met_when.judge(lookup)
        if met.truth is Truth.YES:
            return met
        if self.failed_when is None:
            return met
        failed = self.failed_when.judge(lookup)
        if failed.truth is Truth.YES:
            return Verdict(Truth.NO, failed.binding)
        return Verdict(Truth.UNKNOWN, self.open_facts(lookup))

    def open_facts(self, lookup: Lookup) -> tuple[str, ...]:
        """Return the facts that are still to be asked for."""
        wanted = self.asks or self.met_when.judge(lookup).binding
        still_open = tuple(
            key for key in wanted if (value := lookup(key)) is None or self.not_yet.get(key) == str(value)
        )
        return still_open or wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a rule set. ``explains`` lists criteria whose facts also bind the outcome when it decides."""

    id: str
    kind: StepKind
    outcome: str
    handler: str | None
    source: str
    when: Condition | None = None
    criteria: tuple[str, ...] = ()
    explains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagRule:
    """A flag that stands beside the outcome; ``outcomes`` limits it to some of them (empty: all)."""

    id: str
    when: Condition
    outcomes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """One municipality's or authority's model, with its source and the time it holds for."""

    id: str
    version: int
    text_key: str
    valid_from: date
    valid_to: date | None
    checked_on: date
    threat_valid_days: int
    sources: Mapping[str, RuleSource]
    criteria: Mapping[str, Criterion]
    steps: tuple[Step, ...]
    flags: tuple[FlagRule, ...]
    alternatives: Mapping[str, tuple[Value, ...]]
    fallback_outcome: str

    def facts_asked(self) -> tuple[str, ...]:
        """Return the facts that can change this model's outcome."""
        return tuple(self.alternatives)


@dataclass(frozen=True, slots=True)
class Reason:
    """A fact that bound the outcome, its value on the day, and the source of the rule that asked for it."""

    fact: str
    value: Value | None
    criterion: str | None
    source: str


@dataclass(frozen=True, slots=True)
class WouldChange:
    """One other answer to one fact, and the outcome it would give."""

    fact: str
    value: Value
    outcome: str
    criterion: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What the table points to under one model on one day."""

    model: str
    version: int
    outcome: str
    handler: str | None
    criterion: str | None
    flags: tuple[str, ...]
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...]
    would_change: tuple[WouldChange, ...]
    met: Mapping[str, Truth]


@dataclass(frozen=True, slots=True)
class _Decision:
    outcome: str
    handler: str | None
    reasons: tuple[Reason, ...]
    criterion: str | None = None
    awaited: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        return self.awaited or tuple(reason.fact for reason in self.reasons if reason.value is None)


THREAT_AGE = "threat.age_days"
THREAT_OLD = "threat.old"
THREAT_DATE = "threat.assessed_on"

_RECKONED_FROM = {THREAT_AGE: THREAT_DATE, THREAT_OLD: THREAT_DATE}
"""Reasons and missing facts name what a person can answer, not what was reckoned from it."""


def evaluate(rules: RuleSet, facts: Facts, today: date) -> Findings:
    """Return what ``rules`` point to for ``facts`` on ``today``, with reasons and what would change it."""
    known = with_reckoned(rules, facts, today)
    decision = _decide(rules, known)
    verdicts = {key: criterion.judge(known.get).truth for key, criterion in rules.criteria.items()}
    return Findings(
        model=rules.id,
        version=rules.version,
        outcome=decision.outcome,
        handler=decision.handler,
        criterion=decision.criterion,
        flags=tuple(_flags(rules, known, decision)),
        reasons=decision.reasons,
        missing=decision.missing,
        would_change=tuple(_would_change(rules, facts, today, decision)),
        met=verdicts,
    )


def decide(rules: RuleSet, facts: Facts, today: date) -> tuple[str, str | None]:
    """Return the outcome alone and the criterion that failed: what ``evaluate`` finds, without its reasons."""
    decision = _decide(rules, with_reckoned(rules, facts, today))
    return decision.outcome, decision.criterion


def with_reckoned(rules: RuleSet, facts: Facts, today: date) -> Facts:
    """Return the facts with the age of the threat assessment, in days, and whether it is too old for the model."""
    assessed = facts.get(THREAT_DATE)
    if not isinstance(assessed, date):
        return facts
    age = (today - assessed).days
    return {**facts, THREAT_AGE: age, THREAT_OLD: "yes" if age > rules.threat_valid_days else "no"}


def _decide(rules: RuleSet, facts: Facts) -> _Decision:
    for step in rules.steps:
        decision = _STEPS[step.kind](rules, step, facts)
        if decision is not None:
            return decision
    return _Decision(rules.fallback_outcome, None, ())


def _decide_when(rules: RuleSet, step: Step, facts: Facts) -> _Decision | None:
    if step.when is None:
        return _Decision(step.outcome, step.handler, tuple(_explained(rules, step, facts)))
    verdict = step.when.judge(facts.get)
    if verdict.truth is not Truth.YES:
        return None
    bound = dict.fromkeys(_RECKONED_FROM.get(key, key) for key in verdict.binding)
    own = tuple(Reason(key, facts.get(key), None, step.source) for key in bound)
    others = tuple(reason for reason in _explained(rules, step, facts) if reason.fact not in bound)
    return _Decision(step.outcome, step.handler, own + others)


def _explained(rules: RuleSet, step: Step, facts: Facts) -> Iterator[Reason]:
    seen: set[str] = set()
    for key in step.explains:
        criterion = rules.criteria[key]
        for fact in criterion.judge(facts.get).binding:
            # A criterion can be met because something is not said (no environment); that is no reason to show.
            if fact not in seen and facts.get(fact) is not None:
                seen.add(fact)
                yield Reason(fact, facts.get(fact), key, criterion.source)


def _refuse(rules: RuleSet, step: Step, facts: Facts) -> _Decision | None:
    for key in step.criteria:
        criterion = rules.criteria[key]
        verdict = criterion.judge(facts.get)
        if verdict.truth is Truth.NO:
            reasons = tuple(Reason(fact, facts.get(fact), key, criterion.source) for fact in verdict.binding)
            return _Decision(step.outcome, step.handler, reasons, criterion=key)
    return None


def _await(rules: RuleSet, step: Step, facts: Facts) -> _Decision | None:
    missing: dict[str, Reason] = {}
    for key in step.criteria:
        criterion = rules.criteria[key]
        if criterion.judge(facts.get).truth is Truth.UNKNOWN:
            for fact in criterion.open_facts(facts.get):
                missing.setdefault(fact, Reason(fact, facts.get(fact), key, criterion.source))
    if not missing:
        return None
    return _Decision(step.outcome, step.handler, tuple(missing.values()), awaited=tuple(missing))


_STEPS = {StepKind.DECIDE: _decide_when, StepKind.REFUSE: _refuse, StepKind.AWAIT: _await}


def _flags(rules: RuleSet, facts: Facts, decision: _Decision) -> Iterator[str]:
    for flag in rules.flags:
        fits = not flag.outcomes or decision.outcome in flag.outcomes
        if fits and flag.when.judge(facts.get).truth is Truth.YES:
            yield flag.id
    if decision.criterion is not None:
        yield f"criterion:{decision.criterion}"
    for fact in decision.awaited:
        yield f"missing:{short_fact(fact)}"


def short_fact(fact: str) -> str:
    """Return the name a fact goes by in flags: a threat without a level is simply a missing threat."""
    return fact.removesuffix(".level")


def _would_change(rules: RuleSet, facts: Facts, today: date, decision: _Decision) -> Iterator[WouldChange]:
    """Try every other single answer. A new threat assessment is tried as one made today."""
    for fact, values in rules.alternatives.items():
        tried = (today,) if fact == THREAT_DATE else values
        for value in tried:
            if value == facts.get(fact):
                continue
            other = _decide(rules, with_reckoned(rules, {**facts, fact: value}, today))
            if (other.outcome, other.criterion) != (decision.outcome, decision.criterion):
                yield WouldChange(fact, value, other.outcome, other.criterion)
