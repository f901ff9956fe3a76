"""The decision table: what a rule set is, and what it finds. ``domain/evaluation.py`` asks it.

The steps of a rule set are asked in order and the first that holds decides. It proposes: a person decides.
"""

from __future__ import annotations

from collections.abc import Mapping
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


THREAT_AGE = "threat.age_days"
THREAT_OLD = "threat.old"
THREAT_DATE = "threat.assessed_on"
AGE = "age"
AGE_ENOUGH = "age.enough"
MIN_AGE = "model.min_age"
REQUIRE_MOVE = "model.require_move"

RECKONED_FROM: Mapping[str, str] = {THREAT_AGE: THREAT_DATE, THREAT_OLD: THREAT_DATE, AGE_ENOUGH: AGE}
"""Reasons and missing facts name what a person can answer, not what was reckoned from it."""

SETTINGS_OF_A_MODEL = frozenset({MIN_AGE, REQUIRE_MOVE})
"""What conditions may ask of the rule set itself. Nobody answers it, so it is never a reason."""

MOVE_CHOICES = ("ask", "yes", "no")
"""Whether only who must move is sent on. Stockholm's districts write so, the city does not: to ask is the default."""

OWN = "egen"
"""The id of the rule set that a municipality makes of its own; it lives in the store."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagRule:
    """A flag that stands beside the outcome; ``outcomes`` limits it to some of them (empty: all)."""

    id: str
    when: Condition
    outcomes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """One municipality's or authority's model, with its sources and the time it holds for.

    ``words`` are words of its own under keys of the catalogue, ``content`` is the TOML it was read from.
    """

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
    min_age: int | None = None
    require_move: str = MOVE_CHOICES[0]
    words: Mapping[str, str] = field(default_factory=dict[str, str])
    content: str = field(default="", repr=False, compare=False)

    def facts_asked(self) -> tuple[str, ...]:
        """Return the facts that can change this model's outcome."""
        return tuple(self.alternatives)

    def required(self) -> tuple[str, ...]:
        """Return the criteria whose "no" gives the outcome "ej avhoppare", in the order they are asked."""
        return tuple(key for step in self.steps if step.kind is StepKind.REFUSE for key in step.criteria)

    def holds_on(self, day: date) -> bool:
        """Tell whether the model is in force on ``day``."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


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
    """What the table points to under one model on one day.

    ``step`` is the step that decided (empty: none did), ``criterion`` the one that failed, ``awaited`` those that are
    open where that decided.
    """

    model: str
    version: int
    outcome: str
    handler: str | None
    step: str
    criterion: str | None
    awaited: tuple[str, ...]
    flags: tuple[str, ...]
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...]
    would_change: tuple[WouldChange, ...]
    met: Mapping[str, Truth]


def short_fact(fact: str) -> str:
    """Return the name a fact goes by in flags: a threat without a level is simply a missing threat."""
    return fact.removesuffix(".level")
