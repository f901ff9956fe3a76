"""The rules for deadlines can be read, and each planted fault names its file and its key."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.definitions.deadlines import DeadlineReading, read_deadline_rules
from desktop_app.domain.deadlines import Shift
from desktop_app.domain.errors import DefinitionFault
from desktop_app.domain.threats import GIVEN_FACTS, THREATS
from desktop_app.services.library import load_library

LIBRARY = load_library()
RULES = LIBRARY.definitions.deadlines
READING = DeadlineReading(LIBRARY.schema, LIBRARY.definitions.forms, LIBRARY.texts)
FILE = "deadlines/v1.toml"


def test_each_rule_tells_what_it_rests_on():
    for rule in RULES:
        assert rule.basis.words
        assert rule.basis.kind in ("law", "routine", "own")
        for word in ("title", "event"):
            assert "{" not in LIBRARY.texts.get(f"{rule.text_key}.{word}", at="x", about="x")


def test_only_what_an_individual_may_wait_with_waits_for_the_next_working_day():
    waits = {"appeal", "decision_appeal", "transfer_answer"}
    assert {rule.id for rule in RULES if rule.shift is Shift.FORWARD} == waits
    assert all(rule.shift is Shift.AS_IS for rule in RULES if rule.length.unit == "hours")


def test_every_event_that_no_other_form_asks_for_is_asked_for_by_the_form_of_events():
    bound = {item.binds for form in LIBRARY.forms for item in form.items()}
    if any(item.rows_from == THREATS for form in LIBRARY.forms for item in form.items()):
        bound |= set(GIVEN_FACTS)  # asked for in the register they come from
    asked = {rule.event.key for rule in RULES if rule.event.kind == "fact"}
    settled = {key for rule in RULES for key in rule.settled_by if not key.startswith("row.")}
    assert asked | settled <= bound


def test_what_a_law_fixes_is_not_for_a_municipality_to_change():
    assert not [rule.id for rule in RULES if rule.adjustable and rule.basis.kind == "law"]
    practice = {"first_contact", "follow_up", "consent_review", "threat_ages", "copy_out"}
    assert {rule.id for rule in RULES if rule.adjustable} == practice


def swap(old: str, new: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        assert old in text, "the fault could not be planted"
        return text.replace(old, new, 1)

    return change


FAULTS = [
    (swap("shift =", "colour = 1\nshift ="), "colour"),
    (swap('fact = "intake.contacted_at"', 'fact = "intake.contacted"'), "fact"),
    (swap('fact = "intake.contacted_at"', 'fact = "client.name"'), "fact"),
    (swap('fact = "intake.contacted_at"', 'form = "F99"'), "form"),
    (swap('fact = "intake.contacted_at"', 'fakt = "x"'), "fakt"),
    (swap('row = "consents"', 'row = "consent"'), "row"),
    (swap('section = "20 kap. 1 §"', 'section = "20 kap. 1 §"\nadjustable = true'), "adjustable"),
    (swap('own_length = "plan.follow_up_weeks"', 'own_length = "plan.starts"'), "own_length"),
    (swap('column = "valid_until"', 'column = "recipient"'), "column"),
    (swap('window = "opens"', 'window = "open"'), "window"),
    (swap('yearly = "11-30"', 'yearly = "november"'), "yearly"),
    (swap("{ hours = 24 }", "{ minutes = 24 }"), "minutes"),
    (swap("{ hours = 24 }", "{ hours = -1 }"), "hours"),
    (swap('shift = "as_is"', 'shift = "sideways"'), "shift"),
    (swap('source = "stockholm"', 'source = "stokholm"'), "source"),
    (swap('kind = "routine"', 'kind = "habit"'), "kind"),
    (swap('settled_by = ["intake.first_contact_at"]', 'settled_by = ["intake.x"]'), "settled_by"),
    (swap('settled_by = ["row.withdrawn_on"]', 'settled_by = ["row.gone"]'), "settled_by"),
    (swap('renewed_by = "recipient"', 'renewed_by = "whom"'), "renewed_by"),
    (swap('about = "recipient"', 'about = "whom"'), "about"),
    (swap("reminds = [30]", 'reminds = ["30"]'), "reminds"),
    (
        swap('{ fact = "row.may_disclose", value = "yes" }', '{ fact = "row.may_tell", value = "yes" }'),
        "fact",
    ),
    (
        swap('{ fact = "row.may_disclose", value = "yes" }', '{ fact = "row.may_disclose", value = "ja" }'),
        "value",
    ),
    (swap('form = "F01"', 'form = "F99"'), "form"),
    (swap('id = "next_step"', 'id = "first_contact"'), "id"),
    (swap('id = "next_step"', 'id = "next_stepp"'), "id"),
    (swap("until_months = 6", "until_month = 6"), "until_month"),
]


@pytest.mark.parametrize(("plant", "key"), FAULTS)
def test_a_planted_fault_names_its_file_and_its_key(
    resources: Path, tmp_path: Path, plant: Callable[[str], str], key: str
):
    path = tmp_path / "resources" / FILE
    path.parent.mkdir(parents=True)
    shutil.copy(resources / FILE, path)
    assert read_deadline_rules(path, READING) == RULES, "the control: unchanged it can be read"
    path.write_text(plant(path.read_text("utf-8")), encoding="utf-8")
    with pytest.raises(DefinitionFault) as caught:
        read_deadline_rules(path, READING)
    assert caught.value.params["file"] == FILE
    assert str(caught.value.params["key"]).rpartition(".")[2] == key
