"""What has been paid in a case and how much of it the state's money bore (F13), reckoned from the payments' rows.

Amounts are kronor, with öre where the accounts have them. What cannot be told is left out, never taken for nought.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from desktop_app.domain.answers import Answer, answered
from desktop_app.domain.case_file import CaseFile
from desktop_app.domain.costs import CostLine
from desktop_app.domain.forms import Row
from desktop_app.domain.texts import Texts, label_of

PAYMENTS = "payments"
PAYMENT_TYPES = "payment_types"
"""The register with the sums of each cost type beside what was applied for."""

GRANTED, FROM, UNTIL = "funding.granted", "funding.period_from", "funding.period_until"
PAYMENT_FACTS = tuple(
    f"derived.{name}" for name in ("paid_total", "state_total", "own_total", "unspent", "overspent")
)


class PaymentDoubt(StrEnum):
    """What makes a payment or the sum worth a second look."""

    STATE_OVER_AMOUNT = "state_over_amount"
    OUTSIDE_PERIOD = "payment_outside_period"
    OVER_GRANTED = "over_granted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """One payment; a part of it that is not known is ``None``."""

    row_id: str
    cost_type: str
    paid_on: date | None
    amount: Decimal | None
    state_share: Decimal | None

    @property
    def is_whole(self) -> bool:
        """Tell whether both sums are known."""
        return self.amount is not None and self.state_share is not None


def payments_of(rows: Iterable[Row]) -> tuple[Payment, ...]:
    """Read the rows of the register ``payments`` that somebody has begun."""
    return tuple(_payment(row) for row in rows if any(cell.is_given for cell in row.cells.values()))


def _payment(row: Row) -> Payment:
    day, amount, share = (row.cell(name).value for name in ("paid_on", "amount", "state_share"))
    return Payment(
        row_id=row.id,
        cost_type=str(row.cell("cost_type").value or ""),
        paid_on=day if isinstance(day, date) else None,
        amount=amount if isinstance(amount, Decimal) else None,
        state_share=share if isinstance(share, Decimal) else None,
    )


def payment_facts(file: CaseFile) -> Mapping[str, Answer]:
    """Return the sums. What is left of the grant is known only when every row has both its sums."""
    paid = payments_of(file.rows(PAYMENTS))
    if not paid:
        return {}
    total, state = _sum(one.amount for one in paid), _sum(one.state_share for one in paid)
    facts = {"derived.paid_total": total, "derived.state_total": state}
    if not all(one.is_whole for one in paid):
        return {key: answered(value) for key, value in facts.items()}
    facts["derived.own_total"] = total - state
    granted = file.value(GRANTED)
    if isinstance(granted, Decimal):
        facts["derived.unspent"] = max(Decimal(0), granted - state)
        if state > granted:
            facts["derived.overspent"] = state - granted
    return {key: answered(value) for key, value in facts.items()}


def payment_type_rows(file: CaseFile, applied: Iterable[CostLine], texts: Texts) -> tuple[Row, ...]:
    """Return a row for each cost type that was applied for or paid, in the order of the cost types."""
    sums: dict[str, list[Decimal]] = {}
    for line in applied:
        sums.setdefault(line.cost_type, [Decimal(0)] * 3)[0] += line.applied_amount
    for one in payments_of(file.rows(PAYMENTS)):
        if one.cost_type:
            of_type = sums.setdefault(one.cost_type, [Decimal(0)] * 3)
            of_type[1] += one.amount or 0
            of_type[2] += one.state_share or 0
    return tuple(
        Row(
            code,
            {
                "cost_type": answered(label_of(texts, "cost_types", code)),
                "applied": answered(of_type[0]),
                "amount": answered(of_type[1]),
                "state_share": answered(of_type[2]),
            },
        )
        for code, of_type in sorted(sums.items())
    )


def payment_doubts(file: CaseFile) -> Iterator[tuple[PaymentDoubt, str | None]]:
    """Yield what is worth a second look, with the row it is about."""
    paid = payments_of(file.rows(PAYMENTS))
    first, last = file.value(FROM), file.value(UNTIL)
    for one in paid:
        if one.amount is not None and one.state_share is not None and one.state_share > one.amount:
            yield PaymentDoubt.STATE_OVER_AMOUNT, one.row_id
        if one.paid_on is not None and (
            (isinstance(first, date) and one.paid_on < first)
            or (isinstance(last, date) and one.paid_on > last)
        ):
            yield PaymentDoubt.OUTSIDE_PERIOD, one.row_id
    granted = file.value(GRANTED)
    if isinstance(granted, Decimal) and _sum(one.state_share for one in paid) > granted:
        yield PaymentDoubt.OVER_GRANTED, None


def _sum(parts: Iterable[Decimal | None]) -> Decimal:
    return sum((part for part in parts if part is not None), Decimal(0))
