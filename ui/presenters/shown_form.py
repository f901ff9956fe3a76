"""A form as last seen in the store: its items by place, and the answers that stand there. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from desktop_app.domain.answers import EMPTY, Answer
from desktop_app.domain.forms import Address, FilledItem, Item, Row

if TYPE_CHECKING:
    from desktop_app.services.forms import FormView


def items_by_place(view: FormView) -> Mapping[tuple[str, str], Item]:
    """Return every item by (link id, ""), and every column by (link id, column)."""
    return {
        (item.link_id, column.link_id if column else ""): column or item
        for item in view.filled.definition.items()
        for column in (None, *item.columns)
    }


def entry_of(view: FormView, link_id: str) -> FilledItem | None:
    """Return the shown item with this id, ``None`` when it is not shown now."""
    return next((entry for entry in view.filled.items() if entry.item.link_id == link_id), None)


def stored_answer(view: FormView, address: Address) -> Answer:
    """Return the answer at an address, ``EMPTY`` where nothing stands."""
    entry = entry_of(view, address.link_id)
    if entry is None:
        return EMPTY
    if not address.row_id:
        return entry.answer
    row = next((row for row in entry.rows if row.id == address.row_id), None)
    return row.cell(address.column) if row else EMPTY


def rows_of(view: FormView, link_id: str, answer_at: Callable[[Address], Answer]) -> tuple[Row, ...]:
    """Return the shown rows of a repeat, each cell as ``answer_at`` tells it."""
    entry = entry_of(view, link_id)
    if entry is None:
        return ()
    names = [column.link_id for column in entry.item.columns]
    return tuple(
        Row(row.id, {name: answer_at(Address(link_id, row.id, name)) for name in names}) for row in entry.rows
    )
