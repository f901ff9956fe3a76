"""What the window and the process that draws documents say to each other: a short head in JSON, and bytes.

Neither trusts the other's lengths: a head is small, and bytes have a ceiling.
"""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Callable
from typing import Any, Final

from desktop_app.domain.documents import MOST_BYTES

MOST_PAGES: Final = 3_000
"""Told of; a longer document is shown so far."""

MOST_POINTS: Final = 12_000_000
"""Points of one picture handed over: four bytes each."""

LONGEST_SIDE: Final = 12_000
MOST_STRETCH: Final = 30.0
"""How many times longer than wide a page is taken to be, or wider than long."""

TOO_SLOW: Final = 1
"""The exit status of a process that stopped itself: the one ``faulthandler`` leaves with."""

A4: Final = (595.0, 842.0)
_LENGTHS: Final = struct.Struct(">II")
_MOST_HEAD: Final = 1 << 20
_MOST_BODY: Final = max(MOST_BYTES, 4 * MOST_POINTS)
_PIECE: Final = 1 << 20

Read = Callable[[int], bytes | None]
Write = Callable[[bytes], int | None]


class TalkEnded(Exception):
    """The other side is gone, or says what cannot be."""


def say(write: Write, head: dict[str, Any], body: bytes = b"") -> None:
    """Say one thing. Raises ``TalkEnded``."""
    words = json.dumps(head).encode()
    _write_all(write, _LENGTHS.pack(len(words), len(body)) + words)
    _write_all(write, body)


def hear(read: Read) -> tuple[dict[str, Any], bytes]:
    """Return the next thing said. Raises ``TalkEnded``."""
    head_length, body_length = _LENGTHS.unpack(_read_all(read, _LENGTHS.size))
    if head_length > _MOST_HEAD or body_length > _MOST_BODY:
        raise TalkEnded
    try:
        head = json.loads(_read_all(read, head_length))
    except (ValueError, RecursionError):
        raise TalkEnded from None
    if not isinstance(head, dict):
        raise TalkEnded
    return head, _read_all(read, body_length)


def page_size(width: object, height: object) -> tuple[float, float]:
    """Return the measures of a page made fit to be shown: a page that cannot be is taken for an A4."""
    if not isinstance(width, int | float) or not isinstance(height, int | float):
        return A4
    if not (math.isfinite(width) and math.isfinite(height)) or width <= 0 or height <= 0:
        return A4
    return max(width, height / MOST_STRETCH), max(height, width / MOST_STRETCH)


def picture_size(width: float, height: float) -> tuple[int, int]:
    """Return measures in points of the screen brought below the ceilings, in the same proportion."""
    width, height = max(1.0, width), max(1.0, height)
    shrink = min(1.0, LONGEST_SIDE / width, LONGEST_SIDE / height, math.sqrt(MOST_POINTS / (width * height)))
    return max(1, int(width * shrink)), max(1, int(height * shrink))


def _write_all(write: Write, data: bytes) -> None:
    left = memoryview(data)
    while left:
        try:
            count = write(left[:_PIECE])  # pyright: ignore[reportArgumentType] - bytes of the same kind
        except (OSError, ValueError):
            raise TalkEnded from None
        if not count:
            raise TalkEnded
        left = left[count:]


def _read_all(read: Read, length: int) -> bytes:
    pieces: list[bytes] = []
    left = length
    while left > 0:
        try:
            piece = read(min(_PIECE, left))
        except (OSError, ValueError):
            raise TalkEnded from None
        if not piece:
            raise TalkEnded
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)
