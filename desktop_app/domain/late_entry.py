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


def told_by_note(content: NoteContent, by: str, now: datetime) -> NoteContent:
    """Return a handwritten note that can be entered; raise ``LateEntryLacks`` when anything is lacking."""
    lacking = gaps_of_note(content, by, now)
    if lacking:
        raise LateEntryLacks(count=len(lacking))
    return content


def told_by_paper(event: EventTime | None, by: str, now: datetime) -> EventTime:
    """Return when a paper tells of; raise ``LateEntryLacks`` when that or anything else is lacking."""
    lacking = gaps_of_paper(event, by, now)
    if event is None or lacking:
        raise LateEntryLacks(count=len(lacking))
    return event
