"""Running text with the names in it covered, for a screen that others may see."""

from __future__ import annotations

from typing import Final

from desktop_app.domain.search_words import word_spans

COVER: Final = "•••"
"""Stands where a word is kept from being read."""

_ENDINGS: Final = (0, 1, 2)
"""How many letters a name may have been lengthened by: Annas."""


def covered(text: str, names: frozenset[str]) -> str:
    """Return a text with every word covered that is one of ``names`` (in small letters), or one with an ending."""
    found: list[str] = []
    at = 0
    for start, end in word_spans(text):
        if is_name(text[start:end], names):
            found += [text[at:start], COVER]
            at = end
    return "".join([*found, text[at:]])


def is_name(word: str, names: frozenset[str]) -> bool:
    """Tell whether a word is one of ``names``, as it stands or with an ending."""
    low = word.lower()
    return any(low[: len(low) - ending] in names for ending in _ENDINGS)
