"""Programs killed while what opens the store is being changed: somebody can always get in, with every row."""

import random
from pathlib import Path

import pytest

from desktop_app.domain.errors import AppError, RecoveryKeyWrong, WrongPassphrase
from desktop_app.storage.vault_file import (
    Vault,
    create_vault,
    open_vault,
    open_vault_with_recovery_key,
)
from tests.helpers.figures import rounds, tell
from tests.helpers.kill_targets import FIRST, OTHER_SHEET, SECOND, SHEET
from tests.helpers.killing import killed
from tests.helpers.vaults import ACTOR, CHEAP, NOW, quick_derivation

AT_REST = {"data.lock", "data.seal", "nyckel.json", "nyckel-kopia.json"}
LUCK = random.Random()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with quick_derivation():
        vault, _ = create_vault(tmp_path / "store", FIRST, now=NOW, cost=CHEAP, recovery_key=SHEET)
        vault.close()
    return tmp_path / "store"


def openers(folder: Path) -> list[object]:
    """Which of the secrets open the store, each tried from the start."""
    found: list[object] = []
    for passphrase in (FIRST, SECOND):
        try:
            open_vault(folder, passphrase).close()
            found.append(passphrase)
        except WrongPassphrase:
            continue
    for sheet in (SHEET, OTHER_SHEET):
        try:
            open_vault_with_recovery_key(folder, sheet).close()
            found.append(sheet)
        except RecoveryKeyWrong:
            continue
    return found


def test_a_change_of_passphrase_leaves_exactly_one_that_opens(folder: Path):
    count, changes, lockouts = rounds(8, 200), 0, 0
    with quick_derivation():
        for _ in range(count):
            changes += len(killed("change", folder, LUCK.uniform(0.01, 0.15)))
            opened = openers(folder)
            lockouts += len(opened) != 2 or opened[1] != SHEET
            with open_vault_with_recovery_key(folder, SHEET) as vault:
                if opened[0] == SECOND:
                    vault.change_passphrase(SECOND, FIRST, actor=ACTOR, now=NOW, cost=CHEAP)
            assert {path.name for path in folder.iterdir()} == AT_REST | {"data.db"}
        with open_vault_with_recovery_key(folder, SHEET) as vault:
            assert vault.check().sound
    assert changes > count // 2
    assert lockouts == 0
    tell("P1.2", f"{count} kills in {changes} changes of passphrase: {lockouts} lockouts")


def test_control_a_key_file_written_over_in_place_locks_people_out(folder: Path):
    with quick_derivation():
        for kills in range(1, 31):
            killed("change_in_place", folder, LUCK.uniform(0.02, 0.1))
            try:
                opened = openers(folder)
            except AppError:
                opened = []
            if not opened:
                tell("P1.2", f"control: written in place, the {kills}. kill locks everyone out")
                return
            create_over(folder)
    pytest.fail("the kills do not hit the writing, so the test above proves nothing")


def create_over(folder: Path) -> None:
    """Put the first passphrase back for the next try."""
    with open_vault_with_recovery_key(folder, SHEET) as vault:
        vault.change_passphrase(SHEET, FIRST, actor=ACTOR, now=NOW, cost=CHEAP)


def test_a_new_data_key_leaves_the_old_or_the_new_and_every_row(folder: Path):
    count, replaced, lost, lockouts, saved = rounds(5, 100), 0, 0, 0, 0
    with quick_derivation():
        for _ in range(count):
            said = killed("renew_key", folder, LUCK.uniform(0.05, 0.5))
            replaced += sum(line.startswith("key") for line in said)
            saved = max([saved, *(int(line[4:]) for line in said if line.startswith("row"))])
            opened = openers(folder)
            lockouts += opened not in ([FIRST, SHEET], [SECOND, OTHER_SHEET])
            with open_vault(folder, FIRST if FIRST in opened else SECOND) as vault:
                assert vault.check().sound
                lost += rows_noted(vault) < saved
                only = vault.database.path.name
            assert {path.name for path in folder.iterdir()} == AT_REST | {only}
    assert replaced > count // 6
    assert (lost, lockouts) == (0, 0)
    tell(
        "P1.2",
        f"{count} kills in {replaced} replacements of the data key: {lockouts} lockouts, {lost} rows lost",
    )


def rows_noted(vault: Vault) -> int:
    """The number the store counts to, when as many lines stand in its log."""
    with vault.reading() as read:
        lines = sum(line.event.kind == "test.done" for line in read.audit_log.each())
        assert lines == read.meta.backup_sequence
        return lines
