"""Programs killed in the middle of their work, again and again: what was called done is there, nothing is half."""

import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desktop_app.domain.errors import VaultInUse, VaultMissing, WrongPassphrase
from desktop_app.storage.backup_file import write_backup
from desktop_app.storage.backup_manifest import BackupKeys
from desktop_app.storage.backup_names import backups_in
from desktop_app.storage.backup_reading import prove, read_backup
from desktop_app.storage.vault_file import create_vault, open_vault, open_vault_with_recovery_key
from tests.helpers.kill_targets import FIRST, SECOND, SHEET
from tests.helpers.vaults import (
    CHEAP,
    NOW,
    PASSPHRASE,
    add_events,
    closed_vault,
    data_key,
    folder_bytes,
    opened_vault,
    quick_derivation,
)

ROOT = Path(__file__).resolve().parents[2]
AT_REST = {"data.db", "data.lock", "data.seal", "nyckel.json", "nyckel-kopia.json"}
LUCK = random.Random()


@contextmanager
def running(action: str, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Start a program, wait until it is at work, and make sure it ends."""
    program = subprocess.Popen(
        [sys.executable, "-m", "tests.helpers.kill_targets", action, str(folder)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with program:
        assert program.stdout is not None
        assert program.stdout.readline() == "open\n", program.stderr and program.stderr.read()
        try:
            yield program
        finally:
            program.kill()


def killed(action: str, folder: Path, seconds: float) -> list[str]:
    """Let a program work for a while, kill it, and return what it said it had finished."""
    with running(action, folder) as program:
        time.sleep(seconds)
        program.send_signal(signal.SIGKILL)
        assert program.stdout is not None
        said = [line.strip() for line in program.stdout.readlines() if line.endswith("\n")]
        assert program.wait() == -signal.SIGKILL, program.stderr and program.stderr.read()
    return said


def test_nothing_that_was_called_saved_is_lost_and_nothing_is_half(tmp_path: Path):
    folder = closed_vault(tmp_path / "store")
    acknowledged = 0
    for _ in range(8):
        said = killed("write", folder, LUCK.uniform(0, 0.25))
        with open_vault(folder, PASSPHRASE) as vault:
            assert vault.check().sound
            with vault.reading() as read:
                number = read.meta.backup_sequence
                last = read.audit_log.newest_of_kind("test.done")
            if number:
                assert last is not None
                assert last.event.entity_id == str(number)
            assert number >= int(said[-1]) if said else True
        acknowledged += len(said)
        assert set(folder_bytes(folder)) == AT_REST
    assert acknowledged > 8


def test_a_change_of_passphrase_leaves_exactly_one_that_opens(tmp_path: Path):
    folder = tmp_path / "store"
    with quick_derivation():
        create_vault(folder, FIRST, now=NOW, cost=CHEAP, recovery_key=SHEET)[0].close()
        changes = 0
        for _ in range(8):
            changes += len(killed("change", folder, LUCK.uniform(0.01, 0.2)))
            opened = []
            for passphrase in (FIRST, SECOND):
                try:
                    open_vault(folder, passphrase).close()
                    opened.append(passphrase)
                except WrongPassphrase:
                    continue
            assert len(opened) == 1
            with open_vault_with_recovery_key(folder, SHEET) as vault:
                assert vault.check().sound
                if opened == [SECOND]:
                    vault.change_passphrase(SECOND, FIRST, actor="test", now=NOW, cost=CHEAP)
            assert set(folder_bytes(folder)) == AT_REST
    assert changes > 8


def test_a_backup_with_its_final_name_is_always_whole(tmp_path: Path):
    folder, place = tmp_path / "store", tmp_path / "backups"
    place.mkdir()
    with opened_vault(folder) as vault:
        add_events(vault, 300)
    keys = BackupKeys.of(data_key(folder))
    finished: dict[str, bytes] = {}
    for _ in range(6):
        said = killed("back_up", folder, LUCK.uniform(0, 0.3))
        for path in backups_in(place):
            prove(read_backup(path), keys, tmp_path / "extracted", None)
            (tmp_path / "extracted").unlink()
        now = {path.name: path.read_bytes() for path in backups_in(place)}
        assert set(said) <= set(now)
        assert {name: now[name] for name in finished} == finished
        finished = now
    with open_vault(folder, PASSPHRASE) as vault:
        assert set(folder_bytes(folder)) - {"data.db-wal"} == AT_REST
        write_backup(vault, place, now=NOW)
    assert list(place.glob("*.part")) == []


@pytest.mark.parametrize("action", ["create", "restore"])
def test_a_store_is_either_not_there_or_whole(tmp_path: Path, action: str):
    with quick_derivation():
        if action == "restore":
            vault, _ = create_vault(tmp_path / "store", FIRST, now=NOW, cost=CHEAP, recovery_key=SHEET)
            with vault:
                write_backup(vault, tmp_path, now=NOW)
        made = 0
        for turn in range(4):
            said = killed(action, tmp_path, LUCK.uniform(0, 0.3))
            for number in range(1, len(said) + 3):
                place = tmp_path / str(number)
                if number <= len(said) or place.exists():
                    with open_vault(place, FIRST) as vault:
                        assert vault.check().sound
                else:
                    with pytest.raises(VaultMissing):
                        open_vault(place, FIRST)
            made += len(said)
            for path in [*tmp_path.iterdir()]:
                if path.name.isdecimal():
                    path.rename(path.with_name(f"done-{turn}-{path.name}"))
    assert made > 0


def test_a_second_program_is_kept_out_until_the_first_is_dead(tmp_path: Path):
    folder = closed_vault(tmp_path / "store")
    with running("hold", folder) as program:
        began = time.monotonic()
        with pytest.raises(VaultInUse):
            open_vault(folder, PASSPHRASE)
        assert time.monotonic() - began < 1
        program.kill()
        program.wait()
        open_vault(folder, PASSPHRASE).close()
    assert set(folder_bytes(folder)) == AT_REST
