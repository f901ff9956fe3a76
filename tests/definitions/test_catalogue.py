"""The Swedish catalogue: no word missing, none left over, and the tone the house wants."""

import importlib
import pkgutil
import re
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

from desktop_app import domain
from desktop_app.definitions.all import read_definitions
from desktop_app.domain.answers import NO_VALUE_STATES
from desktop_app.domain.cases import Stage
from desktop_app.domain.errors import AppError, BadAnswer
from desktop_app.domain.guide import NextReason
from desktop_app.paths import RESOURCES

CATALOGUE = read_definitions(RESOURCES).texts
KEYS = tuple(CATALOGUE.below())
ROOT = RESOURCES.parent

# Words that are put together in code from a beginning and a code: each beginning with the codes it takes.
FAMILIES = {
    "answers.states": [state.value for state in NO_VALUE_STATES],
    "stages": [stage.value for stage in Stage],
    "guide.next": [
        *(reason.value for reason in NextReason),
        "closed",
        "closed_waiting",
        "all_wait",
        "all_done",
    ],
}
WINDOW = ("form_page.", "window.")
BY_DEFINITION = (
    "forms.",
    "facts.",
    "registers.",
    "tables.",
    "guide.phases.",
    "guide.steps.",
    "guide.holds.",
    "guide.waits.",
    "guide.status.",
    "rules.",
    "errors.",
    "faults.",
    "events.",
)
"""Used by way of ids in the definition files; their being there is checked as those are read, or below."""

LEFT_IN_ENGLISH = re.compile(
    r"\b(the|and|not|with|from|please|error|invalid|failed|save|cancel|close|file|password|backup)\b",
    re.IGNORECASE,
)


def error_classes() -> list[type[AppError]]:
    for module in pkgutil.iter_modules(domain.__path__):
        importlib.import_module(f"{domain.__name__}.{module.name}")
    found, waiting = [], [AppError]
    while waiting:
        kind = waiting.pop()
        found.append(kind)
        waiting += [each for each in kind.__subclasses__() if each.__module__.startswith(domain.__name__)]
    return list(dict.fromkeys(found))


@cache
def sources() -> dict[Path, str]:
    files = [path for part in ("desktop_app", "ui") for path in (ROOT / part).rglob("*.py")]
    files += [path for path in RESOURCES.rglob("*.toml") if "texts" not in path.parts]
    return {path: path.read_text("utf-8") for path in files}


@cache
def literals() -> frozenset[str]:
    """Every dotted word in quotes in code, f-strings up to their first place included."""
    return frozenset(
        found.rstrip(".")
        for text in sources().values()
        for found in re.findall(r"[\"']([a-z_]+(?:\.[\w:-]*)+)", text)
    )


@cache
def beginnings() -> frozenset[str]:
    """What stands before the first place of f-strings: whole families of words that code puts together."""
    return frozenset(
        found.rstrip("._")
        for text in sources().values()
        for found in re.findall(r"f[\"']([a-z_]+\.[a-z_.]*)\{", text)
    )


def is_used(key: str) -> bool:
    if key in literals() or key.startswith(BY_DEFINITION):
        return True
    return key.startswith(tuple(f"{begun}{link}" for begun in beginnings() for link in "._"))


def test_no_word_is_left_over():
    parts = {part for word in literals() for part in (word, word.rpartition(".")[0])}
    unused = [
        key
        for key in KEYS
        if not is_used(key) and not any(key.startswith(f"{part}.") for part in parts if part.count(".") >= 1)
    ]
    # The window's own areas are still being written; their left-over words are told, not refused.
    window = [key for key in unused if key.startswith(WINDOW)]
    if window:
        print("words the window does not show:", ", ".join(window))  # noqa: T201
    assert not set(unused) - set(window), f"words nobody shows: {unused}"


def test_every_word_the_code_names_is_there():
    roots = {key.split(".")[0] for key in KEYS} - {"forms", "facts", "tables", "registers"}
    asked = [
        word
        for path, text in sources().items()
        if path.suffix == ".py"
        for word in re.findall(r"texts?\.get\(\s*[\"']([a-z_]+(?:\.[\w]+)+)[\"']", text)
    ]
    asked += [
        word
        for path, text in sources().items()
        if path.suffix == ".py"
        for word in re.findall(r"Reminder\([\"']([a-z_.]+)|DoubtView\([\"']([a-z_.]+)", text)
        for word in word
        if word
    ]
    assert len(asked) > 30
    missing = [word for word in asked if word.split(".")[0] in roots and not CATALOGUE.has(word)]
    assert not missing


