"""Consent per recipient: what may be given and fetched, from when to when, and whether it was withdrawn.

Source: OSL (2009:400) 10 kap. 1 § and 12 kap. 2 §: the individual can lift the secrecy wholly or partly.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop_app.domain.answers import Answer
from desktop_app.domain.forms import Row

POLICE = "police"
"""The code of Polismyndigheten in the table of authorities."""


class Standing(StrEnum):
    """How a consent stands on a day. ``NOT_ASKED`` is no refusal."""

    VALID = "valid"
    REFUSED = "refused"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """One row of the consent register. ``may_disclose`` and ``may_obtain`` are ``None`` when not answered."""

    recipient: str
    may_disclose: bool | None
    may_obtain: bool | None
    valid_from: date | None = None
    valid_until: date | None = None
    withdrawn_on: date | None = None

    def standing(self, day: date) -> Standing:
        """Return how the consent to give information stands on ``day`` (both end days count as valid)."""
        if self.withdrawn_on is not None and self.withdrawn_on <= day:
            return Standing.WITHDRAWN
        if self.may_disclose is None:
            return Standing.NOT_ASKED
        if not self.may_disclose:
            return Standing.REFUSED
        if self.valid_from is not None and day < self.valid_from:
            return Standing.NOT_YET
        if self.valid_until is not None and day > self.valid_until:
            return Standing.EXPIRED
        return Standing.VALID


def consent_from_row(row: Row) -> Consent | None:
    """Read a row of the register ``consents``; ``None`` while it names no recipient."""
    recipient = row.cell("recipient").value
    if not isinstance(recipient, str):
        return None
    return Consent(
        recipient=recipient,
        may_disclose=_yes_or_no(row.cell("may_disclose")),
        may_obtain=_yes_or_no(row.cell("may_obtain")),
        valid_from=_day(row.cell("valid_from")),
        valid_until=_day(row.cell("valid_until")),
        withdrawn_on=_day(row.cell("withdrawn_on")),
    )


def consents_from_rows(rows: Iterable[Row]) -> tuple[Consent, ...]:
    """Read the rows of the register ``consents`` that name a recipient."""
    return tuple(consent for row in rows if (consent := consent_from_row(row)) is not None)


def standing_for(recipient: str, consents: Iterable[Consent], day: date) -> Standing:
    """Return the best standing of all consents for a recipient on ``day``.

    A withdrawal ends every consent for the recipient that does not begin after it: a forgotten second row must
    not keep open what the person has closed.
    """
    asked = [consent for consent in consents if consent.recipient == recipient]
    withdrawals = [one.withdrawn_on for one in asked if one.withdrawn_on and one.withdrawn_on <= day]
    if withdrawals:
        last = max(withdrawals)
        given_anew = [one for one in asked if one.valid_from is not None and one.valid_from > last]
        holds = any(one.standing(day) is Standing.VALID for one in given_anew)
        return Standing.VALID if holds else Standing.WITHDRAWN
    return min((one.standing(day) for one in asked), key=list(Standing).index, default=Standing.NOT_ASKED)


def _yes_or_no(answer: Answer) -> bool | None:
    return {"yes": True, "no": False}.get(str(answer.value)) if answer.is_value else None


def _day(answer: Answer) -> date | None:
    return answer.value if isinstance(answer.value, date) else None
