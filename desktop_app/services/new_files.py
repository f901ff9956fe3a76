"""Writes a file the person named: never over another, and nothing left behind where it fails."""

from __future__ import annotations

import errno
from pathlib import Path

from desktop_app.domain.errors import DiskFull, TargetExists, TargetNotWritable


def write_new_file(path: Path, content: bytes) -> None:
    """Write a file that must not exist. Raises ``TargetExists``, ``TargetNotWritable`` or ``DiskFull``."""
    try:
        file = path.open("xb")
    except FileExistsError:
        raise TargetExists(place=str(path)) from None
    except (OSError, ValueError):
        raise TargetNotWritable(place=str(path)) from None
    try:
        with file:
            file.write(content)
    except OSError as failed:
        path.unlink(missing_ok=True)
        full = failed.errno in (errno.ENOSPC, errno.EDQUOT)
        raise (DiskFull() if full else TargetNotWritable(place=str(path))) from None
