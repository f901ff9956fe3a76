"""The dozen words of a hit: which are marked, and which are kept from being read."""

from __future__ import annotations

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

CUT: Final = "…"
COVER: Final = "•••"
"""Stands where a word is kept from being read."""

_BEFORE, _AFTER = 24, 60
_LONG_WORD = 4
_ENDING = 2


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a text, and whether it is what was asked for."""

    words: str
    marked: bool


def parts_of(text: str, question: Question) -> tuple[Part, ...]:
    """Return a dozen words of a text around the first word that was asked for, with all of them marked.

    A number that was written in another spelling is marked whole; else the text's beginning stands unmarked.
    """
    low = text.lower()
    if len(low) != len(text):
        # A few signs outside Swedish are two in small letters: then places would not fit.
        low = text
    first = min(
        (mark for word, begins in question.asked_words if (mark := _mark(low, word, begins, 0, len(low)))),
        default=None,
    )
    if first is None:
        return _marked_number(text, question)
    begins, stops = _window(text, *first)
    parts: list[Part] = [Part(CUT, False)] if begins else []
    at = begins
    for start, end in _marks(low, question, first[0], stops):
        if at <= start:
            if at < start:
                parts.append(Part(_line(text[at:start]), False))
            parts.append(Part(text[start:end], True))
            at = end
    rest = _line(text[at:stops]) + (CUT if stops < len(text) else "")
    if rest:
        parts.append(Part(rest, False))
    return tuple(parts)


def _marks(text: str, question: Question, at: int, stops: int) -> list[tuple[int, int]]:
    """Return where the words that were asked for stand between two places, in order."""
    marks: list[tuple[int, int]] = []
    for word, is_beginning in question.asked_words:
        mark = _mark(text, word, is_beginning, at, stops)
        while mark is not None:
            marks.append(mark)
            mark = _mark(text, word, is_beginning, mark[1], stops)
    return sorted(marks)


def _mark(text: str, word: str, is_beginning: bool, at: int, stops: int) -> tuple[int, int] | None:
    """Return where a word first stands between two places: from its first letter to its last."""
    at = text.find(word, at, stops)
    while at >= 0:
        end = at + len(word)
        if not text[at - 1 : at].isalnum():
            if is_beginning:
                while end < stops and text[end].isalnum():
                    end += 1
                return at, end
            if not text[end : end + 1].isalnum():
                return at, end
        at = text.find(word, end, stops)
    return None


def _window(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the place of about a dozen words around a span, cut at blanks."""
    begins = 0 if start <= _BEFORE else text.rfind(" ", 0, start - _BEFORE) + 1
    stops = text.find(" ", end + _AFTER)
    return begins, len(text) if stops < 0 else stops


def _line(text: str) -> str:
    return text.replace("\n", " ")


def _marked_number(text: str, question: Question) -> tuple[Part, ...]:
    spans = [span for span in number_spans(text) if is_spelling_of(text[span[0] : span[1]], question)]
    start, end = max(spans, key=lambda span: span[1] - span[0], default=(0, 0))
    begins, stops = _window(text, start, end)
    before = (CUT if begins else "") + _line(text[begins:start])
    after = _line(text[end:stops]) + (CUT if stops < len(text) else "")
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
    covered = _merged(sorted([*spans, *number_spans(whole)]))
    found: list[Part] = []
    at = 0
    for part in parts:
        found.append(Part(_covered(part.words, at, covered), part.marked))
        at += len(part.words)
    return tuple(part for part in found if part.words)


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans in order, those that overlap as one."""
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _is_hidden(word: str, hidden: frozenset[str]) -> bool:
    """Tell whether a word is one of the hidden ones, as it stands or with an ending (Annas)."""
    found = word.lower()
    return found in hidden or found[:-1] in hidden or found[:-_ENDING] in hidden


def _covered(words: str, at: int, spans: list[tuple[int, int]]) -> str:
    """Return the words that stand from ``at`` on, with what lies in the spans covered once each."""
    found: list[str] = []
    done = at
    for start, end in spans:
        begins, stops = max(start, at), min(end, at + len(words))
        if begins < stops:
            found += [words[done - at : begins - at], COVER]
            done = stops
    return "".join([*found, words[done - at :]])
