"""Reads resources/rules: the facts the table may ask for, and the rule sets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from desktop_app.definitions.conditions import codes_asked, comparisons, read_condition
from desktop_app.definitions.toml_file import Node, read_toml
from desktop_app.domain.answers import Value
from desktop_app.domain.conditions import Condition
from desktop_app.domain.rules import (
    THREAT_AGE,
    THREAT_OLD,
    Criterion,
    FlagRule,
    RuleSet,
    RuleSource,
    Step,
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


def read_fact_kinds(path: Path) -> FactKinds:
    """Read resources/rules/facts.toml."""
    node = read_toml(path)
    kinds: dict[str, FactKind] = {}
    for entry in node.children("fact"):
        kind = FactKind(
            key=entry.text("key"),
            kind=entry.one_of("kind", ("code", "date", "whole_number")),
            values=entry.texts("values"),
            unknown=entry.maybe_text("unknown"),
            nullable=entry.flag("nullable"),
        )
        entry.done()
        kinds[kind.key] = kind
    return kinds


def read_rule_sets(folder: Path, reading: RuleReading) -> tuple[RuleSet, ...]:
    """Return every version of every rule set below ``folder``, ordered by id and version."""
    sets = [read_rule_set(path, reading) for path in sorted(folder.glob("*/v*.toml"))]
    return tuple(sorted(sets, key=lambda rules: (rules.id, rules.version)))


def read_rule_set(path: Path, reading: RuleReading) -> RuleSet:
    """Return one rule set. Raises ``DefinitionFault`` naming file, key and fault."""
    node = read_toml(path)
    rules_id, version = node.text("id"), node.number("version")
    if path.parent.name != rules_id or path.stem != f"v{version}":
        raise node.fault("id", "folder and file must be named for id and version")
    sources = {source.id: source for source in map(_source, node.children("source"))}
    criteria = {
        c.id: c for c in (_criterion(entry, sources, reading) for entry in node.children("criterion"))
    }
    rules = RuleSet(
        id=rules_id,
        version=version,
        text_key=f"tables.models.{rules_id}",
        valid_from=node.day("valid_from"),
        valid_to=node.maybe_day("valid_to"),
        checked_on=node.day("checked_on"),
        threat_valid_days=node.number("threat_valid_days"),
        sources=sources,
        criteria=criteria,
        steps=tuple(_step(entry, criteria, sources, reading) for entry in node.children("step")),
        flags=tuple(_flag(entry, reading) for entry in node.children("flag")),
        alternatives=_alternatives(reading.facts),
        fallback_outcome=node.text("fallback_outcome"),
    )
    _must_speak(node, f"tables.outcomes.{rules.fallback_outcome}", reading, key="fallback_outcome")
    node.done()
    return rules


def _alternatives(facts: FactKinds) -> dict[str, tuple[Value, ...]]:
    return {
        kind.key: kind.values
        for kind in facts.values()
        if kind.kind == "code" or kind.key == "threat.assessed_on"
    }


def _source(node: Node) -> RuleSource:
    source = RuleSource(id=node.text("id"), title=node.text("title"), dated=node.maybe_day("dated"))
    node.done()
    return source


def _checked_source(node: Node, sources: Mapping[str, RuleSource]) -> str:
    source = node.text("source")
    for part in source.split(", "):
        if part not in sources:
            raise node.fault("source", f"no source {part}")
    return source


def _condition(node: Node, key: str, reading: RuleReading) -> Condition:
    child = node.child(key)
    condition = read_condition(child)
    _check_facts(child, condition, reading)
    return condition


def _check_facts(node: Node, condition: Condition, reading: RuleReading) -> None:
    for comparison in comparisons(condition):
        if comparison.key in (THREAT_AGE, THREAT_OLD):
            continue
        kind = reading.facts.get(comparison.key)
        if kind is None:
            raise node.fault("fact", f"no fact {comparison.key}")
        for code in codes_asked(comparison):
            if code not in kind.values:
                raise node.fault("value", f"{comparison.key} is never {code}")
        if kind.kind == "code" and isinstance(comparison.operand, int) and comparison.operator != "exists":
            raise node.fault("value", f"{comparison.key} is a code, not a number")


def _criterion(node: Node, sources: Mapping[str, RuleSource], reading: RuleReading) -> Criterion:
    not_yet = node.child("not_yet") if node.has("not_yet") else None
    criterion = Criterion(
        id=node.text("id"),
        source=_checked_source(node, sources),
        met_when=_condition(node, "met_when", reading),
        failed_when=_condition(node, "failed_when", reading) if node.has("failed_when") else None,
        asks=node.texts("asks"),
        not_yet={key: not_yet.text(key) for key in not_yet.names()} if not_yet else {},
    )
    for key in (*criterion.asks, *criterion.not_yet):
        if key not in reading.facts:
            raise node.fault("asks", f"no fact {key}")
    _must_speak(node, f"rules.criteria.{criterion.id}", reading)
    node.done()
    return criterion


def _step(
    node: Node, criteria: Mapping[str, Criterion], sources: Mapping[str, RuleSource], reading: RuleReading
) -> Step:
    step = Step(
        id=node.text("id"),
        kind=StepKind(node.one_of("kind", tuple(StepKind))),
        outcome=node.text("outcome"),
        handler=node.maybe_text("handler"),
        source=_checked_source(node, sources),
        when=_condition(node, "when", reading) if node.has("when") else None,
        criteria=node.texts("criteria"),
        explains=node.texts("explains"),
    )
    _must_speak(node, f"tables.outcomes.{step.outcome}", reading)
    if step.handler is not None:
        _must_speak(node, f"rules.handlers.{step.handler}", reading, key="handler")
    for key in (*step.criteria, *step.explains):
        if key not in criteria:
            raise node.fault("criteria", f"no criterion {key}")
    node.done()
    return step


def _flag(node: Node, reading: RuleReading) -> FlagRule:
    flag = FlagRule(
        id=node.text("id"), when=_condition(node, "when", reading), outcomes=node.texts("outcomes")
    )
    _must_speak(node, f"rules.flags.{flag.id}", reading)
    node.done()
    return flag


def _must_speak(node: Node, words: str, reading: RuleReading, *, key: str = "id") -> None:
    if not reading.texts.has(words):
        raise node.fault(key, f"no text {words}")
