"""The columns of a repeat: how wide each must be, and what stands in its cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from desktop_app.domain.answers import Answer, answered
from desktop_app.domain.forms import Address, FilledItem, Item, Row
from desktop_app.domain.texts import label_of
from desktop_app.domain.values import ItemType
from desktop_app.printing.answers_on_paper import is_empty, words_of
from desktop_app.printing.fonts import Face, measure
from desktop_app.printing.pen import Align
from desktop_app.printing.pieces import Piece, text_lines
from desktop_app.printing.setting import Setting
from desktop_app.printing.styles import LABEL_SIZE, PAD_X
from desktop_app.printing.tick_boxes import Option, one_line_width, option, tick_pieces

_MOST_TICKS_IN_A_CELL = 3
_WORD_AT_MOST = 92.0
"""A longer word in a head, or a longer number, is broken rather than given its own width."""


@dataclass(frozen=True, slots=True)
class ColumnType:
    """What a column asks for: room for ``sample`` unbroken, a share of the room left over, and a side."""

    sample: str
    share: float
    align: Align = Align.LEFT


COLUMN_TYPES: dict[ItemType, ColumnType] = {
    ItemType.TEXT: ColumnType("Förnamn Ef", 2.0),
    ItemType.PARAGRAPH: ColumnType("Ett ord och ett till och", 4.0),
    ItemType.YES_NO: ColumnType("Ej frågat", 0.3),
    ItemType.CHOICE: ColumnType("Ej aktuellt", 1.5),
    ItemType.MULTI_CHOICE: ColumnType("Telefon och social", 3.0),
    ItemType.DATE: ColumnType("0000-00-00", 0.1),
    ItemType.DATETIME: ColumnType("0000-00-00", 0.2),
    ItemType.NUMBER: ColumnType("0 000", 0.2, Align.RIGHT),
    ItemType.MONEY: ColumnType("000 000 kr", 0.4, Align.RIGHT),
    ItemType.PERSONAL_IDENTITY_NUMBER: ColumnType("00000000-0000", 0.1),
    ItemType.SIGNATURE: ColumnType("Förnamn Efternamn", 1.0),
}
"""Which types can be a column. The samples are measured, never printed."""

_LIST_MARK = "· "
_BOX = "MM"
"""As wide as a box to tick with its gap; measured, never printed."""
_ROW_NAMES = ColumnType("Ett radnamn", 1.5)


@dataclass(frozen=True, slots=True)
class Column:
    """One column; ``item`` is ``None`` for the one that names fixed rows."""

    item: Item | None
    head: str
    width: float = 0.0

    @property
    def type(self) -> ColumnType:
        """What the column asks for."""
        return COLUMN_TYPES[self.item.type] if self.item else _ROW_NAMES

    @property
    def inner_width(self) -> float:
        """The width between the paddings."""
        return self.width - 2 * PAD_X

    @property
    def sums(self) -> bool:
        """True when a sum stands below it."""
        return self.item is not None and self.item.sums

    def answer(self, row: Row) -> Answer | None:
        """Return the row's answer in this column, ``None`` in the column of row names."""
        return row.cell(self.item.link_id) if self.item else None

    def least_width(self, size: float, whole: Sequence[str] = ()) -> float:
        """Return the room for the sample, the longest word of the head and every text in ``whole`` unbroken."""
        words = [measure(word, Face.BOLD, min(LABEL_SIZE, size)) for word in self.head.split()]
        face = Face.BOLD if self.sums else Face.REGULAR
        words += [measure(text, face, size) for text in whole]
        kept = [min(width, _WORD_AT_MOST) for width in words]
        return max([measure(self.type.sample, Face.REGULAR, size), *kept]) + 2 * PAD_X + 0.5


