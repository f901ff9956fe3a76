"""Looks for words in bytes, in every dress they may wear on their way to a disk: twelve encodings."""

import base64
import json
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from urllib.parse import quote

_SHORTEST = 6
_MOST_UNPACKED = 8 * 1024 * 1024
_COMPRESSED = re.compile(rb"\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08")

#: The plain dresses; each is also looked for in lower and in upper case.
PLAIN: dict[str, Callable[[str], bytes]] = {
    "utf-8": lambda word: word.encode(),
    "utf-16-le": lambda word: word.encode("utf-16-le"),
    "utf-16-be": lambda word: word.encode("utf-16-be"),
    "latin-1": lambda word: word.encode("latin-1", "replace"),
    "percent": lambda word: quote(word).encode(),
    "json": lambda word: json.dumps(word)[1:-1].encode(),
}
ENCODINGS = (*PLAIN, "lower case", "hex", "base64 at 0", "base64 at 1", "base64 at 2", "zlib")


@cache
def dressed(word: str) -> dict[str, frozenset[bytes]]:
    """The bytes a word may stand as, by the name of the encoding; ``zlib`` is a matter of the data instead."""
    forms: dict[str, set[bytes]] = {name: {dress(word), dress(word.upper())} for name, dress in PLAIN.items()}
    forms["lower case"] = {dress(word.lower()) for dress in PLAIN.values()}
    forms["lower case"] |= {
        word.encode("unicode_escape"),
        word.encode("ascii", "xmlcharrefreplace"),
        quote(word).lower().encode(),
    }
    plain = set().union(*forms.values())
    forms["hex"] = {each for data in plain for each in (data.hex().encode(), data.hex().upper().encode())}
    for phase in range(3):
        forms[f"base64 at {phase}"] = {_base64(data, phase) for data in plain}
    return {
        name: frozenset(each for each in found if len(each) >= _SHORTEST) for name, found in forms.items()
    }


def dresses(word: str) -> set[bytes]:
    """All the bytes a word may stand as."""
    return set().union(*dressed(word).values())


def _base64(data: bytes, phase: int) -> bytes:
    # Only the signs that stand for the word alone, whatever comes before and after it.
    whole = base64.b64encode(bytes(phase) + data)
    return whole[(0, 2, 3)[phase] : (len(data) + phase) * 4 // 3]


def unpacked(data: bytes) -> Iterator[bytes]:
    """What lies in each compressed stream (zlib or gzip) that begins somewhere in the bytes."""
    for start in _COMPRESSED.finditer(data):
        opener = zlib.decompressobj(wbits=47)  # either kind of head
        found = bytearray()
        try:
            found += opener.decompress(data[start.start() :], _MOST_UNPACKED)
        except zlib.error:
            continue  # chance bytes, or a stream that is no such stream
        if found:
            yield bytes(found)


def hits(data: bytes, words: Iterable[str]) -> dict[str, set[str]]:
    """The words that stand in the bytes, each with the encodings it was found in."""
    wanted = tuple(words)
    found: dict[str, set[str]] = {}
    layers = [(None, data), *(("zlib", inner) for inner in unpacked(data))]
    for layer, content in layers:
        for word in wanted:
            names = {name for name, forms in dressed(word).items() if any(form in content for form in forms)}
            if names:
                found.setdefault(word, set()).update({layer} if layer else names)
    return found


def found_in(data: bytes, words: Iterable[str]) -> set[str]:
    """The words that stand in some dress in the bytes."""
    return set(hits(data, words))


def found_below(folders: Iterable[Path], words: Iterable[str]) -> dict[str, set[str]]:
    """The words found in each file (or file name) below some folders."""
    wanted = tuple(words)
    leaks: dict[str, set[str]] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            data = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
            words_there = found_in(str(path.relative_to(folder)).encode() + b"\n" + data, wanted)
            if words_there:
                leaks[str(path)] = words_there
    return leaks
