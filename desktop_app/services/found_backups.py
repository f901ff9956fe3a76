"""Copies that lie in folders and on sticks, found without a store: for who has a paper, a stick and a new computer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop_app.domain.errors import AppError
from desktop_app.storage.backup_names import SUFFIX
from desktop_app.storage.backup_reading import read_backup

MARK_LENGTH = 8
"""How much of a store's id stands on its recovery sheet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundBackup:
    """A file that says it is a copy. Nothing in it is proved before it has been opened.

    ``store_mark`` is the mark that stands on the recovery sheet too. ``error_code`` tells why a file cannot be
    read; then the rest is not known.
    """

    path: Path
    size: int
    sequence: int = 0
    made_at: datetime | None = None
    store_mark: str = ""
    error_code: str = ""


def found_in(folders: Iterable[Path]) -> tuple[FoundBackup, ...]:
    """Return the copies in folders and in the folders right below them, the newest number first.

    A folder that cannot be read holds none. Of each copy only the ends are read, so a full stick takes no time.
    """
    seen: dict[Path, FoundBackup] = {}
    for folder in folders:
        for path in _copies_below(folder):
            if path not in seen:
                seen[path] = look_at(path)
    return tuple(
        sorted(seen.values(), key=lambda found: (found.error_code == "", found.sequence), reverse=True)
    )


def look_at(path: Path) -> FoundBackup:
    """Return what a file says of itself."""
    try:
        report = read_backup(path).report(path)
    except AppError as refused:
        return FoundBackup(path=path, size=_size_of(path), error_code=refused.code)
    return FoundBackup(
        path=path,
        size=report.size_bytes,
        sequence=report.sequence,
        made_at=datetime.fromisoformat(report.made_local),
        store_mark=report.vault_id[:MARK_LENGTH],
    )


def _copies_below(folder: Path) -> Iterator[Path]:
    for inner in (folder, *_folders_in(folder)):
        yield from _files_in(inner)


def _folders_in(folder: Path) -> list[Path]:
    try:
        return sorted(each for each in folder.iterdir() if not each.name.startswith(".") and each.is_dir())
    except OSError:
        return []


def _files_in(folder: Path) -> list[Path]:
    try:
        return sorted(each for each in folder.iterdir() if each.suffix == SUFFIX and each.is_file())
    except OSError:
        return []


def _size_of(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
