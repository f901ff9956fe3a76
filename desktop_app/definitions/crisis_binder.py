"""Reads resources/data/crisis_binder.toml: what the crisis binder is made of, and how open each part is."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from desktop_app.definitions.toml_file import Node, read_toml
from desktop_app.domain.crisis_binder import BinderPlan, Level
from desktop_app.domain.forms import FormDefinition
from desktop_app.domain.values import ItemType

_DAYS = (ItemType.DATE, ItemType.DATETIME)


def read_crisis_binder(path: Path, forms: Iterable[FormDefinition]) -> BinderPlan:
    """Return the plan. Raises ``DefinitionFault`` for a form, section, level or question that does not exist."""
    newest = {form.id: form for form in forms}
    known = tuple(newest)
    node = read_toml(path)
    sheet = newest[node.one_of("sheet", known)]
    plan = BinderPlan(
        cover=node.one_of("cover", known),
        sheet=sheet.id,
        blank=_blank(node, known),
        sections=_sections(node.child("sections"), sheet),
        later=_later(node.child("later"), newest),
        stale_after_days=node.number("stale_after_days"),
    )
    node.done()
    return plan


def _blank(node: Node, known: tuple[str, ...]) -> tuple[str, ...]:
    found = node.texts("blank")
    for form_id in found:
        if form_id not in known:
            raise node.fault("blank", f"no form {form_id}")
    return found


def _sections(node: Node, sheet: FormDefinition) -> dict[str, Level]:
    levels = {name: Level(node.one_of(name, tuple(Level))) for name in node.names()}
    for section in sheet.sections:
        if section.id not in levels:
            raise node.fault(section.id, "missing")
    if len(levels) > len(sheet.sections):
        raise node.fault("", f"section that {sheet.id} does not have")
    return levels


def _later(node: Node, newest: dict[str, FormDefinition]) -> dict[str, str]:
    later: dict[str, str] = {}
    for form_id in node.names():
        link_id = node.text(form_id)
        item = newest[form_id].by_link.get(link_id) if form_id in newest else None
        if item is None or item.type not in _DAYS:
            raise node.fault(form_id, f"no day {link_id} to set")
        later[form_id] = link_id
    return later
