"""One Swedish word, one English word, and the English one is really used."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINE = re.compile(r"^\| ([^|]+) \| ([a-z_]+) \| ")


def terms() -> list[tuple[str, str]]:
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    return [(match[1].strip(), match[2]) for line in text.splitlines() if (match := LINE.match(line))]


def words_in_the_project() -> str:
    files = [*ROOT.glob("desktop_app/**/*.py"), *ROOT.glob("ui/**/*.py")]
    files += [path for path in ROOT.glob("resources/**/*.toml") if "texts" not in path.parts]
    files += [*ROOT.glob("desktop_app/**/*.sql")]
    return "\n".join(path.read_text(encoding="utf-8").lower() for path in files)


def test_the_glossary_has_its_terms():
    assert len(terms()) >= 40


def test_no_term_stands_twice():
    for place in (0, 1):
        found = [term[place] for term in terms()]
        assert len(found) == len(set(found)), sorted(term for term in found if found.count(term) > 1)


@pytest.mark.parametrize(("swedish", "english"), terms())
def test_each_term_is_used_in_code_or_data(swedish: str, english: str):
    words = words_in_the_project()
    spellings = (english, english.replace("_", ""), english.replace("_", " "))
    assert any(spelling in words for spelling in spellings), f"{swedish}: {english} is used nowhere"
