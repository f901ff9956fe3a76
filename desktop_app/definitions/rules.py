"""Reads resources/rules: the facts the table may ask for, and the rule sets. A municipality's own comes as text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TypeVar

from desktop_app.definitions.conditions import comparisons
from desktop_app.definitions.rule_checks import FactKind, FactKinds, RuleReading, check_rules, condition_of
from desktop_app.definitions.toml_file import Node, read_text, read_toml
from desktop_app.domain.answers import Value
from desktop_app.domain.conditions import Condition, Operator
from desktop_app.domain.errors import DefinitionFault
from desktop_app.domain.rules import (
    AGE,
    MOVE_CHOICES,
    OWN,
    THREAT_DATE,
    Criterion,
    FlagRule,
    RuleSet,
    RuleSource,
    Step,
    StepKind,
)

__all__ = [
    "FactKind",
    "FactKinds",
    "RuleReading",
    "read_fact_kinds",
    "read_own_rules",
    "read_rule_set",
    "read_rule_sets",
]

WORD_GROUPS = ("criteria", "handlers", "flags")
"""Which of the catalogue's words (``rules.<group>.<id>``) a rule set may put in its own words."""

_MOST_DAYS = 3650

Part = TypeVar("Part", RuleSource, Criterion, Step, FlagRule)


@dataclass(frozen=True, slots=True)
class _Parts:
    """What a rule set's parts may point to while it is read."""

    sources: Mapping[str, RuleSource]
    criteria: Mapping[str, Criterion]
    words: Mapping[str, str]
    reading: RuleReading

    def must_speak(self, node: Node, words: str, *, key: str = "id") -> None:
        if words not in self.words and not self.reading.texts.has(words):
            raise node.fault(key, f"no text {words}")


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
    rules = _rule_set(node, reading, path.read_text("utf-8"))
    if path.parent.name != rules.id or path.stem != f"v{rules.version}":
        raise node.fault("id", "folder and file must be named for id and version")
    return rules


def read_own_rules(text: str, reading: RuleReading) -> RuleSet:
    """Return a municipality's own rule set from its text. Raises ``DefinitionFault`` naming it, key and fault."""
    node = read_text(text, OWN)
    rules = _rule_set(node, reading, text)
    if rules.id != OWN:
        raise node.fault("id", f"must be {OWN}")
    return rules


def _rule_set(node: Node, reading: RuleReading, content: str) -> RuleSet:
    try:
        return _read(node, reading, content)
    except RecursionError:
        raise DefinitionFault(file=node.file, key="", fault="too deep") from None


def _read(node: Node, reading: RuleReading, content: str) -> RuleSet:
    rules_id = node.text("id")
    text_key = f"tables.models.{rules_id}"
    sources = _by_id(node, "source", _source)
    words: Mapping[str, str] = {}
    if node.has("texts"):
        words = _words(node.child("texts"), text_key, reading)
    parts = _Parts(sources, {}, words, reading)
    criteria = _by_id(node, "criterion", lambda entry: _criterion(entry, parts))
    parts = _Parts(sources, criteria, words, reading)
    steps = _by_id(node, "step", lambda entry: _step(entry, parts))
    flags = _by_id(node, "flag", lambda entry: _flag(entry, parts))
    min_age = node.number("min_age") if node.has("min_age") else None
    rules = RuleSet(
        id=rules_id,
        version=node.number("version"),
        text_key=text_key,
        valid_from=node.day("valid_from"),
        valid_to=node.maybe_day("valid_to"),
        checked_on=node.day("checked_on"),
        threat_valid_days=node.number("threat_valid_days"),
        sources=sources,
        criteria=criteria,
        steps=tuple(steps.values()),
        flags=tuple(flags.values()),
        alternatives=_alternatives(reading.facts, _ages(criteria, steps, min_age)),
        fallback_outcome=node.text("fallback_outcome"),
        min_age=min_age,
        require_move=node.one_of("require_move", MOVE_CHOICES, MOVE_CHOICES[0]),
        words=words,
        content=content,
    )
    parts.must_speak(node, f"tables.outcomes.{rules.fallback_outcome}", key="fallback_outcome")
    parts.must_speak(node, text_key)
    _check_settings(node, rules)
    check_rules(node, rules)
    node.done()
    return rules


def _check_settings(node: Node, rules: RuleSet) -> None:
    if rules.version < 1:
        raise node.fault("version", "must be 1 or more")
    if rules.valid_to is not None and rules.valid_to < rules.valid_from:
        raise node.fault("valid_to", "is before valid_from")
    if not 1 <= rules.threat_valid_days <= _MOST_DAYS:
        raise node.fault("threat_valid_days", f"must be 1 to {_MOST_DAYS}")
    if rules.min_age is not None and not 1 <= rules.min_age <= 130:
        raise node.fault("min_age", "must be 1 to 130")


def _by_id(node: Node, key: str, read: Callable[[Node], Part]) -> dict[str, Part]:
    parts: dict[str, Part] = {}
    for entry in node.children(key):
        part = read(entry)
        if part.id in parts:
            raise entry.fault("id", f"stands twice: {part.id}")
        parts[part.id] = part
    return parts


