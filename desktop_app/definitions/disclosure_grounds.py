"""Reads resources/data/disclosure_grounds.toml: on what something secret may be told, and what each ground asks."""

from __future__ import annotations

from pathlib import Path

from desktop_app.definitions.toml_file import Node, read_toml
from desktop_app.domain.disclosures import Ground, Grounds
from desktop_app.domain.texts import Texts

GROUNDS = "disclosure_grounds"
"""The code table of the grounds that may be chosen."""


def read_grounds(path: Path, texts: Texts) -> Grounds:
    """Return the grounds in the order they are shown. Raises ``DefinitionFault``."""
    node = read_toml(path)
    grounds = {name: _ground(name, node.child(name)) for name in node.names()}
    for name, ground in grounds.items():
        if ground.applies and not texts.has(f"tables.{GROUNDS}.{name}"):
            raise node.fault(name, "has no words")
    return grounds


def _ground(name: str, node: Node) -> Ground:
    ground = Ground(
        id=name,
        law=node.text("law"),
        source=node.text("source"),
        checked=node.day("checked"),
        needs_consent=node.flag("consent"),
        needs_weighing=node.flag("weighing"),
        needs_manager=node.flag("manager"),
        is_contact_data=node.flag("contact_data"),
        asks_detail=node.flag("detail"),
        applies=not node.flag("not_applicable"),
    )
    node.done()
    return ground
