"""Reads the messages Windows sends to a window: which of them mean that the vault must be locked now.

No Qt and no call to Windows: a message is a struct in memory, so it can be read, and tested, on any system.
The numbers are those of WinUser.h, WtsApi32.h and winnt.h.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Final
from uuid import UUID

WM_QUERYENDSESSION: Final = 0x0011
WM_ENDSESSION: Final = 0x0016
WM_SHOWWINDOW: Final = 0x0018
WM_WINDOWPOSCHANGING: Final = 0x0046
WM_NCDESTROY: Final = 0x0082
WM_POWERBROADCAST: Final = 0x0218
WM_WTSSESSION_CHANGE: Final = 0x02B1

PBT_APMSUSPEND: Final = 0x0004
PBT_POWERSETTINGCHANGE: Final = 0x8013
LID_SWITCH: Final = UUID("ba3e0f4d-b817-4094-a2d1-d56379e6a0f3")
"""GUID_LIDSWITCH_STATE_CHANGE: 0 closed, 1 open."""

_SESSION_CODES: Final = {
    0x2: "user_switch",  # WTS_CONSOLE_DISCONNECT
    0x4: "user_switch",  # WTS_REMOTE_DISCONNECT
    0x6: "shutdown",  # WTS_SESSION_LOGOFF
    0x7: "session_locked",  # WTS_SESSION_LOCK
    0x9: "user_switch",  # WTS_SESSION_REMOTE_CONTROL: somebody else looks at the screen
}


class _Message(ctypes.Structure):
    """MSG."""

    _fields_ = (
        ("window", ctypes.c_void_p),
        ("number", ctypes.c_uint32),
        ("w_param", ctypes.c_size_t),
        ("l_param", ctypes.c_ssize_t),
    )


class _PowerSetting(ctypes.Structure):
    """POWERBROADCAST_SETTING with a DWORD, the only size that is asked for."""

    _fields_ = (("guid", ctypes.c_ubyte * 16), ("length", ctypes.c_uint32), ("value", ctypes.c_uint32))


@dataclass(frozen=True, slots=True)
class WindowsMessage:
    """One message. ``setting`` and ``value`` are filled for a changed power setting alone."""

    window: int
    number: int
    w_param: int
    setting: UUID | None = None
    value: int | None = None


def read_message(address: int) -> WindowsMessage:
    """Read the MSG at an address, as Qt hands it to a native event filter."""
    found = _Message.from_address(address)
    message = WindowsMessage(found.window or 0, found.number, found.w_param)
    is_setting = (found.number, found.w_param) == (WM_POWERBROADCAST, PBT_POWERSETTINGCHANGE)
    if not is_setting or not found.l_param:
        return message
    setting = _PowerSetting.from_address(found.l_param)
    value = setting.value if setting.length == ctypes.sizeof(ctypes.c_uint32) else None
    return WindowsMessage(
        message.window, message.number, message.w_param, UUID(bytes_le=bytes(setting.guid)), value
    )


class MessageReader:
    """Says which messages mean lock. Remembers the lid: the first word about it tells only how it stands."""

    def __init__(self) -> None:
        self._lid_open: bool | None = None

    def code_for(self, message: WindowsMessage) -> str | None:
        """Return why the vault must be locked, or ``None``."""
        if message.number == WM_WTSSESSION_CHANGE:
            return _SESSION_CODES.get(message.w_param)
        if message.number == WM_QUERYENDSESSION:
            return "shutdown"
        if message.number == WM_ENDSESSION:
            return "shutdown" if message.w_param else None
        if message.number == WM_POWERBROADCAST:
            return self._power(message)
        return None

    def _power(self, message: WindowsMessage) -> str | None:
        if message.w_param == PBT_APMSUSPEND:
            return "sleep"
        if message.setting != LID_SWITCH or message.value is None:
            return None
        was_open, self._lid_open = self._lid_open, bool(message.value)
        return "lid" if was_open and not self._lid_open else None
