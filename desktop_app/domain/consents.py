"""Consent per recipient: what may be given and fetched, from when to when, and whether it was withdrawn.

Source: OSL (2009:400) 10 kap. 1 § and 12 kap. 2 §: the individual can lift the secrecy wholly or partly; 12 kap. 3 §:
for a child the guardians, and the child itself by age and maturity.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop_app.domain.answers import Answer
from desktop_app.domain.forms import Row

POLICE = "police"
"""The code of Polismyndigheten in the table of authorities."""


class Standing(StrEnum):
    """How a consent stands on a day, the best first. ``NOT_ASKED`` is no refusal.

    ``DISPUTED``: guardians and child do not agree. It is no consent to act on, and no refusal either: who decides,
    by the child's age and maturity, is for a person to judge.
    """

    VALID = "valid"
    DISPUTED = "disputed"
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
    own_line: bool | None = None
    guardian_one: bool | None = None
    guardian_two: bool | None = None

    def standing(self, day: date) -> Standing:
        """Return how the consent to give information stands on ``day`` (both end days count as valid)."""
        return self._standing(self.may_disclose, day)

    def obtaining(self, day: date) -> Standing:
        """Return how the consent to fetch information stands on ``day``."""
        return self._standing(self.may_obtain, day)

    def _standing(self, answer: bool | None, day: date) -> Standing:
        if self.withdrawn_on is not None and self.withdrawn_on <= day:
            return Standing.WITHDRAWN
        asked = {self.own_line, self.guardian_one, self.guardian_two} - {None}
        if answer is False or asked == {False}:
            return Standing.REFUSED
        if False in asked:
            return Standing.DISPUTED
        if answer is None:
            return Standing.NOT_ASKED
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
        own_line=_yes_or_no(row.cell("own_line")),
        guardian_one=_yes_or_no(row.cell("guardian_one")),
        guardian_two=_yes_or_no(row.cell("guardian_two")),
    )


def consents_from_rows(rows: Iterable[Row]) -> tuple[Consent, ...]:
    """Read the rows of the register ``consents`` that name a recipient."""
    return tuple(consent for row in rows if (consent := consent_from_row(row)) is not None)


def standing_for(recipient: str, consents: Iterable[Consent], day: date) -> Standing:
    """Return the best standing of all consents to give a recipient information on ``day``.

    A withdrawal ends every consent for the recipient that does not begin after it: a forgotten second row must
    not keep open what the person has closed.
    """
    return _best(recipient, consents, day, Consent.standing)


def obtaining_from(recipient: str, consents: Iterable[Consent], day: date) -> Standing:
    """Return the best standing of all consents to fetch information from a recipient, as ``standing_for``."""
    return _best(recipient, consents, day, Consent.obtaining)


def _best(
    recipient: str, consents: Iterable[Consent], day: date, of: Callable[[Consent, date], Standing]
) -> Standing:
    asked = [consent for consent in consents if consent.recipient == recipient]
    withdrawals = [one.withdrawn_on for one in asked if one.withdrawn_on and one.withdrawn_on <= day]
    if withdrawals:
        last = max(withdrawals)
        given_anew = [one for one in asked if one.valid_from is not None and one.valid_from > last]
        holds = any(of(one, day) is Standing.VALID for one in given_anew)
        return Standing.VALID if holds else Standing.WITHDRAWN
    return min((of(one, day) for one in asked), key=list(Standing).index, default=Standing.NOT_ASKED)


def _yes_or_no(answer: Answer) -> bool | None:
    return {"yes": True, "no": False}.get(str(answer.value)) if answer.is_value else None


def _day(answer: Answer) -> date | None:
    return answer.value if isinstance(answer.value, date) else None
