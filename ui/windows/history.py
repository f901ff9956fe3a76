"""Where one has been in the window, for going back and forth; also from step to step inside a case."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

MOST = 50


@dataclass(frozen=True)
class Where:
    """A page by name, its arguments, and the place on it."""

    name: str
    words: dict[str, Any] = field(default_factory=dict)
    place: Any = None


@dataclass
class History:
    """The places before the present one and, after going back, those one came from. Kept in memory alone."""

    past: list[Where] = field(default_factory=list)
    future: list[Where] = field(default_factory=list)

    def leave(self, where: Where) -> None:
        """Remember a place one goes on from; what lay ahead is forgotten, as in a browser."""
        if not self.past or self.past[-1] != where:
            self.past = [*self.past, where][-MOST:]
        self.future = []

    def back(self, now: Where) -> Where | None:
        """Return the place before ``now``, which can be gone forward to again."""
        return _step(self.past, self.future, now)

    def forward(self, now: Where) -> Where | None:
        """Return the place one went back from."""
        return _step(self.future, self.past, now)


def _step(source: list[Where], target: list[Where], now: Where) -> Where | None:
    if not source:
        return None
    target.append(now)
    return source.pop()
