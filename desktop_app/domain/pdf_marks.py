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

_WINDOW: Final = 1 << 18
_OVERLAP: Final = 64
_HEX: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_NAMES: Final = {
    Mark.SCRIPT: ("JavaScript", "JS"),
    Mark.LAUNCH: ("Launch",),
    Mark.ATTACHMENT: ("EmbeddedFile", "EmbeddedFiles", "FileAttachment", "Collection"),
    Mark.LINK: ("URI", "GoToR", "GoToE", "SubmitForm", "ImportData"),
    Mark.FORM: ("AcroForm", "XFA"),
    Mark.MEDIA: ("RichMedia", "Movie", "Sound", "3D", "Rendition"),
}
_MARK_OF: Final = {name.encode(): mark for mark, names in _NAMES.items() for name in names}
_NAMED: Final = re.compile(rb"/(" + b"|".join(sorted(_MARK_OF, reverse=True)) + rb")(?![A-Za-z0-9])")
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
    end = _last(content, b"%%EOF")
    if end < 0:
        found.add(Mark.CUT_OFF)
    elif len(content) - end > _TAIL and content[end + 5 : end + _TAIL].strip():
        found.add(Mark.TRAILING)
    return frozenset(found)


def _next(content: bytes, words: bytes, begin: int) -> int:
    """Return where the words stand next, -1 if nowhere; a piece at a time."""
    for at in range(begin, len(content), _WINDOW):
        found = content.find(words, at, at + _WINDOW + len(words))
        if found >= 0:
            return found
    return -1


def _last(content: bytes, words: bytes) -> int:
    """Return where the words stand last, -1 if nowhere; looked for a piece at a time, as above."""
    until = len(content)
    while until > 0:
        begin = max(0, until - _WINDOW)
        found = content.rfind(words, begin, until + len(words))
        if found >= 0:
            return found
        until = begin
    return -1


def _look(piece: bytes, found: set[Mark]) -> None:
    if b"#" in piece:
        piece = _HEX.sub(lambda sign: bytes([int(sign[1], 16)]), piece)
    found.update(_MARK_OF[name[1]] for name in _NAMED.finditer(piece))


def _object_streams(content: bytes) -> list[bytes]:
    unpacked: list[bytes] = []
    at = _next(content, _OBJECT_STREAM, 0)
    for _number in range(MOST_STREAMS):
        if at < 0:
            break
        begins = _BEGINS.match(content, at)
        if begins is not None:
            packed = content[begins.end() : begins.end() + MOST_UNPACKED]
            with suppress(zlib.error):
                unpacked.append(zlib.decompressobj().decompress(packed, MOST_UNPACKED))
        at = _next(content, _OBJECT_STREAM, at + 1)
    return unpacked
