"""Remembers where the store lies and how many changes it had. Nothing else is written outside the store."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class LastPlace:
    """A store's folder, and the number of its last change when it was closed here, where that is known."""

    folder: Path
    changes: int | None = None


def remembered_place(file: Path) -> Path | None:
    """Return the folder last opened; ``None`` when nothing readable is remembered."""
    last = _read(file)
    return None if last is None else last.folder


def remembered_changes(file: Path, folder: Path) -> int | None:
    """Return how many changes the store in a folder had when it was last closed here, if that is known."""
    last = _read(file)
    return last.changes if last is not None and last.folder == folder else None


def remember_place(file: Path, place: LastPlace) -> None:
    """Remember a place. One that cannot be written is no reason to stop: one chooses again next time."""
    content = {"folder": str(place.folder), "changes": place.changes}
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    except OSError:
        return


def _read(file: Path) -> LastPlace | None:
    try:
        found: Any = json.loads(file.read_text(encoding="utf-8"))
        folder, changes = found["folder"], found.get("changes")
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    if not isinstance(folder, str):
        return None
    return LastPlace(Path(folder), changes if isinstance(changes, int) else None)
