"""The dozen words of a hit: which are marked, and which are kept from being read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from desktop_app.domain.search_words import (
    Question,
    is_spelling_of,
    number_spans,
    word_spans,
    words_of,
)

MARK_BEGINS: Final = "\x02"
MARK_ENDS: Final = "\x03"
CUT: Final = "…"
COVER: Final = "•••"
"""Stands where a word is kept from being read."""

_MARKS = re.compile(f"{MARK_BEGINS}([^{MARK_ENDS}]*){MARK_ENDS}")
_AROUND = 40
_LONG_WORD = 4
_ENDING = 2


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a text, and whether it is what was asked for."""

    words: str
    marked: bool


def parts_of(snippet: str) -> tuple[Part, ...]:
    """Return a text with marks as parts; line ends become blanks."""
    pieces = _MARKS.split(re.sub(r"\s+", " ", snippet))
    return tuple(Part(words, number % 2 == 1) for number, words in enumerate(pieces) if words)


def marked_where(text: str, question: Question) -> tuple[Part, ...]:
    """Return the part of a text where a number stands that was asked for in another spelling; else its beginning."""
    text = re.sub(r"\s+", " ", text)
    spans = [span for span in number_spans(text) if is_spelling_of(text[span[0] : span[1]], question)]
    if not spans:
        return _cut(text, 0, 0)
    return _cut(text, *max(spans, key=lambda span: span[1] - span[0]))


def _cut(text: str, start: int, end: int) -> tuple[Part, ...]:
    begins = 0 if start <= _AROUND else text.rfind(" ", 0, start - _AROUND) + 1
    stops = text.find(" ", end + _AROUND)
    stops = len(text) if stops < 0 else stops
    before = (CUT if begins else "") + text[begins:start]
    after = text[end:stops] + (CUT if stops < len(text) else "")
    parts = (Part(before, False), Part(text[start:end], True), Part(after, False))
    return tuple(part for part in parts if part.words)


def hidden_words(kept: Iterable[tuple[str, bool]]) -> frozenset[str]:
    """Return the words that must not be read, from what is kept of who (True) and where (False) people are.

    Of a place only names, numbers and longer words: "vid" or "och" give nobody away.
    """
    hidden: set[str] = set()
    for text, is_name in kept:
        for start, end in word_spans(text):
            word = text[start:end]
            if is_name or len(word) >= _LONG_WORD or not word[0].islower():
                hidden |= set(words_of(word))
    return frozenset(hidden)


def without(parts: tuple[Part, ...], hidden: frozenset[str]) -> tuple[Part, ...]:
    """Return the parts with hidden words, and every long number, covered."""
    whole = "".join(part.words for part in parts)
    spans = [span for span in word_spans(whole) if _is_hidden(whole[span[0] : span[1]], hidden)]
    covered = sorted([*spans, *number_spans(whole)])
    found: list[Part] = []
    at = 0
    for part in parts:
        found.append(Part(_covered(part.words, at, covered), part.marked))
        at += len(part.words)
    return tuple(part for part in found if part.words)


def _is_hidden(word: str, hidden: frozenset[str]) -> bool:
    """Tell whether a word is one of the hidden ones, as it stands or with an ending (Annas)."""
    found = word.lower()
    return any(found[: len(found) - cut] in hidden for cut in range(min(_ENDING, len(found) - 1) + 1))


def _covered(words: str, at: int, spans: list[tuple[int, int]]) -> str:
    """Return the words that stand from ``at`` on, with what lies in the spans covered once each."""
    found: list[str] = []
    done = at
    for start, end in spans:
        start, end = max(start, done), min(end, at + len(words))
        if start < end:
            found += [words[done - at : start - at], COVER]
            done = end
    return "".join([*found, words[done - at :]])
