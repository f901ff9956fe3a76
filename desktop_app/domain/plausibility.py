"""Warnings, never stops: prices and sums outside what has been seen. The bounds are data with their source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from desktop_app.domain.costs import DAY_UNIT, CostLine, CostSummary, days_between


class Doubt(StrEnum):
    """What makes a line or a sum worth a second look."""

    PRICE_LOW = "price_low"
    PRICE_HIGH = "price_high"
    YEAR_LOW = "year_low"
    YEAR_HIGH = "year_high"
    PERIOD_REVERSED = "period_reversed"
    QUANTITY_NOT_DAYS = "quantity_not_days"
    APPLIED_OVER_AMOUNT = "applied_over_amount"


@dataclass(frozen=True, slots=True)
class PriceBounds:
    """Lowest and highest price seen for a unit, in kronor."""

    unit: str
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class CostBounds:
    """Bounds for unit prices, and for the sum of a case in a year, in kronor."""

    prices: tuple[PriceBounds, ...]
    year_low: Decimal
    year_high: Decimal


@dataclass(frozen=True, slots=True)
class CostDoubt:
    """One warning: about a row (``row_id``) or about a year (``year``)."""

    doubt: Doubt
    row_id: str | None = None
    year: int | None = None


def doubts(lines: Iterable[CostLine], summary: CostSummary, bounds: CostBounds) -> tuple[CostDoubt, ...]:
    """Return every warning for the lines and their sums."""
    found = [CostDoubt(doubt, row_id=line.row_id) for line in lines for doubt in _line_doubts(line, bounds)]
    for year in summary.years:
        if year.year is not None and year.amount > bounds.year_high:
            found.append(CostDoubt(Doubt.YEAR_HIGH, year=year.year))
    if summary.years and summary.amount < bounds.year_low:
        found.append(CostDoubt(Doubt.YEAR_LOW, year=summary.years[0].year))
    return tuple(found)


def _line_doubts(line: CostLine, bounds: CostBounds) -> Iterable[Doubt]:
    for price in bounds.prices:
        if price.unit == line.unit and line.unit_price < price.low:
            yield Doubt.PRICE_LOW
        if price.unit == line.unit and line.unit_price > price.high:
            yield Doubt.PRICE_HIGH
    if line.starts is not None and line.ends is not None and line.ends < line.starts:
        yield Doubt.PERIOD_REVERSED
    elif _differs_from_days(line):
        yield Doubt.QUANTITY_NOT_DAYS
    if line.applied_amount > line.amount:
        yield Doubt.APPLIED_OVER_AMOUNT


def _differs_from_days(line: CostLine) -> bool:
    if line.unit != DAY_UNIT or line.starts is None or line.ends is None:
        return False
    return line.quantity != days_between(line.starts, line.ends)
