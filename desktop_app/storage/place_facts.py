"""Asks the system what kind of place a folder is, and refuses those where a store or a backup must not lie."""

import json
import os
import sys
from collections.abc import Collection, Iterable
from pathlib import Path, PurePath
from typing import Final, cast

from desktop_app.domain.errors import BackupPlaceSynced, PlaceOnNetwork, PlaceSynced
from desktop_app.storage.place_kinds import Place, PlaceKind, Surroundings, place_of

_MOUNTS: Final = Path("/proc/self/mountinfo")
_DROPBOX_SETTINGS: Final = ("Dropbox/info.json", ".dropbox/info.json")
_CEILING_BYTES: Final = 256 * 1024


def place_kind(folder: Path) -> Place:
    """Return what kind of place a folder is; it need not be there. Never fails: what cannot be asked is own."""
    given = Path(os.path.abspath(folder))
    real = Path(os.path.realpath(folder))
    around = _surroundings()
    found = place_of(given, around)
    return found if found.kind is not PlaceKind.OWN or real == given else place_of(real, around)


def require_own_disk(folder: Path) -> None:
    """Refuse a place where a store must not lie. Raises PlaceOnNetwork or PlaceSynced, with what makes it so."""
    found = place_kind(folder)
    if found.kind is PlaceKind.NETWORK:
        raise PlaceOnNetwork(place=str(folder), by=found.by)
    if found.kind is PlaceKind.SYNCED:
        raise PlaceSynced(place=str(folder), by=found.by)


def require_backup_place(folder: Path) -> None:
    """Refuse a place where backups must not lie: a network folder will do, a synchronised one will not.

    A backup is written once and read back, so that a network does it no harm. But what is synchronised to a cloud
    can neither be counted nor destroyed. Raises BackupPlaceSynced.
    """
    found = place_kind(folder)
    if found.kind is PlaceKind.SYNCED:
        raise BackupPlaceSynced(place=str(folder), by=found.by)


def _surroundings() -> Surroundings:
    home = Path(os.path.expanduser("~"))
    return Surroundings(
        environment=os.environ,
        home=home,
        mounts=_text_of(_MOUNTS) if sys.platform == "linux" else "",
        synced_folders=dict(_dropbox_folders(home)),
        is_remote_drive=_is_remote_drive,
        is_cloud_marked=_is_cloud_marked,
        names_in=_names_in,
    )


def _text_of(path: Path) -> str:
    try:
        with path.open(encoding="utf-8", errors="surrogateescape") as file:
            return file.read(_CEILING_BYTES)
    except OSError:
        return ""


def _names_in(folder: PurePath) -> Collection[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return ()


def _dropbox_folders(home: Path) -> Iterable[tuple[str, str]]:
    """Yield the folders Dropbox says it keeps: it may have been given any name."""
    roots = [os.environ.get("APPDATA"), os.environ.get("LOCALAPPDATA"), str(home)]
    for root in filter(None, roots):
        for name in _DROPBOX_SETTINGS:
            for place in dropbox_paths(_text_of(Path(root) / name)):
                yield place, "Dropbox"


def dropbox_paths(settings: str) -> list[str]:
    """Return the folders named in Dropbox's ``info.json``; whatever else it may hold is passed by."""
    try:
        accounts = cast(object, json.loads(settings or "{}"))
    except ValueError:
        return []
    if not isinstance(accounts, dict):
        return []
    each = cast(dict[str, object], accounts).values()
    found = [cast(dict[str, object], account).get("path") for account in each if isinstance(account, dict)]
    return [path for path in found if isinstance(path, str)]


if sys.platform == "win32":
    import ctypes
    import stat

    _DRIVE_REMOTE: Final = 4
    _CLOUD_TAG: Final = 0x9000001A
    _CLOUD_TAG_FAMILY: Final = 0xFFFF0FFF

    def _is_remote_drive(anchor: PurePath) -> bool:
        return ctypes.windll.kernel32.GetDriveTypeW(str(anchor)) == _DRIVE_REMOTE

    def _is_cloud_marked(folder: PurePath) -> bool:
        try:
            found = os.lstat(folder)
        except OSError:
            return False
        # OneDrive, iCloud Drive and others register their folders with Windows, which marks them so.
        is_link = bool(found.st_file_attributes & stat.FILE_ATTRIBUTE_REPARSE_POINT)
        return is_link and found.st_reparse_tag & _CLOUD_TAG_FAMILY == _CLOUD_TAG

else:

    def _is_remote_drive(anchor: PurePath) -> bool:
        return False

    def _is_cloud_marked(folder: PurePath) -> bool:
        return False
