"""Remembers which folder the store lies in. Nothing else is ever written outside the store."""

from __future__ import annotations

import json
from pathlib import Path


def remembered_place(file: Path) -> Path | None:
    """Return the folder last opened; ``None`` when nothing readable is remembered."""
    try:
        folder = json.loads(file.read_text(encoding="utf-8"))["folder"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return Path(folder) if isinstance(folder, str) else None


def remember_place(file: Path, folder: Path) -> None:
    """Remember a folder. A place that cannot be written is no reason to stop: one chooses again next time."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps({"folder": str(folder)}, ensure_ascii=False), encoding="utf-8")
    except OSError:
        return
