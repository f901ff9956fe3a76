"""Reads resources/guide/v1.toml: the steps of a case."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from desktop_app.definitions.toml_file import Node, read_toml
from desktop_app.domain.case_file import CaseSchema
from desktop_app.domain.forms import FormDefinition
from desktop_app.domain.guide import GuideStep
from desktop_app.domain.texts import Texts


def read_guide(
    path: Path, forms: Iterable[FormDefinition], schema: CaseSchema, texts: Texts
) -> tuple[GuideStep, ...]:
    """Return the steps in order. Raises ``DefinitionFault`` for a form, a fact or a word that does not exist."""
    form_ids = tuple(form.id for form in forms)
    node = read_toml(path)
    steps = tuple(_step(entry, form_ids, texts) for entry in node.children("step"))
    for entry, step in zip(node.children("step"), steps, strict=True):
        if step.waits_for is not None and step.waits_for not in schema.facts:
            raise entry.fault("waits_for", f"no fact {step.waits_for}")
    node.done()
    return steps


def _step(node: Node, form_ids: tuple[str, ...], texts: Texts) -> GuideStep:
    step = GuideStep(
        id=node.text("id"), form_id=node.one_of("form", form_ids), waits_for=node.maybe_text("waits_for")
    )
    if not texts.has(f"steps.{step.id}"):
        raise node.fault("id", f"no text steps.{step.id}")
    node.done()
    return step
