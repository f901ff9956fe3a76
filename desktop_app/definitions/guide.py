"""Reads resources/guide: the phases and steps of a case (v1.toml), and the hold points (hold_points.toml)."""

from __future__ import annotations

from pathlib import Path

from desktop_app.definitions.guide_keys import GuideReading
from desktop_app.definitions.toml_file import Node, read_toml
from desktop_app.domain.cases import Stage
from desktop_app.domain.guide import Guide, GuidePhase, GuideStep, Wait
from desktop_app.domain.hold_points import HoldAct, HoldPoint

PHASE_WORDS = ("title",)
STEP_WORDS = ("title", "why", "who", "needs", "time")
HOLD_WORDS = ("title", "why", "todo", "clears", "go")


def read_guide(path: Path, reading: GuideReading) -> Guide:
    """Return the guide. Raises ``DefinitionFault`` for a form, fact, code or word that does not exist."""
    node = read_toml(path)
    phases = tuple(_phase(entry, reading) for entry in node.children("phase"))
    phase_ids = tuple(phase.id for phase in phases)
    steps = tuple(_step(entry, phase_ids, reading) for entry in node.children("step"))
    order = [phase_ids.index(step.phase) for step in steps]
    if order != sorted(order):
        raise node.fault("step", "the steps of a phase must stand together, in the order of the phases")
    if len({step.id for step in steps}) != len(steps):
        raise node.fault("step", "an id stands twice")
    closed = reading.needed(node, "closed_when")
    node.done()
    return Guide(phases, steps, closed)


def read_hold_points(path: Path, guide: Guide, reading: GuideReading) -> tuple[HoldPoint, ...]:
    """Return the hold points in order. Raises ``DefinitionFault`` as ``read_guide`` does."""
    node = read_toml(path)
    step_ids = tuple(step.id for step in guide.steps)
    holds = tuple(_hold(entry, step_ids, reading) for entry in node.children("hold"))
    if len({hold.id for hold in holds}) != len(holds):
        raise node.fault("hold", "an id stands twice")
    node.done()
    return holds


def _phase(node: Node, reading: GuideReading) -> GuidePhase:
    phase = GuidePhase(
        id=node.text("id"),
        stage=Stage(node.one_of("stage", tuple(stage.value for stage in Stage))),
        reached_when=reading.condition(node, "reached_when"),
    )
    reading.need_words(node, f"guide.phases.{phase.id}", *PHASE_WORDS)
    node.done()
    return phase


def _step(node: Node, phases: tuple[str, ...], reading: GuideReading) -> GuideStep:
    forms = node.texts("forms")
    for form in forms:
        if form not in reading.form_ids:
            raise node.fault("forms", f"no form {form}")
    if not forms:
        raise node.fault("forms", "a step opens at least one form")
    step = GuideStep(
        id=node.text("id"),
        phase=node.one_of("phase", phases),
        forms=forms,
        thing=node.text("thing", ""),
        link_id=reading.link_in(node, forms[0]),
        done_when=reading.needed(node, "done_when"),
        begun_when=reading.condition(node, "begun_when"),
        waits=tuple(_wait(entry, reading) for entry in node.children("waits")),
        urgent=node.flag("urgent"),
        optional=node.flag("optional"),
        applies_when=reading.condition(node, "applies_when"),
        offered_when=reading.condition(node, "offered_when"),
        dated=reading.days(node, "dated"),
        references=reading.known_references(node),
        forms_when=reading.offered(forms[1:]),
    )
    reading.need_words(node, f"guide.steps.{step.id}", *STEP_WORDS, *(() if step.references else ("source",)))
    node.done()
    return step


def _wait(node: Node, reading: GuideReading) -> Wait:
    wait = Wait(reading.needed(node, "when"), node.text("for"), reading.days(node, "since"))
    if not reading.texts.has(f"guide.waits.{wait.waits_for}"):
        raise node.fault("for", f"no text guide.waits.{wait.waits_for}")
    node.done()
    return wait


def _hold(node: Node, steps: tuple[str, ...], reading: GuideReading) -> HoldPoint:
    stops = node.texts("stops")
    for step in stops:
        if step not in steps:
            raise node.fault("stops", f"no step {step}")
    form_id = node.one_of("form", reading.form_ids, default="") if node.has("form") else ""
    hold = HoldPoint(
        id=node.text("id"),
        when=reading.needed(node, "when"),
        clears_when=reading.needed(node, "clears_when"),
        stops=stops,
        form_id=form_id,
        link_id=reading.link_in(node, form_id),
        thing=node.text("thing", ""),
        act=HoldAct(node.one_of("act", tuple(HoldAct), default="")),
        at_step=node.flag("at_step"),
        danger=node.flag("danger"),
        references=reading.known_references(node),
    )
    if not (hold.form_id or hold.thing):
        raise node.fault("form", "a hold point leads somewhere")
    reading.need_words(node, f"guide.holds.{hold.id}", *HOLD_WORDS)
    node.done()
    return hold
