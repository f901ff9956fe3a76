"""Writes a rule set as TOML: what a municipality changes in fields becomes the text that is read, checked and kept.

Only the shapes a rule set has: plain values, lists of texts, tables, and lists of tables. Conditions stand on a line of
their own, as in the files that came with the program.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from typing import cast

Document = dict[str, object]
"""A rule set as TOML holds it: tables of plain values."""

_BARE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")
_ESCAPED = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def read_document(text: str) -> Document:
    """Return the tables of a text that was read before; ``ValueError`` when it is no TOML."""
    return tomllib.loads(text)


def write_document(document: Mapping[str, object]) -> str:
    """Return the TOML of a document; reading it gives the same document again."""
    plain = {key: value for key, value in document.items() if not _is_section(value)}
    sections = {key: value for key, value in document.items() if _is_section(value)}
    blocks = ["".join(f"{_key(key)} = {_value(value)}\n" for key, value in plain.items())]
    for key, value in sections.items():
        blocks.extend(_section(key, value))
    return "\n".join(block for block in blocks if block)


def _is_section(value: object) -> bool:
    return isinstance(value, dict) or _is_tables(value)


def _is_tables(value: object) -> bool:
    entries = _list(value)
    return bool(entries) and all(isinstance(each, dict) for each in entries)


def _section(key: str, value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield _table(f"[{_key(key)}]", cast("Document", value))
        return
    for each in _list(value):
        yield _table(f"[[{_key(key)}]]", cast("Document", each))


def _table(head: str, table: Mapping[str, object]) -> str:
    return f"{head}\n" + "".join(f"{_key(key)} = {_value(value)}\n" for key, value in table.items())


def _list(value: object) -> list[object]:
    return cast("list[object]", value) if isinstance(value, list) else []


def _key(key: str) -> str:
    return key if key and set(key) <= _BARE else _text(key)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, int | float | date):
        return value.isoformat() if isinstance(value, date) else str(value)
    if isinstance(value, dict):
        inner = ", ".join(f"{_key(key)} = {_value(each)}" for key, each in cast("Document", value).items())
        return f"{{ {inner} }}" if inner else "{}"
    if not isinstance(value, list):
        raise TypeError(type(value).__name__)
    return f"[{', '.join(_value(each) for each in _list(cast('object', value)))}]"


def _text(text: str) -> str:
    signs = (_ESCAPED.get(sign) or (sign if sign.isprintable() else _by_number(sign)) for sign in text)
    return f'"{"".join(signs)}"'


def _by_number(sign: str) -> str:
    return f"\\u{ord(sign):04x}" if ord(sign) < 0x10000 else f"\\U{ord(sign):08x}"
