"""One small interface to whatever the system has to say about sleep, lid, lock, other users and shutdown."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Final, Protocol

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from ui.system.clock_leap import ClockLeap, Clocks, system_clocks

CODES: Final = ("session_locked", "sleep", "lid", "user_switch", "shutdown")
TICK_MS: Final = 1_000

_WITHOUT_A_PERSON: Final = frozenset({"offscreen", "minimal", "vnc"})
"""Qt's platforms that nobody sits in front of: no bus is asked, so a test opens no socket."""


class Source(Protocol):
    """What a system's own listener can do."""

    def stop(self) -> None:
        """Hear nothing more."""
        ...


class SystemWatch(QObject):
    """Emits ``must_lock`` with one of ``CODES``. What is connected has locked when ``emit`` returns."""

    must_lock = Signal(str)

    def __init__(self, parent: QObject | None = None, *, clocks: Clocks | None = None) -> None:
        super().__init__(parent)
        self._clocks = clocks or system_clocks()
        self._leap = ClockLeap(self._clocks)
        self._source: Source | None = None
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self._look_at_clocks)

    def start(
        self,
        window: QWidget,
        *,
        appears: Callable[[int], object] = lambda _window: None,
        gone: Callable[[int], object] = lambda _window: None,
    ) -> None:
        """Begin to listen. On Windows ``appears`` and ``gone`` are told of each window of the program."""
        self._source = self._system_source(window, appears, gone)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.commitDataRequest.connect(self._end_of_session)
        self._leap = ClockLeap(self._clocks)
        self._tick.start()

    def stop(self) -> None:
        """Hear nothing more."""
        self._tick.stop()
        if self._source is not None:
            self._source.stop()
            self._source = None

    def _system_source(
        self, window: QWidget, appears: Callable[[int], object], gone: Callable[[int], object]
    ) -> Source | None:
        if QGuiApplication.platformName() in _WITHOUT_A_PERSON:
            return None
        if sys.platform == "win32":
            from ui.system.windows_watch import WindowsWatch

            windows = WindowsWatch(self.must_lock.emit, appears, gone)
            windows.start(int(window.winId()))
            return windows
        if sys.platform == "linux":
            from ui.system.bus_watch import BusWatch

            bus = BusWatch(self.must_lock.emit, self)
            bus.start()
            return bus
        return None

    def _end_of_session(self, *_manager: object) -> None:
        if self._tick.isActive():
            self.must_lock.emit("shutdown")

    def _look_at_clocks(self) -> None:
        if self._leap.leapt():
            self.must_lock.emit("sleep")
