"""Reads resources/data/meetings.toml: the points and forms of each kind of meeting."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from desktop_app.definitions.tables import Tables
from desktop_app.definitions.toml_file import Node, read_toml
from desktop_app.domain.meetings import MeetingType, MeetingTypes

TYPES, POINTS = "meeting_types", "meeting_points"
"""The code tables of kinds of meeting and of points."""


def read_meetings(path: Path, tables: Tables, forms: Collection[str]) -> MeetingTypes:
    """Return the kinds of meeting. Raises ``DefinitionFault`` for one that is unknown, or that is not there."""
    node = read_toml(path)
    choosable = _known(node, "forms", forms)
    kinds = node.child("types")
    for code in (*kinds.names(), *tables[TYPES]):
        if code not in tables[TYPES] or not kinds.has(code):
            raise kinds.fault(code, f"stands in one of this file and table {TYPES}, not in both")
    found = {code: _kind(kinds.child(code), tables, choosable) for code in tables[TYPES]}
    node.done()
    return MeetingTypes(found, choosable)


def _kind(node: Node, tables: Tables, forms: Collection[str]) -> MeetingType:
    kind = MeetingType(
        points=_known(node, "points", tables[POINTS]),
        forms=_known(node, "forms", forms),
        code_only=node.flag("code_only"),
        again_days=node.number("again_days", 0),
    )
    node.done()
    return kind


def _known(node: Node, key: str, known: Collection[str]) -> tuple[str, ...]:
    found = node.texts(key)
    for each in found:
        if each not in known:
            raise node.fault(key, f"no {each}")
    return found
