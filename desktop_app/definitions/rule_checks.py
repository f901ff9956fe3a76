"""What a condition of a rule set may ask, and what a whole rule set must hold before it may decide anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desktop_app.definitions.conditions import codes_asked, comparisons, read_condition
from desktop_app.definitions.toml_file import Node
from desktop_app.domain.conditions import Comparison, Condition, Operator
from desktop_app.domain.rules import (
    AGE_ENOUGH,
    MIN_AGE,
    MOVE_CHOICES,
    REQUIRE_MOVE,
    THREAT_AGE,
    THREAT_OLD,
    RuleSet,
    StepKind,
)
from desktop_app.domain.texts import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class FactKind:
    """One fact of the table: its JSON key, its values, the word for not knowing, and whether null says so too."""

    key: str
    kind: str
    values: tuple[str, ...] = ()
    unknown: str | None = None
    nullable: bool = False


FactKinds = Mapping[str, FactKind]


@dataclass(frozen=True, slots=True)
class RuleReading:
    """What reading a rule set needs: the facts there are and the words."""

    facts: FactKinds
    texts: Texts


_RECKONED: FactKinds = {
    THREAT_AGE: FactKind(key=THREAT_AGE, kind="whole_number"),
    THREAT_OLD: FactKind(key=THREAT_OLD, kind="code", values=("yes", "no")),
    AGE_ENOUGH: FactKind(key=AGE_ENOUGH, kind="code", values=("yes", "no")),
    MIN_AGE: FactKind(key=MIN_AGE, kind="whole_number"),
    REQUIRE_MOVE: FactKind(key=REQUIRE_MOVE, kind="code", values=MOVE_CHOICES),
}
"""What conditions may ask besides what a person answers: what is reckoned, and the model's own settings."""


def condition_of(node: Node, key: str, facts: FactKinds) -> Condition:
    """Return the condition under a key. Raises ``DefinitionFault`` for one that could never be judged."""
    child = node.child(key)
    condition = read_condition(child)
    for comparison in comparisons(condition):
        _check(child, comparison, facts)
    return condition


def _check(node: Node, comparison: Comparison, facts: FactKinds) -> None:
    kind = _RECKONED.get(comparison.key) or facts.get(comparison.key)
    if kind is None:
        raise node.fault("fact", f"no fact {comparison.key}")
    operand = comparison.operand
    if comparison.operator is Operator.EXISTS:
        if not isinstance(operand, bool):
            raise node.fault("value", "exists needs true or false")
        return
    if kind.kind == "date":
        # A date compared would make the answer another by itself; how old it is can be asked of what is reckoned.
        raise node.fault("fact", f"{kind.key} can only be asked with exists")
    for code in codes_asked(comparison):
        if code not in kind.values:
            raise node.fault("value", f"{kind.key} is never {code}")
    numbers = operand if isinstance(operand, tuple) else (operand,)
    for number in numbers:
        if kind.kind == "code" and not isinstance(number, str):
            raise node.fault("value", f"{kind.key} is a code, not a number")
        if kind.kind == "whole_number" and (isinstance(number, bool | date) or not isinstance(number, int)):
            raise node.fault("value", f"{kind.key} is a number")


def check_rules(node: Node, rules: RuleSet) -> None:
    """Raise ``DefinitionFault`` for a rule set that could be read but would not decide."""
    if not rules.sources:
        raise node.fault("source", "there must be at least one")
    if not rules.steps:
        raise node.fault("step", "there must be at least one")
    for number, step in enumerate(rules.steps[:-1]):
        if step.kind is StepKind.DECIDE and step.when is None:
            raise node.fault(f"step[{number}].when", "only the last step may do without")
    used = {key for step in rules.steps for key in (*step.criteria, *step.explains)}
    for number, key in enumerate(rules.criteria):
        if key not in used:
            raise node.fault(f"criterion[{number}].id", f"no step asks for {key}")
    for number, step in enumerate(rules.steps):
        twins = [key for key in step.criteria if step.criteria.count(key) > 1]
        if twins:
            raise node.fault(f"step[{number}].criteria", f"stands twice: {twins[0]}")
