"""Which medium is at a place now: by a small file it bears, and by the disk it lies on."""

import os
import secrets
from pathlib import Path
from typing import Final

from desktop_app.storage import durable

MARK_FILE_NAME: Final = "minne.sakm"

_ID_CHARACTERS: Final = 32


def new_medium_id() -> str:
    """Draw a name for a medium; it says nothing about anyone."""
    return secrets.token_hex(_ID_CHARACTERS // 2)


def mark_of(place: Path) -> str | None:
    """Return the id that the medium at a place bears, None when it bears none or cannot be read."""
    try:
        with (place / MARK_FILE_NAME).open("rb") as file:
            found = file.read(_ID_CHARACTERS + 2).strip().decode("ascii")
    except (OSError, UnicodeDecodeError):
        return None
    whole = len(found) == _ID_CHARACTERS and set(found) <= set("0123456789abcdef")
    return found if whole else None


def put_mark(place: Path, medium_id: str) -> None:
    """Let the medium at a place bear an id. Raises FolderNotWritable, DiskFull or MediumFailed."""
    path = place / MARK_FILE_NAME
    part = path.with_name(path.name + ".part")
    with durable.writing_in(place):
        durable.write_synced(part, medium_id.encode("ascii") + b"\n")
        durable.replace(part, path)


def on_same_disk(one: Path, other: Path) -> bool:
    """Tell whether two folders lie on the same disk, as far as the system says; False when one is not there."""
    try:
        return os.stat(one).st_dev == os.stat(other).st_dev
    except OSError:
        return False
