"""Sessions whose every call to the disk is written down: ``… ACTION FOLDER RECORD SEED``, with the shim loaded.

Each marks in the record what it was told was done, just after it was told.
"""

import random
import sys
from pathlib import Path

from desktop_app.storage import connection, durable
from desktop_app.storage.backup_file import restore_backup, write_backup
from desktop_app.storage.vault_file import create_vault, open_vault
from tests.faults import old_store
from tests.faults.acts import act
from tests.faults.fault_works import OTHER_SHEET
from tests.faults.watched_disk import WatchedDisk
from tests.helpers.kill_targets import FIRST, SECOND, SHEET
from tests.helpers.vaults import ACTOR, CHEAP, NOW, quick_derivation

ACTS = 48


def save(folder: Path, disk: WatchedDisk, luck: random.Random) -> None:
    """Acts of all sizes, with the store locked and unlocked in between."""
    number = 0
    while number < ACTS:
        with open_vault(folder / "store", FIRST) as vault:
            disk.mark("opened")
            for _ in range(luck.randint(3, 20)):
                number += 1
                act(vault, number, luck)
                disk.mark(number)


def save_loosely(folder: Path, disk: WatchedDisk, luck: random.Random) -> None:
    """The control: the same without waiting for the disk, with the old kind of journal."""

    def settled(raw: connection._Raw, _journal: str) -> None:
        for pragma in ("journal_mode = DELETE", "synchronous = OFF", "foreign_keys = ON"):
            raw.execute(f"PRAGMA {pragma}").fetchall()

    connection._settle = settled
    save(folder, disk, luck)


def change_passphrase(folder: Path, disk: WatchedDisk, luck: random.Random) -> None:
    """The passphrase changed to and fro."""
    with open_vault(folder / "store", FIRST) as vault:
        now, then = FIRST, SECOND
        for _ in range(6):
            disk.mark(f"to {then.text}")
            vault.change_passphrase(now, then, actor=ACTOR, now=NOW, cost=CHEAP)
            disk.mark(f"is {then.text}")
            now, then = then, now


def change_passphrase_loosely(folder: Path, disk: WatchedDisk, luck: random.Random) -> None:
    """The control: the same without waiting for the disk."""
    durable.sync = lambda _descriptor: None
    change_passphrase(folder, disk, luck)


def back_up(folder: Path, disk: WatchedDisk, luck: random.Random) -> None:
    """Backups written, with acts in between."""
    with open_vault(folder / "store", FIRST) as vault:
        for number in range(1, 4):
            act(vault, number, luck)
            disk.mark(number)
            disk.mark(write_backup(vault, folder / "backups", now=NOW).path.name)


def create(folder: Path, disk: WatchedDisk, luck: random.Random) -> None:
    """Two new stores."""
    for name in ("new-1", "new-2"):
        create_vault(folder / name, FIRST, now=NOW, cost=CHEAP, recovery_key=SHEET)[0].close()
        disk.mark(name)


def restore(folder: Path, disk: WatchedDisk, luck: random.Random) -> None:
    """A backup restored to two new places."""
    for name in ("new-1", "new-2"):
        restore_backup(next((folder / "backups").glob("*.sakb")), folder / name, FIRST)
        disk.mark(name)


def heal(folder: Path, disk: WatchedDisk, luck: random.Random) -> None:
    """A store with a bad page that holds nothing is copied anew."""
    with open_vault(folder / "store", FIRST) as vault:
        vault.heal(actor=ACTOR, now=NOW)
        disk.mark("healed")


def replace_data_key(folder: Path, disk: WatchedDisk, luck: random.Random) -> None:
    """Everything is copied under a new key."""
    with open_vault(folder / "store", FIRST) as vault:
        disk.mark(f"to {SECOND.text}")
        vault.replace_data_key(FIRST, SECOND, OTHER_SHEET, actor=ACTOR, now=NOW, cost=CHEAP)
        disk.mark(f"is {SECOND.text}")


def migrate(folder: Path, disk: WatchedDisk, luck: random.Random) -> None:
    """A store of schema 1 brought up to date."""
    with old_store.opened(folder / "store"):
        disk.mark("migrated")


ACTIONS = {
    action.__name__: action
    for action in (
        save,
        save_loosely,
        change_passphrase,
        change_passphrase_loosely,
        back_up,
        create,
        restore,
        heal,
        replace_data_key,
        migrate,
    )
}

if __name__ == "__main__":
    name, folder, record, seed = sys.argv[1:]
    if name == migrate.__name__:
        old_store.key()  # derived in earnest, before it is made quick
    with quick_derivation():
        disk = WatchedDisk(Path(folder))
        disk.record_to(Path(record))
        ACTIONS[name](Path(folder), disk, random.Random(int(seed)))
