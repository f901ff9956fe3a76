"""What a municipality changes in a rule set of its own, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Need(StrEnum):
    """Whether support *or* protection is enough (Göteborg 2022: "stöd och/eller skydd"), or both are needed."""

    EITHER = "either"
    BOTH = "both"


EITHER_CRITERION = "support_or_protection_need"
BOTH_CRITERIA = ("support_need", "protection_need")
AGE_CRITERION = "age"
"""Asked by every rule set, and binding only in one with an age limit: it is set as a number, not as a criterion."""


@dataclass(frozen=True, slots=True)
class SourceEdit:
    """One source as typed: its short name, its title, and its date (ISO, or empty)."""

    id: str
    title: str
    dated: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnEdits:
    """The fields of the page. Days and numbers as typed: what cannot be read is told when the text is checked.

    ``required`` are the criteria whose "no" ends it, in order, without the needs and the age; the needs stand where
    ``need_place`` says. ``handlers`` are the words for who handles, by code.
    """

    name: str
    valid_from: str
    valid_to: str
    threat_valid_days: str
    min_age: str
    require_move: str
    need: Need
    need_place: int
    required: tuple[str, ...]
    handlers: Mapping[str, str] = field(default_factory=dict[str, str])
    sources: tuple[SourceEdit, ...] = ()

    def in_order(self) -> tuple[str, ...]:
        """Return all required criteria in the order they are asked."""
        needs = (EITHER_CRITERION,) if self.need is Need.EITHER else BOTH_CRITERIA
        place = min(max(self.need_place, 0), len(self.required))
        return (*self.required[:place], *needs, *self.required[place:])
