"""Keeps cards and deadlines as the files of the cases stand. Autosave marks a case stale; whoever lists pays, once."""

from __future__ import annotations

import logging

from desktop_app.domain.cases import CaseKind
from desktop_app.domain.changes import ChangeSet, Kind, changed
from desktop_app.domain.errors import WorldError
from desktop_app.domain.guide_standing import to_kept
from desktop_app.services.case_cards import keys_of, made_by, reckon
from desktop_app.services.case_reading import stored_file
from desktop_app.services.deadline_following import follow_events
from desktop_app.services.session import Session
from desktop_app.storage.unit_of_work import UnitOfWork

AT_A_TIME = 200
"""Cases in one transaction: few enough that a power cut costs little, enough that commits do not."""

_log = logging.getLogger(__name__)


def refresh(session: Session) -> None:
    """Bring the cards up to date before a list is read; cheap when nothing has changed.

    Where nothing can be written (a full disk), what stands is shown, and the names of stale cases are not.
    """
    try:
        bring_up_to_date(session)
    except WorldError as error:
        _log.warning("the cards of the cases could not be made anew", exc_info=error)


def bring_up_to_date(session: Session) -> ChangeSet | None:
    """Make every card anew that is stale, or that the days have turned; ``None`` when there was none.

    Raises DiskFull, FolderNotWritable and the like; what was done before stays done.
    """
    digest = made_by(session.library)
    with session.reading() as stores:
        if not stores.cards.is_due(session.today, digest):
            return None
    _take_up_digest(session, digest)
    while _some(session):
        pass
    return changed(Kind.CASE)


def _take_up_digest(session: Session, digest: str) -> None:
    with session.reading() as stores:
        if stores.meta.cards_made_by == digest:
            return
    with session.act() as work:
        work.cards.mark_all_stale()
        work.meta.set_cards_made_by(digest)
        work.commit_reckoned()


def _some(session: Session) -> int:
    with session.reading() as stores:
        due = stores.cards.due(session.today, AT_A_TIME)
    if not due:
        return 0
    with session.act() as work:
        settings = work.settings.all()
        for case_id in due:
            _make_anew(session, work, case_id, settings)
        work.cards.no_more_stale(due)
        work.commit_reckoned()
    return len(due)


def _make_anew(session: Session, work: UnitOfWork, case_id: str, settings: dict[str, str]) -> None:
    case = work.cases.by_id(case_id)
    if case.kind is CaseKind.MUNICIPALITY:
        return  # it stands in no list
    file = stored_file(session, work, case)
    made = reckon(session, work, file, settings)
    work.cards.put(made.card, keys_of(made.card, session.library.texts), to_kept(made.guide))
    follow_events(session, work, file, settings)
