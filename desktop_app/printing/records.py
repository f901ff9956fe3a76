"""A repeat that is too wide for a table: each row a small numbered form, with the words above each value."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from desktop_app.domain.forms import Row
from desktop_app.domain.values import ItemType
from desktop_app.printing.boxes import Cell, Strip, side_by_side
from desktop_app.printing.columns import Column, Repeat, stretched
from desktop_app.printing.flow import Block
from desktop_app.printing.fonts import Face, measure
from desktop_app.printing.pen import Align
from desktop_app.printing.pieces import TextLine, text_lines
from desktop_app.printing.structure import Group, Tag
from desktop_app.printing.styles import (
    BODY_WIDTH,
    BOX_HEIGHT,
    FRAME_WEIGHT,
    PAD_X,
    RULE_WEIGHT,
    SHORT_WRITING_HEIGHT,
    SMALL_SIZE,
    TABLE_SIZE,
)

_NUMBER_WIDTH = 24.0
_SHARE_OF_A_LABEL = 0.6
"""So much of a label stands on a line at least: it then takes two."""

_ROOM_FOR_WORDS = 92.0
"""What words are written in is at least this wide, in points, where the rows were never meant to be a table."""


def record_blocks(repeat: Repeat) -> Iterator[Block]:
    """Yield the rows, each on two or more lines that keep together, and the sums."""
    named = next((column for column in repeat.columns if column.item is None), None)
    if named is not None:
        yield from _named_blocks(repeat, named)
        return
    lines = _long_apart(repeat) if repeat.item.as_records else _lines(repeat)
    for number, row in enumerate(repeat.rows, start=1):
        group = Group(Tag.DIV)
        for index, line in enumerate(lines):
            strip = replace(_strip(repeat, row, line, _number_cell(number, is_first=index == 0)), group=group)
            # A long answer may go on over the page; what stands before it keeps together.
            is_last = index == len(lines) - 1
            before_long = repeat.item.as_records and not is_last and _is_long(lines[index + 1][0])
            at_top = replace(strip, cells=(_number_again(number), *strip.cells[1:])) if index else None
            yield Block(strip, keeps_next=index == 0 or not (is_last or before_long), at_top=at_top)
    for line in lines:
        if any(column.sums for column in line):
            yield Block(_sums(repeat, line))


def _named_blocks(repeat: Repeat, named: Column) -> Iterator[Block]:
    """Yield the rows under their own names: long answers on lines of their own, the short ones side by side."""
    lines = _lines_of_named(repeat)
    for row in repeat.rows:
        words = text_lines(repeat.words(named, row), BODY_WIDTH - 2 * PAD_X, TABLE_SIZE, Face.BOLD)
        name = Strip((Cell(BODY_WIDTH, pieces=words, least=0.0),), top_weight=FRAME_WEIGHT)
        yield Block(name, keeps_next=True)
        for line in lines:
            yield Block(side_by_side(_cell(repeat, row, column) for column in line), again=(name,))


def _lines_of_named(repeat: Repeat) -> list[tuple[Column, ...]]:
    lines: list[list[Column]] = [[]]
    for column in repeat.columns:
        if column.item is None:
            continue
        if column.item.type is ItemType.PARAGRAPH:
            lines += [[column], []]
        else:
            lines[-1].append(column)
    return [_shared(line) for line in lines if line]


def _shared(line: Sequence[Column]) -> tuple[Column, ...]:
    width = BODY_WIDTH / len(line)
    return tuple(Column(column.item, column.head, width) for column in line)


def _long_apart(repeat: Repeat) -> list[tuple[Column, ...]]:
    """Share the short answers out over as few lines as hold them; each long one has a line of its own after them."""
    short = tuple(column for column in repeat.columns if not _is_long(column))
    room = BODY_WIDTH - _NUMBER_WIDTH
    long = [(Column(c.item, c.head, room),) for c in repeat.columns if _is_long(c)]
    return [*_lines(replace(repeat, columns=short), fewest=1), *long]


def _is_long(column: Column) -> bool:
    return column.item is not None and column.item.type is ItemType.PARAGRAPH


def _lines(repeat: Repeat, fewest: int = 2) -> list[tuple[Column, ...]]:
    """Share the columns out over as few lines as hold them, about as much on each."""
    room = BODY_WIDTH - _NUMBER_WIDTH
    floors = [min(_floor(repeat, column), room) for column in repeat.columns]
    count = max(fewest, math.ceil(sum(floors) / room))
    lines: list[list[tuple[Column, float]]] = [[]]
    for column, floor in zip(repeat.columns, floors, strict=True):
        used = sum(each for _, each in lines[-1])
        if lines[-1] and (used + floor > room or used + floor / 2 > sum(floors) / count):
            lines.append([])
        lines[-1].append((column, floor))
    return [stretched([c for c, _ in line], [f for _, f in line], room) for line in lines]


def _floor(repeat: Repeat, column: Column) -> float:
    least = column.least_width(TABLE_SIZE, repeat.whole(column))
    if not repeat.item.as_records or column.item is None:
        return least
    label = measure(column.head, Face.REGULAR, SMALL_SIZE) * _SHARE_OF_A_LABEL + 2 * PAD_X
    words = _ROOM_FOR_WORDS if column.item.type is ItemType.TEXT else 0.0
    return max(least, words, min(label, _ROOM_FOR_WORDS))


def _number(number: int) -> tuple[TextLine, ...]:
    return (TextLine(str(number), TABLE_SIZE, Face.BOLD, Align.CENTRE),)


def _number_again(number: int) -> Cell:
    """Return the number of a row that goes on over the page: it was said on the page before."""
    return Cell(_NUMBER_WIDTH, label=_number(number), is_rest=True)


def _number_cell(number: int, *, is_first: bool) -> Cell:
    """Return what stands before a line of a row: its number, before the first; after a page's end, before any."""
    return Cell(_NUMBER_WIDTH, pieces=_number(number) if is_first else (), continued=_number(number))


