"""What stands in a box that is filled in on a computer: room for a field, boxes to tick, lines to sign on."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.printing.pen import Pen
from desktop_app.printing.pieces import TickLine, WritingLines
from desktop_app.printing.structure import Tag
from desktop_app.printing.styles import LINE_WEIGHT, TICK_GAP, TICK_SIZE, VALUE_SIZE, leading
from desktop_app.printing.widgets import INSET, Widget

_BASELINE = 0.78
"""How far down in a line of leading its letters stand."""

_LINE_FIELD = 14.0


@dataclass(frozen=True, slots=True)
class FieldBox:
    """A field as wide as its box, and so much wider that its text stands below the label."""

    widget: Widget
    height: float

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Place the field."""
        pen.field(self.widget, x - INSET, top, width + 2 * INSET, self.height)


@dataclass(frozen=True, slots=True)
class FieldTicks:
    """A line of boxes to tick; ``widgets`` has the box of each."""

    line: TickLine
    widgets: tuple[Widget, ...]

    @property
    def height(self) -> float:
        """As high as the printed line."""
        return self.line.height

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw each box and its words, and place the field in the box."""
        pen.keep_place(*self.line.read_from_here)
        high = leading(self.line.size)
        baseline = top + high * _BASELINE
        for tick, widget in zip(self.line.ticks, self.widgets, strict=True):
            left, box_top = x + tick.x, baseline - TICK_SIZE + 0.7
            pen.frame(left, box_top, TICK_SIZE, TICK_SIZE, LINE_WEIGHT)
            with pen.tagged(tick.group):
                pen.field(widget, left, box_top, TICK_SIZE, TICK_SIZE)
                with pen.tagged(Tag.LBL):
                    for number, words in enumerate((tick.words, *tick.more)):
                        at = left + TICK_SIZE + TICK_GAP
                        pen.text(at, baseline + number * high, words, size=self.line.size)


@dataclass(frozen=True, slots=True)
class FieldLines:
    """Lines to write on; those with a widget are filled in on the computer, the others by hand."""

    lines: WritingLines
    widgets: tuple[Widget | None, ...]

    @property
    def height(self) -> float:
        """As high as the printed lines."""
        return self.lines.height

    def draw(self, pen: Pen, x: float, top: float, width: float) -> None:
        """Draw the lines, and place the fields on them."""
        self.lines.draw(pen, x, top, width)
        y = top + self.lines.room
        for line, widget in zip(self.lines.lines, self.widgets, strict=True):
            if widget is not None:
                left = x + width * line.x_share
                pen.field(
                    widget, left - INSET, y - _LINE_FIELD - 1.0, width * line.share + INSET, _LINE_FIELD
                )


LINE_HEIGHT = leading(VALUE_SIZE)
"""The height of a field of one line."""
