"""Long work on the UI thread, a few milliseconds at a time, so that the window goes on answering."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, QTimer
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

SLICE_SECONDS = 0.005
"""How long is worked at a time; what Qt does with what was made takes as long again, or twice as long."""

PAUSE: Final = "pause"
"""Given by a step after which nothing more is to be done in this round of the event loop."""

_END: Final = object()


def dressed(whole: QWidget) -> Iterator[None]:
    """Give each part its looks before it is shown, a step a part; else Qt does it for all of them in one round."""
    for part in (whole, *whole.findChildren(QWidget)):
        if isValid(part) and not part.isWindow():
            part.ensurePolished()
            yield


class Slices(QObject):
    """Runs the steps of an iterator between rounds of the event loop; with nothing else under way the first at once.

    Each step should take a few milliseconds at most. What was under way is dropped when something else is begun. All
    slices of the program take turns: together they never take more than one slice a round.
    """

    _steps: Iterator[object] | None = None

    @property
    def is_under_way(self) -> bool:
        """Whether steps are left."""
        return self._steps is not None

    def begin(self, steps: Iterator[object]) -> None:
        """Do these steps, and no more of those that were begun before."""
        self._steps = steps
        _turns().take(self)

    def finish(self) -> None:
        """Do all that is left now; nothing when what it was for is gone."""
        steps, self._steps = self._steps, None
        while steps is not None and isValid(self) and next(steps, _END) is not _END:
            pass

    def drop(self) -> None:
        """Do nothing of what is left."""
        self._steps = None

    def work(self, ends: float) -> bool:
        """Go on until a time of the clock (``time.monotonic``), with one step at least; tell whether to pause."""
        steps = self._steps
        for step in steps or ():
            if step is PAUSE:
                return True
            if self._steps is not steps:
                return False  # a step has begun something else
            if time.monotonic() >= ends:
                return False
        self._steps = None
        return False


def drop_slices(whole: QWidget) -> None:
    """Let nothing more be made in a part that is about to go."""
    for slices in whole.findChildren(Slices):
        slices.drop()


class _Turns(QObject):
    """Whose slices wait for their turn."""

    def __init__(self, parent: QObject | None) -> None:
        super().__init__(parent)
        self._waiting: deque[Slices] = deque()
        self._is_working = False
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._go_on)

    def take(self, slices: Slices) -> None:
        if slices not in self._waiting:
            self._waiting.append(slices)
        if not self._turn.isActive():
            self._go_on()

    def _go_on(self) -> None:
        if not self._waiting or self._is_working:  # what a step begins has its turn after it
            return
        self._is_working = True
        try:
            self._work()
        finally:
            self._is_working = False
            self._turn.start()  # also when nothing waits: what is begun in this round has its turn in the next

    def _work(self) -> None:
        ends = time.monotonic() + SLICE_SECONDS
        while self._waiting and time.monotonic() < ends:
            slices = self._waiting[0]
            if isValid(slices) and slices.is_under_way and slices.work(ends):
                return
            if not isValid(slices) or not slices.is_under_way:
                self._waiting.popleft()


_made: list[_Turns] = []


def _turns() -> _Turns:
    if not _made or not isValid(_made[0]):
        _made[:] = [_Turns(QCoreApplication.instance())]
    return _made[0]
