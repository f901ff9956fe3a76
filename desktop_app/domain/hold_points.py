"""Hold points: what must be weighed before a case goes on. They stop nobody; they say what, why and what to do.

Which there are is data (resources/guide/hold_points.toml). An unknown answer neither raises one nor clears it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from desktop_app.domain.conditions import Condition, Lookup


class HoldAct(StrEnum):
    """What the button of a hold point does besides going somewhere."""

    NONE = ""
    OWN_FILE = "own_file"


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldPoint:
    """One hold point: raised by ``when``, cleared by ``clears_when``, both over the keys of ``guide_facts``.

    ``stops`` are the steps it stands before; one that is ``at_step`` is seen only there, the others in the head of
    the case as well. ``form_id`` and ``link_id`` (or ``thing``) are where it is answered. ``danger`` is danger to
    somebody's life: it stands first.
    """

    id: str
    when: Condition
    clears_when: Condition
    stops: tuple[str, ...]
    form_id: str = ""
    link_id: str = ""
    thing: str = ""
    act: HoldAct = HoldAct.NONE
    at_step: bool = False
    danger: bool = False
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HoldStanding:
    """A hold point that a case has raised, and whether it has been cleared."""

    hold: HoldPoint
    is_open: bool


def raised_holds(holds: Iterable[HoldPoint], lookup: Lookup) -> tuple[HoldStanding, ...]:
    """Return the hold points a case has raised, those still open first, danger before all."""
    found = [
        HoldStanding(hold, not hold.clears_when.holds(lookup)) for hold in holds if hold.when.holds(lookup)
    ]
    return tuple(sorted(found, key=lambda one: (not one.is_open, not one.hold.danger)))
