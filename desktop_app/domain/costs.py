"""The calculation behind an application for state funding: lines, years and sums.

Every line is rounded to whole kronor first, and its years share it out exactly, so that each row and column on
paper adds up when checked by hand. Cost types and the plausible prices are data (resources/data/cost_types.toml).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from desktop_app.domain.answers import Answer, answered
from desktop_app.domain.forms import Row
from desktop_app.domain.money import share_out, to_krona

DAY_UNIT = "day"


@dataclass(frozen=True, slots=True, kw_only=True)
class CostLine:
    """One cost: unit price in kronor without moms, quantity in ``unit``, ``vat_rate`` in per cent.

    ``applied`` is what is asked of the state in whole kronor; ``None`` means the whole sum without moms.
    """

    row_id: str
    cost_type: str
    unit: str
    quantity: Decimal
    unit_price: Decimal
    starts: date | None = None
    ends: date | None = None
    vat_rate: Decimal = Decimal(0)
    applied: Decimal | None = None

    @property
    def amount(self) -> Decimal:
        """The sum without moms, in whole kronor."""
        return to_krona(self.quantity * self.unit_price)

    @property
    def vat(self) -> Decimal:
        """The moms, in whole kronor."""
        return to_krona(self.amount * self.vat_rate / 100)

    @property
    def applied_amount(self) -> Decimal:
        """What is asked of the state, in whole kronor."""
        return self.amount if self.applied is None else to_krona(self.applied)


@dataclass(frozen=True, slots=True, kw_only=True)
class YearSum:
    """What falls on one calendar year, in whole kronor. ``year`` is ``None`` for lines without a period."""

    year: int | None
    amount: Decimal
    vat: Decimal
    applied: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class CostSummary:
    """Sums per year, split at 31 December, and their totals, which equal the sums of the lines."""

    years: tuple[YearSum, ...]
    amount: Decimal
    vat: Decimal
    applied: Decimal


def days_between(starts: date, ends: date) -> int:
    """Return the number of days from ``starts`` to ``ends``, both counted; 0 when the order is wrong."""
    return max(0, (ends - starts).days + 1)


def days_by_year(starts: date, ends: date) -> dict[int, int]:
    """Return how many days of the period fall on each calendar year."""
    days: dict[int, int] = {}
    first = starts
    while first <= ends:
        last = min(ends, date(first.year, 12, 31))
        days[first.year] = (last - first).days + 1
        first = last + timedelta(days=1)
    return days


def share_by_year(amount: Decimal, line: CostLine) -> dict[int | None, Decimal]:
    """Share whole kronor over the years of a line's period by days; the parts add up exactly."""
    if line.starts is None:
        return {None: amount}
    ends = line.ends or line.starts
    days = days_by_year(line.starts, ends) or {line.starts.year: 1}
    parts = share_out(amount, [Decimal(count) for count in days.values()])
    return dict(zip(days, parts, strict=True))


def summarise(lines: Iterable[CostLine]) -> CostSummary:
    """Add up lines per year and in all."""
    table: dict[int | None, list[Decimal]] = {}
    for line in lines:
        for place, amount in enumerate((line.amount, line.vat, line.applied_amount)):
            for year, part in share_by_year(amount, line).items():
                table.setdefault(year, [Decimal(0)] * 3)[place] += part
    ordered = sorted(table.items(), key=lambda entry: (entry[0] is None, entry[0] or 0))
    years = tuple(YearSum(year=year, amount=s[0], vat=s[1], applied=s[2]) for year, s in ordered)
    return CostSummary(
        years=years,
        amount=sum((year.amount for year in years), Decimal(0)),
        vat=sum((year.vat for year in years), Decimal(0)),
        applied=sum((year.applied for year in years), Decimal(0)),
    )


def quantity_of(row: Row) -> Decimal | None:
    """Return the quantity of a row: as typed, or the days of its period when the unit is a day."""
    quantity = row.cell("quantity").value
    if isinstance(quantity, Decimal):
        return quantity
    starts, ends = row.cell("starts").value, row.cell("ends").value
    if row.cell("unit").value == DAY_UNIT and isinstance(starts, date) and isinstance(ends, date):
        return Decimal(days_between(starts, ends))
    return None


def cost_line_from_row(row: Row) -> CostLine | None:
    """Read a row of the register ``cost_lines``; ``None`` while type, price or quantity is missing."""
    cost_type, price, quantity = row.cell("cost_type").value, row.cell("unit_price").value, quantity_of(row)
    if not isinstance(cost_type, str) or not isinstance(price, Decimal) or quantity is None:
        return None
    starts, ends = row.cell("starts").value, row.cell("ends").value
    vat, applied = row.cell("vat_rate").value, row.cell("applied").value
    return CostLine(
        row_id=row.id,
        cost_type=cost_type,
        unit=str(row.cell("unit").value or ""),
        quantity=quantity,
        unit_price=price,
        starts=starts if isinstance(starts, date) else None,
        ends=ends if isinstance(ends, date) else None,
        vat_rate=Decimal(vat) if isinstance(vat, str) else Decimal(0),
        applied=applied if isinstance(applied, Decimal) else None,
    )


def cost_lines_from_rows(rows: Iterable[Row]) -> tuple[CostLine, ...]:
    """Read the rows of the register ``cost_lines`` that can be reckoned with."""
    return tuple(line for row in rows if (line := cost_line_from_row(row)) is not None)


def with_amounts(row: Row) -> Row:
    """Return the row with its reckoned cells (quantity, amount, vat_amount, applied) filled in where it can be."""
    line = cost_line_from_row(row)
    if line is None:
        return row
    reckoned: Mapping[str, Answer] = {
        "quantity": answered(line.quantity),
        "amount": answered(line.amount),
        "vat_amount": answered(line.vat),
        "applied": answered(line.applied_amount),
    }
    return Row(row.id, {**row.cells, **reckoned})
