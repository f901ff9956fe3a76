"""The two faces every print is set in: embedded, read from resources/fonts once and only when first needed."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from desktop_app.paths import RESOURCES


class Face(StrEnum):
    """A face by the name it is registered under."""

    REGULAR = "UtvagSans"
    BOLD = "UtvagSansBold"


_FILES = {Face.REGULAR: "NotoSans-Regular.ttf", Face.BOLD: "NotoSans-Bold.ttf"}
_EM = 1000.0


@cache
def _face(face: Face) -> TTFont:
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
    """Return the advance of the box that stands for a character the face lacks."""
    return _face(face).face.defaultWidth


def measure(text: str, face: Face, size: float) -> float:
    """Return how wide a line of text becomes, in points."""
    widths, default = advances(face), default_advance(face)
    return sum(widths.get(ord(character), default) for character in text) * size / _EM


def lacks(text: str, face: Face = Face.REGULAR) -> bool:
    """Tell whether the face has no sign for some character of the text."""
    known = _face(face).face.charToGlyph
    return not text.isascii() and any(ord(character) not in known for character in text)
