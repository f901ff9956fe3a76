"""Turns text into lines that fit. Plain text in, plain text out: nothing in it is ever read as markup."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from desktop_app.printing.fonts import Face, advances, default_advance

SOFT_HYPHEN = "\u00ad"
_LINE_ENDS = re.compile(r"\r\n|[\r\u000b\u000c\u0085\u2028\u2029]")
_UNSEEN = re.compile(r"[\x00-\x09\x0e-\x1f\x7f-\x84\x86-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_ATOM = re.compile(r"[^-/_@.,;:&=?\u00ad]*[-/_@.,;:&=?\u00ad]?")
_EM = 1000.0


def clean(text: str) -> str:
    """Return the text without control characters, with composed letters and plain line ends."""
    if text.isascii() and text.isprintable():
        return text
    text = _LINE_ENDS.sub("\n", text).replace("\t", "    ")
    return unicodedata.normalize("NFC", _SURROGATE.sub("\ufffd", _UNSEEN.sub("", text)))


def wrap(text: str, face: Face, size: float, width: float) -> tuple[str, ...]:
    """Return the lines of a text at a width. A word that is too long is broken, never run over the edge."""
    breaker = _Breaker(face, max(width, size) * _EM / size)
    return tuple(line for paragraph in clean(text).split("\n") for line in breaker.lines(paragraph))


class _Breaker:
    """Breaks one paragraph after another at one width, measured in thousandths of an em."""

    def __init__(self, face: Face, limit: float) -> None:
        self._widths = advances(face)
        self._default = default_advance(face)
        self._space = self._widths.get(32, self._default)
        self._hyphen = self._widths.get(45, self._default)
        self._limit = limit

    def lines(self, paragraph: str) -> Iterator[str]:
        line, used = "", 0.0
        for word in paragraph.split(" "):
            if not word:
                continue
            shown = word.replace(SOFT_HYPHEN, "")
            wide = self._width(shown)
            if line and used + self._space + wide <= self._limit:
                line, used = f"{line} {shown}", used + self._space + wide
                continue
            if line and wide > self._limit and self._limit - used < self._limit / 4:
                yield line
                line, used = "", 0.0
            if wide <= self._limit:
                if line:
                    yield line
                line, used = shown, wide
            else:
                *full, line = self._broken(word, line)
                yield from full
                used = self._width(line)
        yield line

    def _broken(self, word: str, before: str) -> Iterator[str]:
        """Yield the lines of a word that is wider than a line, beginning after what stands on the line."""
        line, used = (f"{before} ", self._width(before) + self._space) if before else ("", 0.0)
        for atom in _ATOM.findall(word):
            soft = atom.endswith(SOFT_HYPHEN)
            shown = atom.rstrip(SOFT_HYPHEN)
            wide = self._width(shown)
            if line and used + wide + (self._hyphen if soft else 0) > self._limit:
                yield self._closed(line)
                line, used = "", 0.0
            for character in shown if wide > self._limit else (shown,):
                step = self._width(character)
                if line and used + step > self._limit:
                    yield self._closed(line)
                    line, used = "", 0.0
                line, used = line + character, used + step
            if soft and used + self._hyphen <= self._limit:
                line += SOFT_HYPHEN
        yield line.replace(SOFT_HYPHEN, "")

    @staticmethod
    def _closed(line: str) -> str:
        ended = f"{line[:-1]}-" if line.endswith(SOFT_HYPHEN) else line
        return ended.replace(SOFT_HYPHEN, "").rstrip()

    def _width(self, text: str) -> float:
        widths, default = self._widths, self._default
        return sum([widths.get(code, default) for code in map(ord, text)])
