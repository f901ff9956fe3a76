"""What can be asked of a deadline that cannot be done."""

from __future__ import annotations

from desktop_app.domain.errors import UserError


class DeadlineNotFound(UserError):
    """There is no such deadline."""

    code = "deadlines.not_found"


class DeadlineClosed(UserError):
    """It has been done or withdrawn, or opened again, elsewhere."""

    code = "deadlines.closed"


class DeadlineNotAsked(UserError):
    """There is no question to answer: the event changed back, or somebody answered."""

    code = "deadlines.not_asked"


class DeadlineNeedsReason(UserError):
    """A deadline is not moved or withdrawn without a word of why."""

    code = "deadlines.needs_reason"


class DeadlineNeedsWords(UserError):
    """One's own deadline has no words, or no day."""

    code = "deadlines.needs_words"


class DeadlineLengthBad(UserError):
    """A length that no municipality means, or a rule whose length is not the municipality's to change."""

    code = "deadlines.length_bad"


class WindowDatesBad(UserError):
    """A window for state money that closes before it opens, or has no last day."""

    code = "deadlines.window_dates"
