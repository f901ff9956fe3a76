"""Reads conditions: ``{ fact = "…", op = "=", value = … }``, ``{ all = […] }``, ``{ any = […] }``."""

from __future__ import annotations

from typing import cast

from desktop_app.definitions.toml_file import Node
from desktop_app.domain.conditions import AllOf, AnyOf, Comparison, Condition, Operand, Operator


def read_condition(node: Node) -> Condition:
    """Return the condition a table describes. ``item`` and ``fact`` both name the key it looks at."""
    if node.has("all"):
        condition: Condition = AllOf(tuple(read_condition(part) for part in node.children("all")))
    elif node.has("any"):
        condition = AnyOf(tuple(read_condition(part) for part in node.children("any")))
    else:
        condition = _comparison(node)
    node.done()
    return condition


def _comparison(node: Node) -> Comparison:
    key = node.text("item") if node.has("item") else node.text("fact")
    operator = Operator(node.one_of("op", tuple(Operator), default="="))
    value = node.raw("value")
    if isinstance(value, list):
        value = tuple(cast("list[str]", value))
    return Comparison(key, operator, cast("Operand", value))
