"""The crisis binder: made of every open case at a chosen level, kept as printed, and told when it is out of date."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from desktop_app.domain.case_cards import CaseCard
from desktop_app.domain.cases import Stage
from desktop_app.domain.changes import ChangeSet, Kind, changed
from desktop_app.domain.crisis_binder import Level
from desktop_app.domain.filling import blank
from desktop_app.domain.forms import FilledForm, PageHead
from desktop_app.domain.printed_content import content_digest
from desktop_app.domain.profile import is_for_practice
from desktop_app.domain.progress import NoProgress, Progress
from desktop_app.printing.form_print import FormPrint
from desktop_app.printing.package_print import lay_out_package
from desktop_app.services import upkeep
from desktop_app.services.binder_cover import CoverMaker, places_of
from desktop_app.services.binder_sheets import Openness, SheetMaker, head_at
from desktop_app.services.session import Session
from desktop_app.storage.crisis_binder_store import BinderRecord
from desktop_app.storage.unit_of_work import StoreSet

__all__ = [
    "BinderContents",
    "BinderState",
    "KeptBinder",
    "Level",
    "Made",
    "Openness",
    "contents",
    "destroyed",
    "kept",
    "kept_pdf",
    "make",
    "note_printed",
    "preview",
    "standing",
]

FILE_NAME = "utskrift.pdf"
MOST_COMPARED = 40
"""So many cases that were written in are held against their sheet: enough to say that a new binder is needed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BinderContents:
    """What a binder printed now would hold. ``protected`` are the cases whose person is, or may be, protected."""

    cases: int
    protected: int
    blank_forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A binder as it was made and kept."""

    binder_id: str
    pdf: bytes
    page_count: int
    changes: ChangeSet
    file_name: str = FILE_NAME

    @property
    def document_id(self) -> str:
        """By this it is found again, as any kept paper is."""
        return self.binder_id


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptBinder:
    """One binder in the list. ``destroyed_on`` is ``None`` while the paper is said to be there."""

    binder_id: str
    level: Level
    names_protected: bool
    made_at: datetime
    page_count: int
    destroyed_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BinderState:
    """How it stands with the newest binder: ``None`` when there is none that is not destroyed.

    ``other`` counts the open and closed cases that a binder printed now would tell otherwise of. ``spare`` counts
    older binders that nobody has noted as destroyed.
    """

    newest: KeptBinder | None
    replace_by: date | None
    is_stale: bool
    other: int
    spare: int
    open_cases: int
    is_practice: bool

    @property
    def needs_a_new_one(self) -> bool:
        """Tell whether somebody should print one: there are cases, and no binder that tells what holds today."""
        return self.open_cases > 0 and (self.newest is None or self.is_stale or self.other > 0)


def contents(session: Session) -> BinderContents:
    """Return what a binder would hold at any level."""
    upkeep.refresh(session)
    with session.reading() as stores:
        cards = _open(stores.cards.all())
    return BinderContents(
        cases=len(cards),
        protected=sum(card.protection != "none" for card in cards),
        blank_forms=session.library.definitions.crisis_binder.blank,
    )


def preview(session: Session, openness: Openness, progress: Progress | None = None) -> bytes:
    """Return the binder as it would be printed now; nothing is kept, cancelled or not."""
    return _drawn(session, openness, progress or NoProgress())[0].pdf


def make(session: Session, openness: Openness, progress: Progress | None = None) -> Made:
    """Make the binder and keep it byte for byte, with a line in the log and one for each case, in one commit.

    Stopped by ``progress`` nothing is left: it is drawn before anything is written.
    """
    paper, sheets = _drawn(session, openness, progress or NoProgress())
    record = BinderRecord(
        binder_id=secrets.token_hex(8),
        level=openness.level.value,
        names_protected=openness.names_protected,
        made_at=session.clock(),
        page_count=paper.page_count,
        sha256=hashlib.sha256(paper.pdf).hexdigest(),
    )
    fields = (openness.level.value, *(("names_protected",) if openness.names_protected else ()))
    with session.act() as work:
        digests = {case_id: content_digest(sheet) for case_id, sheet in sheets}
        work.binders.add(record, work.actor, paper.pdf, digests)
        for case_id in (None, *digests):
            work.audit(
                "binder.made" if case_id is None else "binder.held",
                case_id=case_id,
                entity="crisis_binder",
                entity_id=record.binder_id,
                fields=fields,
            )
        work.commit()
    return Made(record.binder_id, paper.pdf, paper.page_count, changed(Kind.BACKUP, Kind.DOCUMENT))


def note_printed(session: Session, binder_id: str) -> ChangeSet:
    """Note that a binder went to a printer."""
    with session.act() as work:
        work.binders.by_id(binder_id)
        work.audit("binder.printed", entity="crisis_binder", entity_id=binder_id)
        work.commit()
    return changed(Kind.BACKUP)


def destroyed(session: Session, binder_id: str) -> ChangeSet:
    """Note that the paper is destroyed; the bytes go, the line stays. Raises ``CaseNotFound`` for no such binder."""
    with session.act() as work:
        if work.binders.by_id(binder_id).destroyed_on is None:
            work.binders.destroy(binder_id, session.today)
        work.audit("binder.destroyed", entity="crisis_binder", entity_id=binder_id)
        work.commit()
    return changed(Kind.BACKUP)


def kept(session: Session) -> tuple[KeptBinder, ...]:
    """Return every binder that was printed, the newest first."""
    with session.reading() as stores:
        return tuple(_kept(record) for record in stores.binders.all())


def kept_pdf(session: Session, binder_id: str) -> bytes | None:
    """Return a binder as printed, ``None`` once it is destroyed; that it was opened is noted."""
    with session.reading() as stores:
        pdf = stores.binders.pdf(binder_id)
    with session.act() as work:
        work.audit("binder.opened", entity="crisis_binder", entity_id=binder_id)
        work.commit()
    return pdf


def standing(session: Session) -> BinderState:
    """Return how it stands with the newest binder, from what has been written since; cheap while little has.

    A case that was written in counts only when its sheet would be another: not for each note and each save.
    """
    upkeep.refresh(session)
    plan = session.library.definitions.crisis_binder
    with session.reading() as stores:
        records = [record for record in stores.binders.all() if record.destroyed_on is None]
        newest = records[0] if records else None
        settings = stores.settings.all()
        other = _others(session, stores, newest, settings) if newest is not None else 0
        open_cases = stores.binders.count_open_cases()
    replace_by = plan.replace_by(newest.made_at.astimezone().date()) if newest else None
    return BinderState(
        newest=_kept(newest) if newest else None,
        replace_by=replace_by,
        is_stale=replace_by is not None and session.today > replace_by,
        other=other,
        spare=max(0, len(records) - 1),
        open_cases=open_cases,
        is_practice=is_for_practice(settings),
    )


def _others(session: Session, stores: StoreSet, newest: BinderRecord, settings: Mapping[str, str]) -> int:
    """Count the cases a binder printed now would tell otherwise of: new, ended, or with another sheet."""
    moved = stores.binders.count_moved(newest.binder_id)
    touched = stores.binders.touched_since(newest, MOST_COMPARED)
    held = stores.binders.cases_of(newest.binder_id) if touched else {}
    maker = SheetMaker(session, stores, _openness(newest), settings)
    sheets = ((card.case_id, maker.sheet(card)) for card in stores.cards.some(touched))
    return moved + sum(content_digest(sheet) != held[case_id] for case_id, sheet in sheets)


def _drawn(
    session: Session, openness: Openness, progress: Progress
) -> tuple[FormPrint, tuple[tuple[str, FilledForm], ...]]:
    upkeep.refresh(session)
    places = places_of(session, openness.level)
    library = session.library
    plan = library.definitions.crisis_binder
    with session.reading() as stores:
        settings = stores.settings.all()
        cards = _open(stores.cards.all())
        maker = SheetMaker(session, stores, openness, settings)
        sheets: list[tuple[str, FilledForm]] = []
        for number, card in enumerate(cards):
            progress.step(number, len(cards) + 1, "binder.making")
            sheets.append((card.case_id, maker.sheet(card)))
    progress.step(len(cards), len(cards) + 1, "binder.laying_out")
    head = head_at(session, settings, openness.level)
    empty = _blank_head(head)
    blanks = [blank(library.form(form_id), library.schema, empty) for form_id in plan.blank]
    parts = [*(sheet for _case_id, sheet in sheets), *blanks]
    cover = CoverMaker(session, openness, head, places).cover(len(cards), parts)
    return lay_out_package(cover, parts, library.texts), tuple(sheets)


def _blank_head(head: PageHead) -> PageHead:
    return replace(head, caseworker="", case_code=None, registry_number=None, dated=None)


def _open(cards: Sequence[CaseCard]) -> list[CaseCard]:
    return [card for card in cards if card.stage != Stage.CLOSED.value]


def _openness(record: BinderRecord) -> Openness:
    return Openness(Level(record.level), record.names_protected)


def _kept(record: BinderRecord) -> KeptBinder:
    return KeptBinder(
        binder_id=record.binder_id,
        level=Level(record.level),
        names_protected=record.names_protected,
        made_at=record.made_at.astimezone(),
        page_count=record.page_count,
        destroyed_on=record.destroyed_on,
    )
