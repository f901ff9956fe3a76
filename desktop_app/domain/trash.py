"""What was removed and can still be put back: it lies thirty days in the trash, then it is gone for good."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from desktop_app.domain.errors import UserError
from desktop_app.domain.forms import Item, Row

KEPT = timedelta(days=30)


class TrashKind(StrEnum):
    """What sort of thing was removed."""

    ROW = "row"
    DOCUMENT = "document"
    LINK = "link"
    DRAFT = "draft"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrashPlace:
    """Which thing it is. For a row: its holder, the id of its table and its own; else ``ref`` alone.

    For a draft ``link_id`` is the id of its form.
    """

    kind: TrashKind
    case_id: str
    ref: str
    holder: str = ""
    link_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrashItem:
    """One removed thing. ``item`` and ``row`` tell a removed row; ``words`` a title or a case's code."""

    place: TrashPlace
    removed_at: datetime
    words: str = ""
    item: Item | None = None
    row: Row | None = None

    @property
    def gone_on(self) -> date:
        """The first local day on which it is no longer here."""
        return (self.removed_at + KEPT).astimezone().date() + timedelta(days=1)


class GoneFromTrash(UserError):
    """It no longer lies in the trash: its thirty days have passed, or it was put back already."""

    code = "trash.gone"


class DraftInTheWay(UserError):
    """Another draft of the same form has been begun meanwhile: there is one at a time."""

    code = "trash.draft_in_the_way"
