"""The sums of all cases in words, the total last. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from desktop_app.domain.texts import Texts
from ui.presenters.days import money_words

if TYPE_CHECKING:
    from desktop_app.services.economy import EconomyRow


@dataclass(frozen=True, slots=True)
class EconomyLine:
    """One row of words; ``case_id`` is empty for the total."""

    case_id: str
    cells: tuple[str, ...]
    is_sum: bool = False


def economy_cells(rows: Sequence[EconomyRow], texts: Texts) -> tuple[EconomyLine, ...]:
    """Return a line for each case and year, and the total under them."""
    if not rows:
        return ()
    lines = [_line(row, texts) for row in rows]
    total = tuple(
        sum((getattr(row, name) for row in rows), Decimal(0)) for name in ("amount", "vat", "applied")
    )
    words = (texts.get("window.economy.total"), "", *(money_words(amount, texts) for amount in total))
    return (*lines, EconomyLine("", words, is_sum=True))


def _line(row: EconomyRow, texts: Texts) -> EconomyLine:
    year = str(row.year) if row.year is not None else texts.get("window.economy.no_year")
    amounts = (money_words(amount, texts) for amount in (row.amount, row.vat, row.applied))
    return EconomyLine(row.case_id, (row.code, year, *amounts))
