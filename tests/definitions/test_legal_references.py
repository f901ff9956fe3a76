"""The law as data: faults name their file and key, and whatever names a section agrees with it."""

import re
import shutil
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop_app.definitions.all import read_definitions
from desktop_app.domain.errors import DefinitionFault
from desktop_app.domain.legal_references import Certainty, Use
from desktop_app.paths import RESOURCES
from desktop_app.services.library import load_library
from tests.helpers.figures import tell

REFERENCES = load_library().definitions.legal_references
LAW = "data/legal_references.toml"
WORDS = "texts/sv/legal_references.toml"
NEW, OLD = date(2025, 7, 1), date(2025, 6, 30)

Section = tuple[str, str]
"""Chapter (empty where the law has none) and section (empty for the whole chapter)."""

NAMES = {
    "sol": r"socialtjänstlagen|SoL",
    "osl": r"offentlighets- och sekretesslagen|OSL",
    "lvu": r"LVU|\(1990:52\)",
    "fl": r"förvaltningslagen|FL \(",
    "sof": r"socialtjänstförordningen|SoF",
    "contact_data": r"\(2025:170\)",
    "gdpr": r"dataskyddsförordningen",
}
CITED = re.compile(
    r"(?:(?P<chapter>\d+(?: [a-z])?) kap\.(?P<mid> ?))?(?P<sections>\d[\d a-z,–]*?(?: (?:och|eller) \d+(?: [a-z])?)?) §"
)


def expanded(sections: str) -> Iterator[str]:
    """Every section in "1, 2, 4 och 7", "10–11" or "14 b–14 d"."""
    for part in re.split(r", | och | eller ", sections.strip()):
        first, _, last = part.partition("–")
        numbers = [re.match(r"(\d+) ?([a-z]?)", each.strip()) for each in (first, last) if each.strip()]
        found = [(int(each[1]), each[2]) for each in numbers if each]
        if len(found) == 2 and found[0][0] != found[1][0]:
            yield from (str(number) for number in range(found[0][0], found[1][0] + 1))
        elif len(found) == 2:
            letters = range(ord(found[0][1] or "a"), ord(found[1][1]) + 1)
            yield from (f"{found[0][0]} {chr(letter)}" for letter in letters)
        elif found:
            yield " ".join(str(each) for each in found[0] if each)


def sections_in(text: str) -> Iterator[tuple[Section, int]]:
    for match in CITED.finditer(text):
        for section in expanded(match["sections"]):
            yield (match["chapter"] or "", section), match.end()


def known() -> dict[str, set[Section]]:
    """Every section the references hold, by law; a whole chapter stands for each of its sections."""
    found: dict[str, set[Section]] = {}
    for reference in REFERENCES.references.values():
        held = found.setdefault(reference.law.id, set())
        held |= {section for section, _ in sections_in(reference.section)}
        if match := re.fullmatch(r"(\d+) kap\.", reference.section):
            held.add((match[1], ""))
    return found


def law_after(text: str, place: int) -> str:
    """The law named next after a section; it is looked for in the rest of the text."""
    here = {law: found.start() for law, name in NAMES.items() if (found := re.search(name, text[place:]))}
    return min(here, key=lambda law: here[law]) if here else ""


def strings(node: object, place: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from strings(value, f"{place}.{key}")
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from strings(value, f"{place}[{number}]")
    elif isinstance(node, str):
        yield place, node


def disagreements(resources: Path) -> tuple[list[str], int]:
    """Sections named in texts, grounds, rules and deadlines that the references do not hold; and how many agree."""
    held, wrong, right = known(), list[str](), 0
    for path in sorted(resources.rglob("*.toml")):
        if path.name == "legal_references.toml" or "practice" in path.parts:
            continue
        content = tomllib.loads(path.read_text("utf-8"))
        laws = {each["id"]: each["id"] for each in content.get("source", ()) if isinstance(each, dict)}
        found = [
            (f"{place}: {text}", law_after(text, end), section)
            for place, text in strings(content)
            for section, end in sections_in(text)
        ]
        if path.parent.name == "deadlines":
            rules = [rule for rule in content["rule"] if "section" in rule]
            found = [
                (f"{rule['id']}: {rule['section']}", laws[rule["source"]], section)
                for rule in rules
                for section, _ in sections_in(rule["section"])
            ]
        for words, law, section in found:
            if law not in held:
                continue  # a law the references know nothing of, or none named
            if section in held[law] or (section[0], "") in held[law]:
                right += 1
            else:
                wrong.append(f"{path.name} {words} -> {law} {section}")
    return wrong, right


def test_whatever_names_a_section_names_one_of_the_references():
    wrong, right = disagreements(RESOURCES)
    assert wrong == []
    assert right >= 40
    tell(
        "law",
        f"{right} sections named in texts, grounds and deadlines agree with {len(REFERENCES.references)} references",
    )


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("texts/sv/case_file.toml", "20 kap. 1 § socialtjänstlagen", "20 kap. 11 § socialtjänstlagen"),
        ("deadlines/v1.toml", 'section = "19 kap. 6 §"', 'section = "19 kap. 7 §"'),
        ("data/disclosure_grounds.toml", 'law = "10 kap. 2 § OSL"', 'law = "11 kap. 2 § OSL"'),
    ],
)
def test_a_wrong_number_is_found(tmp_path: Path, file: str, old: str, new: str):
    """The control: one number changed, one disagreement told."""
    shutil.copytree(RESOURCES, tmp_path / "resources", ignore=shutil.ignore_patterns("fonts", "*.qm"))
    path = tmp_path / "resources" / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    wrong, _ = disagreements(tmp_path / "resources")
    assert [path.name in each for each in wrong] == [True]


