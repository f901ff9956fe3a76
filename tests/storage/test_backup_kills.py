"""P2.1 and P2.2: programs killed in the middle of backups; a file with a backup's name is always whole."""

import random
import shutil
import sys
import time
from pathlib import Path

import pytest

from desktop_app.domain.errors import AppError
from desktop_app.storage.backup_file import write_backup
from desktop_app.storage.backup_manifest import BackupKeys
from desktop_app.storage.backup_names import backups_in
from desktop_app.storage.backup_reading import prove, read_backup
from desktop_app.storage.keys import unlock
from desktop_app.storage.vault_file import create_vault, open_vault
from tests.faults.writers import Writers
from tests.helpers.figures import rounds, tell
from tests.helpers.kill_targets import FIRST, SHEET
from tests.helpers.vaults import CHEAP, NOW, add_bulk, add_events, folder_bytes

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="programs are forked"),
    pytest.mark.usefixtures("programs"),
]

AT_REST = {"data.db", "data.lock", "data.seal", "nyckel.json", "nyckel-kopia.json"}
LUCK = random.Random()


@pytest.fixture
def store(tmp_path: Path) -> Path:
    (tmp_path / "backups").mkdir()
    with create_vault(tmp_path / "store", FIRST, now=NOW, cost=CHEAP, recovery_key=SHEET)[0] as vault:
        add_bulk(vault, 3_000)
        add_events(vault, 3)
    return tmp_path / "store"


def killed(programs: Writers, action: str, folder: Path) -> list[int]:
    with programs.at_work(action, folder) as program:
        time.sleep(LUCK.uniform(0, 0.25))
        return program.killed()


def test_a_file_with_a_backup_s_name_is_whole_and_earlier_ones_are_untouched(
    tmp_path: Path, store: Path, programs: Writers
):
    place, kills, cut_off = tmp_path / "backups", rounds(5, 60), 0
    earlier: dict[str, bytes] = {}
    proved = 0
    for _ in range(kills):
        said = killed(programs, "back_up_on_and_on", store)
        now = {path.name: path.read_bytes() for path in backups_in(place)}
        assert {name: now.get(name) for name in earlier} == earlier
        assert len(now) - len(earlier) - len(said) in (0, 1)  # one may be finished and not yet told of
        new = [name for name in now if name not in earlier]
        assert invalid(place, new) == []
        proved += len(new)
        cut_off += bool(list(place.glob("*.part")))
        earlier = now
    with open_vault(store, FIRST) as vault:
        assert vault.check().sound
        write_backup(vault, place, now=NOW)
    assert list(place.glob("*.part")) == []
    assert set(folder_bytes(store)) == AT_REST
    assert cut_off or kills < 60
    tell(
        "P2.1",
        f"{kills} kills in backups: {proved} files with a final name, 0 invalid, {cut_off} cut off as .part",
    )
    tell("P2.2", f"{kills} kills in backups: every earlier backup byte for byte as it was")


def test_the_control_that_writes_in_place_is_found(tmp_path: Path, store: Path, programs: Writers):
    with open_vault(store, FIRST) as vault:
        whole = write_backup(vault, tmp_path / "backups", now=NOW).path
    shutil.move(whole, tmp_path / "one.whole")
    found = 0
    for _ in range(rounds(4, 20)):
        killed(programs, "back_up_in_place", tmp_path)
        found += len(invalid(tmp_path / "backups", [path.name for path in backups_in(tmp_path / "backups")]))
        shutil.rmtree(tmp_path / "backups")
        (tmp_path / "backups").mkdir()
    assert found
    tell("P2.1", f"control that writes straight to the final name: {found} invalid files found")


def invalid(place: Path, names: list[str]) -> list[str]:
    """The names of files that are no whole backup, each read to its last row."""
    bad = []
    extracted = place.parent / "extracted"
    for name in names:
        try:
            backup = read_backup(place / name)
            prove(backup, BackupKeys.of(unlock(backup.key_file, FIRST)), extracted, None)
        except AppError:
            bad.append(name)
        finally:
            extracted.unlink(missing_ok=True)
    return bad
