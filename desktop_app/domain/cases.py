"""A case, its code and its stages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from desktop_app.domain.errors import CaseNotFound

FIRST_CONTACT_WITHIN = timedelta(hours=24)
"""Stockholm's city-wide routine (KS utlåtande 2024-09-04): first contact within 24 hours."""

_CODE = re.compile(r"^([A-ZÅÄÖ])-(\d{4})-(\d{3,})$")


class Stage(StrEnum):
    """Where a case stands. Ended cases stay until they are disposed of."""

    INTAKE = "intake"
    ASSESSMENT = "assessment"
    INVESTIGATION = "investigation"
    SUPPORT = "support"
    CLOSED = "closed"


class CaseKind(StrEnum):
    """Whose file it is. Each person has one of their own, tied by case code and never merged (JO 523-2010)."""

    LEAVER = "leaver"
    RELATIVE = "relative"
    VICTIM = "victim"
    CHILD = "child"
    MUNICIPALITY = "municipality"
    """The one file about no person: what the unit keeps of its own work (``services/own_file.py``)."""


OF_PERSONS = tuple(kind for kind in CaseKind if kind is not CaseKind.MUNICIPALITY)
"""The kinds a case can be opened as."""

OWN_FILE_CODE = "VERKSAMHET"
"""Stands where other files have their case code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One person's case. ``code`` is neutral and stands wherever a name would give somebody away."""

    id: str
    code: str
    opened_at: datetime
    stage: Stage = Stage.INTAKE
    kind: CaseKind = CaseKind.LEAVER


def case_code(year: int, number: int) -> str:
    """Return the neutral code of the year's ``number``-th case, such as ``K-2026-014``."""
    return f"K-{year:04d}-{number:03d}"


def read_case_code(text: str) -> str:
    """Return a case code as stored, whatever its case or surrounding space; ``CaseNotFound`` when it is none."""
    code = text.strip().upper()
    if not _CODE.match(code):
        raise CaseNotFound
    return code


class ClockState(StrEnum):
    """How the clock for the first contact stands."""

    RUNNING = "running"
    LATE = "late"
    MET = "met"
    MET_LATE = "met_late"
    NOT_STARTED = "not_started"


@dataclass(frozen=True, slots=True)
class FirstContactClock:
    """The 24 hours from the person's first contact to the caseworker's answer.

    ``remaining`` is the time left (negative when late); ``None`` when the clock has stopped or never ran.
    """

    state: ClockState
    due_at: datetime | None = None
    remaining: timedelta | None = None


def first_contact_clock(
    contacted_at: datetime | None, met_at: datetime | None, now: datetime
) -> FirstContactClock:
    """Return the clock at ``now``; all times local wall-clock time without zone, as people write them."""
    if contacted_at is None:
        return FirstContactClock(ClockState.NOT_STARTED)
    due = contacted_at + FIRST_CONTACT_WITHIN
    if met_at is not None:
        return FirstContactClock(ClockState.MET if met_at <= due else ClockState.MET_LATE, due)
    return FirstContactClock(ClockState.RUNNING if now <= due else ClockState.LATE, due, due - now)
