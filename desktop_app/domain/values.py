"""The answer types: how a text is read, how a value is stored, and how it is written for people.

One row per item type. The screen (``ui/forms/editors.py``) and the paper (``printing/items.py``) have their own
row for each; a test walks all of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from desktop_app.domain.answers import Value
from desktop_app.domain.errors import BadAnswer
from desktop_app.domain.identity_numbers import NotAnIdentityNumber, read_identity_number
from desktop_app.domain.money import written


class ItemType(StrEnum):
    """What kind of answer an item asks for."""

    TEXT = "text"
    PARAGRAPH = "paragraph"
    YES_NO = "yes_no"
    CHOICE = "choice"
    MULTI_CHOICE = "multi_choice"
    DATE = "date"
    DATETIME = "datetime"
    NUMBER = "number"
    MONEY = "money"
    PERSONAL_IDENTITY_NUMBER = "personal_identity_number"
    REPEAT = "repeat"
    INFO = "info"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading needs besides the text: today, and the codes a choice may have."""

    today: date
    codes: Sequence[str] = ()
    max_length: int = 20_000


@dataclass(frozen=True, slots=True)
class ValueType:
    """Four faces of one item type. ``parse`` raises ``BadAnswer(reason=…)`` and never repeats the text."""

    parse: Callable[[str, Reading], Value]
    to_stored: Callable[[Value], str]
    from_stored: Callable[[str], Value]
    to_text: Callable[[Value, Callable[[str], str]], str]


_MULTI_SEPARATOR = " "
_DATE = re.compile(r"^(\d{4})-?(\d{2})-?(\d{2})$")
_TIME = re.compile(r"^(?P<date>\S+)[ T](?P<hour>\d{1,2})[:.](?P<minute>\d{2})$")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_HALF_SIGN = re.compile(r"[\ud800-\udfff]")
_FIRST_YEAR, _LAST_YEAR = 1900, 2199


def _bad(reason: str) -> BadAnswer:
    return BadAnswer(reason=reason)


def storable(text: str) -> str:
    """Return the text without half signs (a broken paste can leave one), which neither database nor PDF can hold."""
    return _HALF_SIGN.sub("\N{REPLACEMENT CHARACTER}", text)


def _read_text(text: str, reading: Reading) -> str:
    if len(text) > reading.max_length:
        raise _bad("text.too_long")
    return storable(_CONTROL.sub("", text.replace("\r\n", "\n")))


def _read_line(text: str, reading: Reading) -> str:
    return " ".join(_read_text(text, reading).split())


def _read_choice(text: str, reading: Reading) -> str:
    if text not in reading.codes:
        raise _bad("choice.unknown")
    return text


def _read_choices(text: str, reading: Reading) -> tuple[str, ...]:
    chosen = set(text.split(_MULTI_SEPARATOR)) - {""}
    if not chosen or not chosen.issubset(reading.codes):
        raise _bad("choice.unknown")
    return tuple(code for code in reading.codes if code in chosen)


def _read_date(text: str, reading: Reading) -> date:
    match = _DATE.match(text.strip())
    if match is None:
        raise _bad("date.shape")
    year, month, day = (int(part) for part in match.groups())
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        # Such a year is mistyped, or means "until further notice"; reckoning with it would run off the calendar.
        raise _bad("date.year")
    try:
        return date(year, month, day)
    except ValueError:
        raise _bad("date.impossible") from None


def _read_datetime(text: str, reading: Reading) -> datetime:
    match = _TIME.match(text.strip())
    if match is None:
        raise _bad("datetime.shape")
    day = _read_date(match["date"], reading)
    hour, minute = int(match["hour"]), int(match["minute"])
    try:
        return datetime(day.year, day.month, day.day, hour, minute)  # noqa: DTZ001 - wall clock, as on the form
    except ValueError:
        raise _bad("datetime.impossible") from None


