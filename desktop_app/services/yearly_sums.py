"""What the year's statistics (F21) tell in one figure each: days, children, money; nothing where few stand behind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from desktop_app.domain.answers import Answer, answered
from desktop_app.domain.case_file import CaseFile
from desktop_app.domain.cases import CaseKind
from desktop_app.domain.payments import GRANTED, PAYMENTS, payments_of
from desktop_app.domain.suppression import shown_median, shown_sum
from desktop_app.domain.texts import Texts

GRANTED_ON = "events.funding_decided_on"


def yearly_sums(
    files: Sequence[CaseFile],
    year: int,
    k: int,
    texts: Texts,
    count_words: Callable[[int], str],
) -> Mapping[str, Answer]:
    """Return the figures of a year as facts: of what happened in it, whenever the case began."""
    decided = sum(1 for file in files if file.case.kind is CaseKind.CHILD for _ in _decisions(file, year))
    money = {
        "granted": shown_sum([_granted(file, year) for file in files], k),
        "used": shown_sum([_paid(file, year)[0] for file in files], k),
        "own_share": shown_sum([_paid(file, year)[1] for file in files], k),
    }
    return {
        "derived.statistics_children_decisions": answered(count_words(decided)),
        **_days(files, year, k, texts),
        **{
            f"derived.statistics_{name}": answered(total)
            for name, total in money.items()
            if total is not None
        },
    }


def _days(files: Iterable[CaseFile], year: int, k: int, texts: Texts) -> Mapping[str, Answer]:
    """Return how long the police took to answer about the threat; nothing when they answered nobody."""
    days = [days for file in files for days in _answer_days(file, year)]
    if not days:
        return {}
    median = shown_median(days, k)
    words = texts.get("statistics.withheld") if median is None else str(median)
    return {"derived.statistics_answer_days": answered(words)}


def _answer_days(file: CaseFile, year: int) -> Iterator[int]:
    for row in file.rows("threats"):
        asked, answer = _day(row.cell("asked_on").value), _day(row.cell("answered_on").value)
        if asked is not None and answer is not None and answer.year == year and asked <= answer:
            yield (answer - asked).days


def _decisions(file: CaseFile, year: int) -> Iterator[object]:
    for row in file.rows("decisions"):
        day = _day(row.cell("decided_on").value)
        if day is not None and day.year == year:
            yield row


def _day(value: object) -> date | None:
    return value if isinstance(value, date) and not isinstance(value, datetime) else None


def _granted(file: CaseFile, year: int) -> Decimal:
    day, amount = _day(file.value(GRANTED_ON)), file.value(GRANTED)
    inside = day is not None and day.year == year
    return amount if inside and isinstance(amount, Decimal) else Decimal(0)


def _paid(file: CaseFile, year: int) -> tuple[Decimal, Decimal]:
    """Return what the state's money bore of the year's payments, and what the municipality bore itself."""
    used = own = Decimal(0)
    for each in payments_of(file.rows(PAYMENTS)):
        inside = each.paid_on is not None and each.paid_on.year == year
        if inside and each.amount is not None and each.state_share is not None:
            used += each.state_share
            own += each.amount - each.state_share
    return used, own
