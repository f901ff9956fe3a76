"""How well the copies stand, for the status line and the start page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desktop_app.domain.backup_standing import (
    BackupFacts,
    CopyKeys,
    Level,
    MediumFacts,
    Reason,
    rehearsal_is_due,
    standing,
)
from desktop_app.services.backup_media import Medium, media_of
from desktop_app.services.backup_views import BackupView, Opening
from desktop_app.services.known_backups import known, newest_of
from desktop_app.services.session import Session
from desktop_app.storage.unit_of_work import StoreSet


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupState:
    """How the copies stand. ``text_key`` and ``params`` are the gravest of ``reasons``; the rest follow it there.

    ``newest`` is the newest copy read back whole, ``age_days`` its age, ``changed_since`` whether anything was
    written after it.
    """

    newest: BackupView | None
    age_days: int | None
    level: Level
    text_key: str
    params: Mapping[str, str | int]
    reasons: tuple[Reason, ...]
    media: tuple[Medium, ...]
    rehearsed_on: date | None
    rehearsal_due: bool
    changed_since: bool


def backup_state(session: Session) -> BackupState:
    """Return how the copies stand now. Looks at the media that are in: not to be asked while one waits."""
    views = known(session)
    newest = newest_of(views)
    with session.reading() as stores:
        media = media_of(stores, session.folder)
        facts = _facts(session, stores, views, newest, media)
    reasons = standing(facts)
    return BackupState(
        newest=newest,
        age_days=None if newest is None else max(0, (facts.now.date() - newest.made_at.date()).days),
        level=reasons[0].level,
        text_key=reasons[0].text_key,
        params=reasons[0].params,
        reasons=reasons,
        media=media,
        rehearsed_on=facts.rehearsed_on,
        rehearsal_due=rehearsal_is_due(facts),
        changed_since=facts.unsaved_since is not None,
    )


def _facts(
    session: Session,
    stores: StoreSet,
    views: tuple[BackupView, ...],
    newest: BackupView | None,
    media: tuple[Medium, ...],
) -> BackupFacts:
    seqs = {copy.sequence: copy.audit_seq for copy in stores.backups.all()}
    now = session.clock()
    last_line = stores.audit_log.newest_moment()
    rehearsed = next((each.at for each in stores.rehearsals.all() if each.outcome == "whole"), None)
    return BackupFacts(
        # A clock set back must not make what is unsaved look younger.
        now=now if last_line is None else max(now, last_line.astimezone(now.tzinfo)),
        holds_cases=bool(stores.cases.all()),
        newest_made_at=newest.made_at if newest else None,
        newest_keys=_keys(newest),
        unsaved_since=stores.audit_log.first_content_after(seqs.get(newest.sequence, 0) if newest else 0),
        media=tuple(_medium_facts(medium) for medium in media),
        rehearsed_on=rehearsed.astimezone().date() if rehearsed else None,
        first_copy_on=min((view.made_at.date() for view in views), default=None),
    )


def _keys(newest: BackupView | None) -> CopyKeys:
    if newest is None or newest.opens_with in (Opening.PRESENT, Opening.UNKNOWN):
        return CopyKeys.PRESENT
    return CopyKeys.OLDER_KEY if newest.opens_with is Opening.OLDER_KEY else CopyKeys.OLDER_SECRETS


def _medium_facts(medium: Medium) -> MediumFacts:
    return MediumFacts(
        name=medium.name,
        is_present=medium.is_present,
        on_store_disk=medium.on_store_disk,
        seen_at=medium.seen_at,
        failed_at=medium.failed_at,
    )
