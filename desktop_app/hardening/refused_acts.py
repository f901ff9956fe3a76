"""Refuses what the program never does: to connect, to start other programs, to write the registry, to unpickle.

Python tells an audit hook of each such act before it is done. Qt's own calls and those of compiled libraries pass
unseen, so this is a net for our own mistakes and for Python code that came along, not a wall.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_CONNECTS: Final = frozenset(
    {
        "ftplib.connect",
        "http.client.connect",
        "imaplib.open",
        "nntplib.connect",
        "poplib.connect",
        "smtplib.connect",
        "telnetlib.Telnet.open",
        "urllib.Request",
        "webbrowser.open",
    }
)
_STARTS: Final = frozenset({"_winapi.CreateProcess", "os.exec", "os.posix_spawn", "subprocess.Popen"})
_OTHERWISE_STARTS: Final = frozenset(
    {
        "os.fork",
        "os.forkpty",
        "os.spawn",
        "os.startfile",
        "os.startfile/2",
        "os.system",
        "pty.spawn",
    }
)
_WRITES_REGISTRY: Final = frozenset(
    {
        "winreg.ConnectRegistry",
        "winreg.CreateKey",
        "winreg.DeleteKey",
        "winreg.DeleteValue",
        "winreg.DisableReflectionKey",
        "winreg.EnableReflectionKey",
        "winreg.LoadKey",
        "winreg.SaveKey",
        "winreg.SetValue",
    }
)
_RUNS_DATA: Final = frozenset({"pickle.find_class"})
_REFUSED: Final = _CONNECTS | _STARTS | _OTHERWISE_STARTS | _WRITES_REGISTRY | _RUNS_DATA


class ActRefused(PermissionError):
    """The program was about to do what it never does (``args[0]``: Python's name for the act)."""


class _Door:
    """Open only while the program starts itself anew."""

    is_open = False


@contextmanager
def allow_restart() -> Iterator[None]:
    """Let the program start itself, and nothing but itself, inside the ``with``."""
    _Door.is_open = True
    try:
        yield
    finally:
        _Door.is_open = False


def refuse_acts() -> None:
    """Begin to refuse, for the rest of the process's life: Python has no way to remove an audit hook."""
    sys.addaudithook(_weigh)


def _weigh(event: str, arguments: tuple[object, ...]) -> None:
    if event not in _REFUSED and not event.startswith("socket."):
        return
    if _Door.is_open and event in _STARTS and _starts_itself(arguments):
        return
    raise ActRefused(event)


def _starts_itself(arguments: tuple[object, ...]) -> bool:
    """Tell whether the program named by an act is this very one. Windows may name it in the command line alone."""
    named, line = (*arguments, None, None)[:2]
    if isinstance(named, bytes):
        named = named.decode(sys.getfilesystemencoding(), "surrogateescape")
    if named is None and isinstance(line, str):
        return line.startswith((f'"{sys.executable}"', f"{sys.executable} "))
    return bool(sys.executable) and named == sys.executable
