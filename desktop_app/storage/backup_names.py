"""Names of backup files: neutral words, a date and a number, nothing about anyone."""

import re
from datetime import datetime
from pathlib import Path
from typing import Final

SUFFIX: Final = ".sakb"

_NAME: Final = re.compile(r"kopia-(\d{4}-\d{2}-\d{2})-(\d{4,12})\.sakb")


def backup_name(now: datetime, sequence: int) -> str:
    """Return the name of backup number ``sequence``, made on ``now``'s local date."""
    return f"kopia-{now.date().isoformat()}-{sequence:04d}{SUFFIX}"


def sequence_of(name: str) -> int | None:
    """Return the number in a backup's name, None for a file of another name."""
    match = _NAME.fullmatch(name)
    return int(match[2]) if match else None


def backups_in(folder: Path) -> list[Path]:
    """Return the backups in a folder, newest number first. By number, not by clock: clocks are set back."""
    numbered = [(sequence_of(path.name), path) for path in folder.iterdir()]
    found = [(number, path) for number, path in numbered if number is not None]
    return [path for _, path in sorted(found, reverse=True)]


def highest_sequence(folder: Path) -> int:
    """Return the highest number among the backups in a folder, 0 when there are none."""
    return max((sequence_of(path.name) or 0 for path in backups_in(folder)), default=0)
