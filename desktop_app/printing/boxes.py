"""Ruled boxes: cells side by side in strips, strips under one another. A strip can be cut where a page ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Protocol

from desktop_app.domain.forms import Address
from desktop_app.printing.fonts import Face
from desktop_app.printing.pen import Pen
from desktop_app.printing.pieces import Gap, Piece, TextLine, text_lines
from desktop_app.printing.styles import (
    BODY_WIDTH,
    BOX_HEIGHT,
    FRAME_WEIGHT,
    LABEL_GAP,
    PAD_BOTTOM,
    PAD_TOP,
    PAD_X,
    RULE_WEIGHT,
    SECTION_SIZE,
    SIDE_MARGIN,
)

_WHOLE_UP_TO = 150.0
"""A strip of at most this height moves to the next page rather than being cut."""

_LEAST_ON_A_PAGE = 70.0
"""A higher one is cut only where at least this much of it finds room."""


@dataclass(frozen=True, slots=True)
class FieldPlace:
    """Where an answer stands in a print: page from 1, points from the page's upper left corner."""

    address: Address
    page: int
    x: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Cell:
    """One box of a strip: label above, pieces below. ``continued`` is the label after a page's end."""

    width: float
    label: tuple[TextLine, ...] = ()
    pieces: tuple[Piece, ...] = ()
    continued: tuple[TextLine, ...] = ()
    address: Address | None = None
    least: float = BOX_HEIGHT

    @property
    def inner_width(self) -> float:
        """The width between the paddings."""
        return self.width - 2 * PAD_X

    @property
    def height(self) -> float:
        """Label, gap and pieces with padding, and never less than ``least``."""
        return max(self.least, self._around + sum(piece.height for piece in self.pieces))

    @property
    def _around(self) -> float:
        label = sum(line.height for line in self.label)
        return PAD_TOP + PAD_BOTTOM + label + (LABEL_GAP if self.label and self.pieces else 0.0)

    def cut(self, room: float) -> tuple[Cell, Cell]:
        """Return what finds place in ``room`` and what is left."""
        used, count = self._around, 0
        for piece in self.pieces:
            if used + piece.height > room:
                break
            used, count = used + piece.height, count + 1
        left = self.pieces[count:]
        first = replace(self, pieces=self.pieces[:count], least=0.0)
        rest_of_room = max(0.0, self.least - room) if not left else 0.0
        label = self.continued if left else ()
        return first, replace(self, label=label, pieces=left, least=min(rest_of_room, self.least))

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw label and pieces; the strip draws the rules."""
        y = top + PAD_TOP
        for line in self.label:
            line.draw(pen, x + PAD_X, y, self.inner_width)
            y += line.height
        y += LABEL_GAP if self.label else 0.0
        for piece in self.pieces:
            piece.draw(pen, x + PAD_X, y, self.inner_width)
            y += piece.height


class Body(Protocol):
    """Something as wide as the page that stands under what came before."""

    @property
    def height(self) -> float:
        """The room it takes."""
        ...

    @property
    def least(self) -> float:
        """The room there must be to begin it on a page."""
        ...

    def cut(self, room: float) -> tuple[Body, Body] | None:
        """Return the part that finds place and the rest, ``None`` when it cannot be cut there."""
        ...

    def draw(self, pen: Pen, top: float) -> None:
        """Draw it at the left margin."""
        ...

    def places(self, page: int, top: float) -> Iterator[FieldPlace]:
        """Yield where the answers in it stand."""
        ...


@dataclass(frozen=True, slots=True)
class Strip:
    """Cells side by side within rules, all as high as the highest."""

    cells: tuple[Cell, ...]
    top_weight: float = RULE_WEIGHT
    left: float = SIDE_MARGIN

    @property
    def height(self) -> float:
        """The height of the highest cell."""
        return max(cell.height for cell in self.cells)

    @property
    def least(self) -> float:
        """All of it when it is low, a few lines of it otherwise."""
        return self.height if self.height <= _WHOLE_UP_TO else _LEAST_ON_A_PAGE

    def cut(self, room: float) -> tuple[Strip, Strip] | None:
        """Cut every cell at the same height."""
        if room < _LEAST_ON_A_PAGE:
            return None
        parts = [cell.cut(room) for cell in self.cells]
        first = replace(self, cells=tuple(part[0] for part in parts))
        if not any(cell.pieces for cell in first.cells):
            return None
        return first, replace(self, cells=tuple(part[1] for part in parts))

    def draw(self, pen: Pen, top: float) -> None:
        """Draw the cells and the rules around and between them."""
        height, right = self.height, self.left + sum(cell.width for cell in self.cells)
        for cell, x in self._with_x():
            cell.draw(pen, x, top)
            if x > self.left:
                pen.rule(x, top, x, top + height, RULE_WEIGHT)
        pen.rule(self.left, top, right, top, self.top_weight)
        pen.rule(self.left, top + height, right, top + height, RULE_WEIGHT)

    def places(self, page: int, top: float) -> Iterator[FieldPlace]:
        """Yield the box of each cell that holds an answer."""
        height = self.height
        for cell, x in self._with_x():
            if cell.address is not None:
                yield FieldPlace(cell.address, page, x, top, cell.width, height)

    def _with_x(self) -> Iterator[tuple[Cell, float]]:
        lefts = accumulate((cell.width for cell in self.cells), initial=self.left)
        return zip(self.cells, lefts, strict=False)


@dataclass(frozen=True, slots=True)
class Loose:
    """Pieces without rules around them: a section's title, a paragraph, air."""

    pieces: tuple[Piece, ...]
    is_air: bool = False

    @property
    def height(self) -> float:
        """The pieces' heights together."""
        return sum(piece.height for piece in self.pieces)

    @property
    def least(self) -> float:
        """It is never cut."""
        return self.height

    def cut(self, room: float) -> None:
        """Refuse: it stands on one page."""

    def draw(self, pen: Pen, top: float) -> None:
        """Draw the pieces under one another."""
        for piece in self.pieces:
            piece.draw(pen, SIDE_MARGIN, top, BODY_WIDTH)
            top += piece.height

    def places(self, page: int, top: float) -> Iterator[FieldPlace]:
        """Yield nothing: no answer stands here."""
        yield from ()


def air(height: float) -> Loose:
    """Return empty room that is left out at the top of a page."""
    return Loose((Gap(height),), is_air=True)


def heading(title: str) -> Loose:
    """Return a section's title."""
    return Loose((*text_lines(title, BODY_WIDTH, SECTION_SIZE, Face.BOLD), Gap(3.0)))


def frame_of(bodies: Sequence[tuple[Body, float]]) -> Iterator[tuple[float, float]]:
    """Yield top and height of each unbroken run of strips on a page: the boxes that get a frame."""
    top: float | None = None
    end = 0.0
    for body, at in bodies:
        if isinstance(body, Strip):
            top, end = (at if top is None else top), at + body.height
        elif top is not None:
            yield top, end - top
            top = None
    if top is not None:
        yield top, end - top


def draw_frames(pen: Pen, bodies: Sequence[tuple[Body, float]]) -> None:
    """Draw the heavier frame around each box on a page."""
    for top, height in frame_of(bodies):
        pen.frame(SIDE_MARGIN, top, BODY_WIDTH, height, FRAME_WEIGHT)
