"""Finds in running text what a case knows of who and where people are, in whatever spelling it was written.

Decided on 2026-11-22, for Swedish text:

* Numbers are compared digit by digit: signs and blanks between them do not matter, nor does Sweden's code before a
  phone number or the century before an identity number. The day of birth counts as well.
* Names count as whole words, alone or with a genitive *s*, never with other endings: *Sols* is Sol's, *solen* the sun.
* Places, providers and municipalities also count at the beginning of a longer word (*Malmöpolisen*); long ones inside
  one as well (*Storgöteborg*).
* A word that is also an everyday word (a child called Sol, the municipality Vara), or has three letters at most,
  counts only with a capital letter. One needless hit costs a tick; one missed can cost more, so all else is found in
  any case.
* *å*, *ä*, *ö* and other marked letters are also found written without their marks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final, NamedTuple

from desktop_app.domain.search_words import plain, word_spans

SHORT: Final = 3
"""A word of so few letters counts only with a capital."""

BEGINS: Final = 5
"""From this length on the beginning of a longer word counts."""

INSIDE: Final = 6
"""From this length on the inside of a longer word counts."""

_GAP = r"[^\w]{0,3}"
_PHONE_DIGITS = range(7, 13)
_IDENTITY_DIGITS = (10, 12)
_LEAST_TELLING = 4
_FEW = 2


class KnownKind(StrEnum):
    """What a known text is of; the same words as the hits it gives."""

    NAME = "name_in_text"
    PLACE = "place"
    PROVIDER = "provider"
    MUNICIPALITY = "municipality"
    PHONE = "phone"
    IDENTITY_NUMBER = "identity"


class Known(NamedTuple):
    """One text that must not go out unseen."""

    kind: KnownKind
    text: str


class Found(NamedTuple):
    """Where a known text stands in another."""

    kind: KnownKind
    start: int
    end: int


def bare(text: str) -> str:
    """Return a text in small letters and without the marks of its letters, sign for sign as long as it was."""
    return "".join(_bare(sign) for sign in text)


def _bare(sign: str) -> str:
    low = unicodedata.normalize("NFD", sign)[0].lower()
    return low if len(low) == 1 else sign


@dataclass(frozen=True)
class KnownWords:
    """What a case knows, ready to be looked for.

    ``everyday`` are names that also are everyday words, ``silent`` words that stand in fields for persons and places
    and point at none by themselves (with the others beside them they count); both in small letters.
    """

    known: tuple[Known, ...]
    everyday: frozenset[str] = frozenset()
    silent: frozenset[str] = frozenset()

    def found_in(self, text: str) -> tuple[Found, ...]:
        """Return every place of a text (as ``plain`` gives it) where something known stands, in order, none twice."""
        found = [*self._words(text), *self._phrases(text), *self._numbers(text)]
        return tuple(_outermost(found))

    def _words(self, text: str) -> Iterator[Found]:
        for start, end in word_spans(text):
            word = text[start:end]
            low = bare(word)
            for needle, kind, needs_capital in self._needles_by_letter.get(low[:1], ()):
                if not low.startswith(needle) or (needs_capital and not word[0].isupper()):
                    continue
                rest = low[len(needle) :]
                longer = kind is not KnownKind.NAME and len(needle) >= BEGINS and not needs_capital
                if rest in ("", "s") or longer or (kind is KnownKind.MUNICIPALITY and rest in _MUNICIPAL):
                    yield Found(kind, start, end)
            for needle, kind in self._inside:
                if needle in low:
                    yield Found(kind, start, end)

    def _phrases(self, text: str) -> Iterator[Found]:
        low = bare(text)
        for pattern, kind in self._phrase_patterns:
            yield from (Found(kind, *match.span()) for match in pattern.finditer(low))

    def _numbers(self, text: str) -> Iterator[Found]:
        for pattern, kind in self._number_patterns:
            yield from (Found(kind, *match.span()) for match in pattern.finditer(text))

    @cached_property
    def _needles(self) -> frozenset[tuple[str, KnownKind, bool]]:
        found: set[tuple[str, KnownKind, bool]] = set()
        for kind, text in self.known:
            for word in _telling_words(kind, text, self.silent):
                low = word.lower()
                found.add((bare(word), kind, len(word) <= SHORT or low in self.everyday))
        return frozenset(found)

    @cached_property
    def _needles_by_letter(self) -> dict[str, list[tuple[str, KnownKind, bool]]]:
        found: dict[str, list[tuple[str, KnownKind, bool]]] = {}
        for needle in sorted(self._needles):
            found.setdefault(needle[0][:1], []).append(needle)
        return found

    @cached_property
    def _inside(self) -> tuple[tuple[str, KnownKind], ...]:
        return tuple(
            sorted(
                (needle, kind)
                for needle, kind, needs_capital in self._needles
                if kind is not KnownKind.NAME and len(needle) >= INSIDE and not needs_capital
            )
        )

    @cached_property
    def _phrase_patterns(self) -> tuple[tuple[re.Pattern[str], KnownKind], ...]:
        """Texts of several words, with whatever stands between the words."""
        found: set[tuple[str, KnownKind]] = set()
        for kind, text in self.known:
            clean = plain(text)
            words = [bare(clean[start:end]) for start, end in word_spans(clean)]
            if kind not in _NUMBERS and len(words) > 1:
                found.add((r"(?<!\w)" + r"[\W_]{0,4}".join(map(re.escape, words)) + r"s?(?!\w)", kind))
        return tuple((re.compile(pattern), kind) for pattern, kind in sorted(found))

    @cached_property
    def _number_patterns(self) -> tuple[tuple[re.Pattern[str], KnownKind], ...]:
        found = {
            (pattern, kind) for kind, text in self.known for pattern in _patterns_of_number(kind, plain(text))
        }
        return tuple((re.compile(pattern), kind) for pattern, kind in sorted(found))


_NUMBERS = (KnownKind.PHONE, KnownKind.IDENTITY_NUMBER)
_MUNICIPAL = ("bo", "bor", "borna", "kommun", "kommuns", "polisen")


def _telling_words(kind: KnownKind, text: str, silent: frozenset[str]) -> Iterator[str]:
    """Yield the words of a known text that tell something alone.

    Of a name all, of a place or provider those with a capital. The first word of a longer text has one anyhow: it
    counts only where the text is a short one, or an address.
    """
    if kind in _NUMBERS:
        return
    clean = plain(text)
    spans = list(word_spans(clean))
    words = [clean[start:end] for start, end in spans]
    least = 2 if kind is KnownKind.NAME or len(words) == 1 else _LEAST_TELLING
    telling = words if kind is KnownKind.NAME else _proper(kind, clean, spans)
    for word in telling:
        low = word.lower()
        if (
            len(word) >= least
            and not {low, low.removesuffix("s")} & silent
            and not any(map(str.isdigit, word))
        ):
            yield word


def _proper(kind: KnownKind, text: str, spans: list[tuple[int, int]]) -> list[str]:
    words = [text[start:end] for start, end in spans]
    later = [word for word in words[1:] if word[0].isupper()]
    is_address = len(words) > 1 and (words[1][0].isdigit() or text[spans[0][1]] == ",")
    counts_first = len(words) == 1 or is_address or (kind is not KnownKind.PROVIDER and len(words) <= _FEW)
    return [*(words[:1] if counts_first else ()), *later]


def _patterns_of_number(kind: KnownKind, text: str) -> Iterator[str]:
    digits = "".join(sign for sign in text if sign.isascii() and sign.isdigit())
    if kind is KnownKind.PHONE and text.strip(" (").startswith(("0", "+")):
        own = digits.removeprefix("00") if digits.startswith("0046") else digits
        own = own[2:] if own.startswith("46") and len(own) > 9 else own
        own = own.lstrip("0")
        if len(own) + 1 in _PHONE_DIGITS:
            before = rf"(?:(?:(?:\+|0{_GAP}0){_GAP})?4{_GAP}6{_GAP}0?|0){_GAP}"
            yield rf"(?<!\d){before}{_GAP.join(own)}(?!\d)"
    elif kind in (KnownKind.IDENTITY_NUMBER, KnownKind.PROVIDER) and len(digits) in _IDENTITY_DIGITS:
        ten = digits[-10:]
        yield rf"(?<!\d)(?:(?:1[89]|20){_GAP})?{_GAP.join(ten)}(?!\d)"
        if len(digits) == max(_IDENTITY_DIGITS):
            yield rf"(?<!\d){_GAP.join(digits[:8])}(?!\d)"


def _outermost(found: Iterable[Found]) -> Iterator[Found]:
    """Yield what was found in order; what lies inside another place, or begins where another does, once."""
    end = -1
    for each in sorted(set(found), key=lambda one: (one.start, -one.end, one.kind)):
        if each.end > end:
            yield each
            end = each.end
