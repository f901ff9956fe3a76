"""A rule set that is wrong names its file and key, whatever was done to it, and never ends in a traceback."""

import random
import tomllib
from collections.abc import Iterator
from datetime import date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.definitions.own_rules import copied
from desktop_app.definitions.rule_faults import rule_fault
from desktop_app.definitions.rule_text import Document, read_document, write_document
from desktop_app.definitions.rules import RuleReading, read_own_rules
from desktop_app.domain.errors import DefinitionFault
from desktop_app.domain.evaluation import evaluate
from desktop_app.services.library import load_library
from tests.helpers.decision_table import ALL_MET
from tests.helpers.figures import rounds, tell

LIBRARY = load_library()
READING = RuleReading(LIBRARY.definitions.fact_kinds, LIBRARY.texts)
TODAY = date(2026, 11, 22)
TEXTS = {rules.id: copied(rules, "Vår", valid_from=TODAY) for rules in LIBRARY.models}
SOUND = TEXTS["goteborg_2022"]


def fault_of(text: str) -> DefinitionFault | None:
    try:
        rules = read_own_rules(text, READING)
    except DefinitionFault as fault:
        return fault
    evaluate(rules, ALL_MET, TODAY)  # what can be read can be asked
    evaluate(rules, {**dict.fromkeys(ALL_MET), "role": "leaver"}, TODAY)
    return None


def must_be_told(fault: DefinitionFault) -> str:
    """The file stands there, and where in it, but for a text too large to have a place; there are words for it."""
    assert fault.params["file"] == "egen"
    told = rule_fault(fault)
    assert told.code != "other", fault.params
    assert LIBRARY.texts.has(f"own_rules.faults.{told.code}")
    assert told.key or told.code in ("not_toml", "too_large", "empty"), fault.params
    return told.key


@pytest.mark.parametrize("model", sorted(TEXTS))
def test_the_sound_one_is_read(model: str):
    assert fault_of(TEXTS[model]) is None


def places(document: object, path: tuple[object, ...] = ()) -> Iterator[tuple[object, ...]]:
    inner = document.items() if isinstance(document, dict) else enumerate(document)
    for key, value in inner:
        yield (*path, key)
        if isinstance(value, dict | list):
            yield from places(value, (*path, key))


def holder(document: Document, path: tuple[object, ...]) -> object:
    node: object = document
    for key in path[:-1]:
        node = node[key]
    return node


AGE = '{ fact = "age", op = "<", value = 18 }'
REPLACEMENTS = ["", "ja", 7, -1, 10**30, 1.5, True, [], ["x"], [1], {}, {"a": 1}, TODAY]


def broken(number: int) -> tuple[str, tuple[object, ...]]:
    """The sound one with one thing wrong, another each time: something gone, misspelt, or of the wrong kind."""
    chance = random.Random(number)
    document = read_document(SOUND)
    everywhere = list(places(document))
    path = everywhere[chance.randrange(len(everywhere))]
    node, key = holder(document, path), path[-1]
    act = number % 3
    if act == 0 or isinstance(node, list):
        del node[key]
    elif act == 1:
        node[f"{key}x"] = node.pop(key)
    else:
        node[key] = REPLACEMENTS[chance.randrange(len(REPLACEMENTS))]
    return write_document(document), path


