"""Deals strips out on pages: keeps a title with its box, repeats heads, cuts what is too high for a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from desktop_app.printing.boxes import Body, Loose

Placed = tuple[Body, float]
"""A body and how far down on its page it stands."""


@dataclass(frozen=True, slots=True)
class Block:
    """A body on its way to a page. ``again`` is set above it where it, or its rest, begins a new page.

    ``at_top`` is set instead of it where all of it begins a new page: as high, and it says what it belongs to.
    """

    body: Body
    again: tuple[Body, ...] = ()
    keeps_next: bool = False
    at_top: Body | None = None
    is_signature: bool = False


def deal(blocks: Sequence[Block], first_top: Callable[[int], float], bottom: float) -> list[list[Placed]]:
    """Return the pages. ``first_top`` tells where the body begins on a page, counted from 0."""
    dealer = _Dealer(first_top, bottom)
    for index, block in enumerate(blocks):
        dealer.add(block, _needed(blocks, index))
    return dealer.pages


_HIGHEST_KEPT = 480.0
"""Blocks that are higher together could not be kept together without leaving half a page empty."""


def signatures_kept(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with all signatures, and what stands right above the first of them, kept on one page."""
    signed = [index for index, block in enumerate(blocks) if block.is_signature]
    if not signed:
        return list(blocks)
    first, last = max(0, signed[0] - 1), signed[-1]
    if sum(block.body.height for block in blocks[first : last + 1]) > _HIGHEST_KEPT:
        first = signed[0]
    if sum(block.body.height for block in blocks[first : last + 1]) > _HIGHEST_KEPT:
        return list(blocks)
    return [
        replace(block, keeps_next=True) if first <= index < last else block
        for index, block in enumerate(blocks)
    ]


def _needed(blocks: Sequence[Block], index: int) -> float:
    """Return the room there must be for a block, with all that it has to stand together with."""
    needed = 0.0
    for block in blocks[index:]:
        if not block.keeps_next or block.body.height > _HIGHEST_KEPT:
            return needed + block.body.least
        needed += block.body.height
    return needed


class _Dealer:
    def __init__(self, first_top: Callable[[int], float], bottom: float) -> None:
        self._first_top = first_top
        self._bottom = bottom
        self.pages: list[list[Placed]] = [[]]
        self._y = first_top(0)
        self._is_fresh = True

    def add(self, block: Block, needed: float) -> None:
        """Place a block, on new pages where it does not fit."""
        rest: Body | None = block.body
        if not self._is_fresh and needed > self._room:
            self._turn(block)
            rest = block.at_top or block.body
        while rest is not None:
            rest = self._place(rest, block)

    @property
    def _room(self) -> float:
        return self._bottom - self._y

    def _place(self, body: Body, block: Block) -> Body | None:
        if body.height <= self._room:
            self._put(body)
            return None
        parts = body.cut(self._room)
        if parts is None and not self._is_fresh:
            self._turn(block)
            return body
        if parts is None:
            self._put(body)
            return None
        self._put(parts[0])
        self._turn(block)
        return parts[1]

    def _put(self, body: Body) -> None:
        if isinstance(body, Loose) and body.is_air and not self.pages[-1]:
            return
        self.pages[-1].append((body, self._y))
        self._y += body.height
        self._is_fresh = False

    def _turn(self, block: Block) -> None:
        self.pages.append([])
        self._y = self._first_top(len(self.pages) - 1)
        for body in block.again:
            self.pages[-1].append((body.said_before(), self._y))
            self._y += body.height
        self._is_fresh = True
