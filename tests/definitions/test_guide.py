"""The guide and the hold points are read whole, and each planted fault names file and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.definitions.guide import read_guide, read_hold_points
from desktop_app.definitions.guide_keys import GuideReading
from desktop_app.domain.errors import DefinitionFault
from desktop_app.paths import RESOURCES
from desktop_app.services.library import load_library
from ui.pages.case_things import THINGS

LIBRARY = load_library()
DEFINED = LIBRARY.definitions
READING = GuideReading(
    DEFINED.forms, DEFINED.schema, LIBRARY.texts, tuple(DEFINED.legal_references.references)
)
STEPS, HOLDS = "v1.toml", "hold_points.toml"

FAULTS = [
    # what stands there, what is put in its place, the key that must be named
    (STEPS, 'forms = ["F02"', 'forms = ["F99"', "forms"),
    (STEPS, 'forms = ["F07"]', "forms = []", "forms"),
    (STEPS, 'id = "consent"', 'id = "konsent"', "id"),
    (STEPS, 'id = "assessment"', 'id = "bedömning"', "id"),
    (STEPS, 'phase = "end"', 'phase = "contact"', "step"),
    (STEPS, 'stage = "support"', 'stage = "stöd"', "stage"),
    (STEPS, '"fact.threat.level"', '"fact.threat.levle"', "done_when"),
    (STEPS, '"sav_avgor"', '"sav_avgör"', "when"),
    (STEPS, '"cells.meetings.meeting_type"', '"cells.meetings.kind"', "begun_when"),
    (STEPS, '"rows.consents"', '"rows.samtycken"', "begun_when"),
    (STEPS, '"form.F01", value = "draft"', '"form.F01", value = "utkast"', "begun_when"),
    (STEPS, '"criteria.interventions_decided"', '"criteria.decided"', "reached_when"),
    (STEPS, 'field = "contacted_at"', 'field = "contacted"', "field"),
    (STEPS, 'for = "sav"', 'for = "sva"', "for"),
    (STEPS, 'dated = ["intake.first_contact_at"', 'dated = ["intake.channel"', "dated"),
    (STEPS, '"last.decisions.told_on", "events', '"last.decisions.kind", "events', "dated"),
    (STEPS, '"sol_29"', '"sol_92"', "references"),
    (STEPS, "closed_when", "ended_when", "closed_when"),
    (HOLDS, 'stops = ["consent"', 'stops = ["konsent"', "stops"),
    (HOLDS, 'value = "pause"', 'value = "paus"', "when"),
    (HOLDS, 'act = "own_file"', 'act = "own"', "act"),
    (HOLDS, '"ties.child"', '"ties.chidl"', "clears_when"),
    (HOLDS, 'id = "custody"', 'id = "custydo"', "id"),
    (HOLDS, '"row.guardian_lines.child.answer"', '"row.guardian_lines.barn.answer"', "clears_when"),
    (HOLDS, 'form = "F44"', 'form = "F99"', "form"),
    (HOLDS, 'thing = "persons"', 'thing = ""', "form"),
]  # fmt: skip


def read(folder: Path) -> None:
    guide = read_guide(folder / STEPS, READING)
    read_hold_points(folder / HOLDS, guide, READING)


def planted(folder: Path, file: str = "", old: str = "", new: str = "") -> Path:
    for name in (STEPS, HOLDS):
        text = (RESOURCES / "guide" / name).read_text("utf-8")
        if name == file:
            assert old in text, "the fault could not be planted"
            text = text.replace(old, new, 1)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_what_the_program_came_with_is_sound(tmp_path: Path):
    read(planted(tmp_path))


@pytest.mark.parametrize(("file", "old", "new", "key"), FAULTS)
def test_a_planted_fault_names_its_file_and_its_key(tmp_path: Path, file: str, old: str, new: str, key: str):
    with pytest.raises(DefinitionFault) as caught:
        read(planted(tmp_path, file, old, new))
    assert str(caught.value.params["file"]).endswith(file)
    assert key in f"{caught.value.params['key']} {caught.value.params['fault']}"


def test_every_thing_a_step_or_a_hold_point_opens_is_there():
    named = {step.thing for step in DEFINED.guide.steps} | {hold.thing for hold in DEFINED.hold_points}
    assert named - {""} <= set(THINGS)
    assert {hold.act for hold in DEFINED.hold_points} > {""}
    for hold in DEFINED.hold_points:
        assert not hold.act or LIBRARY.texts.has(f"guide.holds.{hold.id}.act")


def test_every_form_that_is_a_step_of_the_trade_is_opened_by_a_step():
    opened = {form for step in DEFINED.guide.steps for form in step.forms}
    assert {"F01", "F02", "F03", "F04", "F07", "F08", "F09", "F12", "F40", "F43", "F45"} <= opened
