"""The two faces every print is set in: embedded, read from resources/fonts once and only when first needed."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from desktop_app.paths import RESOURCES

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFont


class Face(StrEnum):
    """A face by the name it is registered under."""

    REGULAR = "UtvagSans"
    BOLD = "UtvagSansBold"


_FILES = {Face.REGULAR: "NotoSans-Regular.ttf", Face.BOLD: "NotoSans-Bold.ttf"}
_EM = 1000.0

STAND_IN = "\ufffd"
"""Printed for a character the faces have no sign for: ReportLab would leave white paper, and hide the loss."""


@cache
def _face(face: Face) -> TTFont:
    from reportlab.pdfbase import pdfmetrics  # when first needed: it takes long, and much memory
    from reportlab.pdfbase.ttfonts import TTFont

    font = TTFont(face.value, RESOURCES / "fonts" / _FILES[face])
    pdfmetrics.registerFont(font)
    return font


def register_fonts() -> None:
    """Make both faces known to ReportLab; the second call does nothing."""
    for face in Face:
        _face(face)


def advances(face: Face) -> Mapping[int, float]:
    """Return the advance width of each character of a face, in thousandths of an em."""
    return _face(face).face.charWidths


def default_advance(face: Face) -> float:
    """Return the advance of the sign that stands for a character the face lacks."""
    return advances(face)[ord(STAND_IN)]


def measure(text: str, face: Face, size: float) -> float:
    """Return how wide a line of text becomes, in points."""
    widths, default = advances(face), default_advance(face)
    return sum(widths.get(ord(character), default) for character in text) * size / _EM


def printable(text: str, face: Face) -> str:
    """Return the text with a visible stand-in for each character the face has no sign for."""
    if text.isascii():
        return text
    known = _face(face).face.charToGlyph
    return "".join(character if ord(character) in known else STAND_IN for character in text)