def _read_decimal(text: str, reason: str) -> Decimal:
    compact = re.sub(r"[\s\u00a0\u202f]|kr\.?$", "", text.strip().lower()).replace("−", "-")
    if not re.fullmatch(r"-?\d{1,12}([.,]\d{1,4})?", compact):
        raise _bad(reason)
    try:
        return Decimal(compact.replace(",", ".")) + 0  # no negative nought
    except InvalidOperation:
        raise _bad(reason) from None


def _read_number(text: str, reading: Reading) -> Decimal:
    number = _read_decimal(text, "number.shape")
    if number < 0:
        raise _bad("number.negative")
    if re.search(r"\.\d{3}\D*$", text):
        # "1.000" is a thousand to some and one to others: asked again rather than guessed.
        raise _bad("number.shape")
    return number


def _read_money(text: str, reading: Reading) -> Decimal:
    amount = _read_decimal(text, "money.shape")
    if amount < 0:
        raise _bad("money.negative")
    if re.search(r"[.,]\d{3,}", text):
        # Three digits behind a point or comma may be öre gone wrong, or thousands: asked again rather than guessed.
        raise _bad("money.ore")
    return amount


def _read_identity(text: str, reading: Reading) -> str:
    try:
        return read_identity_number(text, reading.today).text
    except NotAnIdentityNumber as fault:
        raise _bad(fault.fault.value) from None


def _no_text(text: str, reading: Reading) -> Value:
    raise _bad("text.not_asked")


def _same(value: Value) -> str:
    return str(value)


def _iso(value: Value) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _plain(value: Value, label: Callable[[str], str]) -> str:
    return str(value)


def _write_decimal(value: Value, label: Callable[[str], str]) -> str:
    if not isinstance(value, Decimal):
        return str(value)
    short = value.normalize() if value != value.to_integral_value() else value.quantize(Decimal(1))
    return f"{short:f}".replace(".", ",")


def _write_money(value: Value, label: Callable[[str], str]) -> str:
    return f"{written(value)}\u00a0kr" if isinstance(value, Decimal) else str(value)


def _write_code(value: Value, label: Callable[[str], str]) -> str:
    return label(str(value))


def _write_codes(value: Value, label: Callable[[str], str]) -> str:
    return ", ".join(label(code) for code in value) if isinstance(value, tuple) else label(str(value))


def _write_datetime(value: Value, label: Callable[[str], str]) -> str:
    return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else str(value)


def _join(value: Value) -> str:
    return _MULTI_SEPARATOR.join(value) if isinstance(value, tuple) else str(value)


def _split(stored: str) -> tuple[str, ...]:
    return tuple(stored.split(_MULTI_SEPARATOR))


_CODE = ValueType(_read_choice, _same, str, _write_code)
_NONE = ValueType(_no_text, _same, str, _plain)

VALUE_TYPES: dict[ItemType, ValueType] = {
    ItemType.TEXT: ValueType(_read_line, _same, str, _plain),
    ItemType.PARAGRAPH: ValueType(_read_text, _same, str, _plain),
    ItemType.YES_NO: _CODE,
    ItemType.CHOICE: _CODE,
    ItemType.MULTI_CHOICE: ValueType(_read_choices, _join, _split, _write_codes),
    ItemType.DATE: ValueType(_read_date, _iso, date.fromisoformat, _plain),
    ItemType.DATETIME: ValueType(_read_datetime, _iso, datetime.fromisoformat, _write_datetime),
    ItemType.NUMBER: ValueType(_read_number, _same, Decimal, _write_decimal),
    ItemType.MONEY: ValueType(_read_money, _same, Decimal, _write_money),
    ItemType.PERSONAL_IDENTITY_NUMBER: ValueType(_read_identity, _same, str, _plain),
    ItemType.REPEAT: _NONE,
    ItemType.INFO: _NONE,
    ItemType.SIGNATURE: _NONE,
}
