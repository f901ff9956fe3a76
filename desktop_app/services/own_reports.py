"""Puts the counts and the log into the municipality's own forms, and keeps what statistics were given out."""

from __future__ import annotations

from desktop_app.domain.answers import Answer, answered
from desktop_app.domain.case_file import CaseFile
from desktop_app.domain.forms import Address, FilledForm, FormDefinition, FormResponse
from desktop_app.domain.own_reports import LOG_COUNTS, LOG_LINES, PUBLISHED, REVIEW_FORM, STATISTICS_FORM
from desktop_app.domain.stored_answers import CASE_HOLDER, PlacedAnswer, PlacedRow, to_stored
from desktop_app.services.log_review import reviewed
from desktop_app.services.session import Session
from desktop_app.services.yearly_counts import counted
from desktop_app.storage.answer_store import Writer
from desktop_app.storage.unit_of_work import StoreSet, UnitOfWork

KEPT = {"year": "year", "k": "k", "statistics_cases": "cases", "statistics_hidden": "hidden"}
"""Which answers of finished statistics stand in which column of the register."""


def with_own_reports(
    session: Session, stores: StoreSet, definition: FormDefinition, response: FormResponse, file: CaseFile
) -> CaseFile:
    """Return the file with the rows and facts that only the municipality's own forms show."""
    if definition.id == STATISTICS_FORM:
        found = counted(session, stores, response)
        rows = found.rows
        return file.with_rows_later(rows.keys(), rows.__getitem__).with_facts(found.facts)
    if definition.id == REVIEW_FORM:
        review = reviewed(session.library, stores, response)
        logs = {LOG_COUNTS: review.counts, LOG_LINES: review.lines}
        return file.with_rows_later(logs.keys(), logs.__getitem__).with_facts(review.facts)
    return file


def note_published(
    session: Session, work: UnitOfWork, case_id: str, response_id: str, filled: FilledForm
) -> None:
    """Write finished statistics in the register of what was given out, in the same act."""
    answers = {entry.item.link_id: entry.answer for entry in filled.items()}
    cells: dict[str, Answer] = {column: answers[link_id] for link_id, column in KEPT.items()}
    cells["made_on"] = answered(session.today)
    register = session.library.schema.registers[PUBLISHED]
    writer = Writer(case_id, work.now, work.actor)
    work.answers.add_row(case_id, PlacedRow(CASE_HOLDER, PUBLISHED, response_id))
    for name, answer in cells.items():
        stored = to_stored(register.column(name), answer)
        work.answers.put(writer, PlacedAnswer(CASE_HOLDER, Address(PUBLISHED, response_id, name), stored))
    work.audit("statistics.published", case_id=case_id, entity=PUBLISHED, entity_id=response_id)
