"""The two faces inside a file: which bytes show which text, and the fonts that hold their signs.

Most texts need only the signs of a fixed first part, made once; what it lacks comes in parts of its own.
"""

from __future__ import annotations

import codecs
import zlib
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from desktop_app.printing.fonts import STAND_IN, Face, font_file
from desktop_app.printing.pdf_file import PdfFile, escaped

if TYPE_CHECKING:
    from collections.abc import Iterator

_NONE = "\ufffe"
"""A code that shows nothing: what ``codecs.charmap_build`` leaves out."""

_USUAL = (
    _NONE * 32
    + "".join(map(chr, range(32, 127)))
    + _NONE
    + "åäöÅÄÖéÉèÈêëÈàáÀâçñíïîóôúüÜøØæÆß"
    + "§–—”“’‘„»«·…•°×÷±½¼¾²³€£µ©®†‰"
    + STAND_IN
)
_FIRST_CODE = 33
_CODES = 256
_SYMBOLIC = 4
_MOST_IN_A_MAP = 100
_SPACES = str.maketrans("\N{NO-BREAK SPACE}", " ")


@cache
def _usual(face: Face) -> tuple[str, Any]:
    """Return the characters of the first part by code, and the table that encodes them."""
    known = font_file(face).charToGlyph
    seen: set[str] = set()
    signs: list[str] = []
    for sign in _USUAL:
        signs.append(sign if sign not in seen and ord(sign) in known else _NONE)
        seen.add(sign)
    by_code = "".join(signs).ljust(_CODES, _NONE)
    return by_code, codecs.charmap_build(by_code)


@dataclass(slots=True)
class EmbeddedFace:
    """One face in one file. ``name`` is what its parts are called on the pages."""

    face: Face
    name: str
    _is_used: bool = False
    _rare: dict[str, tuple[int, int]] = field(default_factory=dict[str, tuple[int, int]])
    _parts: list[list[str]] = field(default_factory=list[list[str]])

    def shown(self, text: str) -> Iterator[tuple[str, bytes]]:
        """Yield the text as runs: the name of a part, and the codes in it as they stand between parentheses."""
        self._is_used = True
        text = text.translate(_SPACES)
        try:
            codes = codecs.charmap_encode(text, "strict", _usual(self.face)[1])[0]
        except UnicodeEncodeError:
            for part, run in self._runs(text):
                yield f"{self.name}{part or ''}", escaped(run)
        else:
            yield self.name, escaped(codes)

    def _runs(self, text: str) -> Iterator[tuple[int, bytes]]:
        now, run = 0, bytearray()
        for sign in text:
            part, code = self._place(sign)
            if part != now and run:
                yield now, bytes(run)
                run.clear()
            now = part
            run.append(code)
        if run:
            yield now, bytes(run)

    def _place(self, sign: str) -> tuple[int, int]:
        """Return the part a sign stands in, 0 for the usual ones, and its code there."""
        code = _usual(self.face)[0].find(sign) if sign != _NONE else -1
        if code >= 0:
            return 0, code
        if sign not in self._rare:
            if not self._parts or len(self._parts[-1]) == _CODES:
                self._parts.append([_NONE] * _FIRST_CODE)
            self._parts[-1].append(sign)
            self._rare[sign] = (len(self._parts), len(self._parts[-1]) - 1)
        return self._rare[sign]

    def write(self, file: PdfFile) -> Iterator[tuple[str, int]]:
        """Write the parts that are used; yield the name and number of each."""
        if not self._is_used:
            return
        yield self.name, _usual_part(self.face).write(file)
        for index, signs in enumerate(self._parts, start=1):
            yield f"{self.name}{index}", _part(self.face, "".join(signs), index).write(file)


@dataclass(frozen=True, slots=True)
class _Part:
    """At most 256 signs of a face, ready to be written into a file."""

    name: bytes
    program: bytes
    plain_length: int
    unicode_map: bytes
    widths: bytes
    last: int
    descriptor: bytes

    def write(self, file: PdfFile) -> int:
        packed = b"/Filter/FlateDecode"
        program = file.add_packed(self.program, b"/Length1 %d" % self.plain_length + packed)
        to_unicode = file.add_packed(self.unicode_map, packed)
        descriptor = file.add(
            b"<</Type/FontDescriptor/FontName/%s/FontFile2 %d 0 R%s>>" % (self.name, program, self.descriptor)
        )
        return file.add(
            b"<</Type/Font/Subtype/TrueType/BaseFont/%s/FirstChar 0/LastChar %d/Widths[%s]/FontDescriptor %d 0 R"
            b"/ToUnicode %d 0 R>>" % (self.name, self.last, self.widths, descriptor, to_unicode)
        )


@cache
def _usual_part(face: Face) -> _Part:
    """Make the usual part once in a run of the program; rare ones differ from print to print."""
    return _part(face, _usual(face)[0], 0)


def _part(face: Face, signs: str, index: int) -> _Part:
    font, signs = font_file(face), signs.rstrip(_NONE)
    subset = [0 if sign == _NONE else ord(sign) for sign in signs]
    program = font.makeSubset(subset)
    tag = "".join(chr(ord("A") + (index // 26**place) % 26) for place in reversed(range(6)))
    name = f"{tag}+{font.name.decode()}".encode()
    box = " ".join(f"{edge:g}" for edge in font.bbox)
    return _Part(
        name=name,
        program=zlib.compress(program, 9),
        plain_length=len(program),
        unicode_map=zlib.compress(_unicode_map(name, signs), 9),
        widths=" ".join(f"{font.getCharWidth(code):g}" for code in subset).encode(),
        last=len(subset) - 1,
        descriptor=(
            f"/Flags {_SYMBOLIC}/FontBBox[{box}]/ItalicAngle {font.italicAngle:g}/Ascent {font.ascent:g}"
            f"/Descent {font.descent:g}/CapHeight {font.capHeight:g}/StemV {font.stemV:g}"
            f"/MissingWidth {font.defaultWidth:g}"
        ).encode(),
    )


def _unicode_map(name: bytes, signs: str) -> bytes:
    """Return the table from codes to characters that search, copying and screen readers go by."""
    pairs = [
        f"<{code:02X}> <{sign.encode('utf-16-be').hex().upper()}>"
        for code, sign in enumerate(signs)
        if sign != _NONE
    ]
    groups = [pairs[at : at + _MOST_IN_A_MAP] for at in range(0, len(pairs), _MOST_IN_A_MAP)]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def",
        f"/CMapName /{name.decode()} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<00> <FF>",
        "endcodespacerange",
        *(line for group in groups for line in (f"{len(group)} beginbfchar", *group, "endbfchar")),
        "endcmap",
        "CMapName currentdict /CMap defineresource pop",
        "end",
        "end",
    ]
    return "\n".join(lines).encode()
