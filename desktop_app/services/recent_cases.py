"""The cases opened last, kept in the vault beside the desk note: nobody's act, so no line in the audit log."""

from __future__ import annotations

import json
from typing import Final, cast

from desktop_app.domain.errors import CaseNotFound
from desktop_app.services import cases
from desktop_app.services.cases import CaseSummary
from desktop_app.services.session import Session
from desktop_app.storage.unit_of_work import Reading

MOST: Final = 12
_NAME = "recent"


def note_opened(session: Session, case_id: str) -> None:
    """Put a case first among those opened last. Raises ``DiskFull`` and the like; the former list then stands."""
    with session.reading() as read:
        former = _kept(read)
    ids = (case_id, *(each for each in former if each != case_id))[:MOST]
    if ids != former:
        now = session.clock()
        with session.vault.jotting(now=now) as jot:
            jot.desk_notes.put(_NAME, json.dumps(ids), now)


def recent(session: Session) -> tuple[CaseSummary, ...]:
    """Return the cases opened last, the latest first; one that is no longer there is passed over."""
    with session.reading() as read:
        ids = _kept(read)
    found: list[CaseSummary] = []
    for case_id in ids:
        try:
            found.append(cases.summary(session, case_id))
        except CaseNotFound:
            continue
    return tuple(found)


def _kept(read: Reading) -> tuple[str, ...]:
    """Return the ids in the note, none when it is not one this program can read."""
    note = read.desk_notes.find(_NAME)
    try:
        ids: object = json.loads(note.note) if note is not None else []
    except ValueError:
        return ()
    return tuple(str(each) for each in cast("list[object]", ids)) if isinstance(ids, list) else ()
