"""What became of the automatic copy at the last lock, kept until somebody has been told: each thing is told once.

A medium that stays out is told of once a day: whoever locks ten times a day hears it once. It is a desk note and
nobody's act: no line in the audit log.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from desktop_app.domain.errors import AppError
from desktop_app.services.session import Session

_NAME = "last_copy"


class Missed(StrEnum):
    """Why no copy was made."""

    MEDIUM_ABSENT = "medium_absent"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class LastCopy:
    """Why no copy was made, and to which media: the names their owner gave them."""

    missed: Missed
    media: tuple[str, ...]


def note_missed(session: Session, missed: Missed, media: Sequence[str]) -> None:
    """Keep that no copy was made. Nothing is kept where it was told today, or where the disk takes nothing."""
    if missed is Missed.MEDIUM_ABSENT and _was_told_today(session):
        return
    _keep(session, {"missed": missed.value, "media": list(media), "told": False})


def note_made(session: Session) -> None:
    """Let go of what there was to tell: a copy is made."""
    if _found(session) is not None:
        try:
            with session.vault.jotting(now=session.clock()) as jot:
                jot.desk_notes.remove(_NAME)
        except AppError:
            return


def taken(session: Session) -> LastCopy | None:
    """Return what there is to tell, if anything; it is not given again."""
    found = _found(session)
    if found is None or found["told"]:
        return None
    _keep(session, {**found, "told": True})
    return LastCopy(Missed(str(found["missed"])), tuple(str(name) for name in found["media"]))


def _was_told_today(session: Session) -> bool:
    with session.reading() as read:
        kept = read.desk_notes.find(_NAME)
    now = session.clock()
    return (
        kept is not None
        and bool(json.loads(kept.note)["told"])
        and kept.written_at.astimezone(now.tzinfo).date() == now.date()
    )


def _found(session: Session) -> dict[str, Any] | None:
    with session.reading() as read:
        kept = read.desk_notes.find(_NAME)
    return None if kept is None else json.loads(kept.note)


def _keep(session: Session, note: dict[str, Any]) -> None:
    now = session.clock()
    try:
        with session.vault.jotting(now=now) as jot:
            jot.desk_notes.put(_NAME, json.dumps(note, ensure_ascii=False), now)
    except AppError:
        # The disk may be full, which is told where it stops what a person does.
        return
