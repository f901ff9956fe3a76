"""What can be taken back outside the forms: removals, moves, links. The newest goes first.

A form keeps its own steps (``ui/presenters/undo.py``); Ctrl+Z asks the form in view first, then this.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

MOST = 50


class RunService(Protocol):
    """Runs a service on the thread that owns the store; ``Desk.run`` is one."""

    def __call__(
        self, owner: QObject, service: Callable[..., Any], *args: object, done: Callable[[Any], object]
    ) -> object:
        """Begin; ``done`` is called with what the service returns."""
        ...


@dataclass(frozen=True, slots=True)
class Offer:
    """One act that can be taken back: what it was, in Swedish, and the service that undoes it."""

    words: str
    service: Callable[..., Any]
    args: tuple[object, ...]


class UndoStack(QObject):
    """Holds the last fifty offers of the open store; empty again when it is locked."""

    offered = Signal(str)
    """What was done, in words; it can be taken back now."""

    taken = Signal(str)
    """What was taken back, in words; it is in the store."""

    def __init__(self) -> None:
        super().__init__()
        self._offers: deque[Offer] = deque(maxlen=MOST)
        self._run: RunService | None = None

    def begin(self, run: RunService) -> None:
        """Take the way to the services."""
        self._run = run

    def offer(self, words: str, service: Callable[..., Any], *args: object) -> None:
        """Say that an act was done, and which service, called with the session and ``args``, undoes it."""
        self._offers.append(Offer(words, service, args))
        self.offered.emit(words)

    def undo(self) -> bool:
        """Take the newest act back; tell whether there was one."""
        if not self._offers or self._run is None:
            return False
        offer = self._offers.pop()
        self._run(self, offer.service, *offer.args, done=lambda _result: self.taken.emit(offer.words))
        return True

    def forget(self) -> None:
        """Let everything go: the store is being locked."""
        self._offers.clear()
