"""What is typed into the search, and the spellings by which a number or a code is found.

A word is a run of letters and digits; å, ä and ö are letters of their own, and case does not matter. Numbers are
written in many ways (``070-123 45 67``, ``+46701234567``; ``850101-1234``, ``198501011234``): beside each text stand
the spellings without any sign between them, and what is typed is joined in the same way.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

LONGEST_TYPED: Final = 400
MOST_PIECES: Final = 16
TERM_LETTERS: Final = 5
"""From this length on, the beginning of a word is asked for as the words it may become."""

# Letters and digits, but for a few signs that the index takes for signs between words.
_WORD = re.compile(r"[^\W_\u19b0-\u19c9\u1cf2\u1cf3]+")
_NUMBER = re.compile(r"(?<![^\W_])\+?\(?\d[\d\s+().\-–−/]*(?![^\W_])")
_CODE = re.compile(r"(?<![^\W_])([a-zåäö])-(\d{4})(?:-(\d*))?(?![^\W_])")
_SHORTEST_JOINED = 4

_DASH = r"[\s.\-–−]?"
_IDENTITY = re.compile(
    rf"(?<!\d)(?:(1[89]|20)\s?)?(\d\d){_DASH}(0[1-9]|1[0-2]){_DASH}([0-3]\d|[6-9]\d)\s?([-+–−]?)\s?(\d{{4}})(?!\d)"
)
_BIRTH_DATE = re.compile(rf"(?<!\d)(1[89]|20)(\d\d){_DASH}(0[1-9]|1[0-2]){_DASH}([0-3]\d|[6-9]\d)(?!\d)")
_GAP = r"[\s\-–−/().]{0,2}"
_MOBILE = re.compile(rf"(?<!\d)07\d(?:{_GAP}\d){{7}}(?!\d)")
_LANDLINE = re.compile(rf"(?<!\d)0[1-9]\d{{0,2}}(?:{_GAP}\d){{5,8}}(?!\d)")
_ABROAD = re.compile(rf"(?<!\d)(?:\+|00){_GAP}[1-9](?:{_GAP}\d){{7,13}}(?!\d)")
_PHONES = (_MOBILE, _LANDLINE, _ABROAD)
_LONG_NUMBER = re.compile(r"\d{4,}")
_DIGIT = re.compile(r"\d")


def plain(text: str) -> str:
    """Return a text as the index keeps it: letters put together from two signs as one, no signs that are not seen."""
    text = unicodedata.normalize("NFC", text)
    if text.isprintable():
        return text
    return "".join(" " if unicodedata.category(sign) in ("Cc", "Cs") else sign for sign in text)


def words_of(text: str) -> list[str]:
    """Return the words of a text in small letters, in order."""
    return _WORD.findall(text.lower())


def terms_of(text: str) -> set[str]:
    """Return the words of a text that are long enough to be listed."""
    return {word for word in words_of(text) if len(word) >= TERM_LETTERS}


def word_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each word of a text begins and ends."""
    return (match.span() for match in _WORD.finditer(text))


