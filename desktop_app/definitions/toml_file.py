"""Reads TOML so that each fault names its file and key. A key that nobody asks for is a fault too."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import cast

from desktop_app.domain.errors import DefinitionFault

Plain = str | int | float | bool | date


class Node:
    """One table of a TOML file, with its place in it. ``done`` refuses keys that were not read."""

    def __init__(self, file: str, place: str, content: Mapping[str, object]) -> None:
        self.file = file
        self.place = place
        self._content = content
        self._read: set[str] = set()

    def fault(self, key: str, what: str) -> DefinitionFault:
        """Return the error for a key of this table, ready to be raised."""
        return DefinitionFault(file=self.file, key=f"{self.place}.{key}".strip("."), fault=what)

    def has(self, key: str) -> bool:
        """Tell whether the table holds a key."""
        return key in self._content

    def names(self) -> tuple[str, ...]:
        """Return the keys of the table in order."""
        return tuple(self._content)

    def raw(self, key: str) -> object:
        """Return whatever stands under a key; a missing key is a fault."""
        self._read.add(key)
        if key not in self._content:
            raise self.fault(key, "missing")
        return self._content[key]

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text."""
        if default is not None and not self.has(key):
            return default
        value = self.raw(key)
        if not isinstance(value, str):
            raise self.fault(key, "must be text")
        return value

    def maybe_text(self, key: str) -> str | None:
        """Return a text, or ``None`` when the key is missing."""
        return self.text(key) if self.has(key) else None

    def number(self, key: str, default: int | None = None) -> int:
        """Return a whole number."""
        if default is not None and not self.has(key):
            return default
        value = self.raw(key)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.fault(key, "must be a whole number")
        return value

    def flag(self, key: str) -> bool:
        """Return true or false; false when the key is missing."""
        if not self.has(key):
            return False
        value = self.raw(key)
        if not isinstance(value, bool):
            raise self.fault(key, "must be true or false")
        return value

    def day(self, key: str) -> date:
        """Return a date."""
        value = self.raw(key)
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.fault(key, "must be a date")
        return value

    def maybe_day(self, key: str) -> date | None:
        """Return a date, or ``None`` when the key is missing."""
        return self.day(key) if self.has(key) else None

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; empty when the key is missing."""
        if not self.has(key):
            return ()
        value = self.raw(key)
        if not isinstance(value, list):
            raise self.fault(key, "must be a list of texts")
        entries = cast("list[object]", value)
        if not all(isinstance(entry, str) for entry in entries):
            raise self.fault(key, "must be a list of texts")
        return tuple(cast("list[str]", entries))

    def child(self, key: str) -> Node:
        """Return the table under a key."""
        value = self.raw(key)
        if not isinstance(value, dict):
            raise self.fault(key, "must be a table")
        return Node(self.file, f"{self.place}.{key}".strip("."), cast("dict[str, object]", value))

    def children(self, key: str) -> tuple[Node, ...]:
        """Return the tables of a list; empty when the key is missing."""
        if not self.has(key):
            return ()
        value = self.raw(key)
        if not isinstance(value, list):
            raise self.fault(key, "must be a list of tables")
        nodes: list[Node] = []
        for number, entry in enumerate(cast("list[object]", value)):
            if not isinstance(entry, dict):
                raise self.fault(key, "must be a list of tables")
            place = f"{self.place}.{key}[{number}]".strip(".")
            nodes.append(Node(self.file, place, cast("dict[str, object]", entry)))
        return tuple(nodes)

    def tables(self, key: str) -> dict[str, Node]:
        """Return the tables under a key by name; empty when the key is missing."""
        if not self.has(key):
            return {}
        parent = self.child(key)
        return {name: parent.child(name) for name in parent.names()}

    def one_of(self, key: str, known: tuple[str, ...], default: str | None = None) -> str:
        """Return a text that must be one of ``known``."""
        value = self.text(key, default)
        if value not in known:
            raise self.fault(key, f"must be one of {', '.join(known)}")
        return value

    def done(self) -> None:
        """Refuse what was not read: a misspelt key must not be lost in silence."""
        for key in self._content:
            if key not in self._read:
                raise self.fault(key, "unknown key")


def place_of(path: Path) -> str:
    """Return a file's place as faults name it: below resources/, so that one v1.toml is told from another."""
    parts = path.parts
    if "resources" in parts:
        return "/".join(parts[len(parts) - parts[::-1].index("resources") :])
    return "/".join(parts[-4:])


MOST_SIGNS = 400_000
"""No file of ours is near it; what is far longer was not written by hand."""

_LINE = re.compile(r"\(at line (\d+), column \d+\)")


def read_toml(path: Path) -> Node:
    """Read a file below resources/. Raises ``DefinitionFault`` when it is missing or no TOML."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError:
        raise DefinitionFault(file=place_of(path), key="", fault="cannot be read") from None
    except UnicodeDecodeError as wrong:
        raise DefinitionFault(file=place_of(path), key="", fault=f"no TOML: {wrong}") from None
    return read_text(text, place_of(path))


def read_text(text: str, file: str) -> Node:
    """Read TOML from a text; ``file`` is what faults name. Raises ``DefinitionFault`` with the line where it breaks."""
    if len(text) > MOST_SIGNS:
        raise DefinitionFault(file=file, key="", fault="too long")
    try:
        content = tomllib.loads(text)
    except RecursionError:
        raise DefinitionFault(file=file, key="", fault="too deep") from None
    except ValueError as wrong:  # besides TOML's own errors, a number too long for Python to read
        line = _LINE.search(str(wrong))
        key = f"line {line[1]}" if line else ""
        raise DefinitionFault(file=file, key=key, fault=f"no TOML: {wrong}") from None
    return Node(file, "", content)
