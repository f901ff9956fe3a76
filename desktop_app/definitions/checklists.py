"""Reads resources/data/checklists.toml: the points of each checklist, and what they ask of a case."""

from __future__ import annotations

from pathlib import Path

from desktop_app.definitions.guide_keys import GuideReading
from desktop_app.definitions.toml_file import Node, read_toml
from desktop_app.domain.checklists import Check, Checklists


def read_checklists(path: Path, reading: GuideReading) -> Checklists:
    """Return the points by register. Raises ``DefinitionFault`` for a list, point or key that does not exist."""
    node = read_toml(path)
    found: dict[str, list[Check]] = {}
    for child in node.children("check"):
        register = child.text("list")
        if register not in reading.schema.registers:
            raise child.fault("list", f"no register {register}")
        found.setdefault(register, []).append(_check(child, register, reading))
    node.done()
    for register, checks in found.items():
        ids = tuple(check.id for check in checks)
        if ids != reading.schema.registers[register].fixed_rows:
            raise node.fault(register, "its points are not the rows of the register, each once and in order")
    return {register: tuple(checks) for register, checks in found.items()}


def _check(node: Node, register: str, reading: GuideReading) -> Check:
    check = Check(
        id=node.one_of("id", reading.schema.registers[register].fixed_rows),
        shows=reading.known_keys(node, "shows"),
        met_when=reading.condition(node, "met_when"),
        failed_when=reading.condition(node, "failed_when"),
    )
    node.done()
    return check
