"""Repeats as tables: heads that come back on each page, numbers to the right, sums below.

A table with more columns than the paper is wide takes smaller type, and past that each of its rows becomes a
small form of its own (``records.py``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from desktop_app.domain.forms import FilledItem, Row
from desktop_app.printing.boxes import Cell, Strip, table_cell
from desktop_app.printing.columns import Column, Repeat, repeat_of, stretched
from desktop_app.printing.flow import Block
from desktop_app.printing.fonts import Face
from desktop_app.printing.pen import Align
from desktop_app.printing.pieces import TextLine, text_lines
from desktop_app.printing.records import record_blocks
from desktop_app.printing.setting import Setting
from desktop_app.printing.structure import Group, Tag
from desktop_app.printing.styles import (
    BODY_WIDTH,
    FRAME_WEIGHT,
    LABEL_SIZE,
    NARROW_TABLE_SIZE,
    PAD_X,
    REPEAT_TITLE_SIZE,
    SMALL_SIZE,
    TABLE_SIZE,
    WRITING_ROW,
)

_SHARE_FOR_TICKS = 0.6
"""How much of the room left over may go to boxes to tick."""

_MOST_LINES_AGAIN = 4


def repeat_blocks(entry: FilledItem, setting: Setting) -> tuple[Block, ...]:
    """Return a repeat as blocks: its label, then a table, or small forms when it is too wide for one."""
    repeat = repeat_of(entry, setting)
    words = setting.texts.get(f"{entry.item.text_key}.label")
    title = text_lines(words, BODY_WIDTH - 2 * PAD_X, REPEAT_TITLE_SIZE, Face.BOLD)
    cell = Cell(BODY_WIDTH, label=title, least=0.0)
    if entry.item.as_records and not setting.is_blank:
        repeat = repeat.touched()
    if not repeat.rows:
        return _title(cell), _no_rows(setting)
    table = None if entry.item.as_records else _fitted(repeat)
    blocks = tuple(record_blocks(repeat)) if table is None else tuple(table.blocks())
    if repeat.names_its_rows:
        return blocks
    caption = cell if table is None else replace(cell, group=Group(Tag.CAPTION, table.group))
    return _title(caption), *blocks


def _title(cell: Cell) -> Block:
    return Block(Strip((cell,)), keeps_next=True)


def _no_rows(setting: Setting) -> Block:
    words = text_lines(setting.word("no_rows"), BODY_WIDTH - 2 * PAD_X, TABLE_SIZE)
    return Block(Strip((Cell(BODY_WIDTH, pieces=words, least=WRITING_ROW),)))


def _fitted(repeat: Repeat) -> _Table | None:
    """Return the table in the largest type it fits in, ``None`` when there is none."""
    whole = [repeat.whole(column) for column in repeat.columns]
    for size in (TABLE_SIZE, NARROW_TABLE_SIZE, SMALL_SIZE):
        floors = [
            column.least_width(size, texts) for column, texts in zip(repeat.columns, whole, strict=True)
        ]
        if sum(floors) <= BODY_WIDTH:
            roomy = _with_ticks_on_one_line(repeat, floors, size)
            return _Table(repeat, stretched(repeat.columns, roomy, BODY_WIDTH), size)
    return None


def _with_ticks_on_one_line(repeat: Repeat, floors: Sequence[float], size: float) -> list[float]:
    """Widen the columns whose boxes to tick then stand side by side, as far as the others keep room to write in."""
    widened = list(floors)
    left = (BODY_WIDTH - sum(floors)) * _SHARE_FOR_TICKS
    for index, column in enumerate(repeat.columns):
        more = repeat.ticks_width(column, size) - widened[index]
        if 0 < more <= left:
            widened[index] += more
            left -= more
    return widened


@dataclass(frozen=True, slots=True)
class _Table:
    repeat: Repeat
    columns: tuple[Column, ...]
    size: float
    group: Group = field(default_factory=lambda: Group(Tag.TABLE))

    def blocks(self) -> Iterator[Block]:
        """Yield the head, the rows and the sum."""
        row = self._group()
        head = Strip(tuple(self._head_cell(column, row) for column in self.columns))
        yield Block(head, keeps_next=True)
        has_sums = any(column.sums for column in self.columns)
        for number, row in enumerate(self.repeat.rows, start=1):
            is_last = number == len(self.repeat.rows)
            yield Block(self._row(row), again=(head,), keeps_next=has_sums and is_last)
        if has_sums:
            yield Block(self._sums(), again=(head,))

    def _group(self) -> Group:
        return Group(Tag.TR, self.group)

    def _head_cell(self, column: Column, row: Group) -> Cell:
        size = min(LABEL_SIZE, self.size)
        words = text_lines(column.head, column.inner_width, size, Face.BOLD, column.type.align)
        return Cell(column.width, label=words, least=0.0, group=table_cell(row, scope="Column"))

    def _row(self, row: Row) -> Strip:
        least = WRITING_ROW if self.repeat.setting.is_blank else 0.0
        group = self._group()
        first, *others = (
            Cell(
                column.width,
                pieces=self.repeat.pieces(column, row, self.size, column.type.align),
                address=self.repeat.address(column, row),
                least=least,
                group=table_cell(group, scope="" if column.item else "Row"),
            )
            for column in self.columns
        )
        return Strip((replace(first, continued=self._again(first)), *others))

    def _again(self, first: Cell) -> tuple[TextLine, ...]:
        """Return what a row that goes on over the page is known by: what stands in its first column, if it is short."""
        lines = tuple(piece for piece in first.pieces if isinstance(piece, TextLine))
        return lines if lines == first.pieces and len(lines) <= _MOST_LINES_AGAIN else ()

    def _sums(self) -> Strip:
        """Return the last row: the word for sum as wide as all that stands before the first sum."""
        first = next(index for index, column in enumerate(self.columns) if column.sums)
        row = self._group()
        cells = [self._sum_cell(column, row) for column in self.columns[first:]]
        before = sum(column.width for column in self.columns[:first])
        if first:
            word = text_lines(self.repeat.setting.word("sum"), before - 2 * PAD_X, self.size, Face.BOLD)
            group = table_cell(row, scope="Row", columns=first)
            cells.insert(0, Cell(before, pieces=word, least=WRITING_ROW, group=group))
        return Strip(tuple(cells), top_weight=FRAME_WEIGHT)

    def _sum_cell(self, column: Column, row: Group) -> Cell:
        words = self.repeat.sum_words(column) if column.sums else ""
        lines = text_lines(words, column.inner_width, self.size, Face.BOLD, Align.RIGHT) if words else ()
        return Cell(column.width, pieces=lines, least=WRITING_ROW, group=table_cell(row))
