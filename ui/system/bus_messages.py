"""Reads what Linux says on its message bus: which signals mean that the vault must be locked now.

No Qt: a signal is its interface, its name and its arguments.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

LOGIN: Final = "org.freedesktop.login1"
LOGIN_MANAGER: Final = "org.freedesktop.login1.Manager"
LOGIN_SESSION: Final = "org.freedesktop.login1.Session"
POWER: Final = "org.freedesktop.UPower"
PROPERTIES: Final = "org.freedesktop.DBus.Properties"
SCREEN_SAVERS: Final = ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver")

_BEGUN: Final = {
    (LOGIN_MANAGER, "PrepareForSleep"): "sleep",
    (LOGIN_MANAGER, "PrepareForShutdown"): "shutdown",
    **{(each, "ActiveChanged"): "session_locked" for each in SCREEN_SAVERS},
}
"""Signals with one truth value: it begins (true) or is over (false)."""

_CHANGED: Final = (
    (LOGIN_SESSION, "Active", False, "user_switch"),
    (LOGIN_SESSION, "LockedHint", True, "session_locked"),
    (LOGIN_MANAGER, "LidClosed", True, "lid"),
    (POWER, "LidIsClosed", True, "lid"),
)


def code_for(interface: str, member: str, arguments: Sequence[object]) -> str | None:
    """Return why the vault must be locked, or ``None`` for a signal that does not ask for it."""
    if (interface, member) == (LOGIN_SESSION, "Lock"):
        return "session_locked"
    if (interface, member) == (PROPERTIES, "PropertiesChanged"):
        return _changed(arguments)
    begins = bool(arguments) and arguments[0] is True
    return _BEGUN.get((interface, member)) if begins else None


def _changed(arguments: Sequence[object]) -> str | None:
    if len(arguments) < 2 or not isinstance(arguments[1], Mapping):
        return None
    for interface, name, wanted, code in _CHANGED:
        if arguments[0] == interface and arguments[1].get(name) is wanted:
            return code
    return None
