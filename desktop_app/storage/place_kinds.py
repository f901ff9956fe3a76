"""What kind of place a folder is: the computer's own disk, a network folder, or a folder some program synchronises.

A store on a network can be torn by two computers that both believe they hold the lock; a synchronised one is
copied in the middle of a change, and handed to whoever keeps the cloud. Both are told apart by what the
system says, not by trying. The judgement is pure; ``place_facts.py`` asks the system.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePath
from typing import Final


class PlaceKind(StrEnum):
    """Whose disk a folder lies on."""

    OWN = "own"
    NETWORK = "network"
    SYNCED = "synced"


@dataclass(frozen=True)
class Place:
    """The kind of a place, and the file system or the program that makes it so (empty for the own disk)."""

    kind: PlaceKind
    by: str = ""


OWN: Final = Place(PlaceKind.OWN)


def _nothing_in(_folder: PurePath) -> Collection[str]:
    return ()


def _no(_folder: PurePath) -> bool:
    return False


@dataclass(frozen=True)
class Surroundings:
    r"""What the system says about itself, apart from the judgement so that recorded answers can be put in.

    ``mounts`` is the text of ``/proc/self/mountinfo``; ``is_remote_drive`` answers for ``X:\\`` whether it is a
    mapped network drive; ``names_in`` lists a folder; ``is_cloud_marked`` tells whether Windows holds the folder
    for a cloud program; ``synced_folders`` are those that sync programs name in settings of their own.
    """

    environment: Mapping[str, str] = field(default_factory=dict[str, str])
    home: PurePath | None = None
    mounts: str = ""
    synced_folders: Mapping[str, str] = field(default_factory=dict[str, str])
    is_remote_drive: Callable[[PurePath], bool] = _no
    is_cloud_marked: Callable[[PurePath], bool] = _no
    names_in: Callable[[PurePath], Collection[str]] = _nothing_in


def place_of(folder: PurePath, around: Surroundings) -> Place:
    """Judge a folder, which need not be there yet. ``folder`` is absolute and its links are followed."""
    synced = _syncing_program(folder, around)
    if synced:
        return Place(PlaceKind.SYNCED, synced)
    network = _network(folder, around)
    return Place(PlaceKind.NETWORK, network) if network else OWN


# The network

# fmt: off
_NETWORK_SYSTEMS: Final = frozenset({
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "smb2", "9p", "afs", "afpfs", "ceph", "coda", "davfs",
    "davfs2", "glusterfs", "gfs2", "lustre", "ncpfs", "ocfs2", "orangefs", "beegfs", "vboxsf", "vmhgfs",
    "prl_fs", "drvfs", "virtiofs", "webdav",
})
# FUSE is a program that plays disk. These keep to the computer's own disk; what any other does nobody knows.
_LOCAL_FUSE: Final = frozenset({
    "fuseblk", "fuse.ntfs", "fuse.ntfs-3g", "fuse.exfat", "fuse.ext2", "fuse.fuse-overlayfs",
    "fuse.mergerfs", "fuse.bindfs", "fuse.gocryptfs", "fuse.cryfs", "fuse.encfs", "fuse.veracrypt",
    "fuse.lxcfs", "fusectl",
})
# fmt: on
_ESCAPED: Final = re.compile(r"\\([0-7]{3})")


def _network(folder: PurePath, around: Surroundings) -> str:
    if folder.drive.startswith("\\\\") and not _is_device(folder.drive):
        return "UNC"
    if folder.drive and around.is_remote_drive(type(folder)(folder.anchor)):
        return folder.drive
    system = _file_system(folder, around.mounts)
    if system in _NETWORK_SYSTEMS:
        return system
    return system if system.startswith("fuse") and system not in _LOCAL_FUSE else ""


def _is_device(drive: str) -> bool:
    r"""Tell ``\\?\C:`` and ``\\.\C:``, which are this computer's own, from ``\\server\share``."""
    return drive.startswith(("\\\\?\\", "\\\\.\\")) and not drive.upper().startswith("\\\\?\\UNC\\")


