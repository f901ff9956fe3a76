"""Reads resources/case_file/v1.toml: the facts and registers a case file may hold."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from desktop_app.definitions.items import ItemReading, codes_of, must_have_words, read_item
from desktop_app.definitions.toml_file import Node, read_toml
from desktop_app.domain.case_file import CaseSchema, RegisterDefinition
from desktop_app.domain.forms import Item, RowClasses, Sensitivity


def read_case_schema(path: Path, reading: ItemReading) -> CaseSchema:
    """Return the schema. Fact keys are ``group.name``; words stand under ``facts.`` and ``registers.``."""
    node = read_toml(path)
    facts = {
        f"{group}.{name}": _fact(fact, f"facts.{group}", name, reading)
        for group, inner in node.tables("facts").items()
        for name, fact in _tables_of(inner).items()
    }
    registers = {
        name: _register(name, register, reading) for name, register in node.tables("registers").items()
    }
    node.done()
    return CaseSchema(facts=facts, registers=registers)


def _tables_of(node: Node) -> dict[str, Node]:
    return {name: node.child(name) for name in node.names()}


def _fact(node: Node, prefix: str, name: str, reading: ItemReading) -> Item:
    item = read_item(node, prefix, reading, key=name)
    node.done()
    must_have_words(node, f"{item.text_key}.label", reading)
    return item


def _register(name: str, node: Node, reading: ItemReading) -> RegisterDefinition:
    fixed = node.maybe_text("fixed_rows")
    columns = tuple(
        _column(column, f"registers.{name}", reading, fixed) for column in node.children("column")
    )
    kept_in_file, written_by_form = node.flag("kept_in_file"), node.flag("written_by_form")
    row_classes = _row_classes(node.child("row_classes"), columns) if node.has("row_classes") else None
    node.done()
    return RegisterDefinition(
        id=name,
        columns=columns,
        fixed_rows=codes_of(node, fixed, reading),
        kept_in_file=kept_in_file,
        written_by_form=written_by_form,
        row_classes=row_classes,
    )


def _row_classes(node: Node, columns: tuple[Item, ...]) -> RowClasses:
    """Return how the rows differ; a column, code or class that does not exist is a fault: secrecy hangs on it."""
    known = {column.link_id: column for column in columns}
    by, kept = node.text("by"), node.text("kept", "")
    for column in (by, kept):
        if column and column not in known:
            raise node.fault("by", f"no column {column}")
    classes: dict[str, Sensitivity] = {}
    for code in [name for name in node.names() if name not in ("by", "kept")]:
        if code not in known[by].codes:
            raise node.fault(code, f"no code of {by}")
        classes[code] = Sensitivity(node.one_of(code, tuple(Sensitivity)))
    node.done()
    return RowClasses(by, kept, classes)


def _column(node: Node, prefix: str, reading: ItemReading, fixed: str | None) -> Item:
    item = read_item(node, prefix, reading)
    by_row = {
        row: (table, codes_of(node, table, reading))
        for row, table in ((row, node.child("table_by_row").text(row)) for row in _by_row(node))
    }
    for row in item.sensitivity_by_row:
        if row not in codes_of(node, fixed, reading):
            raise node.fault("sensitivity_by_row", f"no row {row}")
    node.done()
    must_have_words(node, f"{item.text_key}.label", reading)
    return replace(item, table_by_row=by_row, fixed_rows=fixed)


def _by_row(node: Node) -> tuple[str, ...]:
    return node.child("table_by_row").names() if node.has("table_by_row") else ()
