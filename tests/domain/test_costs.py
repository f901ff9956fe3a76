"""The calculation behind an application for state funding: every row and column adds up, also over New Year."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.answers import answered, as_typed
from desktop_app.domain.costs import (
    CostLine,
    cost_line_from_row,
    cost_lines_from_rows,
    days_between,
    days_by_year,
    share_by_year,
    summarise,
    with_amounts,
)
from desktop_app.domain.forms import Row

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@st.composite
def cost_lines(draw: st.DrawFn) -> CostLine:
    starts = draw(st.none() | DAYS)
    return CostLine(
        row_id=draw(st.text("abcdef", min_size=4, max_size=4)),
        cost_type="K01",
        unit=draw(st.sampled_from(["day", "month", "hour"])),
        quantity=draw(st.decimals(0, 4000, places=2)),
        unit_price=draw(st.decimals(0, 20_000, places=2)),
        starts=starts,
        ends=starts
        and draw(st.none() | st.integers(-5, 1500).map(lambda days: starts + timedelta(days=days))),
        vat_rate=draw(st.sampled_from([Decimal(0), Decimal(6), Decimal(12), Decimal(25)])),
        applied=draw(st.none() | st.decimals(0, 100_000, places=2)),
    )


def line(**changes: object) -> CostLine:
    kept: dict[str, object] = {
        "row_id": "a",
        "cost_type": "K01",
        "unit": "day",
        "quantity": Decimal(1),
        "unit_price": Decimal(100),
    }
    return CostLine(**{**kept, **changes})


def row(**cells: object) -> Row:
    given_cells: dict[str, object] = {
        "cost_type": "K01",
        "unit": "day",
        "starts": date(2026, 11, 15),
        "ends": date(2027, 2, 28),
        "unit_price": Decimal(3263),
        **cells,
    }
    return Row("a", {key: answered(value) for key, value in given_cells.items() if value is not None})


@pytest.mark.parametrize(
    ("starts", "ends", "days"),
    [
        ("2026-11-22", "2026-11-22", 1),
        ("2026-12-31", "2027-01-01", 2),
        ("2024-02-28", "2024-03-01", 3),
        ("2026-02-28", "2026-03-01", 2),
        ("2024-01-01", "2024-12-31", 366),
        ("2026-11-22", "2026-11-21", 0),
        ("2026-11-22", "2025-01-01", 0),
    ],
)
def test_both_end_days_count(starts: str, ends: str, days: int):
    assert days_between(date.fromisoformat(starts), date.fromisoformat(ends)) == days


def test_a_stay_over_new_year_is_split_at_the_last_of_december():
    assert days_by_year(date(2026, 11, 15), date(2027, 2, 28)) == {2026: 47, 2027: 59}
    assert days_by_year(date(2027, 12, 31), date(2029, 1, 1)) == {2027: 1, 2028: 366, 2029: 1}


@given(starts=DAYS, length=st.integers(0, 2000))
def test_the_days_of_the_years_add_up_to_the_period(starts: date, length: int):
    ends = starts + timedelta(days=length)
    assert sum(days_by_year(starts, ends).values()) == days_between(starts, ends) == length + 1


def test_the_example_of_the_handbook_by_hand():
    stay = line(
        quantity=Decimal(106),
        unit_price=Decimal(3263),
        starts=date(2026, 11, 15),
        ends=date(2027, 2, 28),
        vat_rate=Decimal(25),
    )
    assert (stay.amount, stay.vat, stay.applied_amount) == (345878, 86470, 345878)
    assert share_by_year(stay.amount, stay) == {2026: 153361, 2027: 192517}
    summary = summarise([stay])
    assert (summary.amount, summary.vat, summary.applied) == (345878, 86470, 345878)


def test_a_reversed_period_falls_on_the_year_it_begins_and_loses_nothing():
    reversed_period = line(starts=date(2027, 1, 2), ends=date(2026, 12, 30), unit_price=Decimal(999))
    assert share_by_year(Decimal(999), reversed_period) == {2027: 999}


def test_a_single_day_and_a_line_without_days():
    assert share_by_year(Decimal(7), line(starts=date(2026, 12, 31))) == {2026: 7}
    assert share_by_year(Decimal(7), line()) == {None: 7}
    years = summarise([line(), line(starts=date(2026, 1, 1))]).years
    assert [year.year for year in years] == [2026, None], "costs without a period stand last"


def test_nothing_applied_for_is_not_the_same_as_not_said():
    assert line(applied=Decimal(0)).applied_amount == 0
    assert line(applied=None).applied_amount == 100


def test_ore_are_rounded_once_per_line():
    assert line(quantity=Decimal(3), unit_price=Decimal("0.50")).amount == 2
    assert summarise([line(unit_price=Decimal("0.50"))] * 3).amount == 3


@given(cost_lines())
def test_the_years_of_a_line_add_up_to_the_line(cost: CostLine):
    for amount in (cost.amount, cost.vat, cost.applied_amount):
        assert sum(share_by_year(amount, cost).values()) == amount


@given(st.lists(cost_lines(), max_size=8))
def test_rows_and_columns_on_paper_add_up(lines: list[CostLine]):
    summary = summarise(lines)
    assert summary.amount == sum(cost.amount for cost in lines) == sum(year.amount for year in summary.years)
    assert summary.vat == sum(cost.vat for cost in lines) == sum(year.vat for year in summary.years)
    assert summary.applied == sum(c.applied_amount for c in lines) == sum(y.applied for y in summary.years)
    assert len({year.year for year in summary.years}) == len(summary.years)
    for year in summary.years:
        assert all(part == part.to_integral_value() for part in (year.amount, year.vat, year.applied))


@given(st.lists(cost_lines(), max_size=6), st.randoms())
def test_the_order_of_lines_does_not_matter(lines: list[CostLine], random):
    shuffled = list(lines)
    random.shuffle(shuffled)
    assert summarise(lines) == summarise(shuffled)


def test_days_are_counted_when_only_the_period_is_written():
    filled = with_amounts(row())
    assert filled.cell("quantity").value == 106
    assert filled.cell("amount").value == 345878
    assert filled.cell("vat_amount").value == 0
    assert filled.cell("applied").value == 345878


def test_a_typed_quantity_and_sum_stand_as_typed():
    filled = with_amounts(row(quantity=Decimal(100), applied=Decimal(40_000), vat_rate="25"))
    assert filled.cell("quantity").value == 100
    assert (filled.cell("amount").value, filled.cell("vat_amount").value) == (326300, 81575)
    assert filled.cell("applied").value == 40_000


@pytest.mark.parametrize(
    "missing", [{"unit_price": None}, {"cost_type": None}, {"ends": None}, {"unit": "hour"}]
)
def test_a_row_that_cannot_be_reckoned_yet_is_left_as_it_is(missing: dict[str, object]):
    half = row(**missing)
    assert cost_line_from_row(half) is None
    assert with_amounts(half) == half
    assert cost_lines_from_rows([half]) == ()


def test_a_price_that_could_not_be_read_is_never_reckoned_with():
    half = row().with_cell("unit_price", as_typed("tretusen"))
    assert cost_line_from_row(half) is None
