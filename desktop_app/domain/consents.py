"""Consent per recipient: what may be given and fetched, from when to when, and whether it was withdrawn.

Source: OSL (2009:400) 10 kap. 1 § and 12 kap. 2 §: the individual can lift the secrecy wholly or partly; 12 kap. 3 §:
for a child the guardians, and the child itself by age and maturity.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
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
    data_kinds: tuple[str, ...] = ()
    """What it covers; empty when it was given for all."""

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


@dataclass(frozen=True, slots=True)
class ConsentScope:
    """What the valid consents to give an authority information cover together on a day."""

    is_valid: bool
    kinds: frozenset[str] | None = None
    """The kinds of data they name; ``None`` when one of them was given for all."""

    def covers(self, kind: str) -> bool:
        """Tell whether data of a kind may be given."""
        return self.is_valid and (self.kinds is None or kind in self.kinds)


def scope_for(recipient: str, consents: Iterable[Consent], day: date) -> ConsentScope:
    """Return what the consents for a recipient cover on ``day``; valid when ``standing_for`` says valid."""
    asked = [consent for consent in consents if consent.recipient == recipient]
    valid = [one for one in _in_force(asked, day) if one.standing(day) is Standing.VALID]
    kinds = frozenset(kind for one in valid for kind in one.data_kinds)
    return ConsentScope(bool(valid), kinds if all(one.data_kinds for one in valid) else None)


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
        data_kinds=_codes(row.cell("data_kinds")),
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
    if _last_withdrawal(asked, day) is not None:
        holds = any(of(one, day) is Standing.VALID for one in _in_force(asked, day))
        return Standing.VALID if holds else Standing.WITHDRAWN
    return min((of(one, day) for one in asked), key=list(Standing).index, default=Standing.NOT_ASKED)


def _in_force(asked: Sequence[Consent], day: date) -> Sequence[Consent]:
    """Return the consents for one recipient that no withdrawal has ended: after one, those that begin after it."""
    last = _last_withdrawal(asked, day)
    if last is None:
        return asked
    return [one for one in asked if one.valid_from is not None and one.valid_from > last]


def _last_withdrawal(asked: Sequence[Consent], day: date) -> date | None:
    return max(
        (one.withdrawn_on for one in asked if one.withdrawn_on and one.withdrawn_on <= day), default=None
    )


def _yes_or_no(answer: Answer) -> bool | None:
    return {"yes": True, "no": False}.get(str(answer.value)) if answer.is_value else None


def _codes(answer: Answer) -> tuple[str, ...]:
    return answer.value if isinstance(answer.value, tuple) else ()


def _day(answer: Answer) -> date | None:
    return answer.value if isinstance(answer.value, date) else None
