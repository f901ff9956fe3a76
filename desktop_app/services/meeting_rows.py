"""Which meeting a form is about, and what its agenda proposes: rows that nobody has written in yet.

Agenda (F05) and minutes (F06) are two windows on the same rows of the case: the meeting itself, those called, and the
points. The id of a response begins with the row of its meeting, so that autosave knows where an answer belongs.
"""

from __future__ import annotations

import secrets

from desktop_app.domain.case_file import CaseFile
from desktop_app.domain.forms import OF_ROW, FormDefinition, ResponseStatus, row_about
from desktop_app.domain.meetings import MEETINGS, POINTS, MeetingTypes, with_proposed
from desktop_app.domain.trash import TrashKind
from desktop_app.storage.form_store import ResponseRecord
from desktop_app.storage.unit_of_work import StoreSet, UnitOfWork

__all__ = ["new_id", "response_about", "turn_to", "with_points"]


def new_id(stores: StoreSet, case_id: str, definition: FormDefinition) -> str:
    """Return an id for a new response: one that follows another form is about the same row as that one's newest."""
    own = secrets.token_hex(8)
    followed = stores.forms.newest(case_id, definition.follows) if definition.follows else None
    return own if followed is None else f"{row_about(followed.id)}{OF_ROW}{own}"


def with_points(stores: StoreSet, response_id: str, file: CaseFile, types: MeetingTypes) -> CaseFile:
    """Return the case file with the points that the meeting's type asks for, where they are not written or removed."""
    meeting = row_about(response_id)
    kind = file.row(MEETINGS, meeting).cell("meeting_type").value
    removed = removed_rows(stores, file.case.id)
    return file.with_rows(POINTS, with_proposed(file.rows(POINTS), meeting, kind, types, removed))


def removed_rows(stores: StoreSet, case_id: str) -> frozenset[str]:
    """Return the ids of the points that somebody has taken away."""
    return frozenset(
        record.place.ref
        for record in stores.trash.of_case(case_id)
        if record.place.kind is TrashKind.ROW and record.place.link_id == POINTS
    )


def response_about(stores: StoreSet, case_id: str, form_id: str, meeting: str) -> ResponseRecord | None:
    """Return what there is of a form about a meeting: its draft, else what was finished last; ``None`` for nothing."""
    about = [
        record
        for record in stores.forms.of_case(case_id)
        if record.form_id == form_id and row_about(record.id) == meeting
    ]
    return max(
        about, key=lambda record: (record.status is ResponseStatus.DRAFT, record.saved_at), default=None
    )


def turn_to(work: UnitOfWork, case_id: str, definition: FormDefinition, meeting: str) -> str:
    """Let the form be about a meeting and return the response's id; the caller commits, with its audit line.

    A draft about another meeting is not lost: all that it shows are rows of that meeting, and it has no answers of
    its own. What was finished stays as it is.
    """
    newest = work.forms.newest(case_id, definition.id)
    if newest is not None and row_about(newest.id) == meeting:
        return newest.id
    response_id = f"{meeting}{OF_ROW}{secrets.token_hex(8)}"
    if newest is not None and newest.status is ResponseStatus.DRAFT:
        work.forms.turn(newest.id, response_id)
    else:
        work.forms.add(response_id, case_id, definition.id, definition.version, work.now)
    work.audit("meeting.turned_to", case_id=case_id, entity=definition.id, entity_id=response_id)
    return response_id
