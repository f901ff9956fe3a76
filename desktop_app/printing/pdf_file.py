"""A PDF file in the making: numbered objects in, bytes out. The same objects give the same bytes.

ReportLab's own writer is built for a few large objects. A tagged page has a thousand small ones, so here they go
together into compressed object streams (ISO 32000-1:2008, 7.5.7 and 7.5.8), each written once.
"""

from __future__ import annotations

import hashlib
import zlib

_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_MOST_IN_A_STREAM = 400
_FREE, _PLAIN, _PACKED = 0, 1, 2


class PdfFile:
    """Objects under numbers, written in one go by :meth:`close`."""

    def __init__(self) -> None:
        self._small: dict[int, bytes] = {}
        self._streams: dict[int, bytes] = {}
        self._count = 0

    def reserve(self, count: int = 1) -> int:
        """Return the first of ``count`` numbers that are given an object later."""
        first = self._count + 1
        self._count += count
        return first

    def put(self, number: int, content: bytes) -> None:
        """Set the object of a reserved number."""
        self._small[number] = content

    def add(self, content: bytes) -> int:
        """Take an object and return its number."""
        number = self.reserve()
        self._small[number] = content
        return number

    def add_stream(self, data: bytes, entries: bytes = b"") -> int:
        """Take a stream of bytes, compress it, and return its number."""
        return self.add_packed(zlib.compress(data), entries + b"/Filter/FlateDecode")

    def add_packed(self, data: bytes, entries: bytes) -> int:
        """Take a stream whose bytes stand as its ``entries`` say, and return its number."""
        number = self.reserve()
        self._streams[number] = b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(data), data)
        return number

    def close(self, root: int, info: int) -> bytes:
        """Return the whole file. ``root`` is its catalogue, ``info`` its title and producer."""
        where = self._pack()
        parts, at = [_HEADER], len(_HEADER)
        for number, content in self._streams.items():
            where[number] = (_PLAIN, at, 0)
            parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, content))
            at += len(parts[-1])
        digest = hashlib.sha256(b"".join(parts)).hexdigest()[:32].encode()
        table = self.reserve()
        where[table] = (_PLAIN, at, 0)
        rows = [b"\x00\x00\x00\x00\x00\xff\xff"]
        rows += [_row(*where[number]) for number in range(1, table + 1)]
        data = zlib.compress(b"".join(rows))
        parts.append(
            b"%d 0 obj\n<</Type/XRef/Size %d/W[1 4 2]/Root %d 0 R/Info %d 0 R/ID[<%s><%s>]/Filter/FlateDecode"
            b"/Length %d>>stream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n"
            % (table, table + 1, root, info, digest, digest, len(data), data, at)
        )
        return b"".join(parts)

    def _pack(self) -> dict[int, tuple[int, int, int]]:
        """Lay the small objects into streams and return where each stands: kind, stream, place in it."""
        where: dict[int, tuple[int, int, int]] = {}
        numbers = sorted(self._small)
        for start in range(0, len(numbers), _MOST_IN_A_STREAM):
            group = numbers[start : start + _MOST_IN_A_STREAM]
            contents = [self._small[number] for number in group]
            places: list[str] = []
            at = 0
            for number, content in zip(group, contents, strict=True):
                places.append(f"{number} {at}")
                at += len(content) + 1
            head = " ".join(places).encode() + b"\n"
            entries = b"/Type/ObjStm/N %d/First %d" % (len(group), len(head))
            stream = self.add_stream(head + b"\n".join(contents), entries)
            where.update((number, (_PACKED, stream, place)) for place, number in enumerate(group))
        return where


def _row(kind: int, where: int, place: int) -> bytes:
    return bytes((kind,)) + where.to_bytes(4, "big") + place.to_bytes(2, "big")


def literal(words: str) -> bytes:
    """Return a text string (ISO 32000-1:2008, 7.9.2.2): plain when it is ASCII, else UTF-16."""
    if words.isascii():
        return b"(" + escaped(words.encode()).replace(b"\r", b"\\r").replace(b"\n", b"\\n") + b")"
    return b"<feff" + words.encode("utf-16-be", "replace").hex().encode() + b">"


def escaped(codes: bytes) -> bytes:
    """Return bytes as they stand between parentheses."""
    if b"\\" in codes or b"(" in codes or b")" in codes:
        return codes.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return codes
