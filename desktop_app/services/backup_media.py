"""The media backups go to: named by their owner, recognised when they are in, retired but never forgotten."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from desktop_app.domain.changes import ChangeSet, Kind, changed
from desktop_app.domain.errors import BackupPlaceMissing, MediumIsAnother, MediumNameTaken
from desktop_app.services.session import Session
from desktop_app.storage import medium_mark
from desktop_app.storage.backup_medium_store import BackupMedium
from desktop_app.storage.backup_names import backups_in
from desktop_app.storage.place_facts import require_backup_place
from desktop_app.storage.unit_of_work import StoreSet, UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Medium:
    """A stick, disk or folder that backups go to.

    ``on_store_disk``: it lies on the same disk as the store, and is lost with it. ``failed_at`` and ``failed_code``
    tell of the last automatic backup to it, None when that went well.
    """

    medium_id: str
    name: str
    place: Path
    seen_at: datetime | None
    is_present: bool
    on_store_disk: bool
    failed_at: datetime | None = None
    failed_code: str | None = None


def media(session: Session) -> tuple[Medium, ...]:
    """Return the media backups go to, in the order they were added, each looked for now."""
    with session.reading() as stores:
        return media_of(stores, session.folder)


def add_medium(session: Session, name: str, place: Path) -> ChangeSet:
    """Take a medium into use under a name, and put a mark on it by which it is known again.

    A medium that was in use at this place without a mark gets the name. Raises BackupPlaceMissing,
    BackupPlaceSynced, MediumNameTaken, FolderNotWritable, DiskFull or MediumFailed.
    """
    _require_place(place)
    medium_id = medium_mark.mark_of(place)
    with session.reading() as stores:
        known = _known_at(stores, place, medium_id)
        _require_free_name(stores, name, known.medium_id if known else "")
    if medium_id is None:
        medium_id = known.medium_id if known else medium_mark.new_medium_id()
        medium_mark.put_mark(place, medium_id)
    with session.act() as work:
        medium = known or _new(medium_id, work.now, name, place)
        work.backup_media.put(
            replace(
                medium,
                name=name.strip(),
                place=str(place),
                marked=True,
                own_disk=_own_disk(session, place),
                retired_at=None,
                seen_at=work.now,
            )
        )
        work.audit("backup.medium_added", entity="backup_medium", entity_id=medium_id)
        work.commit()
    return changed(Kind.BACKUP, Kind.SETTING)


def change_medium(session: Session, medium_id: str, name: str, place: Path) -> ChangeSet:
    """Give a medium another name or place (a stick that got another letter).

    Raises MediumIsAnother when that place has a medium of another name, and as ``add_medium``.
    """
    with session.act() as work:
        medium = work.backup_media.of_id(medium_id)
        if medium is None:
            raise KeyError(medium_id)
        _require_free_name(work, name, medium_id)
        if str(place) != medium.place:
            _require_place(place)
            if medium_mark.mark_of(place) not in (None, medium_id):
                raise MediumIsAnother(place=str(place))
            medium_mark.put_mark(place, medium_id)
            medium = replace(
                medium, place=str(place), marked=True, own_disk=_own_disk(session, place), seen_at=work.now
            )
        work.backup_media.put(replace(medium, name=name.strip()))
        work.audit("backup.medium_changed", entity="backup_medium", entity_id=medium_id)
        work.commit()
    return changed(Kind.BACKUP, Kind.SETTING)


def retire_medium(session: Session, medium_id: str) -> ChangeSet:
    """Stop writing backups to a medium. What lies on it is left, and stays in the list of known copies."""
    with session.act() as work:
        medium = work.backup_media.of_id(medium_id)
        if medium is None:
            raise KeyError(medium_id)
        work.backup_media.put(replace(medium, retired_at=work.now))
        work.audit("backup.medium_retired", entity="backup_medium", entity_id=medium_id)
        work.commit()
    return changed(Kind.BACKUP, Kind.SETTING)


def media_of(stores: StoreSet, folder: Path) -> tuple[Medium, ...]:
    """Return the media in use as they are found now; ``folder`` is where the store lies."""
    return tuple(_view(medium, folder) for medium in stores.backup_media.in_use())


def is_present(medium: BackupMedium, folder: Path) -> bool:
    """Tell whether this very medium is in: not another at its place, not its empty mount point."""
    place = Path(medium.place)
    if not place.is_dir() or (medium.own_disk and medium_mark.on_same_disk(place, folder)):
        return False
    return medium_mark.mark_of(place) == (medium.medium_id if medium.marked else None)


def seen_for_backup(work: UnitOfWork, session: Session, place: Path) -> BackupMedium:
    """Note that a backup was written at a place just now, and return its medium; a place not known becomes one."""
    medium_id = medium_mark.mark_of(place)
    known = _known_at(work, place, medium_id)
    medium = known or _new(
        medium_id or medium_mark.new_medium_id(), work.now, place.name or str(place), place
    )
    medium = replace(
        medium,
        place=str(place),
        marked=medium_id is not None,
        own_disk=_own_disk(session, place),
        seen_at=work.now,
        retired_at=None,
        failed_at=None,
        failed_code=None,
    )
    work.backup_media.put(medium)
    return medium


def _view(medium: BackupMedium, folder: Path) -> Medium:
    place = Path(medium.place)
    present = is_present(medium, folder)
    return Medium(
        medium_id=medium.medium_id,
        name=medium.name,
        place=place,
        seen_at=medium.seen_at.astimezone() if medium.seen_at else None,
        is_present=present,
        on_store_disk=not medium.own_disk,
        failed_at=medium.failed_at.astimezone() if medium.failed_at else None,
        failed_code=medium.failed_code,
    )


def _known_at(stores: StoreSet, place: Path, medium_id: str | None) -> BackupMedium | None:
    """Return the medium known by its mark, or, where there is none, by its place and the copies on it."""
    if medium_id is not None:
        return stores.backup_media.of_id(medium_id)
    for medium in stores.backup_media.all():
        if not medium.marked and medium.place == str(place) and _holds_its_copies(stores, medium):
            return medium
    return None


def _holds_its_copies(stores: StoreSet, medium: BackupMedium) -> bool:
    """Tell whether a folder still has any of the copies written to the medium: else it is another medium."""
    names = {copy.file_name for copy in stores.backups.all() if copy.medium_id == medium.medium_id}
    found = {path.name for path in backups_in(Path(medium.place))}
    return not names or not names.isdisjoint(found)


def _new(medium_id: str, now: datetime, name: str, place: Path) -> BackupMedium:
    return BackupMedium(
        medium_id=medium_id, name=name, place=str(place), marked=False, own_disk=False, added_at=now
    )


def _own_disk(session: Session, place: Path) -> bool:
    return not medium_mark.on_same_disk(place, session.folder)


def _require_place(place: Path) -> None:
    if not place.is_dir():
        raise BackupPlaceMissing(place=str(place))
    require_backup_place(place)


def _require_free_name(stores: StoreSet, name: str, medium_id: str) -> None:
    taken = {
        medium.name.casefold() for medium in stores.backup_media.in_use() if medium.medium_id != medium_id
    }
    if name.strip().casefold() in taken:
        raise MediumNameTaken