def _alternatives(facts: FactKinds, ages: tuple[int, ...]) -> dict[str, tuple[Value, ...]]:
    known: dict[str, tuple[Value, ...]] = {
        kind.key: kind.values for kind in facts.values() if kind.kind == "code" or kind.key == THREAT_DATE
    }
    return {**known, AGE: ages} if ages else known


def _ages(criteria: Mapping[str, Criterion], steps: Mapping[str, Step], least: int | None) -> tuple[int, ...]:
    """Return an age on either side of each limit: the other answers there are to how old somebody is."""
    asked: list[Condition | None] = [step.when for step in steps.values()]
    for each in criteria.values():
        asked += [each.met_when, each.failed_when]
    limits: set[int] = set() if least is None else {least}
    for comparison in chain.from_iterable(comparisons(each) for each in asked if each is not None):
        if comparison.key == AGE and comparison.operator is not Operator.EXISTS:
            limits.add(int(str(comparison.operand)))
    around = {age for limit in limits for age in (limit - 1, limit, limit + 1) if 0 <= age <= 130}
    return tuple(sorted(around))


def _source(node: Node) -> RuleSource:
    source = RuleSource(id=node.text("id"), title=node.text("title"), dated=node.maybe_day("dated"))
    if not source.id or "," in source.id:
        raise node.fault("id", "must be text without commas")
    if not source.title.strip():
        raise node.fault("title", "must not be empty")
    node.done()
    return source


def _checked_source(node: Node, sources: Mapping[str, RuleSource]) -> str:
    source = node.text("source")
    for part in source.split(", "):
        if part not in sources:
            raise node.fault("source", f"no source {part}")
    return source


def _words(node: Node, text_key: str, reading: RuleReading) -> Mapping[str, str]:
    own = dict(_own_words(node, text_key))
    node.done()
    for key in own:
        # A criterion is told in the lists too, where nobody knows which rule set it came from.
        if key.startswith("rules.criteria.") and not reading.texts.has(key):
            raise node.fault(key.removeprefix("rules."), "no such criterion")
    return own


def _own_words(node: Node, text_key: str) -> Iterator[tuple[str, str]]:
    if node.has("name"):
        yield text_key, _spoken(node, "name")
    for group in WORD_GROUPS:
        if node.has(group):
            inner = node.child(group)
            for key in inner.names():
                yield f"rules.{group}.{key}", _spoken(inner, key)


def _spoken(node: Node, key: str) -> str:
    words = node.text(key)
    if not words.strip():
        raise node.fault(key, "must not be empty")
    return words


def _criterion(node: Node, parts: _Parts) -> Criterion:
    not_yet = node.child("not_yet") if node.has("not_yet") else None
    facts = parts.reading.facts
    criterion = Criterion(
        id=node.text("id"),
        source=_checked_source(node, parts.sources),
        met_when=condition_of(node, "met_when", facts),
        failed_when=condition_of(node, "failed_when", facts) if node.has("failed_when") else None,
        asks=node.texts("asks"),
        not_yet={key: not_yet.text(key) for key in not_yet.names()} if not_yet else {},
    )
    for key in (*criterion.asks, *criterion.not_yet):
        if key not in facts:
            raise node.fault("asks", f"no fact {key}")
    for key, value in criterion.not_yet.items():
        if value not in facts[key].values:
            raise node.fault("not_yet", f"{key} is never {value}")
    if not parts.reading.texts.has(f"rules.criteria.{criterion.id}"):
        raise node.fault("id", f"no text rules.criteria.{criterion.id}")
    node.done()
    return criterion


def _step(node: Node, parts: _Parts) -> Step:
    step = Step(
        id=node.text("id"),
        kind=StepKind(node.one_of("kind", tuple(StepKind))),
        outcome=node.text("outcome"),
        handler=node.maybe_text("handler"),
        source=_checked_source(node, parts.sources),
        when=condition_of(node, "when", parts.reading.facts) if node.has("when") else None,
        criteria=node.texts("criteria"),
        explains=node.texts("explains"),
    )
    parts.must_speak(node, f"tables.outcomes.{step.outcome}", key="outcome")
    if step.handler is not None:
        parts.must_speak(node, f"rules.handlers.{step.handler}", key="handler")
    for key in ("criteria", "explains"):
        for named in getattr(step, key):
            if named not in parts.criteria:
                raise node.fault(key, f"no criterion {named}")
    if (step.kind is StepKind.DECIDE) == bool(step.criteria):
        raise node.fault("criteria", f"a step that says {step.kind} needs criteria, or takes none")
    if step.when is not None and step.kind is not StepKind.DECIDE:
        raise node.fault("when", f"a step that says {step.kind} takes none")
    node.done()
    return step


def _flag(node: Node, parts: _Parts) -> FlagRule:
    flag = FlagRule(
        id=node.text("id"),
        when=condition_of(node, "when", parts.reading.facts),
        outcomes=node.texts("outcomes"),
    )
    parts.must_speak(node, f"rules.flags.{flag.id}")
    for outcome in flag.outcomes:
        parts.must_speak(node, f"tables.outcomes.{outcome}", key="outcomes")
    node.done()
    return flag
