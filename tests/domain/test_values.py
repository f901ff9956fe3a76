"""What people type in a field: read when it can be read, refused with a reason when it cannot, never a crash."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.errors import BadAnswer
from desktop_app.domain.values import VALUE_TYPES, ItemType, Reading
from desktop_app.services.library import load_library

TODAY = date(2026, 11, 22)
CODES = ("phone", "visit", "police")
READING = Reading(today=TODAY, codes=CODES)


def read(kind: ItemType, text: str, reading: Reading = READING) -> object:
    return VALUE_TYPES[kind].parse(text, reading)


def written(kind: ItemType, value) -> str:
    return VALUE_TYPES[kind].to_text(value, lambda code: f"<{code}>")


def refusal(kind: ItemType, text: str, reading: Reading = READING) -> str:
    with pytest.raises(BadAnswer) as caught:
        read(kind, text, reading)
    assert list(caught.value.params) == ["reason"], "the text itself never travels with the error"
    return str(caught.value.params["reason"])


def test_every_item_type_has_its_row():
    assert set(VALUE_TYPES) == set(ItemType)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ring   tillbaka ", "Ring tillbaka"),
        ("tabb\toch\nradbyte", "tabb och radbyte"),
        ("Åsa Öberg-Ähl", "Åsa Öberg-Ähl"),
        ("noll\x00tecken\x1b[31m", "nolltecken[31m"),
        ("<b>inte fet</b> {0}", "<b>inte fet</b> {0}"),
    ],
)
def test_a_line_of_text_is_kept_on_one_line(typed: str, kept: str):
    assert read(ItemType.TEXT, typed) == kept


def test_a_paragraph_keeps_its_lines_and_its_quotes():
    text = "Hot per sms:\r\n”vi vet var du bor”.\n\nIngen mer kontakt."
    assert read(ItemType.PARAGRAPH, text) == "Hot per sms:\n”vi vet var du bor”.\n\nIngen mer kontakt."


def test_text_longer_than_the_field_is_refused_and_not_cut():
    small = Reading(today=TODAY, max_length=10)
    assert read(ItemType.TEXT, "x" * 10, small) == "x" * 10
    assert refusal(ItemType.TEXT, "x" * 11, small) == "text.too_long"
    assert refusal(ItemType.PARAGRAPH, "x" * 11, small) == "text.too_long"


def test_half_a_sign_from_a_broken_paste_can_be_stored():
    # A lone surrogate cannot be written to a database or a PDF.
    for kind in (ItemType.TEXT, ItemType.PARAGRAPH):
        str(read(kind, "hej \ud83d du")).encode("utf-8")


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-11-22", date(2026, 11, 22)),
        (" 20261122 ", date(2026, 11, 22)),
        ("2024-02-29", date(2024, 2, 29)),
        ("1912-12-12", date(1912, 12, 12)),
    ],
)
def test_dates_as_they_are_written_in_sweden(typed: str, day: date):
    assert read(ItemType.DATE, typed) == day


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("22/11", "date.shape"),
        ("22 november", "date.shape"),
        ("i morgon", "date.shape"),
        ("26-11-22", "date.shape"),
        ("2026-11-22 14:30", "date.shape"),
        ("2026-02-29", "date.impossible"),
        ("2026-13-01", "date.impossible"),
        ("2026-00-10", "date.impossible"),
        ("2026-11-31", "date.impossible"),
        ("9999-12-31", "date.year"),
        ("0001-01-01", "date.year"),
        ("0000-01-01", "date.year"),
        ("1026-11-22", "date.year"),
    ],
)
def test_a_day_that_is_none_is_told_apart(typed: str, reason: str):
    assert refusal(ItemType.DATE, typed) == reason


@pytest.mark.parametrize("typed", ["2026-11-22 14:30", "2026-11-22T14:30", "20261122 14.30"])
def test_a_moment_is_day_and_clock(typed: str):
    assert read(ItemType.DATETIME, typed) == datetime.fromisoformat("2026-11-22 14:30")


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("2026-11-22", "datetime.shape"),
        ("14:30", "datetime.shape"),
        ("2026-11-22 halv tre", "datetime.shape"),
        ("2026-11-22 24:00", "datetime.impossible"),
        ("2026-11-22 14:60", "datetime.impossible"),
        ("2026-11-31 14:30", "date.impossible"),
        ("22/11 14:30", "date.shape"),
        ("9999-12-31 23:59", "date.year"),
    ],
)
def test_a_moment_that_is_none_is_told_apart(typed: str, reason: str):
    assert refusal(ItemType.DATETIME, typed) == reason


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("4219", "4219"),
        ("4 219", "4219"),
        ("4\u00a0219 kr", "4219"),
        ("1\u202f234\u202f567,50 kr", "1234567.50"),
        ("992,50", "992.50"),
        ("992.5", "992.5"),
        ("0", "0"),
        ("-0", "0"),
        ("150 KR.", "150"),
        ("999 999 999 999", "999999999999"),
    ],
)
def test_money_as_it_is_written_in_sweden(typed: str, amount: str):
    value = read(ItemType.MONEY, typed)
    assert value == Decimal(amount)
    assert not str(value).startswith("-")


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("tretusen", "money.shape"),
        ("kr", "money.shape"),
        ("1,2,3", "money.shape"),
        ("1e3", "money.shape"),
        ("NaN", "money.shape"),
        ("4 219:-", "money.shape"),
        ("9" * 13, "money.shape"),
        ("-5", "money.negative"),
        ("−5 kr", "money.negative"),
        ("0,001", "money.ore"),
        # Twelve thousand five hundred, or twelve and a half? Asked again rather than guessed.
        ("12.500", "money.ore"),
        ("12,500", "money.ore"),
        ("1.000", "money.ore"),
    ],
)
def test_what_is_no_sum_of_money_is_refused(typed: str, reason: str):
    assert refusal(ItemType.MONEY, typed) == reason


@pytest.mark.parametrize(("typed", "number"), [("12", "12"), ("2,5", "2.5"), ("1 000", "1000"), ("0", "0")])
def test_numbers_with_a_comma(typed: str, number: str):
    assert read(ItemType.NUMBER, typed) == Decimal(number)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [("tolv", "number.shape"), ("-1", "number.negative"), ("1.000", "number.shape"), ("½", "number.shape")],
)
def test_what_is_no_number_is_refused(typed: str, reason: str):
    assert refusal(ItemType.NUMBER, typed) == reason


def test_a_choice_is_one_of_its_codes_and_nothing_else():
    assert read(ItemType.CHOICE, "police") == "police"
    for text in ("Polisen", "POLICE", "police ", ""):
        assert refusal(ItemType.CHOICE, text) == "choice.unknown"


def test_several_choices_stand_in_the_order_of_the_table():
    assert read(ItemType.MULTI_CHOICE, "police phone police") == ("phone", "police")
    for text in ("police fax", " ", "phone,police"):
        assert refusal(ItemType.MULTI_CHOICE, text) == "choice.unknown"


@pytest.mark.parametrize("kind", [ItemType.REPEAT, ItemType.INFO, ItemType.SIGNATURE])
def test_what_asks_nothing_takes_no_answer(kind: ItemType):
    assert refusal(kind, "hej") == "text.not_asked"


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        (ItemType.MONEY, Decimal("1234567"), "1\u00a0234\u00a0567\u00a0kr"),
        (ItemType.MONEY, Decimal("992.5"), "992,50\u00a0kr"),
        (ItemType.MONEY, Decimal("40000.00"), "40\u00a0000\u00a0kr"),
        (ItemType.NUMBER, Decimal("2.50"), "2,5"),
        (ItemType.NUMBER, Decimal("48"), "48"),
        (ItemType.NUMBER, Decimal("1000"), "1000"),
        (ItemType.NUMBER, Decimal("1E+3"), "1000"),
        (ItemType.DATE, date(2026, 1, 2), "2026-01-02"),
        (ItemType.DATETIME, datetime.fromisoformat("2026-01-02 03:04"), "2026-01-02 03:04"),
        (ItemType.CHOICE, "police", "<police>"),
        (ItemType.MULTI_CHOICE, ("phone", "police"), "<phone>, <police>"),
    ],
)
def test_values_are_written_for_people(kind: ItemType, value: object, text: str):
    assert written(kind, value) == text


ANY_TEXT = st.one_of(
    st.text(),
    st.text(alphabet="0123456789-+:., Tkr\u00a0−", max_size=25),
    st.dates().map(str),
    st.decimals(allow_nan=True, allow_infinity=True).map(str),
    st.sampled_from(["\ud800", "²", "١٢", "1" * 400, "2026-11-22 99:99", "phone visit", "\x00"]),
)


@given(kind=st.sampled_from(ItemType), text=ANY_TEXT)
def test_nothing_a_person_types_raises_anything_but_bad_answer(kind: ItemType, text: str):
    row = VALUE_TYPES[kind]
    try:
        value = read(kind, text)
    except BadAnswer:
        assert load_library().texts.has(f"answers.{refusal(kind, text)}")
        return
    assert row.from_stored(row.to_stored(value)) == value
    row.to_stored(value).encode("utf-8")
    row.to_text(value, str).encode("utf-8")


VALUES = {
    ItemType.DATE: st.dates(date(1900, 1, 1), date(2199, 12, 31)),
    ItemType.DATETIME: st.datetimes(
        datetime.fromisoformat("1900-01-01"), datetime.fromisoformat("2199-12-31")
    ).map(lambda moment: moment.replace(second=0, microsecond=0)),
    ItemType.NUMBER: st.decimals(min_value=0, max_value=999_999_999, places=4),
    ItemType.MONEY: st.decimals(min_value=0, max_value=999_999_999_999, places=2),
    ItemType.CHOICE: st.sampled_from(CODES),
    ItemType.YES_NO: st.sampled_from(CODES),
    ItemType.MULTI_CHOICE: st.sets(st.sampled_from(CODES), min_size=1).map(
        lambda chosen: tuple(code for code in CODES if code in chosen)
    ),
}


@given(data=st.data(), kind=st.sampled_from(list(VALUES)))
def test_what_is_written_for_people_reads_back_as_the_same_value(data: st.DataObject, kind: ItemType):
    value = data.draw(VALUES[kind])
    separator = " " if kind is ItemType.MULTI_CHOICE else ", "
    text = VALUE_TYPES[kind].to_text(value, lambda code: code).replace(", ", separator)
    assert read(kind, text) == value
