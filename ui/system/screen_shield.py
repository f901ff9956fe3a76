"""Keeps the program's windows out of screenshots, recordings and shared screens, where the system can.

Windows can (since version 2004): such a window is left out of every picture. X11 and Wayland give a program no say, so
there the shield says that it cannot. It can be taken down for an hour at most, for a remote helper or a screen reader
that needs the picture, and comes up again by itself.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

WDA_NONE: Final = 0x00
WDA_EXCLUDEFROMCAPTURE: Final = 0x11
HOUR_MS: Final = 60 * 60 * 1_000
LOOK_ROUND_MS: Final = 1_000

SetAffinity = Callable[[int, int], bool]
"""Takes a window's number and what may be seen of it; tells whether the system did so."""


def system_affinity() -> SetAffinity | None:
    """Return the system's call, or ``None`` where a program has no say in what is captured."""
    return _windows_affinity if sys.platform == "win32" else None


class ScreenShield(QObject):
    """Covers every window of the program as it appears. ``changed`` when it is taken down or up."""

    changed = Signal()

    def __init__(self, set_affinity: SetAffinity | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._set_affinity = set_affinity
        self._covered: dict[int, int] = {}
        self._hour = QTimer(self, interval=HOUR_MS, singleShot=True)
        self._hour.timeout.connect(self.raise_again)
        # A second net: each window is covered before it is first drawn, by ``appears``.
        self._round = QTimer(self, interval=LOOK_ROUND_MS)
        self._round.timeout.connect(self.cover_all)

    @property
    def can(self) -> bool:
        """Whether this system lets a program keep its windows out of pictures."""
        return self._set_affinity is not None

    @property
    def is_up(self) -> bool:
        """Whether windows are kept out of pictures now."""
        return self.can and not self._hour.isActive()

    def start(self) -> None:
        """Cover what is shown and whatever comes."""
        if self.can:
            self.cover_all()
            self._round.start()

    def appears(self, window: int) -> None:
        """Cover one window, before it is first drawn."""
        wanted = WDA_EXCLUDEFROMCAPTURE if self.is_up else WDA_NONE
        if self._set_affinity is None or self._covered.get(window, WDA_NONE) == wanted:
            return
        if self._set_affinity(window, wanted):
            self._covered[window] = wanted

    def gone(self, window: int) -> None:
        """Forget a window: its number may be given to another."""
        self._covered.pop(window, None)

    def cover_all(self) -> None:
        """Cover every window that is shown: dialogs, menus, lists that fold out and tips are windows too."""
        for window in QGuiApplication.topLevelWindows():
            if window.isVisible():
                self.appears(int(window.winId()))

    def take_down_for_an_hour(self) -> None:
        """Let the windows be seen in pictures; not longer than an hour, however often it is asked."""
        if self.is_up:
            self._hour.start()
            self._follow()

    def raise_again(self) -> None:
        """Keep the windows out of pictures again."""
        self._hour.stop()
        self._follow()

    def _follow(self) -> None:
        for window in tuple(self._covered):
            self.appears(window)
        self.cover_all()
        self.changed.emit()


def _windows_affinity(window: int, wanted: int) -> bool:
    if sys.platform != "win32":
        return False
    return bool(ctypes.windll.user32.SetWindowDisplayAffinity(ctypes.c_void_p(window), wanted))
