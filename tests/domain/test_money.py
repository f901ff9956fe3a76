"""Kronor and öre: rounding and sharing out, so that sums on paper add up when checked by hand."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.money import share_out, to_krona, written


@pytest.mark.parametrize(
    ("amount", "krona"), [("0.49", "0"), ("0.50", "1"), ("1.50", "2"), ("2.50", "3"), ("2.49", "2")]
)
def test_half_a_krona_is_rounded_upwards(amount: str, krona: str):
    assert to_krona(Decimal(amount)) == Decimal(krona)


def test_equal_parts_give_the_odd_krona_to_the_earlier():
    assert share_out(Decimal(10), [Decimal(1)] * 3) == (4, 3, 3)
    assert share_out(Decimal(0), [Decimal(1)] * 3) == (0, 0, 0)
    assert share_out(Decimal(7), [Decimal(0), Decimal(5)]) == (0, 7)


@given(
    total=st.integers(0, 10**12),
    weights=st.lists(st.integers(0, 400), min_size=1, max_size=12).filter(any),
)
def test_shares_always_add_up_and_none_is_a_krona_off(total: int, weights: list[int]):
    parts = share_out(Decimal(total), [Decimal(weight) for weight in weights])
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert part == part.to_integral_value()
        assert abs(part * sum(weights) - total * weight) < sum(weights)


@pytest.mark.parametrize(
    ("amount", "text"),
    [("1234567", "1 234 567"), ("1234.5", "1 234,50"), ("0", "0"), ("999", "999"), ("40000.00", "40 000")],
)
def test_amounts_are_written_with_spaces_that_do_not_break(amount: str, text: str):
    assert written(Decimal(amount)) == text.replace(" ", "\u00a0")
