"""A medium that is full or cannot be written: what was saved stands, and the reason is told."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.domain.errors import DiskFull, FolderNotWritable, WrongPassphrase
from desktop_app.storage import durable
from desktop_app.storage.backup_file import restore_backup, verify_backup, write_backup
from desktop_app.storage.keys import Passphrase
from desktop_app.storage.vault_file import create_vault, open_vault
from tests.helpers.vaults import (
    ACTOR,
    CHEAP,
    NOW,
    PASSPHRASE,
    add_bulk,
    add_events,
    closed_vault,
    folder_bytes,
    opened_vault,
    quick_derivation,
)

OTHER = Passphrase("en helt annan lösenfras")
AT_REST = {"data.db", "data.lock", "data.seal", "nyckel.json", "nyckel-kopia.json"}


@pytest.fixture
def medium(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own, about 2 MB."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("a small disk of its own takes Linux and the right to mount")
    place = tmp_path / "medium"
    place.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)], check=False).returncode:
        pytest.skip("this machine does not let the test mount a small disk")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def fill(medium: Path) -> Path:
    """Leave no room at all; return the file to remove."""
    filler = medium / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (65536, 512, 1):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                continue
    return filler


def test_what_was_saved_before_the_disk_was_full_stands(medium: Path):
    (medium / "filler").write_bytes(bytes(600_000))
    vault = opened_vault(medium / "store")
    saved = 0

    def save_until_full() -> None:
        nonlocal saved
        for _ in range(20_000):
            add_events(vault, 1)
            saved += 1

    with pytest.raises(DiskFull):
        save_until_full()
    assert saved > 20
    with vault.reading() as read:
        assert read.audit_log.head()[0] == saved + 1
    vault.close()
    with open_vault(medium / "store", PASSPHRASE) as vault:
        with vault.reading() as read:
            assert read.audit_log.head()[0] == saved + 1
        (medium / "filler").unlink()
        assert vault.check().sound


def test_room_given_back_is_used_at_once(medium: Path):
    with opened_vault(medium / "store") as vault:
        filler = fill(medium)
        with pytest.raises(DiskFull):
            add_events(vault, 500)
        with vault.reading() as read:
            saved = read.audit_log.head()[0]
        filler.unlink()
        add_events(vault, 1)
        with vault.reading() as read:
            assert read.audit_log.head()[0] == saved + 1
        assert vault.check().sound


def test_a_passphrase_that_could_not_be_changed_is_the_old_one(medium: Path):
    with opened_vault(medium / "store") as vault:
        filler = fill(medium)
        with pytest.raises(DiskFull):
            vault.change_passphrase(PASSPHRASE, OTHER, actor=ACTOR, now=NOW, cost=CHEAP)
        filler.unlink()
    assert set(folder_bytes(medium / "store")) == AT_REST
    with pytest.raises(WrongPassphrase):
        open_vault(medium / "store", OTHER)
    open_vault(medium / "store", PASSPHRASE).close()


@pytest.mark.parametrize("foreseen", [True, False])
def test_a_full_stick_keeps_its_earlier_backups(
    medium: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, foreseen: bool
):
    with opened_vault(tmp_path / "store") as vault:
        earlier = write_backup(vault, medium, now=NOW)
        add_bulk(vault, 3000)
        (medium / "filler").write_bytes(bytes(1_700_000))
        before = folder_bytes(medium)
        if not foreseen:
            monkeypatch.setattr(durable, "require_room", lambda *_: None)
        with pytest.raises(DiskFull):
            write_backup(vault, medium, now=NOW)
        assert set(folder_bytes(vault.folder)) - {"data.db-wal"} == AT_REST
    assert folder_bytes(medium) == before
    assert verify_backup(earlier.path, PASSPHRASE) == earlier


@pytest.mark.parametrize("foreseen", [True, False])
def test_where_there_is_no_room_nothing_is_made_or_restored(
    medium: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, foreseen: bool
):
    with opened_vault(tmp_path / "store") as vault:
        add_events(vault, 100)
        report = write_backup(vault, tmp_path, now=NOW)
    fill(medium)
    if not foreseen:
        monkeypatch.setattr(durable, "require_room", lambda *_: None)
    with pytest.raises(DiskFull):
        restore_backup(report.path, medium / "restored", PASSPHRASE)
    with quick_derivation(), pytest.raises(DiskFull):
        create_vault(medium / "new", PASSPHRASE, now=NOW, cost=CHEAP)
    assert [path.name for path in medium.iterdir()] == ["filler"]


def test_a_medium_that_is_read_only_is_told(medium: Path, tmp_path: Path):
    folder = closed_vault(medium / "store")
    with opened_vault(tmp_path / "store") as vault:
        report = write_backup(vault, medium, now=NOW)
        subprocess.run(["mount", "-o", "remount,ro", str(medium)], check=True)
        before = folder_bytes(folder)
        with pytest.raises(FolderNotWritable):
            open_vault(folder, PASSPHRASE)
        with quick_derivation(), pytest.raises(FolderNotWritable):
            create_vault(medium / "new", PASSPHRASE, now=NOW, cost=CHEAP)
        with pytest.raises(FolderNotWritable):
            write_backup(vault, medium, now=NOW)
        assert set(folder_bytes(vault.folder)) - {"data.db-wal"} == AT_REST
    assert folder_bytes(folder) == before
    # A backup on a medium that cannot be written can still be read and restored.
    assert verify_backup(report.path, PASSPHRASE) == report
    restore_backup(report.path, tmp_path / "restored", PASSPHRASE)
    open_vault(tmp_path / "restored", PASSPHRASE).close()
