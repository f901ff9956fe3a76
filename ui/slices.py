"""Long work on the UI thread, a few milliseconds at a time, so that the window goes on answering."""

from __future__ import annotations

import time
from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer

SLICE_SECONDS = 0.008
"""How long is worked at a time; what Qt does with what was made takes as long again, or twice as long."""


class Slices(QObject):
    """Runs the steps of an iterator, the first slice at once, the rest between rounds of the event loop.

    Each step should take a few milliseconds at most. What was under way is dropped when something else is begun.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._steps: Iterator[object] | None = None
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._go_on)

    @property
    def is_under_way(self) -> bool:
        """Whether steps are left."""
        return self._steps is not None

    def begin(self, steps: Iterator[object]) -> None:
        """Do these steps, and no more of those that were begun before."""
        self._steps = steps
        self._go_on()

    def finish(self) -> None:
        """Do all that is left now."""
        steps, self._steps = self._steps, None
        self._turn.stop()
        for _step in steps or ():
            pass

    def _go_on(self) -> None:
        steps = self._steps
        if steps is None:
            return
        ends = time.monotonic() + SLICE_SECONDS
        for _step in steps:
            if self._steps is not steps:
                return  # a step has begun something else
            if time.monotonic() >= ends:
                self._turn.start()
                return
        self._steps = None
