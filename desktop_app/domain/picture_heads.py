"""The measures of a picture read from its first bytes, so that a bomb is refused before anything is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from desktop_app.domain.camera_data import entries
from desktop_app.domain.document_errors import DocumentDamaged, PictureTooLarge
from desktop_app.domain.documents import Mark, MediaType

MOST_POINTS: Final = 120_000_000
"""A telephone of 108 million points passes; drawn it takes half a gigabyte for a moment."""

MOST_SIDE: Final = 40_000
_MOST_CHUNKS: Final = 200_000
_MOST_SEGMENTS: Final = 10_000
_GPS: Final = 0x8825
_FRAME_MARKERS: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def check_picture(content: bytes, media_type: MediaType) -> frozenset[Mark]:
    """Return what the picture holds beside itself.

    Raises:
        PictureTooLarge: more points than is safe to draw, by its own measures.
        DocumentDamaged: cut off, or its measures cannot be read.

    """
    look = {MediaType.PNG: _png, MediaType.JPEG: _jpeg, MediaType.WEBP: _webp}[media_type]
    try:
        width, height, marks = look(content)
    except (IndexError, ValueError):
        raise DocumentDamaged from None
    if width <= 0 or height <= 0:
        raise DocumentDamaged
    if width * height > MOST_POINTS or max(width, height) > MOST_SIDE:
        raise PictureTooLarge(most=MOST_POINTS // 1_000_000)
    return frozenset(marks)


def _number(content: bytes, at: int, size: int) -> int:
    taken = content[at : at + size]
    if len(taken) < size:
        raise ValueError("cut off")
    return int.from_bytes(taken, "big")


def _png(content: bytes) -> tuple[int, int, set[Mark]]:
    if content[12:16] != b"IHDR":
        raise ValueError("no head")
    marks: set[Mark] = set()
    at, has_data = 8, False
    for _number_of_chunk in range(_MOST_CHUNKS):
        length, name = _number(content, at, 4), content[at + 4 : at + 8]
        after = at + 12 + length
        if after > len(content):
            raise ValueError("cut off")
        if name == b"IDAT":
            has_data = True
        elif name == b"eXIf" and _tells_place(content[at + 8 : after - 4]):
            marks.add(Mark.LOCATION)
        elif name == b"acTL":
            marks.add(Mark.MOVING)
        elif name == b"IEND":
            break
        at = after
    else:
        raise ValueError("no end")
    if not has_data:
        raise ValueError("no picture")
    if content[after:].strip(b"\x00\r\n "):
        marks.add(Mark.TRAILING)
    return _number(content, 16, 4), _number(content, 20, 4), marks


def _jpeg(content: bytes) -> tuple[int, int, set[Mark]]:
    marks: set[Mark] = set()
    width = height = 0
    for marker, at, length in _segments(content):
        if marker in _FRAME_MARKERS:
            height, width = _number(content, at + 1, 2), _number(content, at + 3, 2)
        elif marker == 0xE1 and content[at : at + 6] == b"Exif\x00\x00":
            if _tells_place(content[at + 6 : at + length]):
                marks.add(Mark.LOCATION)
        elif marker == 0xDA:
            end = content.rfind(b"\xff\xd9", at)
            if end < 0:
                raise ValueError("cut off")
            if content[end + 2 :].strip(b"\x00\r\n "):
                marks.add(Mark.TRAILING)
            return width, height, marks
    raise ValueError("no picture")


def _segments(content: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield marker, place and length of each segment before the picture's own bytes, and of their beginning."""
    at = 2
    for _number_of_segment in range(_MOST_SEGMENTS):
        while content[at] == 0xFF and content[at + 1] == 0xFF:
            at += 1
        if content[at] != 0xFF:
            raise ValueError("no marker")
        marker = content[at + 1]
        if marker == 0x01 or 0xD0 <= marker <= 0xD8:
            at += 2
            continue
        length = _number(content, at + 2, 2)
        yield marker, at + 4, length - 2
        at += 2 + max(2, length)


def _webp(content: bytes) -> tuple[int, int, set[Mark]]:
    size = int.from_bytes(content[4:8], "little") + 8
    if size > len(content) + 1 or size < 30:
        raise ValueError("cut off")
    marks: set[Mark] = {Mark.TRAILING} if content[size + 1 :].strip(b"\x00\r\n ") else set()
    name = content[12:16]
    if name == b"VP8X":
        if content[20] & 0x02:
            marks.add(Mark.MOVING)
        exif = content.find(b"EXIF", 30, size) if content[20] & 0x08 else -1
        if exif >= 0 and _tells_place(content[exif + 8 : size].removeprefix(b"Exif\x00\x00")):
            marks.add(Mark.LOCATION)
        width, height = (int.from_bytes(content[at : at + 3], "little") + 1 for at in (24, 27))
    elif name == b"VP8L":
        bits = int.from_bytes(content[21:25], "little")
        width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    elif name == b"VP8 ":
        width, height = (int.from_bytes(content[at : at + 2], "little") & 0x3FFF for at in (26, 28))
    else:
        raise ValueError("no picture")
    return width, height, marks


def _tells_place(exif: bytes) -> bool:
    """Tell whether a block of camera data points to one of positions (the tag GPSInfo in its first list)."""
    return any(tag == _GPS for tag, _value in entries(exif))