@pytest.mark.parametrize("beginning", FAMILIES)
def test_words_put_together_from_codes_are_all_there_and_no_more(beginning: str):
    found = {key.removeprefix(f"{beginning}.") for key in KEYS if key.startswith(f"{beginning}.")}
    assert found == set(FAMILIES[beginning])


def test_every_reason_for_refusing_an_answer_has_words_and_the_other_way_round():
    code = "\n".join(text for path, text in sources().items() if path.parent.name == "domain")
    raised = set(re.findall(r"_(?:bad|read_decimal)\((?:text, )?\"([a-z_]+\.[a-z_]+)\"", code))
    raised |= set(re.findall(r"= \"(identity\.[a-z_]+)\"", code))
    worded = {key.removeprefix("answers.") for key in KEYS if key.startswith("answers.")}
    assert len(raised) > 10
    assert raised == {key for key in worded if not key.startswith("states.")}
    assert BadAnswer(reason="x").params == {"reason": "x"}


def test_every_error_has_its_words_and_every_words_its_error():
    codes = {kind.code for kind in error_classes()}
    assert len(codes) == len(error_classes()), "two errors with one code could not be told apart"
    for code in codes:
        for part in ("happened", "safe", "do"):
            assert CATALOGUE.has(f"errors.{code}.{part}"), (code, part)
    worded = {re.sub(r"^errors\.(.+)\.\w+$", r"\1", key) for key in KEYS if key.startswith("errors.")}
    assert worded == codes


ACTS = (
    r"\.audit\(\s*\"([a-z]+\.[a-z_]+)\"",
    r"(?:_note|_opened|_replace_slot|_change_row)\([^\n]*\"([a-z]+\.[a-z_]+)\"",
)
"""How the code names what it writes to the log."""


def test_every_line_of_the_log_has_words():
    code = [text for path, text in sources().items() if path.suffix == ".py"]
    written = {kind for text in code for act in ACTS for kind in re.findall(act, text)}
    assert len(written) >= 15
    assert not {kind for kind in written if not CATALOGUE.has(f"events.{kind}")}


def test_every_definition_key_belongs_to_something_that_exists():
    definitions = read_definitions(RESOURCES)
    for key in KEYS:
        area, *rest = key.split(".")
        if area == "tables":
            assert rest[1] in definitions.tables.get(rest[0], (rest[1],)), key
        if area == "facts":
            assert ".".join(rest[:-1]) in definitions.schema.facts, key
        if area == "rules" and rest[0] == "facts":
            assert ".".join(rest[1:]) in {*definitions.fact_kinds, "threat.old", "threat.age_days"}, key
        if area == "forms":
            assert (rest[0], rest[1]) in {(form.slug, f"v{form.version}") for form in definitions.forms}, key


@pytest.mark.parametrize("key", [key for key in KEYS if key.startswith("forms.") and ".items." in key])
def test_words_of_a_question_belong_to_a_question(key: str):
    _, slug, version, _, link_id, *_ = key.split(".")
    [form] = [
        form for form in read_definitions_once().forms if form.slug == slug and f"v{form.version}" == version
    ]
    assert link_id in {item.link_id for item in form.items()}


@cache
def read_definitions_once():
    return read_definitions(RESOURCES)


def test_the_tone_of_the_house():
    for key in KEYS:
        text = CATALOGUE.get(key)
        assert text.strip() == text, key
        assert text, key
        assert "!" not in text, key
        assert "ogiltig" not in text.lower(), key
        assert not LEFT_IN_ENGLISH.search(re.sub(r"\{[^}]*\}|--?[a-z-]+|utvag \w+", "", text)), (key, text)


def test_the_places_in_every_text_are_plain_names():
    for key in KEYS:
        for _, name, form, conversion in Formatter().parse(CATALOGUE.get(key)):
            assert name is None or re.fullmatch(r"[a-z_]+", name), key
            assert not form, key
            assert conversion is None, key


def test_an_error_message_is_what_happened_what_is_safe_and_what_to_do():
    for kind in error_classes():
        for part in ("happened", "safe", "do"):
            text = CATALOGUE.get(f"errors.{kind.code}.{part}")
            assert text[0].isupper() or text[0] == "{", (kind.code, part)
            assert text.endswith((".", "}")), (kind.code, part)
