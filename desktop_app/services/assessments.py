"""What each model points to for a case, in sentences. The program proposes; the caseworker decides."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.case_file import CaseFile
from desktop_app.domain.derived import findings_of
from desktop_app.domain.explanation import Explanation, explain
from desktop_app.domain.rules import RuleSet
from desktop_app.services.case_reading import read_case
from desktop_app.services.session import Session

ModelView = Explanation


@dataclass(frozen=True, slots=True)
class AssessmentView:
    """The chosen model's view, and how the others see the same case."""

    chosen: ModelView
    others: tuple[ModelView, ...]


def assess_case(session: Session, case_id: str) -> AssessmentView:
    """Ask every model about a case as it stands today."""
    with session.reading() as stores:
        read = read_case(session, stores, stores.cases.by_id(case_id))
    others = tuple(
        _view(session, read.file, rules) for rules in session.library.models if rules.id != read.rules.id
    )
    return AssessmentView(_view(session, read.file, read.rules), others)


def _view(session: Session, file: CaseFile, rules: RuleSet) -> ModelView:
    return explain(findings_of(file, rules, session.today), rules, session.library.texts)
