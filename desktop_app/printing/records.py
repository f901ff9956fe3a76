"""A repeat that is too wide for a table: each row a small numbered form, with the words above each value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop_app.domain.forms import Row
from desktop_app.printing.boxes import Cell, Strip
from desktop_app.printing.columns import Column, Repeat, stretched
from desktop_app.printing.flow import Block
from desktop_app.printing.fonts import Face
from desktop_app.printing.pen import Align
from desktop_app.printing.pieces import TextLine, label_lines, text_lines
from desktop_app.printing.styles import BODY_WIDTH, FRAME_WEIGHT, PAD_X, RULE_WEIGHT, SMALL_SIZE, TABLE_SIZE

_NUMBER_WIDTH = 24.0


def record_blocks(repeat: Repeat) -> Iterator[Block]:
    """Yield the rows, each on two or more lines that keep together, and the sums."""
    lines = _lines(repeat.columns)
    for number, row in enumerate(repeat.rows, start=1):
        for index, line in enumerate(lines):
            strip = _strip(repeat, row, line, str(number) if index == 0 else "")
            yield Block(strip, keeps_next=index < len(lines) - 1)
    summed = [column for column in repeat.columns if column.sums]
    if summed:
        yield Block(_sums(repeat, summed))


def _lines(columns: Sequence[Column]) -> list[tuple[Column, ...]]:
    """Share the columns out over as few lines as hold them, about as much on each."""
    width = BODY_WIDTH - _NUMBER_WIDTH
    floors = [column.least_width(TABLE_SIZE) for column in columns]
    count = max(2, -(-int(sum(floors)) // int(width)))
    lines: list[list[Column]] = [[]]
    used = 0.0
    for column, floor in zip(columns, floors, strict=True):
        if lines[-1] and (used + floor > width or used >= sum(floors) / count):
            lines.append([])
            used = 0.0
        lines[-1].append(column)
        used += floor
    return [_stretched(line, width) for line in lines]


def _stretched(line: Sequence[Column], width: float) -> tuple[Column, ...]:
    floors = [min(column.least_width(TABLE_SIZE), width / len(line)) for column in line]
    return stretched(line, floors, width)


def _strip(repeat: Repeat, row: Row, line: Sequence[Column], number: str) -> Strip:
    lead = (TextLine(number, TABLE_SIZE, Face.BOLD, Align.CENTRE),) if number else ()
    cells = (Cell(_NUMBER_WIDTH, pieces=lead), *(_cell(repeat, row, column) for column in line))
    return Strip(cells, top_weight=FRAME_WEIGHT if number else RULE_WEIGHT)


def _cell(repeat: Repeat, row: Row, column: Column) -> Cell:
    label = label_lines(column.head, column.inner_width, SMALL_SIZE)
    return Cell(
        column.width,
        label=label,
        pieces=repeat.pieces(column, row, TABLE_SIZE, Align.LEFT),
        continued=label,
        address=repeat.address(column, row),
    )


def _sums(repeat: Repeat, summed: Sequence[Column]) -> Strip:
    width = BODY_WIDTH / len(summed)
    inner = width - 2 * PAD_X
    word = repeat.setting.word("sum")
    return Strip(
        tuple(
            Cell(
                width,
                label=label_lines(f"{word}: {column.head}", inner),
                pieces=text_lines(repeat.sum_words(column), inner, TABLE_SIZE, Face.BOLD),
            )
            for column in summed
        ),
        top_weight=FRAME_WEIGHT,
    )
