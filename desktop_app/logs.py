"""Logging that cannot carry case data: the fixed words of the call, the class of an error and where it happened.

Arguments, messages of exceptions and local variables are never kept. The lines stay in memory until the store takes
them (``services.log_lines``); nothing is written elsewhere and nothing but a neutral line reaches the terminal.
"""

from __future__ import annotations

import logging
import sys
import threading
import warnings
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PureWindowsPath
from types import TracebackType

from desktop_app.domain.errors import AppError

_KEPT = 400
_OWN = ("desktop_app", "ui", "__main__")
_NOT_OURS = "said something"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Line:
    """When, how grave, which module, its fixed words, the class, place and stable code of an error."""

    at: datetime
    level: str
    source: str
    words: str
    error: str = ""
    spot: str = ""
    code: str = ""

    def __str__(self) -> str:
        fault = f" [{self.error} {self.spot}]" if self.error else ""
        return f"{self.at:%H:%M:%S} {self.level} {self.source} {self.words}{fault}"


class CodeLog(logging.Handler):
    """Keeps the newest lines, stripped of everything but code places."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: deque[Line] = deque(maxlen=_KEPT)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one line. Our own ``record.msg`` is the literal in the code; a library's may be made of values."""
        is_own = record.name.split(".")[0] in _OWN
        error = record.exc_info[1] if record.exc_info else None
        self.lines.append(
            Line(
                at=datetime.fromtimestamp(record.created, UTC),
                level=record.levelname,
                source=record.name,
                words=str(record.msg) if is_own else _NOT_OURS,
                error=type(error).__name__ if error is not None else "",
                spot=spot_of(error) if error is not None else "",
                code=error.code if isinstance(error, AppError) else "",
            )
        )


_LOG = CodeLog()


def spot_of(error: BaseException) -> str:
    """Return the innermost place of our own code an error passed, else where it arose: ``vault.py:88``."""
    spots: list[tuple[bool, str]] = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        is_own = str(trace.tb_frame.f_globals.get("__name__", "")).split(".")[0] in _OWN
        # A Windows path also splits at a slash, so it reads the paths of every system.
        spots.append((is_own, f"{PureWindowsPath(code.co_filename).name}:{trace.tb_lineno}"))
        trace = trace.tb_next
    own = [spot for is_own, spot in spots if is_own]
    return (own or [spot for _, spot in spots] or [""])[-1]


def begin() -> None:
    """Send all logging into the memory log, and nowhere else."""
    logging.raiseExceptions = False  # or a line that cannot be made is printed with all its arguments
    root = logging.getLogger()
    if _LOG not in root.handlers:
        root.handlers = [_LOG]
        root.setLevel(logging.INFO)


def lines() -> tuple[str, ...]:
    """Return the newest lines as text, oldest first."""
    return tuple(str(line) for line in _LOG.lines)


def take() -> tuple[Line, ...]:
    """Hand over the lines in memory, oldest first, and forget them."""
    taken: list[Line] = []
    while _LOG.lines:
        taken.append(_LOG.lines.popleft())
    return tuple(taken)


def give_back(taken: Iterable[Line]) -> None:
    """Remember again what could not be kept elsewhere."""
    _LOG.lines.extendleft(reversed(tuple(taken)))


def catch_what_nobody_catches() -> Callable[[], None]:
    """Log errors and warnings that Python would print with all they say. Returns what undoes it.

    Holds for the main thread, other threads, and finalizers.
    """
    former = (sys.excepthook, threading.excepthook, sys.unraisablehook, warnings.showwarning)
    sys.excepthook = _uncaught
    threading.excepthook = lambda caught: _keep("a thread ended with an error", caught.exc_value)
    sys.unraisablehook = lambda caught: _keep("an error in a finalizer", caught.exc_value)
    warnings.showwarning = _warned

    def undo() -> None:
        sys.excepthook, threading.excepthook, sys.unraisablehook, warnings.showwarning = former

    return undo


def _uncaught(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
    _keep("an error nobody caught", error)
    sys.stderr.write(f"{type(error).__name__} {spot_of(error)}\n")


def _keep(words: str, error: BaseException | None) -> None:
    _log.error(words, exc_info=error)


def _warned(*_words: object) -> None:
    _log.warning("a library warned")
