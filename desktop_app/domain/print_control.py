"""Control before print: what contradicts itself on a form. It stops nobody; each finding leads to its field.

Which days must follow which, which sums must agree and what a form rests on is data
(resources/data/print_controls.toml). An answer that is not given is never compared: unknown is not wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from desktop_app.domain.answers import Value
from desktop_app.domain.conditions import Condition, Lookup
from desktop_app.domain.forms import Address, FilledForm, FilledItem, Item
from desktop_app.domain.values import ItemType


class FindingKind(StrEnum):
    """What a finding is about. What is only ``ODD`` may well be right."""

    GAP = "gap"
    GATE = "gate"
    CONSENT = "consent"
    DATE = "date"
    SUM = "sum"
    ODD = "odd"


class Agreement(StrEnum):
    """How the left side of a sum stands to the right."""

    EQUAL = "equal"
    AT_MOST = "at_most"


@dataclass(frozen=True, slots=True)
class DayOrder:
    """Two days by name, of one row or of one form: the later never lies before the earlier."""

    earlier: str
    later: str


@dataclass(frozen=True, slots=True)
class SumRule:
    """Two sides, each the sum of its terms.

    A term is a question or a column by name, or a whole column added up (``cost_lines.applied``). A rule over plain
    columns is judged row by row.
    """

    left: tuple[str, ...]
    right: tuple[str, ...]
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class Gate:
    """What a form rests on: it is missing until ``met`` holds.

    ``link_id`` is where on the form it is seen (with ``at``, row and column there), ``elsewhere`` the form on which it
    is answered when it cannot be here.
    """

    id: str
    form_id: str
    met: Condition
    applies: Condition | None = None
    link_id: str = ""
    elsewhere: str = ""
    at: tuple[str, str] = ("", "")

    @property
    def address(self) -> Address:
        """Where on the form it is seen."""
        return Address(self.link_id, *self.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintControls:
    """Every rule. ``not_past`` and ``not_ahead`` name days that lie neither before nor after today."""

    orders: tuple[DayOrder, ...] = ()
    not_past: frozenset[str] = frozenset()
    not_ahead: frozenset[str] = frozenset()
    sums: tuple[SumRule, ...] = ()
    gates: tuple[Gate, ...] = ()
    doubt_fields: Mapping[str, str] = field(default_factory=dict[str, str])
    """Where a doubt about the whole form is answered."""
    said_here: frozenset[str] = frozenset()
    """Doubts that the rules above say better."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Something that does not go together, and where. ``labels`` are the questions named, ``values`` what they say."""

    kind: FindingKind
    rule: str
    address: Address
    labels: Mapping[str, str] = field(default_factory=dict[str, str])
    values: Mapping[str, Value] = field(default_factory=dict[str, Value])
    row: int | None = None


@dataclass(frozen=True, slots=True)
class _Place:
    """One answer with the names it goes by."""

    item: Item
    value: Value
    address: Address

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for name in (self.item.link_id, self.item.binds, self.item.fills_from) if name)


def contradictions(filled: FilledForm, controls: PrintControls, today: date) -> tuple[Contradiction, ...]:
    """Return what contradicts itself on a form, in reading order."""
    entries = tuple(entry for entry in filled.items() if entry.item.type is not ItemType.REPEAT)
    found = list(_group(tuple(_places_of_form(entries)), controls, today, None))
    for entry in filled.items():
        if entry.item.type is ItemType.REPEAT:
            for number, places in enumerate(_places_of_rows(entry), 1):
                found += _group(places, controls, today, number)
    found += _column_sums(filled, controls)
    order = {entry.item.link_id: place for place, entry in enumerate(filled.items())}
    return tuple(sorted(found, key=lambda one: (order.get(one.address.link_id, 0), one.row or 0)))


def gates_missing(
    form_id: str, controls: PrintControls, answers: Mapping[str, Value | None], facts: Lookup
) -> tuple[Gate, ...]:
    """Return the gates of a form that are not known to be passed; its own answers are asked before the case."""

    def look(key: str) -> Value | None:
        return answers[key] if key in answers else facts(key)

    return tuple(
        gate
        for gate in controls.gates
        if gate.form_id == form_id
        and (gate.applies is None or gate.applies.holds(look))
        and not gate.met.holds(look)
    )


def _places_of_form(entries: Iterable[FilledItem]) -> Iterator[_Place]:
    for entry in entries:
        if entry.answer.value is not None:
            yield _Place(entry.item, entry.answer.value, Address(entry.item.link_id))


def _places_of_rows(entry: FilledItem) -> Iterator[tuple[_Place, ...]]:
    for row in entry.rows:
        yield tuple(
            _Place(column, value, Address(entry.item.link_id, row.id, column.link_id))
            for column in entry.item.columns
            if (value := row.cell(column.link_id).value) is not None
        )


