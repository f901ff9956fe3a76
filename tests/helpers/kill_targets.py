"""Programs to be killed in the middle: ``python -m tests.helpers.kill_targets ACTION FOLDER``.

Each works without end and tells on its own line, after the fact, what it has finished.
"""

import itertools
import sys
import time
from pathlib import Path

from desktop_app.storage.backup_file import restore_backup, write_backup
from desktop_app.storage.keys import Passphrase, RecoveryKey
from desktop_app.storage.vault_file import create_vault, open_vault
from tests.helpers.vaults import ACTOR, CHEAP, NOW, PASSPHRASE, quick_derivation

FIRST = Passphrase("den första lösenfrasen")
SECOND = Passphrase("den andra lösenfrasen")
SHEET = RecoveryKey(b"paper in a safe, 12.")


def tell(what: object) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


def write(folder: Path) -> None:
    """Each act writes two rows that belong together, and some bulk to make the WAL move."""
    vault = open_vault(folder, PASSPHRASE)
    tell("open")
    for number in itertools.count(1):
        with vault.unit_of_work(actor=ACTOR, now=NOW) as work:
            work.meta.set_backup_sequence(number)
            for part in range(1 + number % 9):
                work.audit("test.act", entity="note", entity_id=f"{number}-{part}", fields=("f" * 100,))
            work.audit("test.done", entity="note", entity_id=str(number))
            work.commit()
        tell(number)


def hold(folder: Path) -> None:
    """Keep the store open and do nothing."""
    open_vault(folder, PASSPHRASE)
    tell("open")
    time.sleep(600)


def change(folder: Path) -> None:
    """Change the passphrase to and fro; the derivation is quick, so that kills hit the writing."""
    with quick_derivation():
        vault = open_vault(folder, FIRST)
        tell("open")
        for now, then in itertools.cycle([(FIRST, SECOND), (SECOND, FIRST)]):
            vault.change_passphrase(now, then, actor=ACTOR, now=NOW, cost=CHEAP)
            tell("changed")


def back_up(folder: Path) -> None:
    """Write backups into the folder ``backups`` beside the store."""
    vault = open_vault(folder, PASSPHRASE)
    tell("open")
    while True:
        tell(write_backup(vault, folder.parent / "backups", now=NOW).path.name)


def create(folder: Path) -> None:
    """Make one store after the other."""
    with quick_derivation():
        tell("open")
        for number in itertools.count(1):
            vault, _ = create_vault(folder / str(number), FIRST, now=NOW, cost=CHEAP, recovery_key=SHEET)
            vault.close()
            tell(number)


def restore(folder: Path) -> None:
    """Restore the backup in ``folder`` to one new place after the other."""
    with quick_derivation():
        tell("open")
        for number in itertools.count(1):
            restore_backup(next(folder.glob("*.sakb")), folder / str(number), FIRST)
            tell(number)


ACTIONS = {action.__name__: action for action in (write, hold, change, back_up, create, restore)}

if __name__ == "__main__":
    ACTIONS[sys.argv[1]](Path(sys.argv[2]))
