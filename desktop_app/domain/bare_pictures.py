"""A picture without what it tells beside itself: place, time, camera, comments, thumbnails. Not one point changes.

The file is taken apart into its own pieces and put together without those that are not needed to draw it; nothing is
drawn or pressed anew. What stays: the points, their tables and transparency, colour profiles, frames of a moving
picture, and of the camera's data the one number that says which side is up.

Sources: JPEG: ITU-T T.81 annex B and JFIF 1.02; PNG: W3C PNG 3 (2025), 11.3; WebP: RFC 9649. Read 2026-11-22.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from desktop_app.domain.camera_data import entries
from desktop_app.domain.document_errors import DocumentDamaged
from desktop_app.domain.documents import MediaType

_PNG_HEAD: Final = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT: Final = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD hIST pHYs sPLT acTL fcTL fdAT cICP mDCV cLLI".split()
)
_WEBP_KEPT: Final = frozenset((b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
_WEBP_TOLD: Final = 0x08 | 0x04
"""The flags of VP8X that say there are Exif and XMP data."""

_SOS, _EOI, _COM, _APP0, _APP1, _APP2, _APP14, _APP15 = 0xDA, 0xD9, 0xFE, 0xE0, 0xE1, 0xE2, 0xEE, 0xEF
_ALONE: Final = frozenset((0x01, *range(0xD0, 0xD9)))
_ORIENTATION: Final = 0x0112
_EXIF: Final = b"Exif\x00\x00"


def bare_picture(content: bytes, media_type: MediaType) -> bytes:
    """Return a picture with nothing in it but what it takes to draw it.

    Raises:
        DocumentDamaged: it cannot be taken apart; nothing of it is given back.

    """
    take = {MediaType.PNG: _png, MediaType.JPEG: _jpeg, MediaType.WEBP: _webp}[media_type]
    try:
        return take(content)
    except (IndexError, ValueError):
        raise DocumentDamaged from None


def _png(content: bytes) -> bytes:
    if not content.startswith(_PNG_HEAD):
        raise ValueError("no head")
    kept, at = [_PNG_HEAD], len(_PNG_HEAD)
    while True:
        length, name = int.from_bytes(_taken(content, at, 4), "big"), _taken(content, at + 4, 4)
        chunk = _taken(content, at, 12 + length)
        is_needed_to_draw = not name[0] & 0x20
        if name in _PNG_KEPT or is_needed_to_draw:
            kept.append(chunk)
        if name == b"IEND":
            return b"".join(kept)  # what follows the picture is not the picture
        at += len(chunk)


def _webp(content: bytes) -> bytes:
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP":
        raise ValueError("no head")
    end = min(8 + int.from_bytes(_taken(content, 4, 4), "little"), len(content))
    kept, at = [b"WEBP"], 12
    while at + 8 <= end:
        name, length = content[at : at + 4], int.from_bytes(content[at + 4 : at + 8], "little")
        data = _taken(content, at + 8, length)
        if name in _WEBP_KEPT:
            if name == b"VP8X":
                data = bytes((data[0] & ~_WEBP_TOLD,)) + data[1:]
            kept.append(name + len(data).to_bytes(4, "little") + data + b"\x00" * (length % 2))
        at += 8 + length + length % 2
    body = b"".join(kept)
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def _jpeg(content: bytes) -> bytes:
    if content[:2] != b"\xff\xd8":
        raise ValueError("no head")
    kept, way_up = list[bytes](), 1
    for marker, segment in _segments(content):
        if marker == _APP1:
            way_up = _orientation(segment[4:]) or way_up
        elif _draws(marker, segment[4:]):
            kept.append(segment)
    return b"\xff\xd8" + (_only_way_up(way_up) if way_up != 1 else b"") + b"".join(kept)


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield each piece of a JPEG after its first marker, through all its scans to the end; what follows is left."""
    at = 2
    while True:
        while content[at] == 0xFF and content[at + 1] == 0xFF:
            at += 1
        if content[at] != 0xFF:
            raise ValueError("no marker")
        marker = content[at + 1]
        if marker == _EOI:
            yield marker, content[at : at + 2]
            return
        length = 0 if marker in _ALONE else int.from_bytes(_taken(content, at + 2, 2), "big")
        segment = _taken(content, at, 2 + length)
        at += len(segment)
        if marker == _SOS:
            begins, at = at, _end_of_scan(content, at)
            segment += content[begins:at]
        yield marker, segment


def _end_of_scan(content: bytes, at: int) -> int:
    """Return where the next marker after the points stands: neither an FF among them nor a restart."""
    while True:
        at = content.index(b"\xff", at)
        follows = content[at + 1]
        if follows != 0x00 and follows != 0xFF and not 0xD0 <= follows <= 0xD7:
            return at
        at += 1 if follows == 0xFF else 2


def _draws(marker: int, data: bytes) -> bool:
    """Tell whether a segment is needed to draw: all but comments and applications' own, with three exceptions."""
    if marker == _APP0:
        return data.startswith(b"JFIF\x00") and data[12:14] == b"\x00\x00"  # without a thumbnail
    if marker == _APP2:
        return data.startswith(b"ICC_PROFILE\x00")
    if marker == _APP14:
        return data.startswith(b"Adobe")
    return marker != _COM and not _APP0 < marker <= _APP15


def _orientation(data: bytes) -> int | None:
    """Return which side is up by a block of camera data: 1 to 8, ``None`` when it does not say."""
    if not data.startswith(_EXIF):
        return None
    found = (value for tag, value in entries(data[len(_EXIF) :]) if tag == _ORIENTATION)
    value = next(found, 0)
    return value if 1 <= value <= 8 else None


def _only_way_up(orientation: int) -> bytes:
    """Return a block of camera data with the orientation and nothing else."""
    entry = b"\x01\x12\x00\x03\x00\x00\x00\x01" + orientation.to_bytes(2, "big") + b"\x00\x00"
    data = _EXIF + b"MM\x00\x2a\x00\x00\x00\x08" + b"\x00\x01" + entry + b"\x00\x00\x00\x00"
    return b"\xff\xe1" + (len(data) + 2).to_bytes(2, "big") + data


def _taken(content: bytes, at: int, size: int) -> bytes:
    taken = content[at : at + size]
    if len(taken) < size:
        raise ValueError("cut off")
    return taken
