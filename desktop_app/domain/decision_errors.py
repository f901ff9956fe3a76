"""What can be wrong with a decision when it is to be made."""

from __future__ import annotations

from desktop_app.domain.errors import UserError


class DecisionUnclear(UserError):
    """It has no day, no outcome or no ground that can be read: "I do not know" is no decision."""

    code = "decision.unclear"


class DecisionWithoutEnd(UserError):
    """A decision under the investigation holds for a time, and has no last day."""

    code = "decision.without_end"