def _file_system(folder: PurePath, mounts: str) -> str:
    """Return the type of the file system a folder lies on: the longest mount point above it, the last if equal."""
    found, longest = "", 0
    for point, system in _mounted(mounts):
        # What the whole machine stands on is its own, whatever it is called in a container.
        if point != "/" and len(point) >= longest and folder.is_relative_to(point):
            found, longest = system, len(point)
    return found


def _mounted(mounts: str) -> Iterable[tuple[str, str]]:
    for line in mounts.splitlines():
        left, dash, right = line.partition(" - ")
        fields = left.split()
        if dash and len(fields) > 4 and right:
            yield _ESCAPED.sub(lambda found: chr(int(found[1], 8)), fields[4]), right.split()[0]


# Programs that synchronise

_ENVIRONMENT: Final = {
    "OneDrive": "OneDrive",
    "OneDriveCommercial": "OneDrive",
    "OneDriveConsumer": "OneDrive",
}

# A folder of such a name is theirs wherever it lies; "OneDrive - Kommunen" too.
_NAMES: Final = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "icloud drive": "iCloud Drive",
    "iclouddrive": "iCloud Drive",
    "mobile documents": "iCloud Drive",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "box sync": "Box",
    "pclouddrive": "pCloud",
    "megasync": "MEGA",
    "synologydrive": "Synology Drive",
    "proton drive": "Proton Drive",
    "seafile": "Seafile",
    "cloudstorage": "CloudStorage",
}
# These are common words too: theirs only right in the person's home folder.
_NAMES_AT_HOME: Final = {"box": "Box", "mega": "MEGA", "sync": "Sync", "icloud": "iCloud Drive"}

# What the programs leave in a folder they keep.
_MARKS: Final = (
    (re.compile(r"\.dropbox(\.cache)?"), "Dropbox"),
    (re.compile(r"\.849c9593-d756-4e56-8d6e-42412f2a707b"), "OneDrive"),
    (re.compile(r"\.tmp\.drive(up|down)load"), "Google Drive"),
    (
        re.compile(r"\.(nextcloud|sync)_?[0-9a-z]*\.(db|log)|\.nextcloudsync\.log|\._sync_\w+\.db"),
        "Nextcloud",
    ),
    (re.compile(r"\.owncloudsync\.log|\.csync_journal\.db"), "ownCloud"),
    (re.compile(r"\.stfolder"), "Syncthing"),
    (re.compile(r"\.synologyworkingdirectory"), "Synology Drive"),
    (re.compile(r"\.boxsync|\.box\.desktop\.ini"), "Box"),
)
# Settings of these programs lie in the home folder itself under a like name; that does not make it theirs.
_NOT_AT_HOME: Final = frozenset({".dropbox"})


def _syncing_program(folder: PurePath, around: Surroundings) -> str:
    for variable, program in _ENVIRONMENT.items():
        place = around.environment.get(variable)
        if place and _lies_in(folder, place):
            return program
    for place, program in around.synced_folders.items():
        if _lies_in(folder, place):
            return program
    for above in (folder, *folder.parents):
        program = _by_name(above, around) or _by_marks(above, around)
        if program:
            return program
        if around.is_cloud_marked(above):
            return "Windows"
    return ""


def _lies_in(folder: PurePath, place: str) -> bool:
    above = type(folder)(place)
    return above.is_absolute() and folder.is_relative_to(above)


def _by_name(folder: PurePath, around: Surroundings) -> str:
    name = folder.name.casefold()
    if around.home is not None and folder.parent == around.home and name in _NAMES_AT_HOME:
        return _NAMES_AT_HOME[name]
    # "OneDrive - Kommunen", "Dropbox (Privat)": the name of the account stands after.
    return _NAMES.get(name) or _NAMES.get(re.split(r" - | \(", name)[0], "")


def _by_marks(folder: PurePath, around: Surroundings) -> str:
    for name in around.names_in(folder):
        if folder == around.home and name.casefold() in _NOT_AT_HOME:
            continue
        for mark, program in _MARKS:
            if mark.fullmatch(name.casefold()):
                return program
    return ""
