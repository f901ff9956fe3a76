"""Reads items: the questions of forms, the facts of a case and the columns of registers are declared alike."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.definitions.conditions import read_condition
from desktop_app.definitions.tables import Tables
from desktop_app.definitions.toml_file import Node
from desktop_app.domain.forms import Item, Sensitivity, Width
from desktop_app.domain.texts import Texts
from desktop_app.domain.values import ItemType

_NEEDS_TABLE = (ItemType.CHOICE, ItemType.MULTI_CHOICE)
YES_NO = "yes_no"


@dataclass(frozen=True, slots=True)
class ItemReading:
    """What reading an item needs: the code tables and the words."""

    tables: Tables
    texts: Texts


def read_item(node: Node, text_prefix: str, reading: ItemReading, *, key: str | None = None) -> Item:
    """Return the item a table declares; its words stand under ``text_prefix`` + its link id."""
    link_id = key or node.text("link_id")
    kind = ItemType(node.one_of("type", tuple(ItemType)))
    table = node.maybe_text("table") or (YES_NO if kind is ItemType.YES_NO else None)
    if kind in _NEEDS_TABLE and table is None:
        raise node.fault("table", "a choice needs a table")
    return Item(
        link_id=link_id,
        type=kind,
        text_key=f"{text_prefix}.{link_id}",
        table=table,
        codes=codes_of(node, table, reading),
        required=node.flag("required"),
        width=Width(node.one_of("width", tuple(Width), default=Width.FULL)),
        max_length=node.number("max_length", 4_000),
        as_records=node.flag("as_records"),
        off_blank=node.flag("off_blank"),
        off_paper=node.flag("off_paper"),
        kept_in_file=node.flag("kept_in_file"),
        read_only=node.flag("read_only"),
        sums=node.flag("sums"),
        warns_at=_warning(node, table, f"{text_prefix}.{link_id}", reading),
        blank_rows=node.number("blank_rows", 4),
        enable_when=read_condition(node.child("enable_when")) if node.has("enable_when") else None,
        show_to=frozenset(node.texts("show_to")),
        sensitivity=Sensitivity(node.one_of("sensitivity", tuple(Sensitivity), default=Sensitivity.ORDINARY)),
        sensitivity_by_row=_by_row(node),
    )


def _by_row(node: Node) -> dict[str, Sensitivity]:
    if not node.has("sensitivity_by_row"):
        return {}
    rows = node.child("sensitivity_by_row")
    return {row: Sensitivity(rows.one_of(row, tuple(Sensitivity))) for row in rows.names()}


def _warning(node: Node, table: str | None, text_key: str, reading: ItemReading) -> str:
    code = node.text("warns_at", "")
    if code and code not in codes_of(node, table, reading):
        raise node.fault("warns_at", f"no code {code}")
    if code:
        must_have_words(node, f"{text_key}.warning", reading)
    return code


def codes_of(node: Node, table: str | None, reading: ItemReading) -> tuple[str, ...]:
    """Return the codes of a table; a table that does not exist, or a code without words, is a fault."""
    if table is None:
        return ()
    if table not in reading.tables:
        raise node.fault("table", f"no table {table}")
    for code in reading.tables[table]:
        if not reading.texts.has(f"tables.{table}.{code}"):
            raise node.fault("table", f"no words for {table}.{code}")
    return reading.tables[table]


def must_have_words(node: Node, key: str, reading: ItemReading) -> None:
    """Refuse an item without words."""
    if not reading.texts.has(key):
        raise node.fault("link_id", f"no text {key}")
