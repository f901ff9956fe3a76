"""What can stand in the way of tying two cases together."""

from __future__ import annotations

from desktop_app.domain.errors import UserError


class AlreadyTied(UserError):
    """The two cases are tied together already (``code``)."""

    code = "tie.already"


class TiedToItself(UserError):
    """A case cannot be tied to itself (``code``)."""

    code = "tie.itself"
