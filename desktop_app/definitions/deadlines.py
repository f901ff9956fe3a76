"""Reads resources/deadlines/v1.toml: which events set which deadlines off, and what each rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from desktop_app.definitions.conditions import codes_asked, comparisons, read_condition
from desktop_app.definitions.forms import READ_ONLY_FACTS
from desktop_app.definitions.toml_file import Node, read_toml
from desktop_app.domain.case_file import CaseSchema
from desktop_app.domain.conditions import Condition
from desktop_app.domain.deadline_events import BORN, OWN_KEYS, ROW, WINDOW_COLUMNS
from desktop_app.domain.deadlines import (
    Basis,
    DeadlineRule,
    EventKind,
    EventSource,
    Length,
    Repeat,
    Shift,
    Unit,
)
from desktop_app.domain.forms import FormDefinition, Item
from desktop_app.domain.texts import Texts
from desktop_app.domain.values import ItemType

LAW = "law"
BASES = (LAW, "routine", "own")
MONTH_AND_DAY = 2


@dataclass(frozen=True, slots=True)
class DeadlineReading:
    """What reading the rules needs: what a case file may hold, the forms there are, and the words."""

    schema: CaseSchema
    forms: tuple[FormDefinition, ...]
    texts: Texts


@dataclass(frozen=True, slots=True)
class _Source:
    kind: str
    words: str
    node: Node


def read_deadline_rules(path: Path, reading: DeadlineReading) -> tuple[DeadlineRule, ...]:
    """Return the rules in order. Raises ``DefinitionFault`` for what does not exist or has no words."""
    node = read_toml(path)
    sources = {source.node.text("id"): source for source in map(_source, node.children("source"))}
    for source in sources.values():
        source.node.maybe_day("checked_on")
        source.node.done()
    rules = tuple(_rule(entry, sources, reading) for entry in node.children("rule"))
    seen: set[str] = set()
    for entry, rule in zip(node.children("rule"), rules, strict=True):
        if rule.id in seen:
            raise entry.fault("id", f"{rule.id} stands twice")
        seen.add(rule.id)
    node.done()
    return rules


def _source(node: Node) -> _Source:
    return _Source(node.one_of("kind", BASES), node.text("words"), node)


def _rule(node: Node, sources: Mapping[str, _Source], reading: DeadlineReading) -> DeadlineRule:
    source = _event(node.child("event"), reading)
    columns = _columns(source, reading)
    about = _column(node, "about", columns)
    rule = DeadlineRule(
        id=node.text("id"),
        event=source,
        basis=_basis(node, sources),
        length=_length(node.child("length")),
        shift=Shift(node.one_of("shift", tuple(Shift))),
        when=_condition(node.child("when"), columns, reading) if node.has("when") else None,
        settled_by=_settled_by(node, columns, reading),
        renewed_by=_column(node, "renewed_by", columns),
        counts_from=node.one_of("counts_from", ("", BORN), default=""),
        repeats=tuple(_repeat(entry) for entry in node.children("repeat")),
        reminds=_days(node),
        adjustable=node.flag("adjustable"),
        own_length=_own_length(node, reading),
        chosen=node.flag("chosen"),
        waits=node.flag("waits"),
        form_id=_form(node, reading.forms),
        about_table=columns[about].table if about else None,
        about_column=about,
    )
    if rule.adjustable and rule.basis.kind == LAW:
        raise node.fault("adjustable", "what the law says is not for a municipality to change")
    for word in ("title", "event"):
        if not reading.texts.has(f"{rule.text_key}.{word}"):
            raise node.fault("id", f"no text {rule.text_key}.{word}")
    node.done()
    return rule


def _event(node: Node, reading: DeadlineReading) -> EventSource:
    kinds = [name for name in node.names() if name != "column"]
    if len(kinds) != 1 or kinds[0] not in tuple(EventKind):
        raise node.fault(kinds[0] if kinds else "", f"must be one of {', '.join(EventKind)}")
    kind = EventKind(kinds[0])
    key = node.text(kind.value)
    source = EventSource(kind, key, node.text("column", ""))
    if kind is EventKind.FACT and not _is_day(reading.schema.facts.get(key)):
        raise node.fault(kind.value, f"no fact {key} that is a date")
    if kind is EventKind.ROW:
        if key not in reading.schema.registers:
            raise node.fault(kind.value, f"no register {key}")
        if not _is_day(_columns(source, reading).get(source.column)):
            raise node.fault("column", f"no column {source.column} that is a date")
    if kind is EventKind.FORM and key not in {form.id for form in reading.forms}:
        raise node.fault(kind.value, f"no form {key}")
    if kind is EventKind.WINDOW:
        source = EventSource(kind, column=node.one_of(kind.value, WINDOW_COLUMNS))
    if kind is EventKind.YEARLY and [part.isdecimal() for part in key.split("-")] != [True] * MONTH_AND_DAY:
        raise node.fault(kind.value, "must be a month and a day, 11-30")
    node.done()
    return source


def _is_day(item: Item | None) -> bool:
    return item is not None and item.type in (ItemType.DATE, ItemType.DATETIME)


def _columns(source: EventSource, reading: DeadlineReading) -> Mapping[str, Item]:
    if source.kind is not EventKind.ROW:
        return {}
    return {column.link_id: column for column in reading.schema.registers[source.key].columns}


def _basis(node: Node, sources: Mapping[str, _Source]) -> Basis:
    name = node.text("source")
    if name not in sources:
        raise node.fault("source", f"no source {name}")
    source = sources[name]
    words = f"{node.text('section')} {source.words}" if node.has("section") else source.words
    return Basis(source.kind, words, source.node.maybe_day("checked_on"))


def _length(node: Node) -> Length:
    names = node.names()
    if len(names) != 1 or names[0] not in tuple(Unit):
        raise node.fault(names[0] if names else "", f"must be one of {', '.join(Unit)}")
    count = node.number(names[0])
    if count < 0:
        raise node.fault(names[0], "must not be below nought")
    return Length(count, Unit(names[0]))


def _own_length(node: Node, reading: DeadlineReading) -> str:
    if not node.has("own_length"):
        return ""
    key = node.text("own_length")
    item = reading.schema.facts.get(key)
    if item is None or item.type is not ItemType.NUMBER:
        raise node.fault("own_length", f"no fact {key} that is a number")
    return key


def _repeat(node: Node) -> Repeat:
    until = node.number("until_months") if node.has("until_months") else None
    repeat = Repeat(_length(node.child("length")), until)
    node.done()
    return repeat


def _days(node: Node) -> tuple[int, ...]:
    if not node.has("reminds"):
        return ()
    days = node.raw("reminds")
    if not isinstance(days, list) or not all(isinstance(day, int) for day in cast("list[object]", days)):
        raise node.fault("reminds", "must be a list of days")
    return tuple(sorted(cast("list[int]", days), reverse=True))


def _condition(node: Node, columns: Mapping[str, Item], reading: DeadlineReading) -> Condition:
    condition = read_condition(node)
    for comparison in comparisons(condition):
        item = _asked(comparison.key, columns, reading)
        if item is None and comparison.key not in (*OWN_KEYS, *READ_ONLY_FACTS):
            raise node.fault("fact", f"no fact or column {comparison.key}")
        for code in codes_asked(comparison) if item is not None and item.codes else ():
            if item is not None and code not in item.codes:
                raise node.fault("value", f"{comparison.key} is never {code}")
    return condition


def _asked(key: str, columns: Mapping[str, Item], reading: DeadlineReading) -> Item | None:
    if key.startswith(ROW):
        return columns.get(key.removeprefix(ROW))
    return reading.schema.facts.get(key)


def _settled_by(node: Node, columns: Mapping[str, Item], reading: DeadlineReading) -> tuple[str, ...]:
    keys = node.texts("settled_by")
    for key in keys:
        if _asked(key, columns, reading) is None:
            raise node.fault("settled_by", f"no fact or column {key}")
    return keys


def _column(node: Node, key: str, columns: Mapping[str, Item]) -> str:
    if not node.has(key):
        return ""
    return node.one_of(key, tuple(columns))


def _form(node: Node, forms: Iterable[FormDefinition]) -> str | None:
    return node.one_of("form", tuple(form.id for form in forms)) if node.has("form") else None
