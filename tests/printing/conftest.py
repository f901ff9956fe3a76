"""What the tests of printing share: the paper's own words, and PDFs read back."""

import tomllib
from pathlib import Path

import pytest

from tests.printing.samples import SmallTexts


def _flat(node: dict[str, object], prefix: str = "") -> dict[str, str]:
    words: dict[str, str] = {}
    for key, value in node.items():
        dotted = f"{prefix}{key}"
        words |= _flat(value, f"{dotted}.") if isinstance(value, dict) else {dotted: str(value)}
    return words


@pytest.fixture(scope="session")
def paper_words(resources: Path) -> dict[str, str]:
    """The texts of paper.toml and of what is said aloud, by dotted key."""
    folder = resources / "texts" / "sv"
    files = (folder / name for name in ("paper.toml", "paper_aloud.toml"))
    return {
        key: words for file in files for key, words in _flat(tomllib.loads(file.read_text("utf-8"))).items()
    }


@pytest.fixture
def texts(paper_words: dict[str, str]) -> SmallTexts:
    """The paper's own words, and every other key as its last part."""
    return SmallTexts(paper_words)
