"""Opening a case: what is known at the first contact goes into its file, and a tie to another file if asked for."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from desktop_app.domain.answers import Answer, answered
from desktop_app.domain.cases import Case, CaseKind
from desktop_app.domain.changes import ChangeSet, Kind, changed
from desktop_app.domain.forms import Address
from desktop_app.domain.stored_answers import CASE_HOLDER, PlacedAnswer, PlacedRow, to_stored
from desktop_app.domain.ties import OWN_CASE, TIES, CaseLink, Relation
from desktop_app.services.session import Session
from desktop_app.storage.answer_store import Writer
from desktop_app.storage.unit_of_work import UnitOfWork

ROLE_OF_KIND = {CaseKind.RELATIVE: "relative", CaseKind.VICTIM: "victim"}
"""What a kind of file says of ``fact.role``. That somebody leaves is for the assessment to say."""


@dataclass(frozen=True, slots=True)
class CaseMade:
    """A case just opened."""

    case_id: str
    code: str
    changes: ChangeSet


@dataclass(frozen=True, slots=True)
class TieTo:
    """The file a new one is tied to: what the new person is to the one of ``case_id``.

    ``tie_row`` names the person's row in that file's register; it is given the new case code and nothing else.
    """

    case_id: str
    relation: Relation
    tie_row: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCase:
    """A case to be opened. ``contacted_at`` is local time without zone; ``answers`` are facts by key."""

    contacted_at: datetime | None = None
    kind: CaseKind = CaseKind.LEAVER
    answers: Mapping[str, Answer] = field(default_factory=dict[str, Answer])
    tie: TieTo | None = None


def new_case(
    session: Session,
    contacted_at: datetime | None = None,
    *,
    kind: CaseKind = CaseKind.LEAVER,
    answers: Mapping[str, Answer] | None = None,
) -> CaseMade:
    """Open a case. ``contacted_at`` (local time without zone) starts the clock for the first contact."""
    return open_case(session, NewCase(contacted_at=contacted_at, kind=kind, answers=answers or {}))


def open_case(session: Session, wanted: NewCase) -> CaseMade:
    """Open a case with what is known. Raises ``CaseNotFound`` when the file to tie it to is not there."""
    with session.act() as work:
        case = work.cases.add(secrets.token_hex(8), session.clock(), wanted.kind)
        facts = _facts(wanted)
        work.audit(
            "case.opened", case_id=case.id, entity="case", entity_id=case.code, fields=tuple(sorted(facts))
        )
        for key, answer in facts.items():
            _write(session, work, case.id, key, answer)
        if wanted.tie is not None:
            _tie(session, work, case, wanted.tie)
        work.commit()
    if wanted.tie is None:
        return CaseMade(case.id, case.code, changed(Kind.CASE, Kind.FACT, case_id=case.id))
    return CaseMade(case.id, case.code, changed(Kind.CASE, Kind.FACT, Kind.LINK, Kind.REGISTER))


def _facts(wanted: NewCase) -> dict[str, Answer]:
    facts = dict(wanted.answers)
    if wanted.contacted_at is not None:
        moment = wanted.contacted_at.replace(second=0, microsecond=0, tzinfo=None)
        facts["intake.contacted_at"] = answered(moment)
    role = ROLE_OF_KIND.get(wanted.kind)
    if role is not None:
        facts.setdefault("fact.role", answered(role))
    return facts


def _write(session: Session, work: UnitOfWork, case_id: str, key: str, answer: Answer) -> None:
    stored = to_stored(session.library.schema.facts[key], answer)
    work.answers.put(Writer(case_id, work.now, work.actor), PlacedAnswer(CASE_HOLDER, Address(key), stored))


def _tie(session: Session, work: UnitOfWork, case: Case, tie: TieTo) -> None:
    other = work.cases.by_id(tie.case_id)
    add_link(work, other.id, case.id, tie.relation)
    if tie.tie_row:
        note_own_case(session, work, other.id, tie.tie_row, case.code)


def add_link(work: UnitOfWork, case_id: str, other_case_id: str, relation: Relation) -> str:
    """Tie two files together inside a unit of work, with a line for each; return the tie's id."""
    link_id = secrets.token_hex(8)
    work.case_links.add(
        CaseLink(
            id=link_id,
            case_id=case_id,
            other_case_id=other_case_id,
            relation=relation,
            made_at=work.now,
            made_by=work.actor,
        )
    )
    for each in (case_id, other_case_id):
        work.audit("case.tied", case_id=each, entity="case_link", entity_id=link_id)
    return link_id


def note_own_case(session: Session, work: UnitOfWork, case_id: str, row_id: str, code: str) -> None:
    """Note beside a person in the register which case is their own, if the row is still there."""
    row = PlacedRow(CASE_HOLDER, TIES, row_id)
    if row not in work.answers.rows_of(case_id, CASE_HOLDER):
        return
    column = session.library.schema.registers[TIES].column(OWN_CASE)
    answer = to_stored(column, answered(code))
    place = Address(TIES, row_id, OWN_CASE)
    work.answers.put(Writer(case_id, work.now, work.actor), PlacedAnswer(CASE_HOLDER, place, answer))
    work.audit("case.own_case_noted", case_id=case_id, entity=TIES, entity_id=row_id, fields=(OWN_CASE,))
