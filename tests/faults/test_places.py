"""Where a store may lie: judged from recorded answers of Linux and Windows, and refused with the reason."""

from datetime import UTC, datetime
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest

from desktop_app.domain.errors import BackupPlaceSynced, PlaceOnNetwork, PlaceSynced
from desktop_app.services import backups, vault
from desktop_app.services.library import load_library
from desktop_app.services.vault import FAST_COST
from desktop_app.storage import place_facts
from desktop_app.storage.place_facts import dropbox_paths, place_kind
from desktop_app.storage.place_kinds import OWN, PlaceKind, Surroundings, place_of
from tests.helpers.practice import PROFILE

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
WORDS = "tusen gröna kaffekoppar i skymning"

MOUNTS = r"""
22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/nvme0n1p2 rw,errors=remount-ro
31 27 254:3 / /home rw,relatime shared:2 - btrfs /dev/nvme0n1p3 rw
40 27 0:44 / /mnt/gemensam rw,relatime shared:9 - nfs4 fil.kommun.example:/vol/gem rw,vers=4.2
41 27 0:45 / /mnt/min\040enhet rw,relatime - cifs //fil.kommun.example/hem rw,vers=3.1.1
42 27 0:46 / /mnt/smb rw,relatime - smb3 //fil/x rw
43 27 0:47 / /mnt/fjärr rw,nosuid - fuse.sshfs anna@dator:/ rw
44 27 0:48 / /mnt/moln rw,nosuid - fuse.rclone drive: rw
45 27 0:49 / /run/user/1000/gvfs rw,nosuid - fuse.gvfsd-fuse gvfsd-fuse rw
46 27 0:50 / /mnt/c rw,noatime - 9p C:\134 rw,dirsync,aname=drvfs
47 27 0:51 / /mnt/dav rw - davfs https://moln.example/ rw
48 27 8:17 / /media/usb rw,nosuid - vfat /dev/sdb1 rw
49 27 8:33 / /media/ntfs rw,nosuid - fuseblk /dev/sdc1 rw
50 27 0:60 / /hem/anna/valvet rw - fuse.gocryptfs /hem/anna/.cipher rw
51 31 0:61 / /hem/anna/hem rw - nfs4 fil:/hem rw
52 27 0:62 / /mnt/bytt rw - nfs4 fil:/x rw
53 27 254:9 / /mnt/bytt rw - ext4 /dev/sdd1 rw
54 27 0:63 / /mnt/okänd rw - fuse.nagot-nytt x rw
"""

LINUX = Surroundings(mounts=MOUNTS, home=PurePosixPath("/hem/anna"))


@pytest.mark.parametrize(
    ("folder", "by"),
    [
        ("/hem/anna/utvag", ""),
        ("/media/usb/utvag", ""),
        ("/media/ntfs/utvag", ""),
        ("/hem/anna/valvet/utvag", ""),
        ("/mnt/bytt/utvag", ""),
        ("/mnt/gemensammare", ""),
        ("/var/lib/utvag", ""),
        ("/mnt/gemensam", "nfs4"),
        ("/mnt/gemensam/a/b", "nfs4"),
        ("/mnt/min enhet/utvag", "cifs"),
        ("/mnt/smb/utvag", "smb3"),
        ("/mnt/fjärr/utvag", "fuse.sshfs"),
        ("/mnt/moln/utvag", "fuse.rclone"),
        ("/run/user/1000/gvfs/smb-share:server=fil,share=x/utvag", "fuse.gvfsd-fuse"),
        ("/mnt/c/Data/anna/utvag", "9p"),
        ("/mnt/dav/utvag", "davfs"),
        ("/hem/anna/hem/utvag", "nfs4"),
        ("/mnt/okänd/utvag", "fuse.nagot-nytt"),
    ],
)
def test_network_folders_of_linux_are_told_by_their_file_system(folder: str, by: str):
    found = place_of(PurePosixPath(folder), LINUX)
    assert found == OWN if not by else (found.kind, found.by) == (PlaceKind.NETWORK, by)


