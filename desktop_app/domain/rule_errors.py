"""What can be wrong with the municipality's own rule set."""

from __future__ import annotations

from desktop_app.domain.errors import UserError


class OwnRulesFaulty(UserError):
    """A text that is no sound rule set was to be kept or tried (``key`` tells where)."""

    code = "rules.own_faulty"