def _group(
    places: tuple[_Place, ...], controls: PrintControls, today: date, row: int | None
) -> Iterator[Contradiction]:
    named = {name: place for place in places for name in place.names}
    yield from _orders(named, controls.orders, row)
    for place in places:
        yield from _against_today(place, controls, today, row)
    yield from _sums(named, controls.sums, row)


def _orders(
    named: Mapping[str, _Place], orders: Iterable[DayOrder], row: int | None
) -> Iterator[Contradiction]:
    for order in orders:
        earlier, later = named.get(order.earlier), named.get(order.later)
        if earlier is None or later is None or not _is_before(later.value, earlier.value):
            continue
        yield Contradiction(
            kind=FindingKind.DATE,
            rule="order",
            address=later.address,
            labels={"later": later.item.text_key, "earlier": earlier.item.text_key},
            values={"later_day": later.value, "earlier_day": earlier.value},
            row=row,
        )


def _is_before(one: Value, other: Value) -> bool:
    """Compare two moments as moments, and a day with a moment by the day."""
    if isinstance(one, datetime) and isinstance(other, datetime):
        return one < other
    first, second = _day(one), _day(other)
    return first is not None and second is not None and first < second


def _day(value: Value) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def _against_today(
    place: _Place, controls: PrintControls, today: date, row: int | None
) -> Iterator[Contradiction]:
    day = _day(place.value)
    if day is None:
        return
    is_past = day < today and not controls.not_past.isdisjoint(place.names)
    is_ahead = day > today and not controls.not_ahead.isdisjoint(place.names)
    if is_past or is_ahead:
        yield Contradiction(
            kind=FindingKind.DATE,
            rule="past" if is_past else "ahead",
            address=place.address,
            labels={"label": place.item.text_key},
            values={"day": place.value},
            row=row,
        )


Amounts = Callable[[str], "_Term | None"]


@dataclass(frozen=True, slots=True)
class _Term:
    amount: Decimal
    item: Item
    address: Address


def _sums(named: Mapping[str, _Place], rules: Iterable[SumRule], row: int | None) -> Iterator[Contradiction]:
    def term(name: str) -> _Term | None:
        place = named.get(name)
        amount = _amount(place.value) if place else None
        return _Term(amount, place.item, place.address) if place and amount is not None else None

    for rule in rules:
        if not any("." in name for name in (*rule.left, *rule.right)):
            yield from _judge(rule, term, row)


def _column_sums(filled: FilledForm, controls: PrintControls) -> Iterator[Contradiction]:
    """Judge the rules that add up a whole column."""
    repeats = {
        name: entry
        for entry in filled.items()
        if entry.item.type is ItemType.REPEAT
        for name in (entry.item.link_id, entry.item.rows_from)
        if name
    }
    plain = [entry for entry in filled.items() if entry.item.type is not ItemType.REPEAT]
    named = {name: place for place in _places_of_form(plain) for name in place.names}

    def term(name: str) -> _Term | None:
        repeat, _, column = name.partition(".")
        if column and repeat in repeats:
            return _added_up(repeats[repeat], column)
        place = named.get(name)
        amount = _amount(place.value) if place else None
        return _Term(amount, place.item, place.address) if place and amount is not None else None

    for rule in controls.sums:
        if any("." in name for name in (*rule.left, *rule.right)):
            yield from _judge(rule, term, None)


def _added_up(entry: FilledItem, column: str) -> _Term | None:
    """Return the sum of a column, ``None`` when it has no such column or nothing stands in it."""
    items = [item for item in entry.item.columns if item.link_id == column]
    amounts = [amount for row in entry.rows if (amount := _amount(row.cell(column).value)) is not None]
    if not items or not amounts:
        return None
    return _Term(sum(amounts, Decimal(0)), items[0], Address(entry.item.link_id))


def _judge(rule: SumRule, term: Amounts, row: int | None) -> Iterator[Contradiction]:
    left, right = [term(name) for name in rule.left], [term(name) for name in rule.right]
    known = [one for one in (*left, *right) if one is not None]
    if len(known) < len(left) + len(right):
        return
    mine = sum((one.amount for one in left if one), Decimal(0))
    other = sum((one.amount for one in right if one), Decimal(0))
    if mine == other or (rule.agreement is Agreement.AT_MOST and mine < other):
        return
    first, last = known[0], known[len(left)]
    yield Contradiction(
        kind=FindingKind.SUM,
        rule=rule.agreement.value if len(left) == 1 else "parts",
        address=first.address,
        labels={"left": first.item.text_key, "right": last.item.text_key}
        | ({"other": known[1].item.text_key} if len(left) > 1 else {}),
        values={"left_sum": mine, "right_sum": other},
        row=row,
    )


def _amount(value: Value | None) -> Decimal | None:
    if isinstance(value, Decimal):
        return value
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else None
