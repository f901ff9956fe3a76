"""The one file outside the store that tells of errors: those that keep the program from starting.

Each line: moment, version, code, class of the error, place in the code. Never what the error says. The file lies in the
program's own settings folder and never grows beyond ``MOST_BYTES``.
"""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path
from typing import Final

from desktop_app import logs
from desktop_app.logs import Line
from desktop_app.version import VERSION

FILE_NAME: Final = "startfel.txt"
MOST_BYTES: Final = 64 * 1024
PROGRAM: Final = "Utväg"


def config_folder() -> Path:
    """Return the folder of the program's own settings, found without Qt: it may be Qt that does not start."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    else:
        base = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return Path(base) / PROGRAM


def leave(folder: Path) -> None:
    """Write down the warnings and errors in memory, which no store has taken."""
    for line in logs.take():
        if line.error and logging.getLevelName(line.level) >= logging.WARNING:
            note(folder, VERSION, line)


def note(folder: Path, version: str, line: Line) -> None:
    """Add a line of the log; the oldest go when there are too many. A folder that refuses is no reason to fail."""
    moment = line.at.astimezone()
    words = f"{moment:%Y-%m-%d %H:%M:%S} {version} {line.code or 'unexpected'} {line.error} {line.spot}\n"
    path = folder / FILE_NAME
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        whole = path.read_bytes() if path.exists() else b""
        whole = _without_oldest(whole + words.encode())
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(whole)
    except OSError:
        return


def _without_oldest(whole: bytes) -> bytes:
    if len(whole) <= MOST_BYTES:
        return whole
    kept = whole[-MOST_BYTES:]
    return kept[kept.index(b"\n") + 1 :]
