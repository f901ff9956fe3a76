"""What can stand in the way of marking a step of the guide."""

from __future__ import annotations

from desktop_app.domain.errors import UserError


class MarkNeedsReason(UserError):
    """A step is put before the others, or done without, with no reason given."""

    code = "guide.no_reason"


class StepNotUrgent(UserError):
    """The step is none that may be put before the others."""

    code = "guide.not_urgent"


class StepNotMarked(UserError):
    """There is no mark to take away."""

    code = "guide.not_marked"
