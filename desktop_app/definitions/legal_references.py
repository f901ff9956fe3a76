"""Reads resources/data/legal_references.toml: the laws and sections that the program points to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop_app.definitions.toml_file import Node, read_toml
from desktop_app.domain.legal_references import (
    Appeal,
    Certainty,
    Law,
    LegalReference,
    LegalReferences,
    Use,
)
from desktop_app.domain.texts import Texts

GROUNDS, GROUNDS_2001 = "legal_grounds", "legal_grounds_2001"
WITH, WITH_2001 = "legal_with", "legal_with_2001"
OTHER = "other"
"""The code of a ground that is written by hand."""
NEW_LAW, OLD_LAW = "sol", "sol_2001"

WORDS = "legal.references"
_CERTAINTY = tuple(each.value for each in Certainty)


@dataclass(frozen=True, slots=True)
class _InLaw:
    """What a reference takes from its law unless it says otherwise."""

    law: Law
    checked_on: date | None
    source: str


def read_legal_references(path: Path, texts: Texts) -> LegalReferences:
    """Return the references. Raises ``DefinitionFault`` naming file, key and fault."""
    node = read_toml(path)
    as_of = node.day("as_of")
    nodes = node.tables("law")
    laws = _laws(nodes)
    references: dict[str, LegalReference] = {}
    for name, law in nodes.items():
        shared = _InLaw(laws[name], law.maybe_day("checked_on"), law.text("source"))
        for entry in law.children("reference"):
            reference = _reference(entry, shared, texts)
            if reference.id in references:
                raise entry.fault("id", f"{reference.id} stands twice")
            references[reference.id] = reference
        law.done()
    node.done()
    return LegalReferences(laws=laws, references=references, as_of=as_of)


def _laws(nodes: Mapping[str, Node]) -> dict[str, Law]:
    laws: dict[str, Law] = {}
    # A law that replaces another is made after it, whatever their order in the file.
    for name, node in sorted(nodes.items(), key=lambda each: each[1].has("replaces")):
        replaces = node.one_of("replaces", tuple(laws)) if node.has("replaces") else None
        laws[name] = Law(
            id=name,
            short=node.text("short"),
            name=node.text("name"),
            valid_from=node.maybe_day("from"),
            valid_until=node.maybe_day("until"),
            replaces=laws[replaces] if replaces is not None else None,
        )
    return {name: laws[name] for name in nodes}


def _reference(node: Node, shared: _InLaw, texts: Texts) -> LegalReference:
    name = node.text("id")
    if not texts.has(f"{WORDS}.{name}"):
        raise node.fault("id", f"no text {WORDS}.{name}")
    certainty = Certainty(node.one_of("certainty", _CERTAINTY, default=Certainty.READ))
    old = node.text("old", "")
    if old and shared.law.replaces is None:
        raise node.fault("old", "the law replaces no other")
    old_certainty = Certainty(node.one_of("old_certainty", _CERTAINTY)) if old else Certainty.READ
    reference = LegalReference(
        id=name,
        law=shared.law,
        section=node.text("section"),
        old_section=old,
        text_key=f"{WORDS}.{name}",
        valid_from=node.maybe_day("from") or shared.law.valid_from,
        checked_on=(node.maybe_day("checked_on") or shared.checked_on)
        if certainty is Certainty.READ
        else None,
        source=node.text("source", shared.source),
        certainty=certainty,
        old_certainty=old_certainty,
        use=Use(node.one_of("use", tuple(Use), default=Use.NONE)),
        appeal=Appeal(node.one_of("appeal", tuple(Appeal), default=Appeal.USUAL)),
    )
    if certainty is Certainty.READ and reference.checked_on is None:
        raise node.fault("certainty", "what was read has a day it was checked on")
    node.done()
    return reference


def decision_tables(references: LegalReferences, texts: Texts, file: str) -> dict[str, tuple[str, ...]]:
    """Return the code tables of grounds for a decision, by the new law and by the old.

    Raises ``DefinitionFault`` for a code without words, or whose words name another section than the reference.
    """
    old_law = references.laws[OLD_LAW].valid_until
    old_day = old_law or references.as_of
    tables = {
        GROUNDS: (Use.GROUND, references.as_of),
        GROUNDS_2001: (Use.GROUND, old_day),
        WITH: (Use.WITH, references.as_of),
        WITH_2001: (Use.WITH, old_day),
    }
    found: dict[str, tuple[str, ...]] = {}
    node = Node(file, "", {})
    for table, (use, day) in tables.items():
        codes: list[str] = []
        cited: set[str] = set()
        for reference in references.used_for(use):
            words = reference.cited(day)
            # The old law had one section for what the new has in two, and none for what is new.
            if words in cited or (reference.is_old(day) and not reference.old_section):
                continue
            key = f"tables.{table}.{reference.id}"
            if not texts.has(key) or not texts.get(key).startswith(f"{words}: "):
                raise node.fault(reference.id, f"the text {key} must begin with {words}")
            cited.add(words)
            codes.append(reference.id)
        found[table] = (*codes, OTHER) if use is Use.GROUND else tuple(codes)
    return found
