"""Reads a file for ``utvag assess``: one person's situation on one day, as JSON.

Every fault names the key and what is wrong, and never repeats what stands there: the file is about a person.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast

from desktop_app.definitions.rules import FactKind, FactKinds
from desktop_app.domain.answers import Value
from desktop_app.domain.errors import AssessFileFault, SourceNotReadable
from desktop_app.domain.rules import Facts

_TOP = {"assessed_on", "facts"}
_TOP_ALLOWED = _TOP | {"id", "title", "expected"}
_MOST_BYTES = 1_000_000
_MOST_YEARS = 130


@dataclass(frozen=True, slots=True)
class AssessFile:
    """The day the table is asked, and the facts; what is not known is ``None``."""

    assessed_on: date
    facts: Facts


def read_assess_file(path: Path, kinds: FactKinds) -> AssessFile:
    """Read a file. Raises ``SourceNotReadable`` or ``AssessFileFault``."""
    try:
        with path.open("rb") as file:
            content = file.read(_MOST_BYTES + 1)
    except (OSError, ValueError):
        raise SourceNotReadable(place=path.name) from None
    return read_assess(content, kinds)


def read_assess(content: bytes, kinds: FactKinds) -> AssessFile:
    """Read the bytes of such a file."""
    top = _object(_json(content), "", _TOP, _TOP_ALLOWED)
    groups = {key.split(".")[0] for key in kinds if "." in key}
    plain = {key for key in kinds if "." not in key}
    facts = _object(top["facts"], "facts", plain | groups, plain | groups)
    flat: dict[str, object] = {key: facts[key] for key in plain}
    for group in sorted(groups):
        inner = {key.split(".")[1] for key in kinds if key.startswith(f"{group}.")}
        table = _object(facts[group], f"facts.{group}", inner, inner)
        flat |= {f"{group}.{key}": value for key, value in table.items()}
    return AssessFile(
        assessed_on=_day(top["assessed_on"], "assessed_on"),
        facts={key: _fact(flat[key], kind) for key, kind in kinds.items()},
    )


def _fault(key: str, fault: str, known: str = "") -> AssessFileFault:
    """Return the error; ``fault`` is a code whose words stand under ``faults.`` in the catalogue."""
    return AssessFileFault(key=key or "$", fault=fault, known=known)


def _json(content: bytes) -> object:
    if len(content) > _MOST_BYTES:
        raise _fault("", "too_large")
    try:
        return cast("object", json.loads(content.decode("utf-8-sig"), object_pairs_hook=_no_twins))
    except (ValueError, RecursionError):
        raise _fault("", "not_json") from None


def _no_twins(pairs: list[tuple[str, object]]) -> dict[str, object]:
    table = dict(pairs)
    if len(table) != len(pairs):
        keys = [key for key, _ in pairs]
        twin = next(key for key in keys if keys.count(key) > 1)
        raise _fault(_safe(twin), "twice")
    return table


def _safe(key: str) -> str:
    """Return a key as it may be shown: one short line without control characters."""
    return "".join(sign for sign in key if sign.isprintable())[:60]


def _object(value: object, key: str, needed: set[str], allowed: set[str]) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise _fault(key, "not_object")
    table = cast("dict[str, object]", value)
    prefix = f"{key}." if key else ""
    for name in table:
        if name not in allowed:
            raise _fault(f"{prefix}{_safe(name)}", "unknown_key")
    for name in sorted(needed):
        if name not in table:
            raise _fault(f"{prefix}{name}", "missing")
    return table


def _fact(value: object, kind: FactKind) -> Value | None:
    key = f"facts.{kind.key}"
    if value is None:
        if kind.nullable:
            return None
        raise _fault(key, "not_one_of", _known(kind))
    if kind.kind == "date":
        return _day(value, key)
    if kind.kind == "whole_number":
        return _age(value, key)
    if not isinstance(value, str) or value not in (*kind.values, kind.unknown):
        raise _fault(key, "not_one_of", _known(kind))
    return None if value == kind.unknown else value


def _known(kind: FactKind) -> str:
    return ", ".join(
        [*kind.values, *([kind.unknown] if kind.unknown else []), *(["null"] if kind.nullable else [])]
    )


def _day(value: object, key: str) -> date:
    try:
        if isinstance(value, str) and len(value) == len("2026-11-01"):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise _fault(key, "not_day")


def _age(value: object, key: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _MOST_YEARS:
        raise _fault(key, "not_age")
    return value
