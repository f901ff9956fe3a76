"""Placements that should not meet: the same provider or place for people whose networks are at odds, or who threaten.

Rivals have been placed in the same town (Dir. 2025:53; SNS 2022). What is found is told by case code alone; why two
cases are at odds stands in each file, and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

NETWORK, RIVALS = "fact.network_name", "fact.rival_networks"
WHEREABOUTS, CLOSED_ON = "client.whereabouts", "events.closed_on"
NAMES = ("client.name", "client.alias")
FACTS = (NETWORK, RIVALS, WHEREABOUTS, CLOSED_ON, *NAMES)
"""The facts that are looked at in every case."""

SHORTEST = 3
"""Shorter words are no names: they would be found everywhere."""

_BETWEEN = re.compile(r"[,;/\n]+")
_SIGNS = re.compile(r"[^\w]+")
_DIGITS = re.compile(r"\D+")
ORGANISATION_DIGITS = 10


class Meeting(StrEnum):
    """Where two people at odds would meet."""

    PROVIDER = "provider"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Stay:
    """A provider by the spellings it is known under, and the time it is paid for; open ends are always."""

    providers: frozenset[str]
    starts: date | None = None
    ends: date | None = None

    def meets(self, other: Stay) -> bool:
        """Tell whether both are with the same provider on some day."""
        if self.providers.isdisjoint(other.providers):
            return False
        begins = max(self.starts or date.min, other.starts or date.min)
        return begins <= min(self.ends or date.max, other.ends or date.max)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedCase:
    """What of one case tells with whom it must not meet, and where it would. All words are folded to one spelling."""

    case_id: str
    code: str
    names: frozenset[str] = frozenset()
    networks: frozenset[str] = frozenset()
    rivals: frozenset[str] = frozenset()
    threatened_by: frozenset[str] = frozenset()
    """Names and case codes of those who threaten the person."""
    place: str = ""
    stays: Mapping[str, Stay] = field(default_factory=dict[str, Stay])
    """The stays by the row they stand in."""

    def is_at_odds_with(self, other: PlacedCase) -> bool:
        """Tell whether either names the other's network or person as one to be feared."""
        return _names(self, other) or _names(other, self)


def _names(one: PlacedCase, other: PlacedCase) -> bool:
    return bool(
        one.rivals & other.networks
        or one.threatened_by & other.names
        or folded(other.code) in one.threatened_by
    )


@dataclass(frozen=True, slots=True)
class PlacementConflict:
    """Another case that this one would meet: its code, and nothing else of it. ``row_id`` is this case's own row."""

    code: str
    meeting: Meeting
    row_id: str = ""


def conflicts(placed: PlacedCase, others: Iterable[PlacedCase]) -> tuple[PlacementConflict, ...]:
    """Return where a case would meet one it is at odds with, by code."""
    found: list[PlacementConflict] = []
    for other in others:
        if other.case_id == placed.case_id or not placed.is_at_odds_with(other):
            continue
        found += [
            PlacementConflict(other.code, Meeting.PROVIDER, row_id)
            for row_id, stay in placed.stays.items()
            if any(stay.meets(each) for each in other.stays.values())
        ]
        if placed.place and placed.place == other.place:
            found.append(PlacementConflict(other.code, Meeting.PLACE))
    return tuple(sorted(found, key=lambda each: (each.code, each.meeting, each.row_id)))


def folded(words: str) -> str:
    """Return words in one spelling: without signs, small letters; empty for what is too short to be a name."""
    plain = " ".join(_SIGNS.sub(" ", words).casefold().split())
    return plain if len(plain) >= SHORTEST else ""


def folded_all(*texts: str) -> frozenset[str]:
    """Return every name in texts that separate them by commas."""
    return frozenset(name for text in texts for part in _BETWEEN.split(text) if (name := folded(part)))


def providers_of(name: str, organisation_number: str) -> frozenset[str]:
    """Return the spellings a provider is known under: its name, and its organisation number when it is whole."""
    digits = _DIGITS.sub("", organisation_number)[-ORGANISATION_DIGITS:]
    number = digits if len(digits) == ORGANISATION_DIGITS else ""
    return frozenset(part for part in (folded(name), number) if part)
