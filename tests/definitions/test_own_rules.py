"""A municipality's own rule set: copied, changed field by field, written as text and read again."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.definitions.own_rules import copied, criteria_to_choose, edits_of, numbered, with_edits
from desktop_app.definitions.rule_text import read_document, write_document
from desktop_app.definitions.rules import RuleReading, read_own_rules
from desktop_app.domain.own_rules import Need, OwnEdits, SourceEdit
from desktop_app.domain.own_words import worded
from desktop_app.domain.rules import MOVE_CHOICES, RuleSet
from desktop_app.services.library import load_library
from tests.helpers.figures import rounds, tell

LIBRARY = load_library()
READING = RuleReading(LIBRARY.definitions.fact_kinds, LIBRARY.texts)
MODELS = {rules.id: rules for rules in LIBRARY.models}
EVERY_MODEL = pytest.mark.parametrize("model", sorted(MODELS))
TODAY = date(2026, 11, 22)


def copy_of(model: str) -> str:
    return copied(MODELS[model], "Vår riktlinje", valid_from=TODAY)


def read(text: str) -> RuleSet:
    return read_own_rules(text, READING)


def fields(text: str) -> OwnEdits:
    rules = read(text)
    return edits_of(rules, worded(LIBRARY.texts, rules.words))


def written(text: str, edits: OwnEdits) -> RuleSet:
    return read(with_edits(text, edits, LIBRARY.models, LIBRARY.texts))


@EVERY_MODEL
def test_what_is_written_is_read_as_it_was(model: str):
    document = read_document(MODELS[model].content)
    assert read_document(write_document(document)) == document


PLAIN = st.one_of(st.text(), st.integers(-(2**62), 2**62), st.booleans(), st.dates(), st.lists(st.text()))
TABLES = st.dictionaries(
    st.text(), st.one_of(PLAIN, st.dictionaries(st.text(), PLAIN, max_size=3)), max_size=4
)


@given(
    st.dictionaries(st.text(), st.one_of(PLAIN, TABLES, st.lists(TABLES, min_size=1, max_size=3)), max_size=5)
)
@settings(max_examples=rounds(100, 1_000))
def test_any_document_is_written_so_that_it_is_read_as_it_was(document: dict[str, object]):
    assert read_document(write_document(document)) == document


@EVERY_MODEL
def test_a_copy_decides_as_what_it_was_copied_from(model: str):
    copy, origin = read(copy_of(model)), MODELS[model]
    assert (copy.id, copy.version, copy.valid_from) == ("egen", 1, TODAY)
    assert (copy.steps, copy.criteria, copy.flags) == (origin.steps, origin.criteria, origin.flags)
    assert worded(LIBRARY.texts, copy.words).get(copy.text_key) == "Vår riktlinje"


@EVERY_MODEL
def test_fields_that_nobody_changed_change_nothing(model: str):
    text = copy_of(model)
    assert written(text, fields(text)) == read(text)


@EVERY_MODEL
def test_each_field_does_what_it_says(model: str):
    text = copy_of(model)
    edits = replace(
        fields(text),
        name="Lilla kommunen 2027",
        valid_from="2027-01-01",
        valid_to="2028-12-31",
        threat_valid_days="60",
        min_age="18",
        require_move="yes",
        required=("consent", "wants_to_leave"),
        handlers={"local": "Trygghetsenheten handlägger."},
        sources=(*fields(text).sources, SourceEdit("R1", "Socialnämndens riktlinje", "2026-12-01")),
    )
    rules = written(text, edits)
    assert (rules.valid_from, rules.valid_to) == (date(2027, 1, 1), date(2028, 12, 31))
    assert (rules.threat_valid_days, rules.min_age, rules.require_move) == (60, 18, "yes")
    assert rules.words[rules.text_key] == "Lilla kommunen 2027"
    assert rules.words["rules.handlers.local"] == "Trygghetsenheten handlägger."
    assert rules.sources["R1"].dated == date(2026, 12, 1)
    assert [key for key in rules.required() if key in edits.required] == list(edits.required)
    assert {"evidence_person", "conditions", "decision"}.isdisjoint(rules.required())
    again = edits_of(rules, worded(LIBRARY.texts, rules.words))
    assert (again.required, again.min_age, again.valid_to) == (edits.required, "18", "2028-12-31")


@EVERY_MODEL
def test_one_need_is_enough_or_both_are_wanted(model: str):
    text = copy_of(model)
    either = written(text, replace(fields(text), need=Need.EITHER))
    assert "support_or_protection_need" in either.required()
    assert {"support_need", "protection_need"}.isdisjoint(either.required())
    both = written(either_text(text), replace(fields(either_text(text)), need=Need.BOTH))
    assert {"support_need", "protection_need"} <= set(both.required())
    assert "support_or_protection_need" not in both.required()


def either_text(text: str) -> str:
    return with_edits(text, replace(fields(text), need=Need.EITHER), LIBRARY.models, LIBRARY.texts)


def test_a_criterion_taken_from_another_model_brings_its_source():
    text = copy_of("goteborg_2022")
    assert "KG1" not in read(text).sources
    rules = written(text, replace(fields(text), required=("decision", "wants_to_leave")))
    assert rules.criteria["decision"] == MODELS["nationell_polis_2023"].criteria["decision"]
    assert "KG1" in rules.sources


CHOICES = criteria_to_choose(LIBRARY.models)


@EVERY_MODEL
@given(
    required=st.lists(st.sampled_from(CHOICES), unique=True),
    need=st.sampled_from(Need),
    place=st.integers(-1, 8),
    move=st.sampled_from(MOVE_CHOICES),
    age=st.sampled_from(["", "18"]),
)
@settings(max_examples=rounds(30, 400))
def test_every_choice_gives_a_rule_set_that_can_be_read(model: str, required, need, place, move, age):
    text = copy_of(model)
    edits = replace(
        fields(text), required=tuple(required), need=need, need_place=place, require_move=move, min_age=age
    )
    rules = written(text, edits)
    assert [key for key in rules.required() if key in required] == required
    assert set(required) <= set(rules.criteria)
    assert rules == written(text, edits)


def test_the_version_is_put_in_and_comments_stay():
    text = "# Vår egen\n" + copy_of("goteborg_2022").replace("version = 1", "version  =  1 # först", 1)
    assert numbered(text, 7).splitlines()[0] == "# Vår egen"
    assert read(numbered(text, 7)).version == 7
    tell("P5.8", f"own rule sets: {len(CHOICES)} criteria in any order, every choice read again as written")
