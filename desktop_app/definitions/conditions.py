"""Reads conditions: ``{ fact = "…", op = "=", value = … }``, ``{ all = […] }``, ``{ any = […] }``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import cast

from desktop_app.definitions.toml_file import Node
from desktop_app.domain.conditions import AllOf, AnyOf, Comparison, Condition, Operand, Operator

_ORDERING = (Operator.LESS, Operator.LESS_OR_EQUAL, Operator.GREATER, Operator.GREATER_OR_EQUAL)


def read_condition(node: Node) -> Condition:
    """Return the condition a table describes. ``item`` and ``fact`` both name the key it looks at."""
    if node.has("all"):
        condition: Condition = AllOf(_parts(node, "all"))
    elif node.has("any"):
        condition = AnyOf(_parts(node, "any"))
    else:
        condition = _comparison(node)
    node.done()
    return condition


def _parts(node: Node, key: str) -> tuple[Condition, ...]:
    parts = tuple(read_condition(part) for part in node.children(key))
    if not parts:
        raise node.fault(key, "must not be empty")
    return parts


def _comparison(node: Node) -> Comparison:
    key = node.text("item") if node.has("item") else node.text("fact")
    operator = Operator(node.one_of("op", tuple(Operator), default="="))
    value = node.raw("value")
    if isinstance(value, list):
        value = node.texts("value")
    elif not isinstance(value, str | int | date) or isinstance(value, datetime):
        raise node.fault("value", "must be text, a whole number, a date, or true or false")
    if (operator is Operator.IN) != isinstance(value, tuple):
        raise node.fault("value", f"{operator} needs a list, and no other operator takes one")
    if operator in _ORDERING and (not isinstance(value, int | date) or isinstance(value, bool)):
        raise node.fault("value", f"{key} {operator} needs a number or a date")
    return Comparison(key, operator, cast("Operand", value))


def comparisons(condition: Condition) -> Iterator[Comparison]:
    """Yield every comparison a condition is made of."""
    if isinstance(condition, Comparison):
        yield condition
        return
    for part in condition.parts:
        yield from comparisons(part)


def codes_asked(comparison: Comparison) -> tuple[str, ...]:
    """Return the codes a comparison looks for."""
    operand = comparison.operand
    operands = operand if isinstance(operand, tuple) else (operand,)
    return tuple(code for code in operands if isinstance(code, str))
