"""Cases: open a new one (``new_cases``), list them (``case_lists``), and note the first contact."""

from __future__ import annotations

from datetime import datetime

from desktop_app.domain.answers import answered
from desktop_app.domain.cases import read_case_code
from desktop_app.domain.changes import ChangeSet, Kind, changed
from desktop_app.domain.forms import Address, Item
from desktop_app.domain.stored_answers import CASE_HOLDER, PlacedAnswer, to_stored
from desktop_app.services.case_lists import CaseQuery as CaseQuery
from desktop_app.services.case_lists import CasesFound as CasesFound
from desktop_app.services.case_lists import CaseSummary as CaseSummary
from desktop_app.services.case_lists import count_cases as count_cases
from desktop_app.services.case_lists import find_cases as find_cases
from desktop_app.services.case_lists import list_cases as list_cases
from desktop_app.services.case_lists import summaries as summaries
from desktop_app.services.case_lists import summary as summary
from desktop_app.services.case_reading import read_case
from desktop_app.services.guide import GuideView as GuideView
from desktop_app.services.guide import overview as overview
from desktop_app.services.new_cases import CaseMade as CaseMade
from desktop_app.services.new_cases import new_case as new_case
from desktop_app.services.session import Session
from desktop_app.storage.answer_store import Writer
from desktop_app.storage.unit_of_work import UnitOfWork


def mark_first_contact(session: Session, case_id: str, at: datetime) -> ChangeSet:
    """Stop the clock: the caseworker answered at ``at`` (local time without zone)."""
    with session.act() as work:
        _write_moment(session, work, case_id, "intake.first_contact_at", at)
        work.audit("case.first_contact", case_id=case_id, fields=("intake.first_contact_at",))
        work.commit()
    return changed(Kind.CASE, Kind.FACT, case_id=case_id)


def _write_moment(session: Session, work: UnitOfWork, case_id: str, key: str, moment: datetime) -> None:
    item: Item = session.library.schema.facts[key]
    stored = to_stored(item, answered(moment.replace(second=0, microsecond=0, tzinfo=None)))
    work.answers.put(Writer(case_id, work.now, work.actor), PlacedAnswer(CASE_HOLDER, Address(key), stored))


def case_id_of(session: Session, code: str) -> str:
    """Return the id of the case with a code; ``CaseNotFound`` when there is none."""
    with session.reading() as stores:
        return stores.cases.by_code(read_case_code(code)).id


def reveal_name(session: Session, case_id: str) -> str:
    """Return the person's name, or what they are called; asking is logged. Empty when neither is known."""
    with session.act() as work:
        read = read_case(session, work, work.cases.by_id(case_id))
        work.audit("case.name_shown", case_id=case_id, fields=("client.name",))
        work.commit()
    return str(read.file.value("client.name") or read.file.value("client.alias") or "")
