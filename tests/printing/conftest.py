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
    """The texts of paper.toml by dotted key."""
    return _flat(tomllib.loads((resources / "texts" / "sv" / "paper.toml").read_text("utf-8")))


@pytest.fixture
def texts(paper_words: dict[str, str]) -> SmallTexts:
    """The paper's own words, and every other key as its last part."""
    return SmallTexts(paper_words)
