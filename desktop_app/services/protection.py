"""Protected identity: how a case stands, and the log of what was asked to be shown of it."""

from __future__ import annotations

from desktop_app.domain.case_file import CaseFile
from desktop_app.domain.changes import ChangeSet, changed
from desktop_app.domain.protection import Protection
from desktop_app.domain.search_kinds import SearchKind
from desktop_app.domain.search_snippets import hidden_words
from desktop_app.services.case_reading import stored_file
from desktop_app.services.search_fields import search_fields
from desktop_app.services.session import Session

__all__ = [
    "Protection",
    "keep_discretion",
    "kept_discretion",
    "names_in_case",
    "note_opened",
    "protection_of",
    "reveal",
]

SHOWN = "case.fields_shown"
"""The kind of the line in the log."""

OPENED = "document.opened"

_DISCRETION = "discretion"
_ON = "on"


def protection_of(file: CaseFile) -> Protection:
    """Return the level of the person a case is about."""
    return file.protection


def reveal(session: Session, case_id: str, fields: tuple[str, ...], form_id: str = "") -> ChangeSet:
    """Note in the log that somebody asked to see hidden fields; their names alone are noted, never what they hold.

    ``form_id`` is the form whose fields they are. Raises ``CaseNotFound`` when there is no such case.
    """
    with session.act() as work:
        work.cases.by_id(case_id)
        work.audit(SHOWN, case_id=case_id, entity=form_id or None, fields=fields)
        work.commit()
    return changed(case_id=case_id)


def note_opened(session: Session, case_id: str, entity: str, entity_id: str) -> None:
    """Note in the log that a whole document of a person who is, or may be, protected was opened: it may say where."""
    with session.reading() as stores:
        level = stored_file(session, stores, stores.cases.by_id(case_id)).protection
    if not level.hides:
        return
    with session.act() as work:
        work.audit(OPENED, case_id=case_id, entity=entity, entity_id=entity_id)
        work.commit()


def names_in_case(session: Session, case_id: str) -> frozenset[str]:
    """Return the words, in small letters, that name somebody in a case: what stands in fields that say who.

    Raises ``CaseNotFound``.
    """
    fields = search_fields(session.library)
    with session.reading() as stores:
        stores.cases.by_id(case_id)
        texts = [fields.text_of(answer) for answer in stores.search.answers(case_id)]
    return hidden_words((text.words, True) for text in texts if text and text.kind is SearchKind.PERSON)


def keep_discretion(session: Session, on: str) -> None:
    """Keep whether names are hidden on the screen (``on`` or empty), across a lock. Nobody's act: not in the log."""
    now = session.clock()
    with session.vault.jotting(now=now) as jot:
        jot.desk_notes.put(_DISCRETION, on, now)


def kept_discretion(session: Session) -> bool:
    """Tell whether names were hidden on the screen when that was last chosen."""
    with session.reading() as read:
        found = read.desk_notes.find(_DISCRETION)
    return found is not None and found.note == _ON
