"""What stands in a box: pieces that are drawn under one another and never cut in two.

Lines of text and gaps are part of the paragraph they stand in; every other piece says itself what it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol

from desktop_app.printing.fonts import Face
from desktop_app.printing.pen import Align, Pen
from desktop_app.printing.structure import Group, Tag
from desktop_app.printing.styles import (
    LABEL_SIZE,
    LINE_WEIGHT,
    SMALL_SIZE,
    TICK_GAP,
    TICK_SIZE,
    VALUE_SIZE,
    leading,
)
from desktop_app.printing.text_lines import wrap

_BASELINE = 0.78
"""How far down in a line of leading its letters stand."""


class Piece(Protocol):
    """A part of a box that keeps together."""

    @property
    def height(self) -> float:
        """The room it takes."""
        ...

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw it with its upper left corner at ``x``, ``top``."""
        ...


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of text."""

    words: str
    size: float = VALUE_SIZE
    face: Face = Face.REGULAR
    align: Align = Align.LEFT
    indent: float = 0.0

    @property
    def height(self) -> float:
        """One line of leading."""
        return leading(self.size)

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Write the line."""
        at = {Align.LEFT: x + self.indent, Align.RIGHT: x + width, Align.CENTRE: x + width / 2}[self.align]
        baseline = top + self.height * _BASELINE
        pen.text(at, baseline, self.words, face=self.face, size=self.size, align=self.align)


@dataclass(frozen=True, slots=True)
class Gap:
    """Empty room."""

    height: float

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Leave the paper white."""


_PLAIN = (TextLine, Gap)


def _paragraph() -> Group:
    return Group(Tag.P)


@dataclass(frozen=True, slots=True)
class Tick:
    """One tick box with its words, some way in from the left; ``group`` says aloud whether it is ticked."""

    words: str
    is_ticked: bool
    x: float = 0.0
    more: tuple[str, ...] = ()
    """The lines below the first, of words that are too long for one."""
    group: Group = field(default_factory=_paragraph, compare=False)


@dataclass(frozen=True, slots=True)
class TickLine:
    """Tick boxes side by side."""

    ticks: tuple[Tick, ...]
    size: float = VALUE_SIZE
    read_from_here: tuple[Group, ...] = ()
    """The ticks of this line and those below in the order they are read, where that is not line by line."""

    @property
    def height(self) -> float:
        """A line of leading and a little air, so that boxes under one another do not touch."""
        lines = max(1 + len(tick.more) for tick in self.ticks)
        return lines * leading(self.size) + 1.5

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw each box, its cross and its words."""
        pen.keep_place(*self.read_from_here)
        for tick in self.ticks:
            left, baseline = x + tick.x, top + leading(self.size) * _BASELINE
            pen.frame(left, baseline - TICK_SIZE + 0.7, TICK_SIZE, TICK_SIZE, LINE_WEIGHT)
            with pen.tagged(tick.group):
                self._draw_tick(pen, tick, left, baseline)

    def _draw_tick(self, pen: Pen, tick: Tick, left: float, baseline: float) -> None:
        if tick.is_ticked:
            middle = left + TICK_SIZE / 2
            pen.text(middle, baseline + 1.0, "×", face=Face.BOLD, size=14.0, align=Align.CENTRE)
        for number, words in enumerate((tick.words, *tick.more)):
            below = number * leading(self.size)
            pen.text(left + TICK_SIZE + TICK_GAP, baseline + below, words, size=self.size)


@dataclass(frozen=True, slots=True)
class WritingLine:
    """A line to write on, with words under it and a name on it when it is known."""

    caption: str
    share: float = 1.0
    x_share: float = 0.0
    name: str = ""


@dataclass(frozen=True, slots=True)
class WritingLines:
    """Lines to write on, side by side."""

    lines: tuple[WritingLine, ...]
    room: float = 26.0

    @property
    def height(self) -> float:
        """Room to write, the line and the words under it."""
        return self.room + leading(SMALL_SIZE) + 2.0

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw each line and its caption."""
        y = top + self.room
        for line in self.lines:
            left, wide = x + width * line.x_share, width * line.share
            pen.rule(left, y, left + wide, y, LINE_WEIGHT)
            with pen.tagged(Tag.LBL):
                pen.text(left, y + leading(SMALL_SIZE) * _BASELINE + 1.5, line.caption, size=SMALL_SIZE)
            with pen.tagged(Tag.P):
                pen.text(left, y - 3.0, line.name, size=VALUE_SIZE)


InWords = Callable[[], AbstractContextManager[None]]


def draw_pieces(
    pen: Pen, pieces: Iterable[Piece], at: tuple[float, float], width: float, words: InWords
) -> None:
    """Draw pieces under one another from ``at``, each run of plain lines inside ``words()``: what the run is."""
    x, y = at
    run: list[tuple[Piece, float]] = []
    for piece in pieces:
        if isinstance(piece, _PLAIN):
            run.append((piece, y))
        else:
            _draw_run(pen, run, (x, width), words)
            run = []
            piece.draw(pen, x, y, width)
        y += piece.height
    _draw_run(pen, run, (x, width), words)


def _draw_run(pen: Pen, run: list[tuple[Piece, float]], at: tuple[float, float], words: InWords) -> None:
    if not run:
        return
    with words():
        for piece, y in run:
            piece.draw(pen, at[0], y, at[1])


def text_lines(
    text: str,
    width: float,
    size: float = VALUE_SIZE,
    face: Face = Face.REGULAR,
    align: Align = Align.LEFT,
) -> tuple[TextLine, ...]:
    """Return a text as lines that fit in ``width``."""
    return tuple(TextLine(line, size, face, align) for line in wrap(text, face, size, width))


def label_lines(text: str, width: float, size: float = LABEL_SIZE) -> tuple[TextLine, ...]:
    """Return the words above a value, as lines that fit in ``width``."""
    return text_lines(text, width, size)
