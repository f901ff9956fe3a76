"""What stops a paper from leaving the house."""

from __future__ import annotations

from desktop_app.domain.errors import UserError


class DisclosureNotTicked(UserError):
    """The paper would tell something (``count`` places) that nobody has read and ticked."""

    code = "disclosure.not_ticked"
