"""P3.1: programs killed, stopped and gone on again at any moment: what was called saved is there, nothing is half."""

import random
import shutil
import signal
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from desktop_app.domain.errors import VaultInUse
from desktop_app.storage.backup_file import verify_backup
from desktop_app.storage.backup_names import backups_in
from desktop_app.storage.migrations.runner import newest_schema
from desktop_app.storage.vault_file import create_vault, open_vault
from tests.faults import old_store
from tests.faults.acts import act, faults_in, next_act
from tests.faults.writers import Writers
from tests.helpers.figures import rounds, tell
from tests.helpers.kill_targets import FIRST, SHEET
from tests.helpers.vaults import CHEAP, NOW

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="programs are forked and stopped by signals"),
    pytest.mark.usefixtures("programs"),
]

AT_REST = {"data.db", "data.lock", "data.seal", "nyckel.json", "nyckel-kopia.json"}
KILLS_PER_STORE = 50
LUCK = random.Random()


@pytest.fixture
def template(tmp_path: Path) -> Path:
    create_vault(tmp_path / "template", FIRST, now=NOW, cost=CHEAP, recovery_key=SHEET)[0].close()
    return tmp_path / "template"


def killed(programs: Writers, action: str, folder: Path, seconds: float) -> list[int]:
    with programs.at_work(action, folder) as program:
        time.sleep(seconds)
        return program.killed()


def test_nothing_committed_is_lost_when_the_program_is_killed(
    tmp_path: Path, template: Path, programs: Writers
):
    kills, committed, hot, faults = rounds(20, 1_000), 0, 0, []
    for turn in range(kills):
        folder = tmp_path / f"store-{turn // KILLS_PER_STORE}"
        if turn % KILLS_PER_STORE == 0:
            shutil.copytree(template, folder)
        said = killed(programs, "write", folder, LUCK.uniform(0, 0.12))
        committed += len(said)
        hot += (folder / "data.db-wal").exists()
        with open_vault(folder, FIRST) as vault:
            faults += faults_in(vault, said[-1] if said else 0)
        assert {path.name for path in folder.iterdir()} == AT_REST
    assert faults == []
    assert committed > kills
    tell("P3.1", f"{kills} kills, {committed} acts acknowledged, {hot} hot journals: 0 lost, 0 corrupt")


def test_the_control_that_tells_before_it_commits_loses(tmp_path: Path, template: Path, programs: Writers):
    kills, losing = rounds(12, 100), 0
    folder = Path(shutil.copytree(template, tmp_path / "store"))
    for _ in range(kills):
        said = killed(programs, "write_too_eagerly", folder, LUCK.uniform(0.02, 0.1))
        with open_vault(folder, FIRST) as vault:
            losing += any(fault.startswith("lost") for fault in faults_in(vault, said[-1] if said else 0))
    assert losing > 0
    tell("P3.1", f"control, told before the commit: {losing} of {kills} kills lost an act")


def test_a_migration_killed_at_any_moment_is_old_or_new(tmp_path: Path, programs: Writers):
    database = old_store.database(old_store.copied(tmp_path / "before"))
    rows = old_store.rows_of(database)
    database.close()
    folder = old_store.copied(tmp_path / "timed")
    with programs.at_work("migrate", folder) as program:
        began = time.monotonic()
        program.wait_for("done")
        took = time.monotonic() - began
    points, found = rounds(8, 50), Counter[str]()
    for point in range(points):
        folder = old_store.copied(tmp_path / f"store-{point}")
        done = killed(programs, "migrate", folder, took * (point + LUCK.random()) / points)
        database = old_store.database(folder)
        schema = database.schema_version
        database.close()
        # Each step is a transaction of its own: after a kill the store is of one whole schema, never inside a step.
        assert schema in ((newest_schema(),) if done else range(1, newest_schema() + 1))
        found["new" if schema == newest_schema() else "old"] += 1
        with old_store.opened(folder) as vault:
            assert vault.check().sound
            assert old_store.rows_of(vault.database) == rows
        assert not list(folder.glob("*.part"))
    tell(
        "P8.3",
        f"{points} kills in a migration: {found['old']} old, {found['new']} new, 0 inside a step, all rows kept",
    )


# Stopped and gone on again


def stopped(programs: Writers, folder: Path) -> list[int]:
    """Stop a writer in the middle, try to open beside it, let it go on, stop it again, kill it."""
    with programs.at_work("write", folder) as program:
        for _ in range(2):
            time.sleep(LUCK.uniform(0, 0.06))
            program.send(signal.SIGSTOP)
            with pytest.raises(VaultInUse):
                open_vault(folder, FIRST)
            program.send(signal.SIGCONT)
        last = program.wait_for("done")
        program.send(signal.SIGSTOP)
        return [int(last.split()[1]), *program.killed()]


def test_a_program_stopped_in_mid_write_goes_on_and_keeps_others_out(
    tmp_path: Path, template: Path, programs: Writers
):
    folder = Path(shutil.copytree(template, tmp_path / "store"))
    turns, committed = rounds(4, 60), 0
    for _ in range(turns):
        said = stopped(programs, folder)
        committed += len(said)
        with open_vault(folder, FIRST) as vault:
            assert faults_in(vault, said[-1]) == []
    tell("P3.4", f"{turns} programs stopped in mid-write and gone on: {committed} acts, 0 lost")


def test_a_backup_stopped_in_the_middle_is_finished_whole(tmp_path: Path, template: Path, programs: Writers):
    folder = Path(shutil.copytree(template, tmp_path / "store"))
    (tmp_path / "backups").mkdir()
    with open_vault(folder, FIRST) as vault:
        for number in range(1, 200):
            act(vault, number, random.Random(number))
    for _ in range(rounds(4, 20)):
        with programs.at_work("back_up", folder) as program:
            for _ in range(3):
                time.sleep(LUCK.uniform(0, 0.05))
                program.send(signal.SIGSTOP)
                time.sleep(0.01)
                program.send(signal.SIGCONT)
            program.wait_for("done")
        verify_backup(backups_in(tmp_path / "backups")[0], FIRST)
    assert not list((tmp_path / "backups").glob("*.part"))


# A second start, and what a crash leaves


def test_a_second_start_is_refused_at_once_and_the_first_is_untouched(
    tmp_path: Path, template: Path, programs: Writers
):
    folder = Path(shutil.copytree(template, tmp_path / "store"))
    with programs.at_work("hold", folder) as program:
        before = {path.name: path.read_bytes() for path in folder.iterdir()}
        with pytest.raises(VaultInUse):
            open_vault(folder, FIRST)
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
        program.killed()
    # What the dead program left, lock file and all, keeps nobody out.
    assert (folder / "data.lock").exists()
    with open_vault(folder, FIRST) as vault:
        act(vault, next_act(vault), LUCK)
    assert {path.name for path in folder.iterdir()} == AT_REST


def test_a_lock_file_with_anything_in_it_and_no_program_behind_it_keeps_nobody_out(
    tmp_path: Path, template: Path
):
    folder = Path(shutil.copytree(template, tmp_path / "store"))
    (folder / "data.lock").write_text("12345 another-computer")
    open_vault(folder, FIRST).close()
