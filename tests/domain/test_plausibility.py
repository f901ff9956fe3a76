"""Warnings about prices and sums: never a stop."""

from datetime import date
from decimal import Decimal

import pytest

from desktop_app.domain.costs import CostLine, summarise
from desktop_app.domain.plausibility import Doubt, doubts
from desktop_app.services.library import load_library

BOUNDS = load_library().cost_bounds


def line(**changes: object) -> CostLine:
    kept: dict[str, object] = {
        "row_id": "r1",
        "cost_type": "K01",
        "unit": "day",
        "quantity": Decimal(30),
        "unit_price": Decimal(3000),
        "starts": date(2026, 11, 1),
        "ends": date(2026, 11, 30),
    }
    return CostLine(**{**kept, **changes})


def found(*lines: CostLine) -> set[tuple[Doubt, str | None, int | None]]:
    return {(one.doubt, one.row_id, one.year) for one in doubts(lines, summarise(lines), BOUNDS)}


def test_an_ordinary_calculation_raises_no_doubt():
    assert found(line()) == set()
    assert found() == set()


@pytest.mark.parametrize(
    ("changes", "doubt"),
    [
        ({"unit_price": Decimal(9001)}, Doubt.PRICE_HIGH),
        ({"unit_price": Decimal(499), "quantity": Decimal(60), "ends": date(2026, 12, 30)}, Doubt.PRICE_LOW),
        ({"unit": "hour", "unit_price": Decimal(2501)}, Doubt.PRICE_HIGH),
        ({"ends": date(2026, 10, 30)}, Doubt.PERIOD_REVERSED),
        ({"quantity": Decimal(29)}, Doubt.QUANTITY_NOT_DAYS),
        ({"applied": Decimal(90_001)}, Doubt.APPLIED_OVER_AMOUNT),
    ],
)
def test_a_line_is_pointed_out_by_its_row(changes: dict[str, object], doubt: Doubt):
    assert found(line(**changes)) == {(doubt, "r1", None)}


@pytest.mark.parametrize("price", [500, 9000])
def test_the_bounds_themselves_are_plausible(price: int):
    assert found(line(unit_price=Decimal(price), quantity=Decimal(60), ends=date(2026, 12, 30))) == set()


def test_a_unit_without_bounds_is_not_judged():
    assert found(line(unit="month", unit_price=Decimal(250_000), quantity=Decimal(1))) == set()


def test_the_sum_of_a_year_is_judged_by_year_and_the_whole_only_once():
    dear = line(unit="month", quantity=Decimal(12), unit_price=Decimal(250_000), starts=date(2027, 1, 1))
    assert found(line(), CostLine(**{**_fields(dear), "ends": date(2027, 12, 31)})) == {
        (Doubt.YEAR_HIGH, None, 2027)
    }
    cheap = line(quantity=Decimal(6), ends=date(2026, 11, 6))
    assert found(cheap) == {(Doubt.YEAR_LOW, None, 2026)}


def _fields(cost: CostLine) -> dict[str, object]:
    return {name: getattr(cost, name) for name in CostLine.__dataclass_fields__}


def test_every_doubt_has_words():
    texts = load_library().texts
    for doubt in Doubt:
        assert texts.get(f"doubts.{doubt}", year=2026)
