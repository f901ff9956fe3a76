"""Cases: open a new one (``new_cases``), list them (``case_lists``), and note the first contact."""

from __future__ import annotations

from desktop_app.domain.cases import read_case_code
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
