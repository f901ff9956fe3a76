"""A form as last seen in the store: its items by place, and the answers that stand there. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop_app.domain.answers import EMPTY, Answer
from desktop_app.domain.forms import Address, FilledItem, Row

if TYPE_CHECKING:
    from desktop_app.services.forms import FormView


class ShownForm:
    """One view, looked up by place, since each of hundreds of fields asks for its own; empty before the first."""

    def __init__(self, view: FormView | None = None) -> None:
        entries = view.filled.items() if view is not None else ()
        items = view.filled.definition.items() if view is not None else ()
        self._entries = {entry.item.link_id: entry for entry in entries}
        self._rows = {
            (entry.item.link_id, row.id): row for entry in self._entries.values() for row in entry.rows
        }
        self.items = {
            (item.link_id, column.link_id if column else ""): column or item
            for item in items
            for column in (None, *item.columns)
        }
        """Every item by (link id, ""), and every column by (link id, column), also those not shown now."""

    def entry(self, link_id: str) -> FilledItem | None:
        """Return the shown item with this id, ``None`` when it is not shown now."""
        return self._entries.get(link_id)

    def answer(self, address: Address) -> Answer:
        """Return the answer at an address, ``EMPTY`` where nothing stands."""
        entry = self._entries.get(address.link_id)
        if entry is None:
            return EMPTY
        if not address.row_id:
            return entry.answer
        row = self._rows.get((address.link_id, address.row_id))
        return row.cell(address.column) if row else EMPTY

    def rows(self, link_id: str, answer_at: Callable[[Address], Answer]) -> tuple[Row, ...]:
        """Return the shown rows of a repeat, each cell as ``answer_at`` tells it."""
        entry = self._entries.get(link_id)
        if entry is None:
            return ()
        names = [column.link_id for column in entry.item.columns]
        return tuple(
            Row(row.id, {name: answer_at(Address(link_id, row.id, name)) for name in names})
            for row in entry.rows
        )
