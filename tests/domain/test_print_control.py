"""What contradicts itself on a form before it is printed: days, sums, gates; and that unknown is never wrong."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.answers import Answer, AnswerState, Value, answered
from desktop_app.domain.conditions import Comparison, Operator
from desktop_app.domain.forms import Address, FilledForm, FilledItem, Item, Row
from desktop_app.domain.print_control import (
    Agreement,
    DayOrder,
    FindingKind,
    Gate,
    PrintControls,
    SumRule,
    contradictions,
    gates_missing,
)
from desktop_app.domain.values import ItemType
from tests.printing.samples import form_of_entries

TODAY = date(2026, 11, 22)
CONTROLS = PrintControls(
    orders=(DayOrder("starts", "ends"),),
    not_past=frozenset({"valid_until"}),
    not_ahead=frozenset({"told_on"}),
    sums=(
        SumRule(("applied",), ("amount",), Agreement.AT_MOST),
        SumRule(("lines.applied",), ("total",), Agreement.EQUAL),
        SumRule(("total", "own"), ("lines.amount",), Agreement.EQUAL),
    ),
)


def item(name: str, kind: ItemType = ItemType.DATE, **more: object) -> Item:
    return Item(link_id=name, type=kind, text_key=f"forms.x.{name}", **more)


def days(**answers: Value) -> FilledForm:
    return form_of_entries(*(FilledItem(item(name), answered(value)) for name, value in answers.items()))


def costs(*rows: dict[str, int], total: int | None = None, own: int | None = None) -> FilledForm:
    columns = tuple(item(name, ItemType.MONEY) for name in ("amount", "applied"))
    filled = tuple(
        Row(str(at), {name: answered(Decimal(value)) for name, value in row.items()})
        for at, row in enumerate(rows)
    )
    lines = replace(item("lines", ItemType.REPEAT), columns=columns)
    stated = {"total": total, "own": own}
    return form_of_entries(
        FilledItem(lines, rows=filled),
        *(
            FilledItem(item(name, ItemType.MONEY), answered(Decimal(value)))
            for name, value in stated.items()
            if value is not None
        ),
    )


def rules(filled: FilledForm) -> list[str]:
    return [each.rule for each in contradictions(filled, CONTROLS, TODAY)]


def test_an_end_before_its_start_leads_to_the_end():
    [found] = contradictions(days(starts=date(2026, 5, 2), ends=date(2026, 5, 1)), CONTROLS, TODAY)
    assert (found.kind, found.rule, found.address) == (FindingKind.DATE, "order", Address("ends"))
    assert found.labels == {"later": "forms.x.ends", "earlier": "forms.x.starts"}


@pytest.mark.parametrize(
    ("starts", "ends", "found"),
    [
        (date(2026, 5, 1), date(2026, 5, 1), []),
        (datetime(2026, 5, 1, 12, 0), date(2026, 5, 1), []),
        (datetime(2026, 5, 1, 12, 0), datetime(2026, 5, 1, 11, 59), ["order"]),
        (date(2026, 5, 2), datetime(2026, 5, 1, 23, 0), ["order"]),
    ],
)
def test_moments_are_compared_as_moments_and_with_days_by_the_day(starts: Value, ends: Value, found):
    assert rules(days(starts=starts, ends=ends)) == found


@pytest.mark.parametrize("state", [state for state in AnswerState if state is not AnswerState.ANSWERED])
def test_what_is_not_known_contradicts_nothing(state: AnswerState):
    end = FilledItem(item("ends"), Answer(state=state))
    assert rules(form_of_entries(FilledItem(item("starts"), answered(date(2026, 5, 2))), end)) == []


@pytest.mark.parametrize(
    ("name", "day", "found"),
    [
        ("valid_until", date(2026, 11, 21), ["past"]),
        ("valid_until", TODAY, []),
        ("told_on", date(2026, 11, 23), ["ahead"]),
        ("told_on", TODAY, []),
        ("starts", date(1999, 1, 1), []),
    ],
)
def test_days_that_should_lie_ahead_or_behind(name: str, day: date, found: list[str]):
    assert rules(days(**{name: day})) == found


def test_each_row_is_judged_by_itself_and_numbered():
    filled = costs({"amount": 100, "applied": 100}, {"amount": 100, "applied": 101})
    [found] = contradictions(filled, CONTROLS, TODAY)
    assert (found.kind, found.rule, found.row) == (FindingKind.SUM, "at_most", 2)
    assert found.address == Address("lines", "1", "applied")


def test_a_stated_sum_agrees_with_its_rows_and_with_what_is_paid_oneself():
    rows = ({"amount": 300, "applied": 200}, {"amount": 100, "applied": 100})
    assert rules(costs(*rows, total=300, own=100)) == []
    assert rules(costs(*rows, total=299, own=101)) == ["equal"]
    assert rules(costs(*rows, total=300, own=99)) == ["parts"]


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), min_size=1, max_size=8))
def test_it_finds_exactly_the_rows_that_ask_for_more_than_they_cost(pairs: list[tuple[int, int]]):
    filled = costs(*({"amount": amount, "applied": applied} for amount, applied in pairs))
    found = [each.row for each in contradictions(filled, CONTROLS, TODAY)]
    assert found == [at for at, (amount, applied) in enumerate(pairs, 1) if applied > amount]


def test_a_gate_is_missing_until_it_is_known_to_be_passed():
    asked = Gate("told", "X", Comparison("fact.x", Operator.EQUAL, "yes"))
    own = Gate("own", "X", Comparison("law", Operator.EXISTS, operand=True))
    other = Gate("other", "Y", Comparison("fact.x", Operator.EQUAL, "yes"))
    controls = PrintControls(gates=(asked, own, other))

    def missing(fact: str | None, law: str | None) -> list[str]:
        return [gate.id for gate in gates_missing("X", controls, {"law": law}, {"fact.x": fact}.get)]

    assert missing(None, None) == ["told", "own"]
    assert missing("no", "sol") == ["told"]
    assert missing("yes", "sol") == []
