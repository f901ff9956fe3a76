"""What F09 shows while a decision is written, and what it leaves in the case when it is made: written once."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.domain.answers import Answer, answered
from desktop_app.domain.assessments import CRITERIA
from desktop_app.domain.case_file import CaseFile
from desktop_app.domain.decisions import DECISION_FORM, DECISIONS, LAST_ON, Decision, decision_of, row_of
from desktop_app.domain.forms import Address, FilledForm, FormResponse, Row
from desktop_app.domain.stored_answers import CASE_HOLDER, PlacedAnswer, PlacedRow, to_stored
from desktop_app.services.case_reading import stored_file
from desktop_app.services.session import Session
from desktop_app.storage.answer_store import Writer
from desktop_app.storage.unit_of_work import UnitOfWork

__all__ = ["DECISION_FORM", "about_decision", "draft_of", "write_decision"]

DECIDED = "interventions_decided"
"""The criterion that a decision meets."""


def draft_of(session: Session, response: FormResponse) -> Decision:
    """Return the decision as far as it is typed."""
    values = {name: answer.value for name, answer in response.answers.items()}
    return decision_of(values, session.library.definitions.legal_references)


def about_decision(session: Session, response: FormResponse) -> Mapping[str, Answer]:
    """Return what follows from the day and the ground: the law, and how it is appealed, and that it is a draft."""
    decision = draft_of(session, response)
    references = session.library.definitions.legal_references
    facts = {
        "derived.decision_law": decision.law(references, session.today),
        "derived.decision_appeal": decision.appeal,
        "derived.decision_draft": "yes",
    }
    return {key: answered(words) for key, words in facts.items() if words}


def write_decision(
    session: Session, work: UnitOfWork, case_id: str, response_id: str, filled: FilledForm
) -> None:
    """Write a finished F09 in the register and in what other forms show of it, in the same act.

    Raises:
        DecisionUnclear: it has no day, outcome or ground.
        DecisionWithoutEnd: it is made under the investigation and has no last day.

    """
    answers = {entry.item.link_id: entry.answer for entry in filled.items()}
    references = session.library.definitions.legal_references
    decision = decision_of({name: each.value for name, each in answers.items()}, references)
    decision.must_be_whole()
    row = row_of(response_id, answers, decision, references)
    file = stored_file(session, work, work.cases.by_id(case_id))
    writer = Writer(case_id, work.now, work.actor)
    _write_row(session, work, writer, row)
    facts = _facts(decision, row, file)
    for key, answer in facts.items():
        stored = to_stored(session.library.schema.facts[key], answer)
        work.answers.put(writer, PlacedAnswer(CASE_HOLDER, Address(key), stored))
    if decision.is_support and not file.row(CRITERIA, DECIDED).cell("answer").is_given:
        _meet_criterion(session, work, writer, decision)
    names = (*row.cells, *facts)
    work.audit("decision.made", case_id=case_id, entity=DECISIONS, entity_id=response_id, fields=names)


def _facts(decision: Decision, row: Row, file: CaseFile) -> Mapping[str, Answer]:
    """Return the facts of the case that a decision settles: those of the latest decision of its kind."""
    day = row.cell("decided_on")
    former = file.value(LAST_ON)
    is_latest = decision.decided_on is not None and (
        former is None or str(former) <= decision.decided_on.isoformat()
    )
    facts = {LAST_ON: day} if is_latest else {}
    if not decision.is_support:
        return facts
    if decision.is_interim:
        return {**facts, "events.interim_decided_on": day, "events.interim_ends_on": row.cell("ends")}
    known = file.value("support.decision_on")
    if known is None or decision.decided_on is None or str(known) <= decision.decided_on.isoformat():
        return {**facts, "support.decision_on": day, "support.decision_ground": row.cell("ground")}
    return facts


def _write_row(session: Session, work: UnitOfWork, writer: Writer, row: Row) -> None:
    work.answers.add_row(writer.case_id, PlacedRow(CASE_HOLDER, DECISIONS, row.id))
    _put_cells(session, work, writer, DECISIONS, row)


def _meet_criterion(session: Session, work: UnitOfWork, writer: Writer, decision: Decision) -> None:
    cells = {"answer": answered("yes"), "dated": answered(decision.day(session.today))}
    _put_cells(session, work, writer, CRITERIA, Row(DECIDED, cells))


def _put_cells(session: Session, work: UnitOfWork, writer: Writer, register: str, row: Row) -> None:
    columns = session.library.schema.registers[register]
    for name, answer in row.cells.items():
        stored = to_stored(columns.column(name), answer)
        work.answers.put(writer, PlacedAnswer(CASE_HOLDER, Address(register, row.id, name), stored))
