"""How well the copies stand: nothing is said while all is saved, and more the longer something is not.

What counts is not how old the newest copy is but how long something has been written that stands in no copy: a
store nobody has touched for a month needs no new copy.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

UNSAVED_DAYS_REMIND, UNSAVED_DAYS_URGENT = 7, 14
UNSEEN_DAYS = 30
REHEARSAL_DAYS = 90


class Level(StrEnum):
    """How loudly to say it."""

    GOOD = "good"
    REMIND = "remind"
    URGENT = "urgent"


_LOUDNESS = {Level.URGENT: 0, Level.REMIND: 1, Level.GOOD: 2}


class CopyKeys(StrEnum):
    """What opens the newest copy."""

    PRESENT = "present"
    OLDER_SECRETS = "older_secrets"
    OLDER_KEY = "older_key"


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing to say about the copies: words under ``text_key`` with its places in ``params``."""

    level: Level
    text_key: str
    params: Mapping[str, str | int]


@dataclass(frozen=True, slots=True, kw_only=True)
class MediumFacts:
    """What the standing depends on for one medium."""

    name: str
    is_present: bool
    on_store_disk: bool
    seen_at: datetime | None
    failed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupFacts:
    """What the standing depends on. ``now`` is not earlier than the newest line of the log, whatever the clock says.

    ``newest_made_at`` is that of the newest copy read back whole; ``unsaved_since`` when the first change was made
    that stands in no such copy; ``first_copy_on`` the day from which a rehearsal is waited for.
    """

    now: datetime
    holds_cases: bool
    newest_made_at: datetime | None
    newest_keys: CopyKeys
    unsaved_since: datetime | None
    media: tuple[MediumFacts, ...]
    rehearsed_on: date | None
    first_copy_on: date | None


def standing(facts: BackupFacts) -> tuple[Reason, ...]:
    """Return what there is to say, the gravest first; always at least one thing."""
    found = [*_about_copies(facts), *_about_media(facts), *_about_rehearsal(facts)]
    found = found or [Reason(Level.GOOD, _quiet(facts), {})]
    return tuple(sorted(found, key=lambda reason: _LOUDNESS[reason.level]))


def rehearsal_is_due(facts: BackupFacts) -> bool:
    """Tell whether nobody has read a copy back by hand for too long."""
    last = facts.rehearsed_on or facts.first_copy_on
    return last is not None and (facts.now.date() - last).days > REHEARSAL_DAYS


def _about_copies(facts: BackupFacts) -> Iterator[Reason]:
    if facts.newest_made_at is None:
        yield Reason(Level.URGENT if facts.holds_cases else Level.REMIND, "backup_state.none", {})
        return
    if facts.newest_keys is CopyKeys.OLDER_KEY:
        yield Reason(Level.URGENT, "backup_state.older_key", {})
    if facts.unsaved_since is not None:
        days = max(0, (facts.now - facts.unsaved_since).days)
        since = {"days": days, "day": facts.unsaved_since.astimezone().date().isoformat()}
        if days >= UNSAVED_DAYS_URGENT:
            yield Reason(Level.URGENT, "backup_state.unsaved_long", since)
        elif days >= UNSAVED_DAYS_REMIND:
            yield Reason(Level.REMIND, "backup_state.unsaved", since)
    if facts.newest_keys is CopyKeys.OLDER_SECRETS:
        yield Reason(Level.REMIND, "backup_state.older_secrets", {})


def _about_media(facts: BackupFacts) -> Iterator[Reason]:
    media = facts.media
    for medium in media:
        if medium.failed_at is not None:
            day = medium.failed_at.astimezone().date().isoformat()
            yield Reason(Level.REMIND, "backup_state.failed", {"medium": medium.name, "day": day})
    if media and all(medium.on_store_disk for medium in media):
        yield Reason(Level.REMIND, "backup_state.same_disk", {"medium": media[0].name})
    if len(media) > 1 and facts.unsaved_since is not None:
        for medium in media:
            days = 0 if medium.is_present or medium.seen_at is None else (facts.now - medium.seen_at).days
            if days >= UNSEEN_DAYS:
                yield Reason(Level.REMIND, "backup_state.unseen", {"medium": medium.name, "days": days})


def _about_rehearsal(facts: BackupFacts) -> Iterator[Reason]:
    if rehearsal_is_due(facts):
        yield Reason(Level.REMIND, "backup_state.rehearsal_due", {"days": REHEARSAL_DAYS})


def _quiet(facts: BackupFacts) -> str:
    if facts.unsaved_since is not None:
        return "backup_state.changed"
    return "backup_state.saved" if len(facts.media) > 1 else "backup_state.saved_once"
