"""What was written by hand while the computer was away, entered later with the day and hour it tells of."""

from __future__ import annotations

from datetime import datetime

from desktop_app.domain.errors import UserError
from desktop_app.domain.journal import EventTime, NoteContent


class LateEntryLacks(UserError):
    """Something that has to be told is not there, or lies ahead (``count``)."""

    code = "late_entry.lacks"


def gaps_of_note(content: NoteContent, by: str, now: datetime) -> tuple[str, ...]:
    """Return what is lacking before a handwritten note can be entered; ``now`` is local time without zone."""
    return (*gaps_of_paper(content.event(now.date()), by, now), *(() if content.body.strip() else ("body",)))


def gaps_of_paper(event: EventTime | None, by: str, now: datetime) -> tuple[str, ...]:
    """Return what is lacking of the paper itself: when it tells of, and who wrote it."""
    lacking: list[str] = []
    if event is None:
        lacking.append("event")
    elif event.is_after(now):
        lacking.append("event_ahead")
    return (*lacking, *(() if by.strip() else ("by",)))


def must_be_told(lacking: tuple[str, ...]) -> None:
    """Raise ``LateEntryLacks`` when anything is lacking."""
    if lacking:
        raise LateEntryLacks(count=len(lacking))
