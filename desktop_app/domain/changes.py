"""What a service changed, so that each view can decide by itself whether to redraw."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Kinds of things that views show."""

    CASE = "case"
    FACT = "fact"
    REGISTER = "register"
    FORM = "form"
    DOCUMENT = "document"
    JOURNAL = "journal"
    LINK = "link"
    DEADLINE = "deadline"
    DISCLOSURE = "disclosure"
    BACKUP = "backup"
    SETTING = "setting"
    AUDIT = "audit"


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """The kinds touched, and in which case (``None`` for what belongs to no case)."""

    kinds: frozenset[Kind]
    case_id: str | None = None

    def touches(self, *kinds: Kind) -> bool:
        """Tell whether any of ``kinds`` was changed."""
        return not self.kinds.isdisjoint(kinds)


def changed(*kinds: Kind, case_id: str | None = None) -> ChangeSet:
    """Return a change set of ``kinds``; the audit log is part of each, since each act has its line."""
    return ChangeSet(frozenset({*kinds, Kind.AUDIT}), case_id)


SHOWN_LATER = ChangeSet(frozenset())
"""Something was written that no view shows yet: the hour of the save can be told, nothing more."""
