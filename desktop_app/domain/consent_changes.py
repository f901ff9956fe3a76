"""A withdrawal or change of consent (F02b): which rows of the register it is about, and how they stand after it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from desktop_app.domain.answers import Answer, answered
from desktop_app.domain.forms import Row
from desktop_app.domain.register_errors import (
    ConsentChangeAhead,
    ConsentChangeUnclear,
    ConsentChangeUnknown,
)

CHANGE_FORM = "F02b"
CHANGES, FROM_WHEN = "changes", "from_when"
WITHDRAWN, CHANGED = "withdrawn", "changed"
_CHANGEABLE = ("may_disclose", "may_obtain", "data_kinds", "valid_until")

Cells = Mapping[str, Mapping[str, Answer]]
"""New cells by row id and column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentChange:
    """One row of F02b. ``row_id`` is that of a register row when the change was begun from it."""

    row_id: str
    recipient: str
    unit: str
    kind: str
    cells: Mapping[str, Answer]

    def is_about(self, row: Row) -> bool:
        """Tell whether a row of the register is meant."""
        if row.cell("recipient").value != self.recipient:
            return False
        unit = str(row.cell("unit").value or "")
        if row.id == self.row_id and unit.casefold() == self.unit.casefold():
            return True
        return not self.unit or unit.strip().casefold() == self.unit.casefold()

    def cells_after(self, from_when: date) -> Mapping[str, Answer]:
        """Return what is written over in a row of the register."""
        return {"withdrawn_on": answered(from_when)} if self.kind == WITHDRAWN else self.cells


def changes_from_rows(rows: Iterable[Row]) -> tuple[ConsentChange, ...]:
    """Read the rows of F02b that name an authority and what happens."""
    return tuple(change for row in rows if (change := _change(row)) is not None)


def _change(row: Row) -> ConsentChange | None:
    recipient, kind = row.cell("recipient").value, row.cell("change").value
    if not isinstance(recipient, str) or kind not in (WITHDRAWN, CHANGED):
        return None
    return ConsentChange(
        row_id=row.id,
        recipient=recipient,
        unit=str(row.cell("unit").value or "").strip(),
        kind=str(kind),
        cells={name: row.cell(name) for name in _CHANGEABLE if row.cell(name).is_value},
    )


def cells_changed(register: Sequence[Row], rows: Sequence[Row], from_when: date | None, today: date) -> Cells:
    """Return what a finished F02b writes in the register.

    Raises:
        ConsentChangeUnclear: a row names no authority, or nothing that changes, or there is no day (``row``).
        ConsentChangeUnknown: a row is about a consent that the register does not hold (``row``).
        ConsentChangeAhead: a change is to hold from a day that has not come.

    """
    found: dict[str, dict[str, Answer]] = {}
    for number, row in enumerate(rows, start=1):
        change = _change(row)
        if change is None or from_when is None or not change.cells_after(from_when):
            raise ConsentChangeUnclear(row=number)
        if change.kind == CHANGED and from_when > today:
            raise ConsentChangeAhead
        meant = [one for one in register if change.is_about(one)]
        if not meant:
            raise ConsentChangeUnknown(row=number)
        for one in meant:
            found.setdefault(one.id, {}).update(change.cells_after(from_when))
    return found


def register_after(register: Sequence[Row], rows: Sequence[Row], from_when: date) -> tuple[Row, ...]:
    """Return the register as it would stand; rows that are not clear yet change nothing."""
    changes = changes_from_rows(rows)
    after: list[Row] = []
    for row in register:
        cells = dict(row.cells)
        for change in changes:
            if change.is_about(row):
                cells.update(change.cells_after(from_when))
        after.append(Row(row.id, cells))
    return tuple(after)
