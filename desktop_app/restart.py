"""Ends this process and begins a fresh one at the lock screen, or begins one beside it that draws documents.

What Python and Qt have held of a case cannot be wiped from memory, so a lock does not end with a closed store but
with a new process. What is handed over stands on its command line: a folder, a neutral word and a place on the
screen. Never a name, never a secret.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import subprocess

DRAWING: Final = "--draw-documents"
"""What the process that draws documents is started with, and nothing else."""

Rectangle = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Handover:
    """The store's folder, why it was locked, and where the window stood (left, top, width, height)."""

    folder: Path
    reason: str
    window: Rectangle | None = None


def words_for(handover: Handover) -> list[str]:
    """Return the handover as words of a command line, see ``commands.arguments``."""
    words = ["--store", str(handover.folder), "--locked", handover.reason]
    if handover.window is not None:
        words += ["--window", ",".join(str(number) for number in handover.window)]
    return words


def read_rectangle(words: str) -> Rectangle | None:
    """Return the place of a window as written by ``words_for``; ``None`` for anything else."""
    try:
        left, top, width, height = (int(number) for number in words.split(","))
    except ValueError:
        return None
    return (left, top, width, height)


def program_words(started_as: Sequence[str], own: Sequence[str]) -> list[str]:
    """Return the words that start this program again: all it was started with but its ``own`` arguments.

    Holds for ``python -m desktop_app``, for the ``utvag`` launcher and for the built program alike.
    """
    words = [sys.executable, *started_as[1 : len(started_as) - len(own)]]
    return [*words[:-1], "desktop_app"] if words[-2:] == ["-m", "ui"] else words


def replace_process(handover: Handover) -> None:
    """Become the fresh process; everything must be closed by now. Raises ``OSError`` when it cannot be started."""
    words = [*program_words(sys.orig_argv, sys.argv[1:]), *words_for(handover)]
    if sys.platform == "win32":  # where a process cannot change its image: a successor, then the end
        import subprocess

        subprocess.Popen(words, close_fds=True)  # noqa: S603 - the program itself, with words of its own
        os._exit(0)
    os.execv(words[0], words)  # noqa: S606 - as above


def start_drawing() -> subprocess.Popen[bytes]:
    """Start this program beside itself, to draw one document it is handed through a pipe. Raises ``OSError``.

    Neither the document nor anything about it stands on the command line. What it would say on its own is not heard.
    """
    import subprocess

    words = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "desktop_app"]
    quiet = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    return subprocess.Popen(  # noqa: S603 - the program itself, with one fixed word
        [*words, DRAWING],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
        cwd=Path(__file__).resolve().parents[1],
        creationflags=quiet,
    )
