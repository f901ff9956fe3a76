"""What each case costs, year by year."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from desktop_app.domain.costs import cost_lines_from_rows, summarise
from desktop_app.domain.derived import COST_LINES
from desktop_app.services.case_reading import stored_file
from desktop_app.services.session import Session


@dataclass(frozen=True, slots=True)
class EconomyRow:
    """One case in one year, in whole kronor without moms. ``year`` is ``None`` for costs without a period."""

    case_id: str
    code: str
    year: int | None
    amount: Decimal
    vat: Decimal
    applied: Decimal


def totals(session: Session) -> tuple[EconomyRow, ...]:
    """Return the sums of every case per year, by case code and year."""
    rows: list[EconomyRow] = []
    with session.reading() as stores:
        for case in stores.cases.all():
            lines = cost_lines_from_rows(stored_file(session, stores, case).rows(COST_LINES))
            rows += [
                EconomyRow(case.id, case.code, year.year, year.amount, year.vat, year.applied)
                for year in summarise(lines).years
            ]
    return tuple(rows)
