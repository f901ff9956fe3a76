"""The guide of one case: its steps as they stand, the next one and why, the hold points; and marking a step."""

from __future__ import annotations

import secrets

from desktop_app.domain.answers import answered
from desktop_app.domain.case_file import CaseFile
from desktop_app.domain.changes import ChangeSet, Kind, changed
from desktop_app.domain.forms import Address
from desktop_app.domain.guide import GuideStep, StepMark
from desktop_app.domain.guide_errors import MarkNeedsReason, StepNotMarked, StepNotUrgent
from desktop_app.domain.guide_facts import MARKS, marks_of
from desktop_app.domain.stored_answers import CASE_HOLDER, PlacedAnswer, PlacedRow, to_stored
from desktop_app.services.case_cards import kept_or_reckoned
from desktop_app.services.case_lists import summary_of
from desktop_app.services.case_reading import stored_file
from desktop_app.services.guide_views import GuideView, HoldView, StepView, view_of
from desktop_app.services.session import Session
from desktop_app.storage.answer_store import Writer
from desktop_app.storage.unit_of_work import UnitOfWork

__all__ = ["GuideView", "HoldView", "StepView", "overview", "set_aside", "take_early", "unmark"]


def overview(session: Session, case_id: str) -> GuideView:
    """Return a case in the guide, as its file stands now; ``CaseNotFound`` when there is none."""
    with session.reading() as stores:
        found = kept_or_reckoned(session, stores, case_id)
    return view_of(session.library, summary_of(session, found.card), found.guide, session.today)


def take_early(session: Session, case_id: str, step_id: str, reason: str) -> ChangeSet:
    """Put an urgent step before the others. The reason stands beside it until it is done.

    Raises:
        MarkNeedsReason: no reason is given.
        StepNotUrgent: it is none of the steps that may go first.
        CaseNotFound: there is no such case.

    """
    if not _known(session, step_id).urgent:
        raise StepNotUrgent
    return _mark(session, case_id, step_id, StepMark.EARLY, reason)


def set_aside(session: Session, case_id: str, step_id: str, reason: str) -> ChangeSet:
    """Say that a case does without a step. Raises ``MarkNeedsReason`` and ``CaseNotFound``."""
    _known(session, step_id)
    return _mark(session, case_id, step_id, StepMark.NOT_NEEDED, reason)


def unmark(session: Session, case_id: str, step_id: str) -> ChangeSet:
    """Take the mark of a step away. Raises ``StepNotMarked`` when it has none."""
    with session.act() as work:
        file = stored_file(session, work, work.cases.by_id(case_id))
        marked = marks_of(file).get(step_id)
        if marked is None:
            raise StepNotMarked
        _remove(work, file, step_id)
        work.audit(
            "guide.unmarked", case_id=case_id, entity=step_id, entity_id=marked.row_id, fields=(MARKS,)
        )
        work.commit()
    return changed(Kind.REGISTER, Kind.CASE, case_id=case_id)


def _known(session: Session, step_id: str) -> GuideStep:
    return session.library.definitions.guide.step(step_id)


def _mark(session: Session, case_id: str, step_id: str, mark: StepMark, reason: str) -> ChangeSet:
    if not reason.strip():
        raise MarkNeedsReason
    cells = {"step": step_id, "mark": mark.value, "reason": reason.strip(), "dated": session.today}
    row_id = secrets.token_hex(6)
    columns = {column.link_id: column for column in session.library.schema.registers[MARKS].columns}
    with session.act() as work:
        _remove(work, stored_file(session, work, work.cases.by_id(case_id)), step_id)
        work.answers.add_row(case_id, PlacedRow(CASE_HOLDER, MARKS, row_id))
        writer = Writer(case_id, work.now, work.actor)
        for name, value in cells.items():
            stored = to_stored(columns[name], answered(value))
            work.answers.put(writer, PlacedAnswer(CASE_HOLDER, Address(MARKS, row_id, name), stored))
        kind = "guide.taken_early" if mark is StepMark.EARLY else "guide.set_aside"
        work.audit(kind, case_id=case_id, entity=step_id, entity_id=row_id, fields=(MARKS,))
        work.commit()
    return changed(Kind.REGISTER, Kind.CASE, case_id=case_id)


def _remove(work: UnitOfWork, file: CaseFile, step_id: str) -> None:
    for row in file.rows(MARKS):
        if row.cell("step").value == step_id:
            work.answers.remove_row(file.case.id, PlacedRow(CASE_HOLDER, MARKS, row.id), work.now)
