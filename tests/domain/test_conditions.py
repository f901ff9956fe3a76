"""Conditions know three answers, and which keys decided."""

from datetime import date
from decimal import Decimal
from itertools import permutations, product

import pytest

from desktop_app.domain.conditions import AllOf, AnyOf, Comparison, Operator, Truth, Verdict

YES, NO, UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN
FACTS = {"a": "yes", "b": "no", "c": None}
KEY = {YES: "a", NO: "b", UNKNOWN: "c"}


def is_yes(key: str) -> Comparison:
    return Comparison(key, Operator.EQUAL, "yes")


def judged(condition, **facts: object) -> Verdict:
    return condition.judge({**FACTS, **facts}.get)


@pytest.mark.parametrize(("first", "second"), list(product(Truth, Truth)))
def test_the_truth_tables(first: Truth, second: Truth):
    parts = (is_yes(KEY[first]), is_yes(KEY[second]))
    both = NO if NO in (first, second) else UNKNOWN if UNKNOWN in (first, second) else YES
    either = YES if YES in (first, second) else UNKNOWN if UNKNOWN in (first, second) else NO
    assert judged(AllOf(parts)).truth is both
    assert judged(AnyOf(parts)).truth is either


@pytest.mark.parametrize("order", list(permutations("abc")))
def test_one_part_that_decides_is_the_only_one_named(order: tuple[str, ...]):
    parts = tuple(is_yes(key) for key in order)
    assert judged(AllOf(parts)) == Verdict(NO, ("b",))
    assert judged(AnyOf(parts)) == Verdict(YES, ("a",))


def test_what_is_not_known_is_named_when_it_is_what_hinders():
    assert judged(AllOf((is_yes("a"), is_yes("c")))) == Verdict(UNKNOWN, ("c",))
    assert judged(AnyOf((is_yes("b"), is_yes("c")))) == Verdict(UNKNOWN, ("c",))
    assert judged(AllOf((is_yes("a"), is_yes("d"))), d="yes") == Verdict(YES, ("a", "d"))
    assert judged(AnyOf((is_yes("b"), is_yes("e"))), e="no") == Verdict(NO, ("b", "e"))


def test_exists_asks_only_whether_there_is_an_answer():
    assert judged(Comparison("c", Operator.EXISTS, False)).truth is YES
    assert judged(Comparison("c", Operator.EXISTS, True)).truth is NO
    assert judged(Comparison("b", Operator.EXISTS, True)).truth is YES


@pytest.mark.parametrize(
    ("operator", "operand", "value", "truth"),
    [
        (Operator.NOT_EQUAL, "honour", "network", YES),
        (Operator.NOT_EQUAL, "honour", "honour", NO),
        (Operator.NOT_EQUAL, "honour", None, UNKNOWN),
        (Operator.LESS, 18, 17, YES),
        (Operator.LESS, 18, 18, NO),
        (Operator.LESS, 18, None, UNKNOWN),
        (Operator.LESS_OR_EQUAL, 18, 18, YES),
        (Operator.GREATER, 90, 90, NO),
        (Operator.GREATER, 90, Decimal("90.5"), YES),
        (Operator.GREATER_OR_EQUAL, date(2026, 1, 1), date(2026, 1, 1), YES),
        (Operator.IN, ("low", "high"), "low", YES),
        (Operator.IN, ("low", "high"), "none", NO),
        (Operator.IN, ("low", "high"), None, UNKNOWN),
        (Operator.IN, (), "none", NO),
        (Operator.EQUAL, "housing", ("housing", "health"), YES),
        (Operator.EQUAL, "children", ("housing", "health"), NO),
        (Operator.NOT_EQUAL, "children", ("housing", "health"), YES),
        (Operator.IN, ("children", "health"), ("housing", "health"), YES),
        (Operator.IN, ("children", "other"), ("housing", "health"), NO),
    ],
)
def test_operators(operator: Operator, operand, value, truth: Truth):
    assert Comparison("x", operator, operand).judge({"x": value}.get).truth is truth


def test_values_without_an_order_are_a_fault_and_not_an_answer():
    with pytest.raises(TypeError, match="no order"):
        Comparison("x", Operator.LESS, 18).judge({"x": "sjutton"}.get)


def test_it_tells_every_key_it_may_ask_for_once():
    nested = AllOf((is_yes("a"), AnyOf((is_yes("b"), is_yes("a"))), Comparison("c", Operator.EXISTS, True)))
    assert nested.asked() == ("a", "b", "c")


@pytest.mark.parametrize("first", [None, "yes", "no"])
@pytest.mark.parametrize("second", [None, "yes", "no"])
def test_to_hold_is_to_be_judged_true(first: str | None, second: str | None):
    facts = {"a": first, "b": second}
    parts = (is_yes("a"), is_yes("b"), Comparison("a", Operator.EXISTS, False))
    for condition in (*parts, AllOf(parts[:2]), AnyOf(parts), AllOf((AnyOf(parts[:2]), parts[2]))):
        assert condition.holds(facts.get) == (condition.judge(facts.get).truth is Truth.YES)
