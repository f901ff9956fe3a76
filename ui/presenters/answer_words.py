"""An answer as text: as it stands in an editor, and as it is read in a summary."""

from __future__ import annotations

from decimal import Decimal

from desktop_app.domain.answers import NO_VALUE_STATES, Answer, Value
from desktop_app.domain.forms import Item, Row
from desktop_app.domain.money import written
from desktop_app.domain.texts import Texts, label_of
from desktop_app.domain.values import VALUE_TYPES, ItemType

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