def _strip(repeat: Repeat, row: Row, line: Sequence[Column], number: Cell) -> Strip:
    cells = (number, *(_cell(repeat, row, column) for column in line))
    return side_by_side(cells, FRAME_WEIGHT if number.pieces else RULE_WEIGHT)


def _cell(repeat: Repeat, row: Row, column: Column) -> Cell:
    label = _label(column)
    writes = repeat.setting.is_blank and repeat.item.as_records and _is_long(column)
    return Cell(
        column.width,
        label=label,
        pieces=repeat.pieces(column, row, TABLE_SIZE, column.type.align),
        continued=label,
        address=repeat.address(column, row),
        least=SHORT_WRITING_HEIGHT if writes else BOX_HEIGHT,
    )


def _label(column: Column) -> tuple[TextLine, ...]:
    return text_lines(column.head, column.inner_width, SMALL_SIZE, align=column.type.align)


def _sums(repeat: Repeat, line: Sequence[Column]) -> Strip:
    """Set the sums right below the line that they sum, with the word for it to their left."""
    first = next(index for index, column in enumerate(line) if column.sums)
    before = _NUMBER_WIDTH + sum(column.width for column in line[:first])
    word = text_lines(repeat.setting.word("total"), before - 2 * PAD_X, TABLE_SIZE, Face.BOLD)
    cells = [Cell(before, pieces=word)]
    for column in line[first:]:
        words = repeat.sum_words(column) if column.sums else ""
        lines = text_lines(words, column.inner_width, TABLE_SIZE, Face.BOLD, Align.RIGHT) if words else ()
        cells.append(Cell(column.width, label=_label(column) if column.sums else (), pieces=lines))
    return side_by_side(cells, FRAME_WEIGHT)
