"""Reads resources/timeline/v1.toml: which dates of a case file stand in its timeline."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from desktop_app.definitions.toml_file import Node, read_toml
from desktop_app.domain.case_file import CaseSchema
from desktop_app.domain.forms import FormDefinition, Item
from desktop_app.domain.texts import Texts
from desktop_app.domain.timeline import DatedColumn, DatedFact, EntryKind, TimelineDefinition
from desktop_app.domain.values import ItemType

DATES = (ItemType.DATE, ItemType.DATETIME)


@dataclass(frozen=True, slots=True)
class TimelineReading:
    """What the file is checked against."""

    forms: tuple[str, ...]
    schema: CaseSchema
    texts: Texts

    @classmethod
    def of(cls, forms: Iterable[FormDefinition], schema: CaseSchema, texts: Texts) -> TimelineReading:
        """Return it for these forms."""
        return cls(tuple(form.id for form in forms), schema, texts)


def read_timeline(path: Path, reading: TimelineReading) -> TimelineDefinition:
    """Return the dates. Raises ``DefinitionFault`` for a fact, column, form or word that does not exist."""
    node = read_toml(path)
    facts = tuple(_fact(entry, reading) for entry in node.children("fact"))
    columns = tuple(_column(entry, reading) for entry in node.children("register"))
    node.done()
    return TimelineDefinition(facts, columns)


def _fact(node: Node, reading: TimelineReading) -> DatedFact:
    key = node.one_of("key", tuple(reading.schema.facts))
    _require_date(node, "key", reading.schema.facts[key])
    _require_words(node, "key", f"timeline.facts.{key}", reading.texts)
    unless = node.one_of("unless", tuple(reading.schema.facts)) if node.has("unless") else ""
    fact = DatedFact(key=key, kind=_kind(node), form_id=node.one_of("form", reading.forms), unless=unless)
    node.done()
    return fact


def _column(node: Node, reading: TimelineReading) -> DatedColumn:
    register = reading.schema.registers[node.one_of("id", tuple(reading.schema.registers))]
    columns = {column.link_id: column for column in register.columns}
    name, words = node.one_of("column", tuple(columns)), node.one_of("words", tuple(columns))
    _require_date(node, "column", columns[name])
    _require_words(node, "column", f"timeline.registers.{register.id}.{name}", reading.texts)
    column = DatedColumn(
        register=register.id,
        column=name,
        kind=_kind(node),
        words=words,
        table=columns[words].table or "",
        form_id=node.one_of("form", reading.forms),
    )
    node.done()
    return column


def _kind(node: Node) -> EntryKind:
    return EntryKind(node.one_of("kind", tuple(kind.value for kind in EntryKind)))


def _require_date(node: Node, key: str, item: Item) -> None:
    if item.type not in DATES:
        raise node.fault(key, "is no date")


def _require_words(node: Node, key: str, text_key: str, texts: Texts) -> None:
    if not texts.has(text_key):
        raise node.fault(key, f"no text {text_key}")