def test_a_machine_that_stands_on_a_foreign_file_system_is_its_own():
    around = Surroundings(mounts="1 0 0:1 / / rw - 9p none rw\n2 1 0:2 / /tmp rw - tmpfs none rw\n")
    assert place_of(PurePosixPath("/hem/anna/utvag"), around) == OWN
    assert place_of(PurePosixPath("/tmp/utvag"), around) == OWN


@pytest.mark.parametrize("mounts", ["", "nonsense", "1 2 3 -", " - nfs", "27 1 0:1 / /a rw - ", "\x00" * 50])
def test_what_cannot_be_read_of_the_mounts_is_passed_by(mounts: str):
    assert place_of(PurePosixPath("/a/b"), Surroundings(mounts=mounts)) == OWN


WINDOWS = Surroundings(
    environment={
        "OneDriveCommercial": r"C:\Hem\anna\OneDrive - Kommunen",
        "OneDrive": r"D:\Molnet",
        "OneDriveConsumer": "",
    },
    home=PureWindowsPath(r"C:\Hem\anna"),
    synced_folders={r"E:\Mina saker": "Dropbox"},
    is_remote_drive=lambda anchor: anchor == PureWindowsPath("H:\\"),
    is_cloud_marked=lambda folder: folder == PureWindowsPath(r"C:\Hem\anna\Skrivbord"),
)


@pytest.mark.parametrize(
    ("folder", "kind", "by"),
    [
        (r"C:\Hem\anna\utvag", PlaceKind.OWN, ""),
        (r"E:\utvag", PlaceKind.OWN, ""),
        (r"\\?\C:\utvag", PlaceKind.OWN, ""),
        (r"H:\utvag", PlaceKind.NETWORK, "H:"),
        (r"\\fil\hem\utvag", PlaceKind.NETWORK, "UNC"),
        (r"\\?\UNC\fil\hem\utvag", PlaceKind.NETWORK, "UNC"),
        (r"\\wsl.localhost\Ubuntu\home\anna", PlaceKind.NETWORK, "UNC"),
        (r"c:\users\ANNA\onedrive - kommunen\Dokument\utvag", PlaceKind.SYNCED, "OneDrive"),
        (r"D:\Molnet\utvag", PlaceKind.SYNCED, "OneDrive"),
        (r"E:\Mina saker\utvag", PlaceKind.SYNCED, "Dropbox"),
        (r"C:\Hem\anna\Skrivbord\utvag", PlaceKind.SYNCED, "Windows"),
        (r"C:\Hem\anna\Dropbox (Privat)\utvag", PlaceKind.SYNCED, "Dropbox"),
        (r"C:\Hem\anna\iCloudDrive\utvag", PlaceKind.SYNCED, "iCloud Drive"),
        (r"C:\Hem\anna\Nextcloud\utvag", PlaceKind.SYNCED, "Nextcloud"),
        (r"C:\Hem\anna\Box\utvag", PlaceKind.SYNCED, "Box"),
        (r"D:\Box\utvag", PlaceKind.OWN, ""),
        (r"D:\Dropboxen\utvag", PlaceKind.OWN, ""),
    ],
)
def test_network_and_synced_folders_of_windows(folder: str, kind: PlaceKind, by: str):
    found = place_of(PureWindowsPath(folder), WINDOWS)
    assert (found.kind, found.by) == (kind, by)