@dataclass(frozen=True, slots=True)
class Repeat:
    """A repeat on its way to paper: the item, its columns and the rows that are to stand there."""

    item: Item
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    setting: Setting

    @property
    def names_its_rows(self) -> bool:
        """True when the first column names fixed rows; the repeat's own label then stands at its head."""
        return self.item.fixed_rows is not None

    def touched(self) -> Repeat:
        """Return the repeat without the rows in which nothing has been answered or typed, but what they are about."""
        about = self.item.row_classes.by if self.item.row_classes else ""
        rows = tuple(
            row
            for row in self.rows
            if any(not is_empty(cell) for name, cell in row.cells.items() if name != about)
        )
        return replace(self, rows=rows)

    def words(self, column: Column, row: Row) -> str:
        """Return what stands in a cell."""
        if column.item is None:
            return label_of(self.setting.texts, self.item.fixed_rows or "", row.id)
        answer = row.cell(column.item.link_id)
        if self.setting.is_blank and is_empty(answer):
            return ""
        words = words_of(answer, column.item, self.setting, row.id)
        if not _is_list(answer):
            return words
        if self.item.as_records:
            return words.replace("\n", ", ")
        return _LIST_MARK + words.replace("\n", f"\n{_LIST_MARK}")

    def pieces(self, column: Column, row: Row, size: float, align: Align) -> tuple[Piece, ...]:
        """Return a cell's content: its words, or in a blank row tick boxes where the choice is short."""
        answer = column.answer(row)
        if column.item and answer is not None and self.setting.is_blank and is_empty(answer):
            fields = self.setting.fields
            if fields and (open_now := fields.of_cell(self.item, column.item, row, column.inner_width, size)):
                return open_now
            return _blank_ticks(column, row, size, self.setting)
        return text_lines(self.words(column, row), column.inner_width, size, align=align)

    def sum_words(self, column: Column) -> str:
        """Return the sum of a column's amounts, empty when it has none."""
        if column.item is None:
            return ""
        values = [row.cell(column.item.link_id).value for row in self.rows]
        amounts = [value for value in values if isinstance(value, Decimal)]
        return words_of(answered(sum(amounts, Decimal(0))), column.item, self.setting) if amounts else ""

    def whole(self, column: Column) -> list[str]:
        """Return what must not be broken in a column: numbers with their sum, and the words of its codes."""
        if column.type.align is Align.RIGHT:
            given = (
                row for row in self.rows if (answer := column.answer(row)) is not None and answer.is_value
            )
            return [
                *(self.words(column, row) for row in given),
                self.sum_words(column) if column.sums else "",
            ]
        if column.item is None:
            return [word for row in self.rows for word in self.words(column, row).split()]
        labels = (label_of(self.setting.texts, table, code) for table, code in _codes(column.item))
        box = _BOX if self.setting.is_blank else ""
        return [f"{box}{word}" for label in labels for word in label.split()]

    def ticks_width(self, column: Column, size: float) -> float:
        """Return the room for a blank column's boxes side by side, 0 for one without boxes."""
        if not self.setting.is_blank or not self.rows:
            return 0.0
        wide = [one_line_width(_blank_options(column, row, self.setting), size) for row in self.rows]
        return max(wide) + 2 * PAD_X + 0.5 if max(wide) else 0.0

    def address(self, column: Column, row: Row) -> Address | None:
        """Return where a cell's answer stands, ``None`` for what cannot be written to."""
        if column.item is None or not row.id:
            return None
        return Address(self.item.link_id, row.id, column.item.link_id)


def repeat_of(entry: FilledItem, setting: Setting) -> Repeat:
    """Return an entry's rows, empty ones on a blank form, under its columns."""
    item = entry.item
    columns = [Column(column, setting.texts.get(f"{column.text_key}.label")) for column in item.columns]
    if item.fixed_rows:
        columns.insert(0, Column(None, setting.texts.get(f"{item.text_key}.label")))
    numbers = range(1, item.blank_rows + 1) if setting.is_blank else ()
    blank = tuple(Row(str(number) if setting.fields else "") for number in numbers)
    return Repeat(item, tuple(columns), entry.rows or blank, setting)


def stretched(columns: Sequence[Column], floors: Sequence[float], width: float) -> tuple[Column, ...]:
    """Return the columns with their least widths and the room left over shared out by type."""
    left = width - sum(floors)
    shares = sum(column.type.share for column in columns)
    return tuple(
        Column(column.item, column.head, floor + left * column.type.share / shares)
        for column, floor in zip(columns, floors, strict=True)
    )


def _is_list(answer: Answer) -> bool:
    return isinstance(answer.value, tuple) and len(answer.value) > 1


def _codes(item: Item) -> Iterator[tuple[str, str]]:
    for table, codes in ((item.table, item.codes), *item.table_by_row.values()):
        if table is not None:
            yield from ((table, code) for code in codes)


def _blank_ticks(column: Column, row: Row, size: float, setting: Setting) -> tuple[Piece, ...]:
    return tick_pieces(_blank_options(column, row, setting), column.inner_width, size)


def _blank_options(column: Column, row: Row, setting: Setting) -> list[Option]:
    if column.item is None:
        return []
    table, codes = column.item.codes_for(row.id)
    if table is None or column.item.type not in _CHOICES or len(codes) > _MOST_TICKS_IN_A_CELL:
        return []
    return [option(label_of(setting.texts, table, code), setting, is_ticked=False) for code in codes]


_CHOICES = (ItemType.YES_NO, ItemType.CHOICE, ItemType.MULTI_CHOICE)
