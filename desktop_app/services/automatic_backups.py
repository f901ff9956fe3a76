"""The backup that makes itself at lock and exit: if something was written, at most hourly, to a medium that is in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from desktop_app.domain.changes import ChangeSet, Kind, changed
from desktop_app.domain.errors import AppError, Cancelled
from desktop_app.domain.progress import Progress
from desktop_app.services.backup_making import back_up
from desktop_app.services.backup_media import Medium, media_of
from desktop_app.services.backup_views import BackupView
from desktop_app.services.last_copy import Missed, note_made, note_missed
from desktop_app.services.session import Session
from desktop_app.storage.known_backup_store import KnownBackup
from desktop_app.storage.unit_of_work import StoreSet

AT_MOST_EVERY = timedelta(hours=1)

_NOTHING = ChangeSet(frozenset())


class Outcome(StrEnum):
    """What came of it."""

    MADE = "made"
    UNCHANGED = "unchanged"
    TOO_SOON = "too_soon"
    NO_MEDIUM = "no_medium"
    MEDIUM_ABSENT = "medium_absent"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class AutomaticBackup:
    """``view`` is the copy that was made; ``error_code`` the last failure, also when another medium then took it."""

    outcome: Outcome
    error_code: str | None
    view: BackupView | None
    changes: ChangeSet


def automatic_backup(session: Session, progress: Progress | None = None) -> AutomaticBackup:
    """Make a backup if it is time for one. Never raises an ``AppError``: nothing of this may hold up a lock.

    A failure is remembered with its medium for ``backup_state``; one that a person stopped is not. What kept a copy
    from being made is kept besides, to be told at the next unlocking.
    """
    try:
        with session.reading() as stores:
            outcome, media = _decided(stores, session)
            names = tuple(medium.name for medium in media or media_of(stores, session.folder))
        if outcome is not Outcome.MADE:
            if outcome is Outcome.MEDIUM_ABSENT:
                note_missed(session, Missed.MEDIUM_ABSENT, names)
            return AutomaticBackup(outcome, None, None, _NOTHING)
        made = _made(session, media, progress)
        if made.outcome is Outcome.FAILED:
            note_missed(session, Missed.FAILED, names)
        else:
            note_made(session)
        return made
    except AppError as error:
        return AutomaticBackup(Outcome.FAILED, error.code, None, _NOTHING)


def is_too_soon(newest_made_at: datetime | None, now: datetime) -> bool:
    """Tell whether a copy was made within the hour, as far as the clock can be believed.

    ``newest_made_at`` is that of the newest copy by number. A clock that has gone back since proves nothing, so the
    copy is made; the next is then measured from it. No clock can keep copies from being made for more than an hour.
    """
    return newest_made_at is not None and timedelta() <= now - newest_made_at < AT_MOST_EVERY


def _decided(stores: StoreSet, session: Session) -> tuple[Outcome, tuple[Medium, ...]]:
    """Return what to do, and to which media in which order."""
    media = media_of(stores, session.folder)
    if not media:
        return Outcome.NO_MEDIUM, ()
    copies = stores.backups.all()
    present = [medium for medium in media if medium.is_present]
    behind = [medium for medium in present if _is_behind(stores, _newest_on(medium, copies))]
    if not behind:
        whole = next((copy for copy in copies if not copy.damaged_at), None)
        waits = not present and _is_behind(stores, whole)
        return (Outcome.MEDIUM_ABSENT if waits else Outcome.UNCHANGED), ()
    if is_too_soon(copies[0].made_at if copies else None, session.clock()):
        return Outcome.TOO_SOON, ()
    return Outcome.MADE, tuple(sorted(behind, key=lambda medium: _turn(medium, copies)))


def _is_behind(stores: StoreSet, copy: KnownBackup | None) -> bool:
    """Tell whether anything was written that a copy does not hold."""
    return stores.audit_log.first_content_after(copy.audit_seq if copy else 0) is not None


def _newest_on(medium: Medium, copies: Sequence[KnownBackup]) -> KnownBackup | None:
    """Return the newest copy that really lies on a medium that is in."""
    here = (copy for copy in copies if copy.medium_id == medium.medium_id and not copy.damaged_at)
    return next((copy for copy in here if (medium.place / copy.file_name).is_file()), None)


def _turn(medium: Medium, copies: Sequence[KnownBackup]) -> tuple[bool, int]:
    """Other disks first; among them the one whose newest copy is oldest, so that two media alternate."""
    newest = _newest_on(medium, copies)
    return medium.on_store_disk, newest.sequence if newest else 0


def _made(session: Session, media: Sequence[Medium], progress: Progress | None) -> AutomaticBackup:
    code: str | None = None
    for medium in media:
        try:
            view = back_up(session, medium.place, progress)
        except Cancelled:
            raise
        except AppError as error:
            code = error.code
            _note_failure(session, medium, code)
        else:
            return AutomaticBackup(Outcome.MADE, code, view, view.changes or _NOTHING)
    return AutomaticBackup(Outcome.FAILED, code, None, changed(Kind.BACKUP))


def _note_failure(session: Session, medium: Medium, code: str) -> None:
    try:
        with session.act() as work:
            known = work.backup_media.of_id(medium.medium_id)
            if known is not None:
                work.backup_media.put(replace(known, failed_at=work.now, failed_code=code))
            work.audit("backup.failed", entity="backup_medium", entity_id=medium.medium_id, fields=(code,))
            work.commit()
    except AppError:
        # The disk of the store itself may be full; the reminder then grows with what is unsaved.
        return
