"""Checklists: what must be so before something is done, each point as far as the case tells. Unknown is never yes.

Which points there are, and what they ask, is data (resources/data/checklists.toml).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from desktop_app.domain.conditions import Condition, Lookup, Truth


class Standing(StrEnum):
    """How a point stands: it is so, it is not, or nobody can tell yet."""

    YES = "yes"
    NO = "no"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One point. ``shows`` are the keys whose answers stand beside it (``guide_facts``)."""

    id: str
    shows: tuple[str, ...] = ()
    met_when: Condition | None = None
    failed_when: Condition | None = None

    def standing(self, lookup: Lookup) -> Standing:
        """Return how the point stands; what fails goes before what holds."""
        if self.failed_when is not None and self.failed_when.judge(lookup).truth is Truth.YES:
            return Standing.NO
        if self.met_when is not None and self.met_when.judge(lookup).truth is Truth.YES:
            return Standing.YES
        return Standing.OPEN


Checklists = Mapping[str, tuple[Check, ...]]
"""The points of each list, by the register that has a row for each of them."""
