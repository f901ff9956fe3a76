"""Reads resources/data/print_controls.toml: what is looked at on a form before it goes out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from desktop_app.definitions.conditions import comparisons, read_condition
from desktop_app.definitions.guide_keys import GuideReading
from desktop_app.definitions.toml_file import Node, read_toml
from desktop_app.domain.conditions import Condition
from desktop_app.domain.forms import FormDefinition, Item
from desktop_app.domain.print_control import Agreement, DayOrder, Gate, PrintControls, SumRule

WORDS = "print_control.gates"
_PAIR = 2


@dataclass(frozen=True, slots=True)
class _Reading:
    """The forms, and every name that a question or a column goes by on any of them."""

    guide: GuideReading
    names: frozenset[str]

    @property
    def forms(self) -> dict[str, FormDefinition]:
        return {form.id: form for form in self.guide.forms}

    def known(self, node: Node, key: str, name: str) -> str:
        """Return a name that is somewhere: a misspelt one would never find anything, in silence."""
        if name not in self.names:
            raise node.fault(key, f"no form has anything named {name}")
        return name


def read_print_controls(path: Path, guide: GuideReading) -> PrintControls:
    """Return every rule of the control before print. Raises ``DefinitionFault``."""
    node = read_toml(path)
    reading = _Reading(guide, frozenset(_names(guide.forms)))
    controls = PrintControls(
        orders=tuple(_orders(node, reading)),
        not_past=frozenset(reading.known(node, "not_past", name) for name in node.texts("not_past")),
        not_ahead=frozenset(reading.known(node, "not_ahead", name) for name in node.texts("not_ahead")),
        sums=tuple(_sum(child, reading) for child in node.children("sum")),
        gates=tuple(_gate(child, reading) for child in node.children("gate")),
        doubt_fields=_doubt_fields(node.child("doubt_fields"), reading),
        said_here=frozenset(node.texts("said_here")),
    )
    node.done()
    for name in (*controls.said_here, *controls.doubt_fields):
        if not guide.texts.has(f"doubts.{name}"):
            raise node.fault("said_here", f"no doubt {name}")
    return controls


def _names(forms: Iterable[FormDefinition]) -> Iterator[str]:
    for form in forms:
        for item in form.items():
            yield from _names_of(item)
            for column in item.columns:
                yield column.link_id
                yield from (f"{name}.{column.link_id}" for name in (item.link_id, item.rows_from) if name)


def _names_of(item: Item) -> Iterator[str]:
    yield from (name for name in (item.link_id, item.binds, item.fills_from) if name)


def _orders(node: Node, reading: _Reading) -> Iterator[DayOrder]:
    pairs = node.raw("order")
    for pair in cast("list[object]", pairs) if isinstance(pairs, list) else ():
        names = cast("list[object]", pair) if isinstance(pair, list) else []
        if len(names) != _PAIR or not all(isinstance(name, str) for name in names):
            raise node.fault("order", "must be pairs of names")
        earlier, later = (reading.known(node, "order", str(name)) for name in names)
        yield DayOrder(earlier, later)


def _sum(node: Node, reading: _Reading) -> SumRule:
    left, right = (
        tuple(reading.known(node, side, name) for name in node.texts(side)) for side in ("left", "right")
    )
    rule = SumRule(left, right, Agreement(node.one_of("agreement", tuple(Agreement))))
    node.done()
    if not left or not right:
        raise node.fault("left", "a sum has two sides")
    return rule


def _gate(node: Node, reading: _Reading) -> Gate:
    form = reading.forms[node.one_of("form", tuple(reading.forms))]
    met = _condition(node, "met", form, reading)
    gate = Gate(
        id=node.text("id"),
        form_id=form.id,
        met=met,
        applies=_condition(node, "when", form, reading) if node.has("when") else None,
        link_id=_field(node, form),
        elsewhere=node.text("elsewhere", ""),
        at=_at(node, form),
    )
    node.done()
    if gate.elsewhere and gate.elsewhere not in reading.forms:
        raise node.fault("elsewhere", f"no form {gate.elsewhere}")
    reading.guide.need_words(node, f"{WORDS}.{form.id}", gate.id)
    return gate


def _field(node: Node, form: FormDefinition) -> str:
    """Return the link id of a gate's field, which may be named by the fact it shows."""
    name = node.text("field")
    for item in form.items():
        if name in _names_of(item):
            return item.link_id
    raise node.fault("field", f"{form.id} has no field {name}")


def _at(node: Node, form: FormDefinition) -> tuple[str, str]:
    """Return row and column of a gate's field, where it is a table with fixed rows."""
    if not node.has("at"):
        return "", ""
    row, _, column = node.text("at").partition(".")
    item = form.by_link[_field(node, form)]
    if column not in {each.link_id for each in item.columns} or item.fixed_rows is None:
        raise node.fault("at", f"{item.link_id} has no {column}")
    return row, column


def _condition(node: Node, key: str, form: FormDefinition, reading: _Reading) -> Condition:
    condition = read_condition(node.child(key))
    for comparison in comparisons(condition):
        if comparison.key not in form.by_link:
            reading.guide.must_be_known(node, key, comparison)
    return condition


def _doubt_fields(node: Node, reading: _Reading) -> dict[str, str]:
    return {name: reading.known(node, name, node.text(name)) for name in node.names()}
