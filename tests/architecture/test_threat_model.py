"""P5.1: the threat model accounts for each item of ASVS 5.0 to level 2, and names only tests and files there are."""

import re

import pytest

from tests.architecture.source_tree import ROOT, parsed
from tests.helpers.figures import tell

PAGE = ROOT / "docs" / "threat-model.md"
NAMED = re.compile(r"`([\w./-]+\.(?:py|md|toml|txt|spec)|[a-z_]+/[\w/]+)(?:::(\w+))?`")
ITEM = re.compile(r"\b\d{1,2}(?:\.\d{1,2}){0,2}\b")

#: How many items of levels 1 and 2 each section has (they come first in each), by chapter; other chapters as wholes.
#: Taken from the standard, CC BY-SA 4.0, OWASP Foundation.
SECTIONS = {
    "1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2, "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1,
    "5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3, "6.1": 3, "6.2": 11, "6.3": 3, "6.4": 4,
    "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 2, "7.6": 2,
    "11.1": 2, "11.2": 3, "11.3": 3, "11.4": 4, "11.5": 1, "11.6": 1, "13.1": 1, "13.2": 5, "13.3": 2, "13.4": 5,
    "14.1": 2, "14.2": 4, "14.3": 3, "15.1": 3, "15.2": 3, "15.3": 7,
    "16.1": 1, "16.2": 5, "16.3": 4, "16.4": 3, "16.5": 3,
}  # fmt: skip
OTHERS = ("3", "4", "6.5", "6.6", "6.7", "6.8", "8", "9", "10", "12", "17")


def items() -> list[str]:
    """Every item, section or chapter that must be accounted for."""
    return [
        f"{section}.{number}" for section, count in SECTIONS.items() for number in range(1, count + 1)
    ] + list(OTHERS)


def accounted(page: str) -> set[str]:
    """What stands in the first column of the tables below the heading of the standard."""
    tables = page.split("## OWASP ASVS")[1].split("## CWE")[0]
    firsts = [line.split("|")[1] for line in tables.splitlines() if line.startswith("| ")]
    return {item for first in firsts for item in ITEM.findall(re.sub(r"\(.*?\)", "", first))}


def open_items(page: str) -> list[str]:
    """The items that the page says nothing of, themselves or by their section."""
    told = accounted(page)
    return [item for item in items() if not told & {item, item.rpartition(".")[0]}]


def missing(page: str) -> list[str]:
    """Files and tests that the page names and that are not there."""
    found: list[str] = []
    for name, test in NAMED.findall(page):
        path = ROOT / name
        if not path.exists():
            found.append(name)
        elif test and test not in {getattr(node, "name", "") for node in parsed(path).body} | _methods(name):
            found.append(f"{name}::{test}")
    return found


def _methods(name: str) -> set[str]:
    return {
        getattr(inner, "name", "") for node in parsed(ROOT / name).body for inner in getattr(node, "body", ())
    }


def test_every_item_is_accounted_for() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert open_items(page) == []
    rows = [line for line in page.splitlines() if re.match(r"\| \d", line) and "::" in line]
    tell(
        "P5.1",
        f"{len(items())} items of ASVS 5.0 levels 1 and 2, 0 open; {len(rows)} rows held by named tests",
    )


def test_every_test_and_file_named_is_there() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert len(NAMED.findall(page)) > 150
    assert missing(page) == []


@pytest.mark.parametrize("chapter", ["1.2.4", "7.3.1", "16.5.2"])
def test_an_item_left_out_is_found(chapter: str) -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert chapter in open_items(page.replace(chapter, "–"))


@pytest.mark.parametrize(
    "name", ["`tests/domain/test_nothing.py`", "`tests/domain/test_values.py::test_nothing`", "`ui/gone.py`"]
)
def test_a_name_of_nothing_is_found(name: str) -> None:
    assert missing(name)