def number_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where a text seems to have an identity number, a phone number or another long number."""
    if len(_DIGIT.findall(text)) < _SHORTEST_JOINED:
        return
    for shape in (_IDENTITY, *_PHONES, _LONG_NUMBER):
        yield from (match.span() for match in shape.finditer(text))


def spellings(text: str) -> str:
    """Return what the numbers and codes of a text may be asked for by, with blanks between."""
    found: set[str] = set()
    for match in _IDENTITY.finditer(text):
        century, year, month, day, sign, four = match.groups()
        ten = f"{year}{month}{day}{four}"
        centuries = (century,) if century else ("18", "19") if sign == "+" else ("19", "20")
        found |= {ten, *(f"{each}{ten}" for each in centuries)}
    for match in _BIRTH_DATE.finditer(text):
        eight = "".join(match.groups())
        found |= {eight, eight[2:]}
    for shape in _PHONES:
        found |= {_joined(match[0]) for match in shape.finditer(text)}
    for match in _CODE.finditer(text.lower()):
        letter, year, number = match[1], match[2], match[3] or ""
        numbers = {number, number.lstrip("0")}
        found |= {f"{before}{year}{each}" for before in (letter, "") for each in numbers}
    return " ".join(sorted(found))


def _joined(number: str) -> str:
    """Return the digits of a number; one with Sweden's code as it is dialled within Sweden."""
    digits = "".join(sign for sign in number if sign.isascii() and sign.isdigit())
    if number.lstrip(" (").startswith("+"):
        digits = f"00{digits}"
    return "0" + digits[4:].lstrip("0") if digits.startswith("0046") else digits


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that were typed together, and the spelling without the signs between them ('' when there is none)."""

    words: tuple[str, ...]
    joined: str = ""


Expand = Callable[[str], Sequence[str]]
"""Gives the words that a beginning may become; none when they are too many to ask for one by one."""


@dataclass(frozen=True, slots=True)
class Question:
    """What was typed, taken apart. All pieces must be found; the last is taken for a beginning."""

    pieces: tuple[Piece, ...]
    asked_words: tuple[tuple[str, bool], ...] = field(init=False, repr=False, compare=False)
    """Each word that was typed, and whether it is taken for a beginning. Every text that is quoted asks for them."""

    def __post_init__(self) -> None:
        """List the words."""
        object.__setattr__(self, "asked_words", tuple(self._asked_words()))

    def __bool__(self) -> bool:
        """Tell whether there is anything to look for."""
        return bool(self.pieces)

    def _asked_words(self) -> Iterator[tuple[str, bool]]:
        for number, piece in enumerate(self.pieces):
            *whole, last = piece.words
            yield from ((word, False) for word in whole)
            yield last, bool(piece.joined) or number == len(self.pieces) - 1

    def expression(self, expand: Expand) -> str:
        """Return the question as the index reads it. Every word stands in quotes, so none is taken for an operator."""
        last = len(self.pieces) - 1
        return " AND ".join(_asked(piece, number == last, expand) for number, piece in enumerate(self.pieces))


def read_question(typed: str) -> Question:
    """Take what was typed apart, whatever it is; empty when no word is in it."""
    text = plain(typed[:LONGEST_TYPED]).lower()
    pieces: list[Piece] = []
    at = 0
    for start, end, joined in _joined_spans(text):
        pieces += [Piece((word,)) for word in words_of(text[at:start])]
        pieces.append(Piece(tuple(words_of(text[start:end])), joined))
        at = end
    pieces += [Piece((word,)) for word in words_of(text[at:])]
    return Question(tuple(pieces[:MOST_PIECES]))


def is_spelling_of(number: str, question: Question) -> bool:
    """Tell whether a number is one that was asked for, in whatever spelling."""
    kept = words_of(f"{spellings(number)} {number}")
    asked = [spelling for piece in question.pieces for spelling in (piece.joined, *piece.words) if spelling]
    return any(word.startswith(spelling) for word in kept for spelling in asked)


def _joined_spans(text: str) -> Iterator[tuple[int, int, str]]:
    if not _DIGIT.search(text):
        return
    at = 0
    while True:
        found = [match for shape in (_CODE, _NUMBER) if (match := shape.search(text, at))]
        if not found:
            return
        match = min(found, key=lambda each: each.start())
        joined = "".join(words_of(match[0])) if match.re is _CODE else _joined(match[0])
        yield match.start(), match.end(), joined if len(joined) >= _SHORTEST_JOINED else ""
        at = match.end()


def _asked(piece: Piece, is_last: bool, expand: Expand) -> str:
    """Return one piece as asked for; the digits of a number are always taken for a beginning."""
    begins = is_last or bool(piece.joined)
    *whole, last = piece.words
    words = " AND ".join(
        [*(f'"{word}"' for word in whole), _beginning(last, expand) if begins else f'"{last}"']
    )
    if not piece.joined or piece.words == (piece.joined,):
        return f"({words})"
    return f"(({words}) OR {_beginning(piece.joined, expand)})"


def _beginning(word: str, expand: Expand) -> str:
    if len(word) >= TERM_LETTERS and (terms := expand(word)):
        return "(" + " OR ".join(f'"{term}"' for term in terms) + ")"
    return f'"{word}"*'
