"""The words of a card as they are typed: completed when their first letters say which they are. No Qt."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

TELLING = 4
"""So many letters of a word tell it from every other; shorter words stand as they are."""

_SEPARATORS = str.maketrans(dict.fromkeys("0123456789.,;:-–—()", " "))


def plain_words(text: str) -> tuple[str, ...]:
    """Return the words of what was typed or pasted, without the numbers that stand before them on the card."""
    return tuple(unicodedata.normalize("NFKC", text).lower().translate(_SEPARATORS).split())


def by_beginning(words: Sequence[str]) -> Mapping[str, str]:
    """Return the words of the list by the letters that tell them."""
    return {word[:TELLING]: word for word in words}


def completed(text: str, known: Mapping[str, str]) -> str:
    """Return the text with each word whose end is typed, or whose telling letters are, written out.

    What stands in no list stays as it was typed: it is for the person to compare with the card.
    """
    words = plain_words(text)
    if not words:
        return ""
    is_open = text[-1].isalpha()
    done = [known.get(word[:TELLING], word) if _leads(word, known) else word for word in words[:-1]]
    last = words[-1]
    if not is_open and _leads(last, known):
        last = known[last[:TELLING]]
    return " ".join((*done, last)) + ("" if is_open else " ")


def unknown(text: str, known: Mapping[str, str]) -> tuple[str, ...]:
    """Return the finished words that stand on no card."""
    words = plain_words(text)
    finished = words[:-1] if text[-1:].isalpha() else words
    return tuple(word for word in finished if known.get(word[:TELLING]) != word)


def _leads(word: str, known: Mapping[str, str]) -> bool:
    whole = known.get(word[:TELLING], "")
    return len(word) >= min(TELLING, len(whole) or TELLING) and whole.startswith(word)
