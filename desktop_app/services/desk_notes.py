"""Where one was and what stood half written, kept in the vault so that a lock or a crash loses nothing.

The note is JSON that the window writes and the window alone reads. It is nobody's act: no line in the audit log.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop_app.services.session import Session

_NAME = "place"


@dataclass(frozen=True, slots=True)
class KeptDesk:
    """The note last kept, and when."""

    note: str
    written_at: datetime


def keep(session: Session, note: str) -> None:
    """Keep a note in place of the former one. Raises ``DiskFull`` and the like; the former one then stands."""
    now = session.clock()
    with session.vault.jotting(now=now) as jot:
        jot.desk_notes.put(_NAME, note, now)


def forget(session: Session) -> None:
    """Keep no note: one begins at the first page next time."""
    with session.vault.jotting(now=session.clock()) as jot:
        jot.desk_notes.remove(_NAME)


def kept(session: Session) -> KeptDesk | None:
    """Return the note last kept, if there is one."""
    with session.reading() as read:
        found = read.desk_notes.find(_NAME)
    return (
        None if found is None else KeptDesk(found.note, found.written_at.astimezone(session.clock().tzinfo))
    )