@pytest.mark.parametrize(
    ("mark", "by"),
    [
        (".dropbox", "Dropbox"),
        (".dropbox.cache", "Dropbox"),
        (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
        (".tmp.driveupload", "Google Drive"),
        (".sync_1f2e3d4c.db", "Nextcloud"),
        (".nextcloudsync.log", "Nextcloud"),
        ("._sync_0a1b2c.db", "Nextcloud"),
        (".owncloudsync.log", "ownCloud"),
        (".stfolder", "Syncthing"),
        (".SynologyWorkingDirectory", "Synology Drive"),
        ("dropbox.txt", ""),
        (".syncfusion", ""),
    ],
)
def test_what_sync_programs_leave_in_their_folders_gives_them_away(mark: str, by: str):
    around = Surroundings(names_in=lambda folder: [mark] if folder.name == "saker" else ["annat"])
    found = place_of(PurePosixPath("/data/saker/djupt/nere"), around)
    assert found.by == by
    assert place_of(PurePosixPath("/data/andra"), around) == OWN


def test_settings_of_a_sync_program_in_the_home_folder_do_not_make_the_home_theirs():
    home = PurePosixPath("/hem/anna")
    around = Surroundings(home=home, names_in=lambda folder: [".dropbox"] if folder == home else [])
    assert place_of(home / "utvag", around) == OWN


def test_dropbox_tells_in_its_settings_which_folders_it_keeps():
    assert dropbox_paths('{"personal": {"path": "/hem/anna/D", "host": 1}, "business": {"path": "/b"}}') == [
        "/hem/anna/D",
        "/b",
    ]
    for settings in ("", "[]", "{", '{"personal": 3}', '{"personal": {"path": 3}}'):
        assert dropbox_paths(settings) == []


# On this machine


@pytest.fixture
def on_network(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder that this machine says lies on a file server."""
    share = tmp_path / "server"
    share.mkdir()
    mounts = f"9 1 0:9 / {share} rw - nfs4 fil:/x rw\n"
    monkeypatch.setattr(place_facts, "_surroundings", lambda: Surroundings(mounts=mounts))
    return share


def make(folder: Path) -> None:
    vault.create_store(load_library(), folder, PROFILE, WORDS, lambda: NOW, cost=FAST_COST)


def test_a_temporary_folder_of_this_machine_is_its_own(tmp_path: Path):
    assert place_kind(tmp_path / "not" / "there") == OWN


def test_a_link_into_a_synced_folder_is_followed(tmp_path: Path):
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "arbete").symlink_to(tmp_path / "Dropbox", target_is_directory=True)
    assert place_kind(tmp_path / "arbete" / "valv").kind is PlaceKind.SYNCED


def test_no_store_is_made_in_a_network_folder(on_network: Path):
    with pytest.raises(PlaceOnNetwork) as caught:
        make(on_network / "new" / "store")
    assert caught.value.params["by"] == "nfs4"
    assert list(on_network.iterdir()) == []


def test_no_store_is_made_in_a_synced_folder(tmp_path: Path):
    folder = tmp_path / "OneDrive - Kommunen" / "valv"
    with pytest.raises(PlaceSynced) as caught:
        make(folder)
    assert caught.value.params["by"] == "OneDrive"
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_restored_to_a_network_or_synced_folder(on_network: Path, tmp_path: Path):
    for folder in (on_network / "store", tmp_path / "Nextcloud" / "store"):
        with pytest.raises((PlaceOnNetwork, PlaceSynced)):
            backups.restore(tmp_path / "any.sakb", folder, WORDS)
        assert not folder.parent.exists() or list(folder.parent.iterdir()) == []


def test_backups_may_lie_on_the_network_but_not_in_a_synced_folder(on_network: Path, tmp_path: Path):
    place_facts.require_backup_place(on_network)
    with pytest.raises(BackupPlaceSynced):
        place_facts.require_backup_place(tmp_path / "Dropbox")


def test_the_judgement_takes_any_path_without_failing():
    for folder in (
        PurePath("."),
        PurePath(""),
        PurePosixPath("/"),
        PureWindowsPath("C:"),
        PureWindowsPath("\\"),
    ):
        place_of(folder, LINUX)
        place_of(folder, WINDOWS)
