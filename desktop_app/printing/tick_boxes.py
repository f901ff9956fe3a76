"""Sets the options of a choice as tick boxes: on one line when they fit, else in columns, long words on more lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from desktop_app.printing.fonts import Face, measure
from desktop_app.printing.pieces import Gap, Piece, Tick, TickLine
from desktop_app.printing.setting import Setting
from desktop_app.printing.structure import Group, Tag
from desktop_app.printing.styles import TICK_GAP, TICK_SIZE, TICK_SPACING, VALUE_SIZE
from desktop_app.printing.text_lines import wrap


class Option(NamedTuple):
    """Words, whether the box is ticked, and how both are said aloud."""

    words: str
    is_ticked: bool
    spoken: str


_BOX = TICK_SIZE + TICK_GAP
_MOST_COLUMNS = 4
_MOST_UNDER_ONE_ANOTHER = 3
_AIR_ABOVE = 1.5


def option(words: str, setting: Setting, *, is_ticked: bool) -> Option:
    """Return a box to tick with its words."""
    spoken = setting.word("ticked" if is_ticked else "not_ticked", words=words)
    return Option(words, is_ticked, spoken)


def tick_pieces(options: Sequence[Option], width: float, size: float = VALUE_SIZE) -> tuple[Piece, ...]:
    """Return the options as lines of tick boxes that fit in ``width``."""
    if not options:
        return ()
    widths = _widths(options, size)
    if one_line_width(options, size) <= width:
        return (Gap(_AIR_ABOVE), _one_line(options, widths, size))
    columns = min(_MOST_COLUMNS, int((width + TICK_SPACING) // (max(widths) + TICK_SPACING)))
    if columns >= 2 and len(options) > _MOST_UNDER_ONE_ANOTHER:
        return (Gap(_AIR_ABOVE), *_in_columns(options, columns, width, size))
    return (Gap(_AIR_ABOVE), *(_one_option(each, width, size) for each in options))


def one_line_width(options: Sequence[Option], size: float = VALUE_SIZE) -> float:
    """Return how wide the options become side by side."""
    return sum(_widths(options, size)) + TICK_SPACING * (len(options) - 1) if options else 0.0


def _widths(options: Sequence[Option], size: float) -> list[float]:
    return [_BOX + measure(each.words, Face.REGULAR, size) for each in options]


def _one_line(options: Sequence[Option], widths: Sequence[float], size: float) -> TickLine:
    ticks: list[Tick] = []
    x = 0.0
    for each, wide in zip(options, widths, strict=True):
        ticks.append(Tick(each.words, each.is_ticked, x, group=_said(each)))
        x += wide + TICK_SPACING
    return TickLine(tuple(ticks), size)


def _in_columns(options: Sequence[Option], columns: int, width: float, size: float) -> list[TickLine]:
    """Read downwards, column by column, as a list is read."""
    rows = -(-len(options) // columns)
    step = width / columns
    groups = [_said(each) for each in options]
    lines: list[TickLine] = []
    for row in range(rows):
        column = enumerate(zip(options[row::rows], groups[row::rows], strict=True))
        ticks = (Tick(each.words, each.is_ticked, i * step, group=group) for i, (each, group) in column)
        lines.append(TickLine(tuple(ticks), size, () if row else tuple(groups)))
    return lines


def _one_option(option: Option, width: float, size: float) -> TickLine:
    first, *more = wrap(option.words, Face.REGULAR, size, width - _BOX)
    return TickLine((Tick(first, option.is_ticked, more=tuple(more), group=_said(option)),), size)


def _said(option: Option) -> Group:
    return Group(Tag.P, actual=option.spoken)
