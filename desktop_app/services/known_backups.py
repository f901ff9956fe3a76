"""Every backup that is known: by the store's memory, and by looking at the media that are in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from desktop_app.domain.changes import ChangeSet, Kind, changed
from desktop_app.services.backup_media import Medium, media_of
from desktop_app.services.backup_views import BackupView, Opening, opening_of
from desktop_app.services.session import Session
from desktop_app.storage.key_era_store import KeyEra
from desktop_app.storage.keys import KeyMarks
from desktop_app.storage.known_backup_store import KnownBackup
from desktop_app.storage.own_backups import OwnBackup, own_backups_at


def known(session: Session) -> tuple[BackupView, ...]:
    """Return every backup that has not been removed, the newest first.

    Those the store remembers, and those of its own that lie on media that are in now: after a restore, the copies
    made later than the restored one are known only from there.
    """
    with session.reading() as stores:
        remembered = stores.backups.all()
        media = media_of(stores, session.folder)
        names = {medium.medium_id: medium.name for medium in stores.backup_media.all()}
        eras = {era.mark: era for era in stores.key_eras.all() if era.kind == "passphrase"}
    found = {copy.path: copy for medium in media if medium.is_present for copy in _found(session, medium)}
    lens = _Lens(session.vault.key_marks(), eras)
    views = [_remembered(copy, names, media, found, lens) for copy in remembered]
    seen = {view.path for view in views}
    for medium in media:
        here = (copy for path, copy in found.items() if path.parent == medium.place and path not in seen)
        views += [_looked_at(copy, medium, lens) for copy in here]
    return tuple(sorted(views, key=lambda view: (view.sequence, str(view.path)), reverse=True))


def removed(session: Session) -> tuple[BackupView, ...]:
    """Return the backups that were thinned out or destroyed, the newest first."""
    with session.reading() as stores:
        copies = stores.backups.removed()
        names = {medium.medium_id: medium.name for medium in stores.backup_media.all()}
        eras = {era.mark: era for era in stores.key_eras.all() if era.kind == "passphrase"}
    lens = _Lens(session.vault.key_marks(), eras)
    return tuple(_remembered(copy, names, (), {}, lens) for copy in copies)


def newest(session: Session) -> BackupView | None:
    """Return the newest backup that was read back whole and, as far as can be seen, is still there."""
    return newest_of(known(session))


def newest_of(views: Iterable[BackupView]) -> BackupView | None:
    """Return the newest of several that was read back whole and, as far as can be seen, is still there."""
    return next(
        (view for view in views if view.verified_at and not view.is_damaged and view.is_there is not False),
        None,
    )


def to_destroy(session: Session) -> tuple[BackupView, ...]:
    """Return the copies that open with secrets from before the data key was replaced, the newest first."""
    return tuple(
        view for view in known(session) if view.opens_with is Opening.OLDER_KEY and view.is_there is not False
    )


def note_destroyed(session: Session, sequence: int) -> ChangeSet:
    """Remember that a person has destroyed a copy; the file itself is theirs to destroy."""
    with session.act() as work:
        work.backups.note_removed(sequence, work.now)
        work.audit("backup.destroyed", entity="backup", entity_id=str(sequence))
        work.commit()
    return changed(Kind.BACKUP)


class _Lens:
    """What opens a copy, seen from today."""

    def __init__(self, now: KeyMarks, eras: Mapping[str, KeyEra]) -> None:
        self._now = now
        self._eras = eras

    def seen(self, view: BackupView, marks: KeyMarks) -> BackupView:
        """Return a view with what opens it, and the days of its passphrase."""
        era = self._eras.get(marks.passphrase)
        return replace(
            view,
            opens_with=opening_of(marks, self._now),
            passphrase_from=_day(era.began_at) if era else None,
            passphrase_to=_day(era.ended_at) if era else None,
        )


def _found(session: Session, medium: Medium) -> list[OwnBackup]:
    return own_backups_at(session.vault, medium.place)


def _remembered(
    copy: KnownBackup,
    names: Mapping[str, str],
    media: Iterable[Medium],
    found: Mapping[Path, OwnBackup],
    lens: _Lens,
) -> BackupView:
    present = next((medium for medium in media if medium.medium_id == copy.medium_id), None)
    # A stick may have got another letter since: the file is looked for where its medium is now.
    place = present.place if present else Path(copy.place)
    path = place / copy.file_name
    file = found.get(path)
    view = BackupView(
        path=path,
        made_at=copy.made_at.astimezone(),
        verified_at=copy.verified_at.astimezone(),
        sequence=copy.sequence,
        size=copy.size_bytes,
        counts=file.rows if file else {},
        medium_name=names.get(copy.medium_id, ""),
        is_there=_is_there(path, present),
        removed_at=copy.removed_at.astimezone() if copy.removed_at else None,
        is_damaged=copy.damaged_at is not None,
    )
    return lens.seen(view, file.marks if file and not copy.marks.passphrase else copy.marks)


def _is_there(path: Path, medium: Medium | None) -> bool | None:
    if medium is None:
        # Of a medium no longer in use, or a copy from before media had names: only a find says anything.
        return True if path.is_file() else None
    return path.is_file() if medium.is_present else None


def _looked_at(copy: OwnBackup, medium: Medium, lens: _Lens) -> BackupView:
    view = BackupView(
        path=copy.path,
        made_at=copy.made_at.astimezone(),
        verified_at=None,
        sequence=copy.sequence,
        size=copy.size_bytes,
        counts=copy.rows,
        medium_name=medium.name,
        is_there=True,
    )
    return lens.seen(view, copy.marks)


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.astimezone().date()
