"""Looks for words in the bytes of files, in every dress they may wear."""

import base64
from collections.abc import Iterable
from pathlib import Path


def dresses(word: str) -> set[bytes]:
    """The bytes a word may stand as: encodings, cases, hexadecimal, and base64 at each of its three phases."""
    plain: set[bytes] = set()
    for spelling in {word, word.lower(), word.upper(), word.casefold()}:
        for encoding in ("utf-8", "utf-16-le", "utf-16-be", "latin-1"):
            plain.add(spelling.encode(encoding))
        plain.add(spelling.encode("unicode_escape"))
        plain.add(spelling.encode("ascii", "xmlcharrefreplace"))
    found = set(plain)
    for data in plain:
        found |= {data.hex().encode(), data.hex().upper().encode()}
        for phase in range(3):
            whole = base64.b64encode(bytes(phase) + data)
            # Only the signs that stand for the word alone, whatever comes before and after it.
            found.add(whole[(0, 2, 3)[phase] : (len(data) + phase) // 3 * 4])
    return {form for form in found if len(form) >= 6}


def found_in(data: bytes, words: Iterable[str]) -> set[str]:
    """The words that stand in some dress in the bytes."""
    return {word for word in words if any(form in data for form in dresses(word))}


def found_below(folders: Iterable[Path], words: Iterable[str]) -> dict[str, set[str]]:
    """The words found in each file (or file name) below some folders."""
    wanted = tuple(words)
    leaks: dict[str, set[str]] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            data = path.read_bytes() if path.is_file() else b""
            words_there = found_in(str(path.relative_to(folder)).encode() + b"\n" + data, wanted)
            if words_there:
                leaks[str(path)] = words_there
    return leaks
