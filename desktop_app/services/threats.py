"""The police's assessments of the threat, side by side: what each says, what changed, and what waits for an answer."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.answers import answered
from desktop_app.domain.case_file import CaseFile
from desktop_app.domain.forms import Address, Item, Row
from desktop_app.domain.stored_answers import CASE_HOLDER, PlacedAnswer, PlacedRow, to_stored
from desktop_app.domain.threat_words import fear_words, mark_words, standing_words
from desktop_app.domain.threats import (
    ASKED_ON,
    THREATS,
    Fear,
    Limits,
    ThreatChange,
    changes_of,
    fear_beside,
    in_order,
    is_answered,
)
from desktop_app.services.case_reading import chosen_model, file_of, threat_warn_days
from desktop_app.services.session import Session
from desktop_app.storage.answer_store import Writer
from desktop_app.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentColumn:
    """One assessment as it stands beside the others; ``changes`` is what it says otherwise than the answer before."""

    row: Row
    number: int
    answered: bool
    changes: tuple[ThreatChange, ...]
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreatHistory:
    """All assessments, the newest first, how the threat stands now in words, and the fear where it differs.

    ``items`` are the columns of the register, in order, with their words and tables.
    """

    items: tuple[Item, ...]
    assessments: tuple[AssessmentColumn, ...]
    standing: tuple[str, ...]
    fear: str
    protection: str


def history(session: Session, case_id: str) -> ThreatHistory:
    """Return the assessments of a case side by side. Raises ``CaseNotFound``."""
    with session.reading() as stores:
        case = stores.cases.by_id(case_id)
        settings = stores.settings.all()
        file = file_of(session, case, stores.answers.of_holders(case_id, (CASE_HOLDER,))[CASE_HOLDER])
    limits = Limits(threat_warn_days(settings), chosen_model(session, file, settings).threat_valid_days)
    texts = session.library.texts
    return ThreatHistory(
        items=session.library.schema.registers[THREATS].columns,
        assessments=_columns(session, file, limits),
        standing=standing_words(file, session.today, limits, texts),
        fear=fear_words(file, texts) if fear_beside(file) is not Fear.ALIKE else "",
        protection=file.protection.value,
    )


def _columns(session: Session, file: CaseFile, limits: Limits) -> tuple[AssessmentColumn, ...]:
    rows = in_order(file.rows(THREATS))
    changes = changes_of(rows)
    newest = next((row for row in reversed(rows) if is_answered(row)), None)
    made = [
        AssessmentColumn(
            row=row,
            number=number,
            answered=is_answered(row),
            changes=changes.get(row.id, ()),
            # An older answer is old by its place: only of the one that holds is it said.
            marks=mark_words(row, session.today, limits, session.library.texts) if row is newest else (),
        )
        for number, row in enumerate(rows, start=1)
    ]
    return tuple(reversed(made))


def note_asked(session: Session, work: UnitOfWork, case_id: str, response_id: str) -> None:
    """Note that a request went out today, unless its day is noted already. The caller commits, with the audit line."""
    register = session.library.schema.registers[THREATS]
    placed = work.answers.of_holders(case_id, (CASE_HOLDER,))[CASE_HOLDER].answers
    address = Address(THREATS, response_id, ASKED_ON)
    if any(each.address == address and (each.answer.value or each.answer.typed) for each in placed):
        return
    work.answers.add_row(case_id, PlacedRow(CASE_HOLDER, THREATS, response_id))
    stored = to_stored(register.column(ASKED_ON), answered(session.today))
    work.answers.put(Writer(case_id, work.now, work.actor), PlacedAnswer(CASE_HOLDER, address, stored))
