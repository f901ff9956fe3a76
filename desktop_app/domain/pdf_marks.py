"""What a PDF holds beside its pages. Only told, never needed: the program that draws pages runs and follows nothing.

The names are looked for as they stand in the file and in its object streams, which are unpacked to a limit.
"""

from __future__ import annotations

import re
import zlib
from contextlib import suppress
from typing import Final

from desktop_app.domain.documents import Mark

MOST_STREAMS: Final = 400
MOST_UNPACKED: Final = 256 * 1024
"""Of each object stream; a bomb gives no more than this."""

_WINDOW: Final = 1 << 20
_OVERLAP: Final = 64
_HEX: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_NAMES: Final[tuple[tuple[re.Pattern[bytes], Mark], ...]] = tuple(
    (re.compile(rb"/(?:" + names + rb")(?![A-Za-z0-9])"), mark)
    for names, mark in (
        (rb"JavaScript|JS", Mark.SCRIPT),
        (rb"Launch", Mark.LAUNCH),
        (rb"EmbeddedFiles?|FileAttachment|Collection", Mark.ATTACHMENT),
        (rb"URI|GoToR|GoToE|SubmitForm|ImportData", Mark.LINK),
        (rb"AcroForm|XFA", Mark.FORM),
        (rb"RichMedia|Movie|Sound|3D|Rendition", Mark.MEDIA),
    )
)
_OBJECT_STREAM: Final = b"/ObjStm"
_BEGINS: Final = re.compile(rb".{0,400}?stream\r?\n", re.S)
_TAIL: Final = 2048


def marks_of(content: bytes) -> frozenset[Mark]:
    """Return what the file holds beside its pages."""
    found: set[Mark] = set()
    for at in range(0, len(content), _WINDOW):
        # Piece by piece: one search through fifty megabytes would hold up the window.
        piece = content[at : at + _WINDOW + _OVERLAP]
        _look(piece, found)
    for unpacked in _object_streams(content):
        _look(unpacked, found)
    end = content.rfind(b"%%EOF")
    if end < 0:
        found.add(Mark.CUT_OFF)
    elif len(content) - end > _TAIL and content[end + 5 :].strip():
        found.add(Mark.TRAILING)
    return frozenset(found)


def _look(piece: bytes, found: set[Mark]) -> None:
    if b"#" in piece:
        piece = _HEX.sub(lambda sign: bytes([int(sign[1], 16)]), piece)
    for pattern, mark in _NAMES:
        if mark not in found and pattern.search(piece):
            found.add(mark)


def _object_streams(content: bytes) -> list[bytes]:
    unpacked: list[bytes] = []
    at = content.find(_OBJECT_STREAM)
    for _number in range(MOST_STREAMS):
        if at < 0:
            break
        begins = _BEGINS.match(content, at)
        if begins is not None:
            packed = content[begins.end() : begins.end() + MOST_UNPACKED]
            with suppress(zlib.error):
                unpacked.append(zlib.decompressobj().decompress(packed, MOST_UNPACKED))
        at = content.find(_OBJECT_STREAM, at + 1)
    return unpacked
