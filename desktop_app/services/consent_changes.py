"""What a finished F02b writes in the consent register."""

from __future__ import annotations

from datetime import date

from desktop_app.domain.assessments import CONSENTS
from desktop_app.domain.consent_changes import CHANGES, FROM_WHEN, cells_changed
from desktop_app.domain.forms import Address, FilledForm
from desktop_app.domain.stored_answers import CASE_HOLDER, PlacedAnswer, to_stored
from desktop_app.services.case_reading import stored_file
from desktop_app.services.session import Session
from desktop_app.storage.answer_store import Writer
from desktop_app.storage.unit_of_work import UnitOfWork


def write_change(session: Session, work: UnitOfWork, case_id: str, filled: FilledForm) -> None:
    """Write what a finished F02b says in the register, in the same act. Raises as ``cells_changed``."""
    entries = {entry.item.link_id: entry for entry in filled.items()}
    file = stored_file(session, work, work.cases.by_id(case_id))
    day = entries[FROM_WHEN].answer.value
    from_when = day if isinstance(day, date) else None
    cells = cells_changed(file.rows(CONSENTS), entries[CHANGES].rows, from_when, session.today)
    register = session.library.schema.registers[CONSENTS]
    writer = Writer(case_id, work.now, work.actor)
    for row_id, new in cells.items():
        for column, answer in new.items():
            address = Address(CONSENTS, row_id, column)
            stored = to_stored(register.column(column), answer)
            work.answers.put(writer, PlacedAnswer(CASE_HOLDER, address, stored))
    names = tuple(dict.fromkeys(name for new in cells.values() for name in new))
    work.audit("consent.changed", case_id=case_id, entity=CONSENTS, fields=names)
