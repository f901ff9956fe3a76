"""What the lists of cases show, read from the cards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop_app.domain.case_cards import CaseCard
from desktop_app.domain.cases import FirstContactClock, first_contact_clock
from desktop_app.domain.protection import Protection
from desktop_app.services import upkeep
from desktop_app.services.case_cards import kept_or_reckoned, outcome_of
from desktop_app.services.session import Session
from desktop_app.storage.unit_of_work import StoreSet


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSummary:
    """One line of the list of cases. ``name`` is ``None`` when it is unknown, or not known to be unprotected.

    ``protection`` and ``municipal_role`` are codes of their tables, empty while nobody has answered.
    """

    case_id: str
    code: str
    kind: str
    protection: str
    municipal_role: str
    name: str | None
    protected: bool
    stage_key: str
    next_step_key: str | None
    next_form_id: str | None
    clock: FirstContactClock
    outcome: str | None
    opened_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class CaseQuery:
    """What the list is asked for: words that all must stand in a line, and by what it is sorted.

    ``order`` is one of code, kind, name, stage, next, clock and outcome.
    """

    words: str = ""
    order: str = "code"
    downwards: bool = False


@dataclass(frozen=True, slots=True)
class CasesFound:
    """The ids of what was found, in order, the first lines of it, and how many cases there are in all."""

    case_ids: tuple[str, ...]
    first: tuple[CaseSummary, ...]
    every: int


def list_cases(session: Session) -> tuple[CaseSummary, ...]:
    """Return every case, by code."""
    upkeep.refresh(session)
    with session.reading() as stores:
        return _summaries(session, stores, stores.cards.all())


def find_cases(session: Session, query: CaseQuery, *, lines: int = 60) -> CasesFound:
    """Return the cases that hold the words, in order, with the first of their lines; ``summaries`` gives the rest."""
    upkeep.refresh(session)
    with session.reading() as stores:
        words = query.words.casefold().split()
        ids = tuple(stores.cards.ids(words, query.order, downwards=query.downwards))
        first = _summaries(session, stores, stores.cards.some(ids[:lines]))
        return CasesFound(ids, first, stores.cases.count())


def summaries(session: Session, case_ids: Sequence[str]) -> tuple[CaseSummary, ...]:
    """Return the lines of some cases, in the order asked for; one that is not there is left out."""
    with session.reading() as stores:
        return _summaries(session, stores, stores.cards.some(case_ids))


def count_cases(session: Session) -> int:
    """Return how many cases there are."""
    with session.reading() as stores:
        return stores.cases.count()


def summary(session: Session, case_id: str) -> CaseSummary:
    """Return the line of one case, as its file stands now; ``CaseNotFound`` when there is none."""
    with session.reading() as stores:
        card = kept_or_reckoned(session, stores, case_id).card
    return summary_of(session, card)


def _summaries(session: Session, stores: StoreSet, cards: Sequence[CaseCard]) -> tuple[CaseSummary, ...]:
    # Stale only where the cards could not be written: a name that may have become protected since is not shown.
    stale = stores.cards.stale_ids()
    return tuple(summary_of(session, card, may_name=card.case_id not in stale) for card in cards)


def summary_of(session: Session, card: CaseCard, *, may_name: bool = True) -> CaseSummary:
    """Return a card as the lists show it; without the name where it may no longer be shown."""
    upcoming = card.next_step
    return CaseSummary(
        case_id=card.case_id,
        code=card.code,
        kind=card.kind,
        protection=card.protection,
        municipal_role=card.municipal_role,
        name=(card.name if may_name else "") or None,
        protected=Protection.read(card.protection).is_known_protected,
        stage_key=f"stages.{card.stage}",
        next_step_key=f"guide.steps.{upcoming}.title" if upcoming else None,
        next_form_id=session.library.definitions.guide.step(upcoming).forms[0] if upcoming else None,
        clock=first_contact_clock(card.contacted_at, card.met_at, session.wall_clock),
        outcome=outcome_of(card, session.library.texts),
        opened_at=card.opened_at.astimezone(),
        changed_at=card.changed_at.astimezone(),
    )
