"""Takes down what has been left, some parts a round of the event loop: a long page in one go would hold the window."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QSplitter, QStackedWidget, QWidget
from shiboken6 import delete, isValid

from ui.desk import Desk
from ui.jobs import HAS_LEFT
from ui.slices import PAUSE, Slices, drop_slices

MOST_PARTS: Final = 60
"""How many widgets are taken down in one step: about 4 ms."""


class Leaving(QObject):
    """What is given to it must be out of view. It hears nothing more, and is gone some rounds later."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._waiting: deque[QWidget] = deque()
        self._slices = Slices(self)

    def take_down(self, whole: QWidget) -> None:
        """Take down a page, a form or whatever else has many parts."""
        self._waiting.append(whole)
        if not self._slices.is_under_way:
            self._slices.begin(self._taking_down())

    def _taking_down(self) -> Iterator[object]:
        while self._waiting:
            yield PAUSE  # what comes instead is painted first
            if isValid(whole := self._waiting.popleft()):
                yield from self._parted(whole)

    def _parted(self, whole: QWidget) -> Iterator[object]:
        frames: list[QWidget] = []
        parts: list[QWidget] = []
        for part in _parts_of(whole, frames):
            parts.append(part)
            yield None
        if isValid(whole):
            _calm(whole)
        for frame in frames:
            self._deafen(frame)
        for part in (*parts, whole):
            if isValid(part):
                delete(part)
            yield None

    def _deafen(self, frame: QWidget) -> None:
        """Let a part that stands until its own parts are gone hear of nothing: it would look for them."""
        if not isValid(frame):
            return
        frame.setProperty(HAS_LEFT, True)
        for sender in vars(self._desk).values():
            if isinstance(sender, QObject):
                sender.disconnect(frame)


def _calm(whole: QWidget) -> None:
    """Let nothing begin by itself any more."""
    for timer in whole.findChildren(QTimer):
        timer.stop()
    drop_slices(whole)


def _parts_of(whole: QWidget, frames: list[QWidget]) -> Iterator[QWidget]:
    """Yield parts small enough for one step; what holds them is added to ``frames``."""
    inner = _inner(whole) if isValid(whole) and len(whole.findChildren(QWidget)) > MOST_PARTS else []
    if not inner:
        yield whole
        return
    frames.append(whole)
    for part in inner:
        yield from _parts_of(part, frames)


def _inner(whole: QWidget) -> list[QWidget]:
    """Return the parts in a widget that may go before it.

    What Qt has made for its own use is not ours to take, nor what lies in a layout of our own, which holds its items.
    """
    if isinstance(whole, QScrollArea):
        return [inner] if (inner := whole.widget()) is not None else []
    if isinstance(whole, (QStackedWidget, QSplitter)):
        return [each for place in range(whole.count()) if (each := whole.widget(place)) is not None]
    if not isinstance(whole.layout(), QBoxLayout):
        return []
    return [each for each in whole.children() if isinstance(each, QWidget)]
