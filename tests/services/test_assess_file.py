"""``utvag assess``: the cases of the contract, and what the answer looks like."""

import json
from pathlib import Path

import pytest

from desktop_app.domain.errors import AssessFileFault, ModelUnknown, SourceNotReadable
from desktop_app.services.assess_file import assess_file
from desktop_app.services.library import load_library

LIBRARY = load_library()
CASES = sorted((Path(__file__).parents[1] / "data" / "cases").glob("*.json"))
EXPECTED = [
    pytest.param(path, model, id=f"{path.stem}-{model}")
    for path in CASES
    for model in json.loads(path.read_text("utf-8"))["expected"]
]


def test_there_are_cases_for_every_model():
    assert len(CASES) >= 6
    assert len(EXPECTED) == 3 * len(CASES)


@pytest.mark.parametrize(("path", "model"), EXPECTED)
def test_a_case_of_the_contract(path: Path, model: str):
    expected = json.loads(path.read_text("utf-8"))["expected"][model]
    answer = assess_file(LIBRARY, path, model)
    assert (answer["outcome"], answer["handler"]) == (expected["outcome"], expected["handler"])
    assert set(expected["flags_include"]) <= set(answer["flags"])


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_answer_has_the_agreed_form(path: Path):
    asked = json.loads(path.read_text("utf-8"))["facts"]
    together = assess_file(LIBRARY, path)
    assert list(together) == ["results"]
    results = together["results"]
    assert [one["model"] for one in results] == [rules.id for rules in LIBRARY.models]
    for answer in results:
        assert answer == assess_file(LIBRARY, path, answer["model"])
        assert list(answer) == [
            "model", "outcome", "handler", "flags", "reasons", "missing", "would_change",
        ]  # fmt: skip
        assert json.loads(json.dumps(answer)) == answer
        assert answer["reasons"]
        for reason in answer["reasons"]:
            assert len(reason["source"]) > 10
            group, _, key = reason["fact"].rpartition(".")
            value = (asked[group] if group else asked)[key]
            assert reason["value"] == (None if value in ("unknown", "not_assessed") else value)
        for change in answer["would_change"]:
            assert change["outcome"] in LIBRARY.table("outcomes")
            assert {"fact", "value", "outcome"} <= set(change)


def test_an_unknown_model_is_answered_with_those_there_are():
    with pytest.raises(ModelUnknown) as refused:
        assess_file(LIBRARY, CASES[0], "malmo_1999")
    assert refused.value.params == {"known": "goteborg_2022, nationell_polis_2023, stockholm_2024"}


@pytest.fixture
def situation() -> dict:
    return json.loads(CASES[0].read_text("utf-8"))


def fault(tmp_path: Path, content: object) -> dict[str, str | int]:
    path = tmp_path / "fall.json"
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    with pytest.raises(AssessFileFault) as refused:
        assess_file(LIBRARY, path)
    return refused.value.params


def changed(situation: dict, place: str, value: object) -> dict:
    *outer, last = place.split(".")
    node = situation
    for key in outer:
        node = node[key]
    node[last] = value
    return situation


ALL_KEYS = [
    "assessed_on",
    *(f"facts.{key}" for key in json.loads(CASES[0].read_text("utf-8"))["facts"]),
    *(f"facts.threat.{key}" for key in json.loads(CASES[0].read_text("utf-8"))["facts"]["threat"]),
]


@pytest.mark.parametrize("place", ALL_KEYS)
def test_a_missing_key_is_named(tmp_path: Path, situation: dict, place: str):
    *outer, last = place.split(".")
    node = situation
    for key in outer:
        node = node[key]
    del node[last]
    assert fault(tmp_path, situation)["key"] == place
    assert fault(tmp_path, situation)["fault"] == "missing"


