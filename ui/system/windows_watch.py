"""Takes the messages Windows sends to the program's windows and passes on what they mean.

Not tried on Windows yet: what is read from a message is tested against recorded ones, the calls are not.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication

from ui.system.windows_messages import (
    LID_SWITCH,
    WM_NCDESTROY,
    WM_SHOWWINDOW,
    WM_WINDOWPOSCHANGING,
    MessageReader,
    read_message,
)

_APPEARS = frozenset({WM_SHOWWINDOW, WM_WINDOWPOSCHANGING})


class WindowsWatch(QAbstractNativeEventFilter):
    """``must_lock`` gets a code; ``appears`` and ``gone`` each window's number, before it is first drawn."""

    def __init__(
        self,
        must_lock: Callable[[str], object],
        appears: Callable[[int], object],
        gone: Callable[[int], object],
    ) -> None:
        super().__init__()
        self._must_lock = must_lock
        self._appears = appears
        self._gone = gone
        self._reader = MessageReader()
        self._window = 0
        self._lid: int | None = None

    def start(self, window: int) -> None:
        """Ask Windows to tell this window of the session and the lid."""
        self._window = window
        application = QCoreApplication.instance()
        if application is not None:
            application.installNativeEventFilter(self)
        if sys.platform == "win32":
            ctypes.windll.wtsapi32.WTSRegisterSessionNotification(ctypes.c_void_p(window), 0)
            guid = (ctypes.c_ubyte * 16).from_buffer_copy(LID_SWITCH.bytes_le)
            register = ctypes.windll.user32.RegisterPowerSettingNotification
            register.restype = ctypes.c_void_p
            self._lid = register(ctypes.c_void_p(window), ctypes.byref(guid), 0)

    def stop(self) -> None:
        """Hear nothing more."""
        application = QCoreApplication.instance()
        if application is not None:
            application.removeNativeEventFilter(self)
        if sys.platform == "win32":
            ctypes.windll.wtsapi32.WTSUnRegisterSessionNotification(ctypes.c_void_p(self._window))
            if self._lid:
                ctypes.windll.user32.UnregisterPowerSettingNotification(ctypes.c_void_p(self._lid))
        self._lid = None

    def nativeEventFilter(
        self, event_type: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> tuple[bool, int]:
        """See every message; hold none of them back."""
        if not QByteArray(event_type).startsWith(b"windows_"):
            return False, 0
        found = read_message(int(message))
        if found.number in _APPEARS:
            self._appears(found.window)
        elif found.number == WM_NCDESTROY:
            self._gone(found.window)
        else:
            code = self._reader.code_for(found)
            if code is not None:
                self._must_lock(code)
        return False, 0
