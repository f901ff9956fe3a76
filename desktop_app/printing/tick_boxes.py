"""Sets the options of a choice as tick boxes: on one line when they fit, else in columns, long words on more lines."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.printing.fonts import Face, measure
from desktop_app.printing.pieces import Gap, Piece, TextLine, Tick, TickLine
from desktop_app.printing.styles import TICK_GAP, TICK_SIZE, TICK_SPACING, VALUE_SIZE
from desktop_app.printing.text_lines import wrap

Option = tuple[str, bool]
"""Words, and whether the box is ticked."""

_BOX = TICK_SIZE + TICK_GAP
_MOST_COLUMNS = 4
_MOST_UNDER_ONE_ANOTHER = 3
_AIR_ABOVE = 1.5


def tick_pieces(options: Sequence[Option], width: float, size: float = VALUE_SIZE) -> tuple[Piece, ...]:
    """Return the options as lines of tick boxes that fit in ``width``."""
    if not options:
        return ()
    widths = [_BOX + measure(words, Face.REGULAR, size) for words, _ in options]
    if sum(widths) + TICK_SPACING * (len(options) - 1) <= width:
        return (Gap(_AIR_ABOVE), _one_line(options, widths, size))
    columns = min(_MOST_COLUMNS, int((width + TICK_SPACING) // (max(widths) + TICK_SPACING)))
    if columns >= 2 and len(options) > _MOST_UNDER_ONE_ANOTHER:
        return (Gap(_AIR_ABOVE), *_in_columns(options, columns, width, size))
    return (Gap(_AIR_ABOVE), *(piece for option in options for piece in _one_option(option, width, size)))


def _one_line(options: Sequence[Option], widths: Sequence[float], size: float) -> TickLine:
    ticks: list[Tick] = []
    x = 0.0
    for (words, is_ticked), wide in zip(options, widths, strict=True):
        ticks.append(Tick(words, is_ticked, x))
        x += wide + TICK_SPACING
    return TickLine(tuple(ticks), size)


def _in_columns(options: Sequence[Option], columns: int, width: float, size: float) -> list[TickLine]:
    """Read downwards, column by column, as a list is read."""
    rows = -(-len(options) // columns)
    step = width / columns
    lines: list[TickLine] = []
    for row in range(rows):
        picked = options[row::rows]
        ticks = tuple(Tick(words, is_ticked, i * step) for i, (words, is_ticked) in enumerate(picked))
        lines.append(TickLine(ticks, size))
    return lines


def _one_option(option: Option, width: float, size: float) -> list[Piece]:
    words, is_ticked = option
    first, *more = wrap(words, Face.REGULAR, size, width - _BOX)
    return [TickLine((Tick(first, is_ticked),), size), *(TextLine(line, size, indent=_BOX) for line in more)]
