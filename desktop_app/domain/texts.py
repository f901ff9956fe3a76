"""Where words come from: one catalogue for screen, paper and errors."""

from __future__ import annotations

from typing import Protocol


class Texts(Protocol):
    """The text catalogue. A missing key is a fault in the program, never an empty string."""

    def get(self, key: str, /, **params: object) -> str:
        """Return the text under ``key`` with ``{name}`` places filled; ``KeyError`` when it is missing."""
        ...

    def has(self, key: str) -> bool:
        """Tell whether the catalogue holds ``key``."""
        ...


def label_of(texts: Texts, table: str, code: str) -> str:
    """Return the words of one code of a table."""
    return texts.get(f"tables.{table}.{code}")
