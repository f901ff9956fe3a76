"""A case has two tracks side by side: the programme's criteria, and needs under socialtjänstlagen.

Whoever wants to leave may have their needs examined whatever a model points to, so the second track ends only with a
decision of its own.
"""

from __future__ import annotations

from desktop_app.domain.case_file import CaseFile

OUTSIDE = ("ej_avhoppare", "valdsutsatt", "anhorig", "personsakerhetsarende")
"""Outcomes with which the programme is not for the person; the track of needs goes on."""

DECIDED = "assessment.decided"


def outcome_in_force(file: CaseFile, proposed: str) -> str:
    """Return the outcome that counts: what the caseworker has decided, until then what the model points to."""
    decided = file.value(DECIDED)
    return decided if isinstance(decided, str) else proposed


def goes_on_under_sol(outcome: str) -> str:
    """Return the text key of what somebody outside the criteria is told; empty for any other outcome."""
    return f"sol_track.outside.{outcome}" if outcome in OUTSIDE else ""
