"""Ties between files: each person has a file of their own, and a tie says no more than that two belong together."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.cases import CaseKind, read_case_code
from desktop_app.domain.changes import ChangeSet, Kind, changed
from desktop_app.domain.tie_errors import AlreadyTied, TiedToItself
from desktop_app.domain.ties import CaseLink, Relation
from desktop_app.services.case_reading import stored_file
from desktop_app.services.new_cases import add_link
from desktop_app.services.protection import protection_of
from desktop_app.services.session import Session
from desktop_app.storage.unit_of_work import StoreSet, UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkView:
    """A tie as seen from one case: the other file by its code, never by a name.

    ``relation_key`` is the key of what the other person is to this one; ``protection`` a code of the table
    ``protected_identity``, empty while nobody knows, and ``protected`` is true for that too.
    """

    link_id: str
    case_id: str
    code: str
    kind: CaseKind
    relation_key: str
    protected: bool
    protection: str


def links(session: Session, case_id: str) -> tuple[LinkView, ...]:
    """Return the files a case is tied to, oldest tie first."""
    with session.reading() as stores:
        return tuple(_view(session, stores, each, case_id) for each in stores.case_links.of_case(case_id))


def _view(session: Session, stores: StoreSet, link: CaseLink, case_id: str) -> LinkView:
    other_id, relation = link.seen_from(case_id)
    other = stores.cases.by_id(other_id)
    level = protection_of(stored_file(session, stores, other))
    return LinkView(
        link_id=link.id,
        case_id=other.id,
        code=other.code,
        kind=other.kind,
        relation_key=f"tables.case_relation.{relation.value}",
        protected=level.hides,
        protection=level.value,
    )


def link(session: Session, case_id: str, other_code: str, relation: Relation) -> ChangeSet:
    """Tie a case to another by its code; ``relation`` is what the other person is to the one of ``case_id``.

    Raises:
        CaseNotFound: there is no case with this code.
        TiedToItself: it is the case's own code.
        AlreadyTied: the two are tied already.

    """
    with session.act() as work:
        other = work.cases.by_code(read_case_code(other_code))
        work.cases.by_id(case_id)
        _may_be_tied(work, case_id, other.id, other.code)
        add_link(work, case_id, other.id, relation)
        work.commit()
    return changed(Kind.LINK)


def _may_be_tied(work: UnitOfWork, case_id: str, other_id: str, code: str) -> None:
    if other_id == case_id:
        raise TiedToItself(code=code)
    if any(each.seen_from(case_id)[0] == other_id for each in work.case_links.of_case(case_id)):
        raise AlreadyTied(code=code)


def unlink(session: Session, link_id: str) -> ChangeSet:
    """Take a tie away: it goes to the trash, and ``relink`` puts it back. Raises ``CaseNotFound``."""
    with session.act() as work:
        tie = work.case_links.by_id(link_id)
        work.case_links.mark_removed(link_id, work.now)
        _note(work, "case.untied", tie)
        work.commit()
    return changed(Kind.LINK)


def relink(session: Session, link_id: str) -> ChangeSet:
    """Put a tie back. Raises ``CaseNotFound``, and ``AlreadyTied`` when the two were tied anew meanwhile."""
    with session.act() as work:
        tie = work.case_links.by_id(link_id)
        if tie.removed_at is not None:
            other = work.cases.by_id(tie.other_case_id)
            _may_be_tied(work, tie.case_id, other.id, other.code)
            work.case_links.mark_removed(link_id, None)
        _note(work, "case.retied", tie)
        work.commit()
    return changed(Kind.LINK)


def _note(work: UnitOfWork, kind: str, tie: CaseLink) -> None:
    for case_id in (tie.case_id, tie.other_case_id):
        work.audit(kind, case_id=case_id, entity="case_link", entity_id=tie.id)
