"""What can stand in the way of a meeting, its package and what comes of it."""

from __future__ import annotations

from desktop_app.domain.errors import UserError


class MeetingLacksDay(UserError):
    """A meeting without kind or day cannot be planned."""

    code = "meeting.lacks_day"


class MeetingNotFound(UserError):
    """The case has no such meeting, or it has been removed."""

    code = "meeting.not_found"


class NobodyCalled(UserError):
    """A package with no copy for anybody."""

    code = "meeting.nobody_called"


class NothingChosen(UserError):
    """A package without a form, or outcomes of which none was ticked."""

    code = "meeting.nothing_chosen"
