"""Personal identity numbers and coordination numbers, checked by the ``personnummer`` library.

Source: folkbokföringslagen (1991:481) 18, 18 a §§; Skatteverket's rules for the check digit. A number names a
person, so it never stands in an error, a log or a file name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from personnummer import personnummer  # pyright: ignore[reportMissingTypeStubs] - untyped

_SHAPE = re.compile(r"^(\d{2})?(\d{6})([-+]?)(\d{4})$", re.ASCII)
_PHONE = re.compile(r"^(\+46|0046|07\d{8}$|0\d{1,3}-)")
_COORDINATION_DAY = 60


class IdentityKind(StrEnum):
    """Which of the two numbers it is."""

    PERSONAL = "personal_identity_number"
    COORDINATION = "coordination_number"


class IdentityFault(StrEnum):
    """Why a text is not such a number; each has its own words on screen."""

    SHAPE = "identity.shape"
    PHONE = "identity.phone"
    DATE = "identity.date"
    CHECK_DIGIT = "identity.check_digit"
    FUTURE = "identity.future"


class NotAnIdentityNumber(ValueError):
    """The text cannot be read as a number; ``fault`` says why, without repeating the text."""

    def __init__(self, fault: IdentityFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class IdentityNumber:
    """A checked number: ``text`` is twelve digits with a hyphen, ``born`` the date of birth it states."""

    text: str
    kind: IdentityKind
    born: date

    def age_on(self, day: date) -> int:
        """Return whole years on ``day``; a person born on 29 February turns a year on 1 March."""
        return age_on(self.born, day)


def age_on(born: date, day: date) -> int:
    """Return whole years between a date of birth and a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def read_identity_number(text: str, today: date) -> IdentityNumber:
    """Read ten or twelve digits with or without sign, as people write them.

    Raises:
        NotAnIdentityNumber: wrong shape, a phone number, an impossible date, a wrong check digit or a birth
            to come.

    """
    compact = re.sub(r"\s", "", text).replace("−", "-").replace("–", "-")
    match = _SHAPE.match(compact)
    looks_like_phone = bool(_PHONE.match(compact))
    if match is None:
        raise NotAnIdentityNumber(IdentityFault.PHONE if looks_like_phone else IdentityFault.SHAPE)
    century, six, sign, four = match.groups()
    if century is None:
        century = _century(six, sign, today)
    born = _born(century + six)
    if born is None:
        raise NotAnIdentityNumber(IdentityFault.PHONE if looks_like_phone else IdentityFault.DATE)
    if not _check_digit_fits(f"{century}{six}{four}"):
        raise NotAnIdentityNumber(IdentityFault.PHONE if looks_like_phone else IdentityFault.CHECK_DIGIT)
    if born > today:
        raise NotAnIdentityNumber(IdentityFault.FUTURE)
    kind = IdentityKind.COORDINATION if int(six[4:]) > _COORDINATION_DAY else IdentityKind.PERSONAL
    return IdentityNumber(f"{century}{six}-{four}", kind, born)


def _check_digit_fits(digits: str) -> bool:
    return bool(personnummer.valid(digits))  # pyright: ignore[reportUnknownMemberType] - the library is untyped


def _century(six: str, sign: str, today: date) -> str:
    year = today.year - (today.year - int(six[:2])) % 100
    if sign != "+" and (born := _born(f"{year}{six[2:]}")) is not None and born > today:
        year -= 100
    if sign == "+":
        year -= 100
    return f"{year:04d}"[:2]


def _born(eight: str) -> date | None:
    day = int(eight[6:8])
    try:
        return date(int(eight[:4]), int(eight[4:6]), day - 60 if day > _COORDINATION_DAY else day)
    except ValueError:
        return None
