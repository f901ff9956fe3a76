"""Logging that cannot carry case data: the fixed words of the call, the class of an error and where it happened.

Arguments, messages of exceptions and local variables are never kept. The lines stay in memory, so that a person
can read them and decide to show them to someone; nothing is written to disk and nothing reaches the terminal.
"""

from __future__ import annotations

import logging
import traceback
from collections import deque
from datetime import UTC, datetime

_KEPT = 200


class CodeLog(logging.Handler):
    """Keeps the newest lines, stripped of everything but code places."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: deque[str] = deque(maxlen=_KEPT)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one line. ``record.msg`` is the literal in the code; its arguments are left out."""
        moment = datetime.fromtimestamp(record.created, UTC).strftime("%H:%M:%S")
        self.lines.append(f"{moment} {record.levelname} {record.name} {record.msg}{_place(record)}")


def _place(record: logging.LogRecord) -> str:
    error = record.exc_info[1] if record.exc_info else None
    if error is None:
        return ""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" {frames[-1].filename.rsplit('/', 1)[-1]}:{frames[-1].lineno}" if frames else ""
    return f" [{type(error).__name__}{where}]"


_LOG = CodeLog()


def begin() -> None:
    """Send all logging into the memory log, and nowhere else."""
    root = logging.getLogger()
    if _LOG not in root.handlers:
        root.handlers = [_LOG]
        root.setLevel(logging.INFO)


def lines() -> tuple[str, ...]:
    """Return the newest lines, oldest first."""
    return tuple(_LOG.lines)
