"""The two faces every print is set in: embedded, read from resources/fonts once and only when first needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache
from typing import Protocol, cast

from desktop_app.paths import RESOURCES


class Face(StrEnum):
    """A face by the name it has among the project's own."""

    REGULAR = "UtvagSans"
    BOLD = "UtvagSansBold"


_FILES = {Face.REGULAR: "NotoSans-Regular.ttf", Face.BOLD: "NotoSans-Bold.ttf"}
_EM = 1000.0

STAND_IN = "\ufffd"
"""Printed for a character the faces have no sign for: white paper would hide the loss."""


class FontFile(Protocol):
    """What is used of ReportLab's reader of a face, whose own types are guesses. Lengths in thousandths of an em."""

    name: bytes
    charWidths: Mapping[int, float]
    charToGlyph: Mapping[int, int]
    bbox: Sequence[float]
    ascent: float
    descent: float
    capHeight: float
    italicAngle: float
    stemV: float
    defaultWidth: float

    def getCharWidth(self, code: int) -> float:
        """Return the advance width of a character."""
        ...

    def makeSubset(self, subset: Sequence[int]) -> bytes:
        """Return a TrueType file of these characters, each under its place in the list as its code."""
        ...


@cache
def font_file(face: Face) -> FontFile:
    """Return the reader of a face: widths, which signs there are, and subsets of them."""
    from reportlab.pdfbase.ttfonts import TTFontFace  # when first needed: it takes long, and much memory

    return cast("FontFile", TTFontFace(RESOURCES / "fonts" / _FILES[face]))


def advances(face: Face) -> Mapping[int, float]:
    """Return the advance width of each character of a face, in thousandths of an em."""
    return font_file(face).charWidths


def default_advance(face: Face) -> float:
    """Return the advance of the sign that stands for a character the face lacks."""
    return advances(face)[ord(STAND_IN)]


def measure(text: str, face: Face, size: float) -> float:
    """Return how wide a line of text becomes, in points."""
    widths = advances(face)
    default = widths[ord(STAND_IN)]
    return sum([widths.get(code, default) for code in map(ord, text)]) * size / _EM


def printable(text: str, face: Face) -> str:
    """Return the text with a visible stand-in for each character the face has no sign for."""
    if text.isascii():
        return text
    known = font_file(face).charToGlyph
    return "".join(character if ord(character) in known else STAND_IN for character in text)