@pytest.mark.parametrize(
    "value", ["Anna Andersson", 7, -1, 3.5, True, [], ["yes"], {}, "YES", " yes", "", "2026-02-30"]
)
@pytest.mark.parametrize("place", ALL_KEYS)
def test_a_wrong_value_is_named_by_its_key_and_never_repeated(
    tmp_path: Path, situation: dict, place: str, value
):
    if place == "facts.age" and value == 7:
        return
    told = fault(tmp_path, changed(situation, place, value))
    assert str(told["key"]).startswith(place)
    assert "Anna" not in str(told)
    assert LIBRARY.texts.has(f"faults.{told['fault']}")


@pytest.mark.parametrize(
    "place", ["facts.role", "facts.wants_to_leave", "facts.threat.level", "assessed_on", "facts.threat"]
)
def test_null_is_not_the_word_for_unknown_everywhere(tmp_path: Path, situation: dict, place: str):
    assert fault(tmp_path, changed(situation, place, None))["key"] == place


@pytest.mark.parametrize("place", ["namn", "facts.namn", "facts.threat.namn", "facts.threat.level2"])
def test_a_key_nobody_knows_is_named(tmp_path: Path, situation: dict, place: str):
    told = fault(tmp_path, changed(situation, place, "Anna Andersson"))
    assert (told["key"], told["fault"]) == (place, "unknown_key")


GOOD = CASES[0].read_bytes()


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "not_json"),
        (b"   \n", "not_json"),
        (b"{", "not_json"),
        (b"hej", "not_json"),
        (b"\xff\xfe\x00", "not_json"),
        (GOOD.decode().encode("utf-16"), "not_json"),
        (GOOD + b"{}", "not_json"),
        (b"[" * 100_000, "not_json"),
        (b'{"a":' * 100_000, "not_json"),
        (b'{"age": ' + b"9" * 5000 + b"}", "not_json"),
        (b"[]", "not_object"),
        (b"null", "not_object"),
        (b"NaN", "not_object"),
        (b'"text"', "not_object"),
        (b" " * 1_000_001, "too_large"),
        (b'{"assessed_on": "2026-11-01", "assessed_on": "2026-11-02"}', "twice"),
        (b'{"assessed_on": "2026-11-01"}', "missing"),
        (b'{"assessed_on": "2026-11-01", "facts": []}', "not_object"),
    ],
)
def test_a_file_that_is_something_else(tmp_path: Path, content: bytes, what: str):
    assert fault(tmp_path, content)["fault"] == what


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e400", "20.0", "true"])
def test_numbers_that_are_no_age(tmp_path: Path, number: str):
    content = json.loads(GOOD)
    content["facts"]["age"] = "AGE"
    told = fault(tmp_path, json.dumps(content).replace('"AGE"', number).encode())
    assert (told["key"], told["fault"]) == ("facts.age", "not_age")


@pytest.mark.parametrize("age", [0, 17, 130, None])
def test_ages_there_are(tmp_path: Path, situation: dict, age: int | None):
    path = tmp_path / "fall.json"
    path.write_text(json.dumps(changed(situation, "facts.age", age)))
    assert assess_file(LIBRARY, path)


def test_a_byte_order_mark_and_the_least_there_must_be_are_accepted(tmp_path: Path, situation: dict):
    least = {key: situation[key] for key in ("assessed_on", "facts")}
    path = tmp_path / "fall.json"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(least).encode())
    assert assess_file(LIBRARY, path) == assess_file(LIBRARY, CASES[0])


def test_a_key_with_signs_that_move_the_cursor_is_shown_without_them(tmp_path: Path):
    told = fault(tmp_path, b'{"a\\u001b[31m\\nb\\ud800": 1}')
    assert told["key"] == "a[31mb"
    assert len(str(fault(tmp_path, json.dumps({"x" * 5000: 1}).encode())["key"])) <= 60


def test_what_cannot_be_read_is_named_by_its_name_alone(tmp_path: Path):
    for path in (tmp_path, tmp_path / "saknas.json"):
        with pytest.raises(SourceNotReadable) as refused:
            assess_file(LIBRARY, path)
        assert refused.value.params == {"place": path.name}