def test_the_numbers_of_the_old_law_hold_until_the_day_before_the_new():
    support = REFERENCES.references["sol_11_1"]
    assert support.cited(OLD) == "4 kap. 1 § SoL (2001:453)"
    assert support.cited(NEW) == "11 kap. 1 § SoL (2025:400)"
    assert (support.is_unsure(OLD), support.is_unsure(NEW)) == (False, False)
    assert REFERENCES.references["sol_13_8"].is_unsure(OLD)
    assert REFERENCES.references["osl_10_15a"].is_unsure(date(2025, 11, 30))
    assert not REFERENCES.references["osl_10_15a"].is_unsure(date(2025, 12, 1))


def test_what_was_not_read_has_no_day_and_says_so():
    for reference in REFERENCES.references.values():
        assert (reference.checked_on is None) == (reference.certainty is not Certainty.READ), reference.id
    unsure = [each.id for each in REFERENCES.references.values() if each.is_unsure(NEW.replace(year=2026))]
    assert "fl_44" in unsure
    assert "sol_11_1" not in unsure


def test_every_section_a_decision_may_rest_on_is_offered_by_the_new_law():
    table = load_library().table("legal_grounds")
    assert table == ("sol_11_1", "sol_11_4", "sol_12_1", "sol_12_2", "other")
    assert load_library().table("legal_grounds_2001") == ("sol_11_1", "sol_11_4", "sol_12_1", "other")
    assert {each.id for each in REFERENCES.used_for(Use.WITH)} == set(load_library().table("legal_with"))


FAULTS = [
    (LAW, "as_of = 2026-11-22", 'as_of = "2026"', "as_of"),
    (LAW, 'replaces = "sol_2001"', 'replaces = "sol_1980"', "law.sol.replaces"),
    (LAW, 'id = "sol_2_4", section', 'id = "sol_2_4", secton', "law.sol.reference[0].section"),
    (LAW, 'id = "sol_3",', 'id = "sol_2_4",', "law.sol.reference[1].id"),
    (LAW, 'old = "3 kap.", old_certainty = "known"', 'old = "3 kap."', "law.sol.reference[0].old_certainty"),
    (LAW, 'old_certainty = "known"', 'old_certainty = "guessed"', "law.sol.reference[0].old_certainty"),
    (LAW, 'use = "ground"', 'use = "grund"', "law.sol.reference[10].use"),
    (LAW, 'appeal = "other"', 'appeal = "annan"', "law.sol.reference[11].appeal"),
    (LAW, '"25 §", certainty = "known"', '"25 §"', "law.fl.reference[0].certainty"),
    (LAW, 'id = "fl_25",', 'old = "17 §", id = "fl_25",', "law.fl.reference[0].old"),
    (LAW, 'section = "11 kap. 1 §"', 'section = "11 kap. 2 §"', "sol_11_1"),
    (WORDS, "sol_2_4 =", "sol_2_5 =", "law.sol.reference[0].id"),
    (WORDS, 'sol_11_1 = "4 kap. 1 §', 'sol_11_1 = "5 kap. 1 §', "sol_11_1"),
]


@pytest.mark.parametrize(("file", "old", "new", "key"), FAULTS)
def test_a_planted_fault_names_file_and_key(tmp_path: Path, file: str, old: str, new: str, key: str):
    shutil.copytree(RESOURCES, tmp_path / "resources", ignore=shutil.ignore_patterns("fonts", "*.qm"))
    path = tmp_path / "resources" / file
    text = path.read_text("utf-8")
    assert old in text, "the fault could not be planted"
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(DefinitionFault) as caught:
        read_definitions(tmp_path / "resources")
    assert caught.value.params["file"] == "data/legal_references.toml"
    assert caught.value.params["key"] == key
