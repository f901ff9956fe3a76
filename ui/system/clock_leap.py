"""Notices that the computer slept although nobody said so: one clock went on, another stood still.

The last net under the system's own signals. No Qt.
"""

from __future__ import annotations

import ctypes
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

LEAP_SECONDS: Final = 20.0
_PER_SECOND_IN_100_NS: Final = 10_000_000


@dataclass(frozen=True, slots=True)
class Clocks:
    """``elapsed`` counts every second, ``awake`` only those the computer did not sleep. Neither can be set."""

    elapsed: Callable[[], float]
    awake: Callable[[], float]


def system_clocks() -> Clocks:
    """Return this system's two clocks; twice the same one where it has but one."""
    if sys.platform == "win32":
        return Clocks(_windows_elapsed, _windows_awake)
    boot_clock = getattr(time, "CLOCK_BOOTTIME", None)
    if boot_clock is None:
        return Clocks(time.monotonic, time.monotonic)
    return Clocks(lambda: time.clock_gettime(boot_clock), time.monotonic)


class ClockLeap:
    """Asked at each tick whether the computer slept since the one before."""

    def __init__(self, clocks: Clocks) -> None:
        self._clocks = clocks
        self._asleep = self._slept()

    def leapt(self) -> bool:
        """Tell whether more than ``LEAP_SECONDS`` were slept away since this was last asked.

        A program that was only busy is not taken for one that slept: then both clocks went on.
        """
        before, self._asleep = self._asleep, self._slept()
        return self._asleep - before > LEAP_SECONDS

    def _slept(self) -> float:
        return self._clocks.elapsed() - self._clocks.awake()


def _windows_elapsed() -> float:
    if sys.platform != "win32":
        return time.monotonic()
    count = ctypes.windll.kernel32.GetTickCount64
    count.restype = ctypes.c_uint64
    return count() / 1000


def _windows_awake() -> float:
    if sys.platform != "win32":
        return time.monotonic()
    ticks = ctypes.c_uint64()
    ctypes.windll.kernel32.QueryUnbiasedInterruptTime(ctypes.byref(ticks))
    return ticks.value / _PER_SECOND_IN_100_NS
