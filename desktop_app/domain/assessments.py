"""From a case file to the facts the decision table asks for, and the caseworker's own judgement beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop_app.domain.answers import Value
from desktop_app.domain.case_file import CaseFile
from desktop_app.domain.consents import POLICE, Standing, consents_from_rows, standing_for
from desktop_app.domain.errors import MotivationMissing
from desktop_app.domain.identity_numbers import age_on
from desktop_app.domain.rules import Facts

CRITERIA = "criteria"
"""The register with one fixed row per question of the criteria, each with answer, evidence, source and date."""

CONSENTS = "consents"

OLDEST = 130

_CONSENT_VALUE: dict[Standing, str | None] = {
    Standing.VALID: "yes",
    Standing.DISPUTED: None,
    Standing.REFUSED: "no",
    Standing.EXPIRED: "no",
    Standing.WITHDRAWN: "no",
    Standing.NOT_YET: None,
    Standing.NOT_ASKED: None,
}


def facts_of_case(case_file: CaseFile, asked: Iterable[str], day: date) -> Facts:
    """Return what the case file knows of each asked fact on ``day``; ``None`` for what it does not know."""
    return {key: _fact(case_file, key, day) for key in asked}


def _fact(case_file: CaseFile, key: str, day: date) -> Value | None:
    if key == "police_consent":
        return police_consent(case_file, day)
    if key == "age":
        return age_of_client(case_file, day)
    row = case_file.row(CRITERIA, key).cell("answer")
    return row.value if row.is_value else case_file.value(f"fact.{key}")


def police_consent(case_file: CaseFile, day: date) -> str | None:
    """Return whether consent towards the police holds on ``day``; ``None`` when it has not been asked for."""
    consents = consents_from_rows(case_file.rows(CONSENTS))
    return _CONSENT_VALUE[standing_for(POLICE, consents, day)]


def age_of_client(case_file: CaseFile, day: date) -> int | None:
    """Return the client's age in whole years from the identity number, or from the year of birth (at most one off)."""
    born = born_of_client(case_file)
    if born is not None:
        return age_on(born, day)
    year = case_file.value("client.birth_year")
    age = day.year - int(year) if isinstance(year, Decimal) else None
    # A mistyped year is no age: it must not make a child of an adult, or the other way round.
    return age if age is not None and 0 <= age <= OLDEST else None


def born_of_client(case_file: CaseFile) -> date | None:
    """Return the client's date of birth as the identity number states it, ``None`` without a number."""
    number = case_file.value("client.identity_number")
    if not isinstance(number, str):
        return None
    day = int(number[6:8])
    return date(int(number[:4]), int(number[4:6]), day - 60 if day > 60 else day)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the caseworker decides, beside what the table proposes."""

    proposed: str
    decided: str | None
    motivation: str = ""

    @property
    def departs(self) -> bool:
        """True when the caseworker decides something else than the table points to."""
        return self.decided is not None and self.decided != self.proposed

    def must_be_motivated(self) -> None:
        """Raise ``MotivationMissing`` when a departure has no written motivation."""
        if self.departs and not self.motivation.strip():
            raise MotivationMissing
