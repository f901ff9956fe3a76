"""What a camera writes beside a picture (Exif): the first list of entries, in either order of bytes, and no further.

The bytes come from outside. Where they lie about lengths and places, what is read is short or nothing, never a fault.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

_ORDERS: Final[dict[bytes, Literal["little", "big"]]] = {b"II": "little", b"MM": "big"}
_ENTRY: Final = 12
_MOST_ENTRIES: Final = 200


def entries(tiff: bytes) -> Iterator[tuple[int, int]]:
    """Yield tag and value of each entry; the value as a short number, and 0 where the bytes end before it.

    ``tiff`` begins with its order of bytes (TIFF 6.0, section 2).
    """
    order = _ORDERS.get(tiff[:2])
    if order is None or len(tiff) < 8:
        return
    at = int.from_bytes(tiff[4:8], order)
    for number in range(min(int.from_bytes(tiff[at : at + 2], order), _MOST_ENTRIES)):
        entry = tiff[at + 2 + _ENTRY * number :][:_ENTRY]
        if len(entry) > 1:
            value = entry[8:10] if len(entry) == _ENTRY else b""
            yield int.from_bytes(entry[:2], order), int.from_bytes(value, order)
