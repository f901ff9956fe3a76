"""An answer as text: as it stands in an editor, and as it is read in a summary."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from desktop_app.domain.answers import NO_VALUE_STATES, Answer, Value
from desktop_app.domain.forms import Item, Row
from desktop_app.domain.money import written
from desktop_app.domain.texts import Texts, label_of
from desktop_app.domain.values import VALUE_TYPES, ItemType

LONG = (ItemType.PARAGRAPH, ItemType.MULTI_CHOICE)
"""Types whose answers are too long for the line of a row."""

BARE = (ItemType.YES_NO, ItemType.DATE, ItemType.NUMBER, ItemType.MONEY)
"""Types whose answers say nothing without their question."""

BARE_LENGTH = 4
KEY_PARTS = 6
"""How many answers the line of a row tells."""

CODED = (ItemType.YES_NO, ItemType.CHOICE, ItemType.MULTI_CHOICE)
"""Types whose editors take and give codes of a table, several with a space between."""


def editing_text(item: Item, answer: Answer) -> str:
    """Return what stands in the item's editor: what was typed, the codes, or the value without its unit."""
    if answer.value is None or not answer.is_value:
        return answer.typed
    if item.type in CODED:
        return VALUE_TYPES[item.type].to_stored(answer.value)
    if item.type is ItemType.MONEY and isinstance(answer.value, Decimal):
        return written(answer.value)
    return VALUE_TYPES[item.type].to_text(answer.value, str)


def reading_text(item: Item, answer: Answer, texts: Texts, row_id: str | None = None) -> str:
    """Return the answer in words for a summary line; empty when there is none."""
    if answer.state in NO_VALUE_STATES:
        return texts.get(f"answers.states.{answer.state.value}")
    if answer.value is None or not answer.is_value:
        return answer.typed
    table, _codes = item.codes_for(row_id)

    def words(code: str) -> str:
        return label_of(texts, table or "", code)

    return VALUE_TYPES[item.type].to_text(answer.value, words)


@dataclass(frozen=True, slots=True)
class RowWords:
    """A row in few words: what it is, what it says, and its amount."""

    name: str
    answers: str
    amount: str
    warning: str = ""


def row_words(table: Item, row: Row, texts: Texts) -> RowWords:
    """Sum a row up for its line. A row without a name of its own is called by its first answer."""
    sums = [reading_text(c, row.cell(c.link_id), texts) for c in table.columns if c.sums]
    told = [words for column in _telling(table) if (words := _told(table, column, row, texts))][:KEY_PARTS]
    fixed = row_label(table, row.id, texts)
    name = fixed or (told.pop(0) if told else "")
    amount = next((each for each in sums if each), "")
    return RowWords(name, "\u00a0· ".join(told), amount, _warning(table, row, texts))


def _telling(table: Item) -> list[Item]:
    """Return the columns that the line of a row tells, in order."""
    if table.told:
        return [column for column in table.columns if column.link_id in table.told]
    return [column for column in table.columns if not column.sums and column.type not in LONG]


def _warning(table: Item, row: Row, texts: Texts) -> str:
    """Return the word of warning of a row, empty when nothing in it warns."""
    for column in table.columns:
        if column.warns_at and row.cell(column.link_id).value == column.warns_at:
            return texts.get(f"{column.text_key}.warning")
    return ""


def _told(table: Item, column: Item, row: Row, texts: Texts) -> str:
    """Return a cell for a summary; a bare yes, date or number says what it is about.

    So does every text that was chosen to be told after the first: who may *not* know what must not be read as may.
    """
    words = reading_text(column, row.cell(column.link_id), texts, row.id).replace("\n", " ")
    chosen = column.link_id in table.told[1:] and column.type is not ItemType.CHOICE
    if words and (chosen or column.type in BARE or len(words) <= BARE_LENGTH):
        return texts.get("form_page.row.told", label=texts.get(f"{column.text_key}.label"), words=words)
    return words


def column_sum(column: Item, rows: tuple[Row, ...]) -> str:
    """Return the sum of a column with its unit; cells that could not be read count as nothing."""
    total = sum((_amount(row.cell(column.link_id).value) for row in rows), Decimal(0))
    return VALUE_TYPES[column.type].to_text(total, str)


def row_label(item: Item, row_id: str, texts: Texts) -> str | None:
    """Return the name of a fixed row, ``None`` for a row that has no name of its own."""
    if item.fixed_rows is None:
        return None
    key = f"tables.{item.fixed_rows}.{row_id}"
    return texts.get(key) if texts.has(key) else None


def _amount(value: Value | None) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(0)
