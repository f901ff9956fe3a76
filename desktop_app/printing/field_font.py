"""The face that is written with in the fields of a PDF: every sign of WinAnsi and no other, wholly in the file.

A field is written in by other programs, which know single bytes alone; so the face has a table of its own that
leads from Unicode to its signs (ISO 32000-1:2008, 9.6.6.4; PDF/A-2, ISO 19005-2:2011, 6.2.11.6).
"""

from __future__ import annotations

import struct
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from desktop_app.printing.fonts import Face, advances, default_advance, font_file

if TYPE_CHECKING:
    from pikepdf import Dictionary, Pdf

FIELD_FONT = "UtvagField"
"""The name of the face in a form's resources."""

_FIRST, _LAST = 32, 255
_UNUSED = "•"
"""Codes without a sign of their own stand for a bullet (ISO 32000-1:2008, annex D.2, note 3)."""

_NON_SYMBOLIC = 32
_STEM = 80


def can_write(text: str) -> bool:
    """Tell whether a text has only signs that a field can hold."""
    return all(character in _codes() or character == "\n" for character in text)


def in_bytes(text: str) -> bytes:
    """Return a text as a field's appearance writes it; ``KeyError`` for a sign it cannot hold."""
    return bytes(_codes()[character] for character in text)


def field_font(pdf: Pdf) -> Dictionary:
    """Return the face as an object of a PDF."""
    from pikepdf import Array, Dictionary, Name  # when first needed: it takes long

    face = font_file(Face.REGULAR)
    program = pdf.make_stream(_program())
    program.Length1 = len(_program())
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name.NotoSans,
        Flags=_NON_SYMBOLIC,
        FontBBox=Array([round(each) for each in face.bbox]),
        ItalicAngle=0,
        Ascent=round(face.ascent),
        Descent=round(face.descent),
        CapHeight=round(face.capHeight),
        StemV=_STEM,
        FontFile2=program,
    )
    widths, default = advances(Face.REGULAR), default_advance(Face.REGULAR)
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.TrueType,
        BaseFont=Name.NotoSans,
        Encoding=Name.WinAnsiEncoding,
        FirstChar=_FIRST,
        LastChar=_LAST,
        Widths=Array([round(widths.get(ord(sign), default)) for sign in _signs()]),
        FontDescriptor=pdf.make_indirect(descriptor),
    )


@cache
def _signs() -> tuple[str, ...]:
    """Return the sign of each code from 32."""
    codes = (bytes([code]).decode("cp1252", "replace") for code in range(_FIRST, _LAST + 1))
    return tuple(_UNUSED if sign in ("\ufffd", "\x7f") else sign for sign in codes)


@cache
def _codes() -> dict[str, int]:
    found: dict[str, int] = {}
    for code, sign in enumerate(_signs(), start=_FIRST):
        if sign != _UNUSED or code == "•".encode("cp1252")[0]:
            found[sign] = code
    return found


@cache
def _program() -> bytes:
    """Return the face cut down to its signs, as a TrueType file."""
    from reportlab.pdfbase.ttfonts import TTFontMaker

    points = sorted({ord(sign) for sign in _signs()})
    tables = _tables(font_file(Face.REGULAR).makeSubset(points))
    numbers = _numbers_of(tables["cmap"], len(points))
    made = cast("Any", TTFontMaker())
    for tag, table in tables.items():
        made.add(tag, _unicode_table(dict(zip(points, numbers, strict=True))) if tag == "cmap" else table)
    return cast("bytes", made.makeStream())


def _tables(font: bytes) -> dict[str, bytes]:
    count = struct.unpack_from(">H", font, 4)[0]
    found: dict[str, bytes] = {}
    for at in range(12, 12 + 16 * count, 16):
        tag, _, offset, length = struct.unpack_from(">4sLLL", font, at)
        found[tag.decode("ascii")] = font[offset : offset + length]
    return found


def _numbers_of(cmap: bytes, count: int) -> tuple[int, ...]:
    """Return the number of each sign, as ReportLab lists them: one table of format 6, beginning at 0."""
    header, rows = struct.unpack_from(">H", cmap, 12)[0], struct.unpack_from(">H", cmap, 20)[0]
    if (header, rows) != (6, count):
        raise ValueError("ReportLab writes its subsets in another way now")
    return struct.unpack_from(f">{count}H", cmap, 22)


def _unicode_table(numbers: dict[int, int]) -> bytes:
    """Return a ``cmap`` of platform 3, encoding 1, format 4: a segment for each sign, and the one that ends it."""
    points = [*sorted(numbers), 0xFFFF]
    deltas = [(numbers[point] - point) & 0xFFFF for point in points[:-1]] + [1]
    count = len(points)
    power = 1 << (count.bit_length() - 1)
    search = (2 * power, power.bit_length() - 1, 2 * (count - power))
    body = struct.pack(
        f">4H{count}HH{count}H{count}H{count}H",
        2 * count,
        *search,
        *points,
        0,
        *points,
        *deltas,
        *[0] * count,
    )
    return struct.pack(">4HL3H", 0, 1, 3, 1, 12, 4, 6 + len(body), 0) + body
