"""The law the program points to, as data: sections, their old numbers, how sure they are, when they were checked.

Socialtjänstlagen (2025:400) took the place of (2001:453) on 2025-07-01 and gave almost every section a new number. A
decision made before that day keeps the old one, so a reference is cited for a day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

CHECKED_WITHIN_YEARS = 1
"""After how long a reference is asked about again."""


class Certainty(StrEnum):
    """How a reference is known. Whatever was not read in the law is shown as unsure."""

    READ = "read"
    KNOWN = "known"
    INFERRED = "inferred"


class Use(StrEnum):
    """What a decision may do with a reference: rest on it, or name it beside what it rests on."""

    NONE = ""
    GROUND = "ground"
    WITH = "with"


class Appeal(StrEnum):
    """How a decision that rests on a reference is appealed: as usual, or in a way a person has to look up."""

    USUAL = "usual"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """A law or regulation. ``valid_until`` is its last day."""

    id: str
    short: str
    name: str
    valid_from: date | None = None
    valid_until: date | None = None
    replaces: Law | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalReference:
    """A section and what is known of it. ``text_key`` + the id are our own words for what it is about."""

    id: str
    law: Law
    section: str
    old_section: str
    text_key: str
    valid_from: date | None
    checked_on: date | None
    source: str
    certainty: Certainty = Certainty.READ
    old_certainty: Certainty = Certainty.READ
    use: Use = Use.NONE
    appeal: Appeal = Appeal.USUAL

    def is_old(self, on: date) -> bool:
        """Tell whether the law it replaced is the one that held on ``on``."""
        former = self.law.replaces
        return former is not None and former.valid_until is not None and on <= former.valid_until

    def law_on(self, on: date) -> Law:
        """Return the law that held on ``on``."""
        return self.law.replaces if self.law.replaces is not None and self.is_old(on) else self.law

    def cited(self, on: date) -> str:
        """Return section and law as they are cited for a day: ``11 kap. 1 § SoL (2025:400)``.

        A section that the older law did not have is cited from the new one, and ``is_unsure`` says so.
        """
        section = self.old_section if self.is_old(on) else self.section
        return f"{section} {self.law_on(on).short}" if section else f"{self.section} {self.law.short}"

    def is_unsure(self, on: date) -> bool:
        """Tell whether a person should look it up before relying on it for a day."""
        if self.is_old(on):
            return not self.old_section or self.old_certainty is not Certainty.READ
        return self.certainty is not Certainty.READ or (self.valid_from is not None and on < self.valid_from)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A reference with what the caseworker has noted of it. ``checked_on`` is the latest look, theirs or ours."""

    reference: LegalReference
    checked_on: date | None
    own_words: str = ""
    is_own_check: bool = False

    def is_due(self, today: date, as_of: date) -> bool:
        """Tell whether nobody has looked for a year; what was never read is counted from ``as_of``."""
        return today >= a_year_after(self.checked_on or as_of)


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalReferences:
    """All references in the order of the file. ``as_of`` is the day they were put together."""

    laws: Mapping[str, Law]
    references: Mapping[str, LegalReference]
    as_of: date

    def used_for(self, use: Use) -> tuple[LegalReference, ...]:
        """Return those that a decision may use so, in order."""
        return tuple(each for each in self.references.values() if each.use is use)


def a_year_after(day: date) -> date:
    """Return the same day a year on; the day after a leap day that the next year does not have."""
    year = day.year + CHECKED_WITHIN_YEARS
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 3, 1)
