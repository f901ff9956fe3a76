"""The Swedish catalogue: every .toml below resources/texts/sv, merged and looked up by dotted key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import cast

from desktop_app.definitions.toml_file import place_of, read_toml
from desktop_app.domain.errors import DefinitionFault


class Catalogue:
    """Implements ``desktop_app.domain.texts.Texts``."""

    def __init__(self, entries: Mapping[str, str]) -> None:
        self._entries = dict(entries)

    def get(self, key: str, /, **params: object) -> str:
        """Return the text under ``key`` with its places filled; ``KeyError`` when key or place is missing."""
        text = self._entries[key]
        return text.format_map(params) if params else text

    def has(self, key: str) -> bool:
        """Tell whether the catalogue holds ``key``."""
        return key in self._entries

    def below(self, *beginnings: str) -> dict[str, str]:
        """Return every text whose key begins with one of these; all of them for none."""
        return {key: text for key, text in self._entries.items() if key.startswith(beginnings or "")}


def read_catalogue(folder: Path) -> Catalogue:
    """Read all texts below ``folder``. Raises ``DefinitionFault`` for a key that stands in two files."""
    entries: dict[str, str] = {}
    for path in sorted(folder.rglob("*.toml")):
        node = read_toml(path)
        for key in node.names():
            for dotted, text in _flat(key, node.raw(key), path):
                if dotted in entries:
                    raise DefinitionFault(file=place_of(path), key=dotted, fault="stands in two files")
                entries[dotted] = text
    return Catalogue(entries)


def _flat(key: str, value: object, path: Path) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        for name, inner in cast("dict[str, object]", value).items():
            yield from _flat(f"{key}.{name}", inner, path)
    else:
        raise DefinitionFault(file=place_of(path), key=key, fault="must be text")
