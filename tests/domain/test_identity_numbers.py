"""Personal identity numbers and coordination numbers, as people write them and as they mistype them."""

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.identity_numbers import (
    IdentityFault,
    IdentityKind,
    NotAnIdentityNumber,
    age_on,
    read_identity_number,
)

TODAY = date(2026, 11, 22)
# Published by Skatteverket for tests: they belong to nobody.
TEST_NUMBERS = ("199705162387", "200001052380", "199107172380", "199610202385", "191212121212")


def luhn(nine: str) -> int:
    """The check digit by Skatteverket's description, reckoned apart from the library."""
    products = [int(digit) * (2 - place % 2) for place, digit in enumerate(nine)]
    return -sum(product // 10 + product % 10 for product in products) % 10


def number_of(born: date, serial: int, *, coordination: bool = False) -> str:
    day = born.day + 60 * coordination
    nine = f"{born:%y%m}{day:02d}{serial:03d}"
    return f"{born.year // 100}{nine}{luhn(nine)}"


def fault_of(text: str, today: date = TODAY) -> IdentityFault:
    with pytest.raises(NotAnIdentityNumber) as caught:
        read_identity_number(text, today)
    assert not any(sign.isdigit() for sign in str(caught.value)), "the number never stands in the error"
    return caught.value.fault


@pytest.mark.parametrize("number", TEST_NUMBERS)
def test_skatteverkets_numbers_are_read_in_every_spelling(number: str):
    kept = f"{number[:8]}-{number[8:]}"
    spellings = [
        number,
        kept,
        f" {number[:8]} {number[8:]} ",
        f"{number[:8]}–{number[8:]}",
        f"{number[:8]}−{number[8:]}",
    ]
    if number.startswith("1912"):
        spellings.append(f"{number[2:8]}+{number[8:]}")
    else:
        spellings += [number[2:], f"{number[2:8]}-{number[8:]}"]
    for text in spellings:
        read = read_identity_number(text, TODAY)
        assert (read.text, read.kind) == (kept, IdentityKind.PERSONAL)


def test_a_coordination_number_has_sixty_added_to_its_day():
    read = read_identity_number("640883-3231", TODAY)
    assert read.text == "19640883-3231"
    assert read.kind is IdentityKind.COORDINATION
    assert read.born == date(1964, 8, 23)
    assert fault_of("19640883-3224") is IdentityFault.CHECK_DIGIT
    assert fault_of("19640892-3231") is IdentityFault.DATE
    assert fault_of("19640860-3231") is IdentityFault.DATE


def test_plus_means_a_hundred_years_and_the_sign_changes_at_new_year():
    born = number_of(date(1926, 12, 1), 123)
    assert read_identity_number(f"{born[2:8]}+{born[8:]}", TODAY).born == date(1926, 12, 1)
    # The same ten digits with a hyphen, before the day has come this year: a hundred years back as well.
    assert read_identity_number(f"{born[2:8]}-{born[8:]}", TODAY).born == date(1926, 12, 1)
    young = number_of(date(2026, 11, 22), 123)
    assert read_identity_number(young[2:], TODAY).born == TODAY
    assert read_identity_number(young[2:], date(2026, 11, 21)).born == date(1926, 11, 22)


def test_a_leap_day_is_a_birthday_in_a_leap_year_alone():
    leap = number_of(date(2000, 2, 29), 238)
    read = read_identity_number(leap, TODAY)
    assert read.born == date(2000, 2, 29)
    assert read.age_on(date(2018, 2, 28)) == 17
    assert read.age_on(date(2018, 3, 1)) == 18
    nine = "010229238"
    assert fault_of(f"20{nine}{luhn(nine)}") is IdentityFault.DATE
    nine = "000229238"
    assert fault_of(f"19{nine}{luhn(nine)}") is IdentityFault.DATE


def test_who_is_not_yet_born_has_no_number():
    assert fault_of(number_of(date(2026, 11, 23), 123)) is IdentityFault.FUTURE


@pytest.mark.parametrize(
    "phone",
    [
        "0701234567",
        "070-123 45 67",
        "070-1234567",
        "08-123 456 78",
        "+46701234567",
        "0046 70 123 45 67",
        "0303-70 30 00",
    ],
)
def test_a_telephone_number_is_called_one(phone: str):
    assert fault_of(phone) is IdentityFault.PHONE


@pytest.mark.parametrize(
    "text", ["hej", "", "19121212", "1912-12-12", "191212121212 12", "19121212*1212", "112", "okänt"]
)
def test_what_has_not_the_shape_is_told(text: str):
    assert fault_of(text) is IdentityFault.SHAPE


def test_digits_of_other_scripts_do_not_pass_into_a_register():
    assert fault_of("١٩٩٧٠٥١٦٢٣٨٧") is IdentityFault.SHAPE


DAYS = st.dates(date(1900, 1, 1), TODAY)


@given(born=DAYS, serial=st.integers(1, 999), coordination=st.booleans())
def test_every_right_number_is_read(born: date, serial: int, coordination: bool):
    text = number_of(born, serial, coordination=coordination)
    read = read_identity_number(text, TODAY)
    assert read.born == born
    assert read.text == f"{text[:8]}-{text[8:]}"
    assert (read.kind is IdentityKind.COORDINATION) == coordination
    assert read.age_on(TODAY) == age_on(born, TODAY)


@given(born=DAYS, serial=st.integers(1, 999), place=st.integers(2, 11), other=st.integers(1, 9))
def test_every_single_wrong_digit_is_found(born: date, serial: int, place: int, other: int):
    right = number_of(born, serial)
    wrong = right[:place] + str((int(right[place]) + other) % 10) + right[place + 1 :]
    assert fault_of(wrong) in (IdentityFault.CHECK_DIGIT, IdentityFault.DATE)


@given(st.text(max_size=30))
def test_no_text_does_anything_but_read_or_refuse(text: str):
    with contextlib.suppress(NotAnIdentityNumber):
        assert read_identity_number(text, TODAY).born <= TODAY


def test_a_year_older_on_the_day_itself():
    born = date(2008, 11, 23)
    assert [age_on(born, date(2026, 11, day)) for day in (22, 23, 24)] == [17, 18, 18]
