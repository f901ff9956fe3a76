"""Ruled boxes: cells side by side in strips, strips under one another. A strip can be cut where a page ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import accumulate
from typing import Protocol

from desktop_app.domain.forms import Address
from desktop_app.printing.fonts import Face
from desktop_app.printing.pen import Pen
from desktop_app.printing.pieces import Gap, Piece, TextLine, draw_pieces, text_lines
from desktop_app.printing.structure import Group, Tag, cell_attributes
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


def _field() -> Group:
    return Group(Tag.DIV)


@dataclass(frozen=True, slots=True)
class Cell:
    """One box of a strip: label above, pieces below. ``continued`` is the label after a page's end, where more follows.

    Both parts of a cell that is cut are drawn as the same ``group``.
    """

    width: float
    label: tuple[TextLine, ...] = ()
    pieces: tuple[Piece, ...] = ()
    continued: tuple[TextLine, ...] = ()
    address: Address | None = None
    least: float = BOX_HEIGHT
    group: Group = field(default_factory=_field, compare=False)
    is_rest: bool = False
    label_room: float = 0.0
    """The height of the highest label of its strip, so that what stands below begins at one height."""

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
        label = self._label_height
        return PAD_TOP + PAD_BOTTOM + label + (LABEL_GAP if self.label and self.pieces else 0.0)

    @property
    def _label_height(self) -> float:
        return max(self.label_room, sum([line.height for line in self.label])) if self.label else 0.0

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
        says_again = left or self.address is None or self.group.tag in _TABLE_CELLS
        label = self.continued if says_again else ()
        least = min(rest_of_room, self.least)
        return first, replace(self, label=label, pieces=left, least=least, is_rest=True, label_room=0.0)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw label and pieces; the strip draws the rules."""
        with pen.tagged(self.group):
            below = self._draw_label(pen, x + PAD_X, top + PAD_TOP)
            words = nullcontext if self.group.tag in _TABLE_CELLS else pen.paragraph
            draw_pieces(pen, self.pieces, (x + PAD_X, below), self.inner_width, words)

    def _draw_label(self, pen: Pen, x: float, top: float) -> float:
        """Draw the label and return where the pieces begin. After a page's end it has been said already."""
        if not self.label:
            return top
        below = top + self._label_height + LABEL_GAP
        with self._what_the_label_is(pen):
            for line in self.label:
                line.draw(pen, x, top, self.inner_width)
                top += line.height
        return below

    def _what_the_label_is(self, pen: Pen) -> AbstractContextManager[None]:
        if self.is_rest:
            return pen.artifact()
        if self.group.tag is Tag.TH:
            return nullcontext()
        return pen.tagged(Tag.LBL if self.pieces or self.address else Tag.P)


_TABLE_CELLS = (Tag.TD, Tag.TH)


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

    def said_before(self) -> Body:
        """Return it as it is drawn anew on another page: to be seen, but not to be read aloud twice."""
        ...


@dataclass(frozen=True, slots=True)
class Strip:
    """Cells side by side within rules, all as high as the highest."""

    cells: tuple[Cell, ...]
    top_weight: float = RULE_WEIGHT
    left: float = SIDE_MARGIN
    group: Group | None = field(default=None, compare=False)
    is_said_before: bool = False

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
        with pen.artifact() if self.is_said_before else _within(pen, self.group):
            for cell, x in self._with_x():
                cell.draw(pen, x, top)
        for _, x in self._with_x():
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

    def said_before(self) -> Strip:
        """Return it as an artifact: the head of a table on its second page."""
        return replace(self, is_said_before=True)

    def _with_x(self) -> Iterator[tuple[Cell, float]]:
        lefts = accumulate((cell.width for cell in self.cells), initial=self.left)
        return zip(self.cells, lefts, strict=False)


@dataclass(frozen=True, slots=True)
class Loose:
    """Pieces without rules around them: a section's title, a paragraph, air."""

    pieces: tuple[Piece, ...]
    is_air: bool = False
    tag: Tag = Tag.P
    is_said_before: bool = False

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
        """Draw the pieces under one another. A title begins a section."""
        if self.tag is Tag.H2 and not self.is_said_before:
            pen.begin_section()
        with pen.artifact() if self.is_said_before else nullcontext():
            draw_pieces(pen, self.pieces, (SIDE_MARGIN, top), BODY_WIDTH, partial(pen.tagged, self.tag))

    def places(self, page: int, top: float) -> Iterator[FieldPlace]:
        """Yield nothing: no answer stands here."""
        yield from ()

    def said_before(self) -> Loose:
        """Return it as an artifact."""
        return replace(self, is_said_before=True)


def side_by_side(cells: Iterable[Cell], top_weight: float = RULE_WEIGHT) -> Strip:
    """Return cells as a strip in which what stands below the labels begins at one height."""
    cells = tuple(cells)
    room = max(sum(line.height for line in cell.label) for cell in cells)
    return Strip(tuple(replace(cell, label_room=room) for cell in cells), top_weight)


def air(height: float) -> Loose:
    """Return empty room that is left out at the top of a page."""
    return Loose((Gap(height),), is_air=True)


def heading(title: str) -> Loose:
    """Return a section's title."""
    return Loose((*text_lines(title, BODY_WIDTH, SECTION_SIZE, Face.BOLD), Gap(3.0)), tag=Tag.H2)


def table_cell(row: Group, *, scope: str = "", columns: int = 1) -> Group:
    """Return what a cell of a table's row is: one that heads a ``Column`` or ``Row``, or one of its values."""
    return Group(Tag.TH if scope else Tag.TD, row, attributes=cell_attributes(scope, columns))


def _within(pen: Pen, group: Group | None) -> AbstractContextManager[None]:
    return nullcontext() if group is None else pen.tagged(group)


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