def test_many_malformed_ones_each_name_their_key():
    named, harmless = 0, 0
    for number in range(rounds(120, 5_000)):
        text, _path = broken(number)
        fault = fault_of(text)
        if fault is None:
            harmless += 1
        else:
            must_be_told(fault)
            named += 1
    assert named > harmless
    tell(
        "P5.7", f"malformed rule sets: {named} refused by file and key, {harmless} still sound, no traceback"
    )


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("threat_valid_days = 90", "threat_valid_days = 0", "threat_valid_days"),
        ("threat_valid_days = 90", "threat_valid_days = 90\nmin_age = 200", "min_age"),
        ("threat_valid_days = 90", 'threat_valid_days = 90\nrequire_move = "kanske"', "require_move"),
        ("threat_valid_days = 90", "threat_valid_days = 90\nvalid_to = 2020-01-01", "valid_to"),
        ("valid_from = 2026-11-22", "valid_from = 2026-11-22T10:00:00", "valid_from"),
        ("valid_from = 2026-11-22", "valid_from = 2026-11-32", "line 3"),
        ("version = 1", f"version = {'9' * 5000}", ""),
        ("version = 1", "version = 1\nversion = 2", "line 3"),
        ('id = "egen"', 'id = "goteborg_2022"', "id"),
        ('id = "wants_to_leave"', 'id = "belongs_to_environment"', "criterion[1].id"),
        ('id = "wants_to_leave"', 'id = "mod"', "criterion[0].id"),
        ('kind = "refuse"', 'kind = "decide"', "step[4].criteria"),
        ('kind = "refuse"', 'kind = "refuse"\nwhen = { fact = "role", value = "victim" }', "step[4].when"),
        (AGE, '{ fact = "age", op = "<", value = 18.5 }', "flag[0].when.value"),
        (AGE, '{ fact = "age", op = "<", value = 2020-01-01 }', "flag[0].when.value"),
        (AGE, '{ fact = "threat.assessed_on", op = "<", value = 2020-01-01 }', "flag[0].when.fact"),
        (AGE, '{ all = [] }', "flag[0].when.all"),
        (AGE, '{ fact = "age", op = "exists", value = "ja" }', "flag[0].when.value"),
        ('[texts]', '[texts]\ncriteria = { mod = "modet" }', "texts.criteria.mod"),
        ('[texts]', '[texts]\nhandlers = { local = "" }', "texts.handlers.local"),
    ],
)  # fmt: skip
def test_a_fault_names_its_key(old: str, new: str, key: str):
    assert old in SOUND
    fault = fault_of(SOUND.replace(old, new, 1))
    assert fault is not None
    assert must_be_told(fault) == key


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\ufeff" + SOUND,
        "x" * 500_000,
        "a = " + "[" * 50_000,
        "a = " + "{b = " * 5_000,
        "\x00",
        SOUND[:-20],
    ],
)
def test_a_text_that_is_something_else(text: str):
    fault = fault_of(text)
    assert fault is not None
    must_be_told(fault)


def test_a_condition_too_deep_to_judge_is_refused():
    deep = '{ fact = "age", op = "<", value = 18 }'
    for _level in range(rounds(60, 200)):
        deep = f"{{ all = [{deep}] }}"
    fault = fault_of(SOUND.replace('{ fact = "age", op = "<", value = 18 }', deep, 1))
    assert fault is None or must_be_told(fault) is not None


VALUES = st.one_of(
    st.none(),
    st.text(max_size=8),
    st.integers(-5, 200),
    st.floats(allow_nan=True),
    st.booleans(),
    st.dates(),
    st.just(datetime(2026, 11, 22)),
    st.just(time(9, 30)),
    st.lists(st.text(max_size=4), max_size=3),
    st.just({"fact": "role", "value": "victim"}),
)


@given(data=st.data(), model=st.sampled_from(sorted(TEXTS)), changes=st.integers(1, 4))
@settings(max_examples=rounds(60, 3_000), deadline=None)
def test_whatever_is_changed_it_is_read_or_told(data: st.DataObject, model: str, changes: int):
    document = read_document(TEXTS[model])
    for _change in range(changes):
        path = data.draw(st.sampled_from(list(places(document))))
        node, value = holder(document, path), data.draw(VALUES)
        if value is None:
            del node[path[-1]]
        elif isinstance(value, time):
            continue
        else:
            node[path[-1]] = value
    text = write_document(document)
    try:
        tomllib.loads(text)
    except ValueError:
        return
    fault = fault_of(text)
    if fault is not None:
        must_be_told(fault)


def test_the_control_is_found_out():
    """A reader that let a traceback through, or named no key, would be caught by the tests above."""
    with pytest.raises(AssertionError):
        must_be_told(DefinitionFault(file="egen", key="", fault="missing"))
    with pytest.raises(AssertionError):
        must_be_told(DefinitionFault(file="egen", key="id", fault="something nobody has words for"))
    with pytest.raises(TypeError):
        fault_of(None)
