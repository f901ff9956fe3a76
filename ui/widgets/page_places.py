"""Where each page lies under the other at a zoom and a turn. Numbers alone, so that thousands of pages cost nothing."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from PySide6.QtCore import QRectF

GAP = 12.0
LEAST_ZOOM, MOST_ZOOM = 0.25, 8.0
LEAST_SIDE = 40.0


class PagePlaces:
    """``is_whole``: a page fits the view both ways at zoom 1; else it is as wide as the view."""

    def __init__(self) -> None:
        self.sizes: tuple[tuple[float, float], ...] = ()
        self.zoom = 1.0
        self.turned = 0
        self.is_whole = False
        self.width = self.height = 0.0
        self._boxes: list[tuple[float, float]] = []
        self._tops: list[float] = []

    @property
    def is_sideways(self) -> bool:
        """Whether pages lie on their side."""
        return self.turned in (90, 270)

    def set_sizes(self, sizes: Sequence[tuple[float, float]]) -> None:
        """Take other pages, upright and at zoom 1."""
        self.sizes, self.zoom, self.turned = tuple(sizes), 1.0, 0

    def set_zoom(self, zoom: float) -> None:
        """Show larger or smaller, within limits."""
        self.zoom = max(LEAST_ZOOM, min(MOST_ZOOM, zoom))

    def fit(self, *, is_whole: bool) -> None:
        """Show pages as wide as the view, or whole."""
        self.is_whole, self.zoom = is_whole, 1.0

    def turn_right(self) -> None:
        """Turn every page a quarter."""
        self.turned = (self.turned + 90) % 360

    def lay_out(self, width: float, height: float) -> None:
        """Place the pages for a view of this size."""
        room = max(LEAST_SIDE, width - 2 * GAP), max(LEAST_SIDE, height - 2 * GAP)
        self._boxes = [self._fitted(size, room) for size in self.sizes]
        heights = [box[1] + GAP for box in self._boxes]
        self._tops = list(accumulate(heights, initial=GAP))[:-1]
        self.height = GAP + sum(heights)
        self.width = max((box[0] for box in self._boxes), default=0.0) + 2 * GAP

    def box(self, page: int, view_width: float) -> QRectF:
        """Return where a page lies, in the middle of the view's width."""
        across, down = self._boxes[page]
        return QRectF(max(GAP, (max(view_width, self.width) - across) / 2), self._tops[page], across, down)

    def top(self, page: int) -> float:
        """Return how far down a page begins, with the gap above it."""
        return self._tops[page] - GAP

    def between(self, top: float, bottom: float) -> range:
        """Return the pages that are seen between two heights."""
        first = max(0, bisect_right(self._tops, top) - 1)
        return range(first, bisect_left(self._tops, bottom))

    def page_at(self, height: float) -> int:
        """Return the page at a height, the nearest one in a gap."""
        return max(0, bisect_right(self._tops, height) - 1)

    def share_at(self, height: float) -> float:
        """Return a height as a page and a share of it: 2.5 is half way down the third page."""
        if not self._boxes:
            return 0.0
        page = self.page_at(height + GAP)
        return page + max(0.0, min(0.999, (height - self.top(page)) / (self._boxes[page][1] + GAP)))

    def scroll_to(self, share: float) -> int:
        """Return the height of what ``share_at`` returned, at the present zoom."""
        page = int(share)
        if not 0 <= page < len(self._boxes):
            return 0
        return round(self.top(page) + (share - page) * (self._boxes[page][1] + GAP))

    def as_json(self) -> dict[str, Any]:
        """Return zoom, turn and fit."""
        return {"zoom": self.zoom, "turned": self.turned, "whole": self.is_whole}

    def take(self, kept: dict[str, Any]) -> None:
        """Take what ``as_json`` returned."""
        zoom, turned = kept.get("zoom"), kept.get("turned")
        self.set_zoom(float(zoom) if isinstance(zoom, int | float) else 1.0)
        self.turned = turned if turned in (0, 90, 180, 270) else 0
        self.is_whole = bool(kept.get("whole"))

    def _fitted(self, size: tuple[float, float], room: tuple[float, float]) -> tuple[float, float]:
        across, down = size[::-1] if self.is_sideways else size
        scale = room[0] / across
        if self.is_whole:
            scale = min(scale, room[1] / down, 1.0)  # a small picture is not blown up
        scale *= self.zoom
        return max(LEAST_SIDE, across * scale), max(LEAST_SIDE, down * scale)
