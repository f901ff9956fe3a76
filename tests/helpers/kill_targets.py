"""Programs to be killed in the middle: ``python -m tests.helpers.kill_targets ACTION FOLDER``.

Each works without end and tells on its own line, after the fact, what it has finished.
"""

import itertools
import sys
import time
from pathlib import Path

from desktop_app.domain.errors import WrongPassphrase
from desktop_app.storage.backup_file import restore_backup, write_backup
from desktop_app.storage.key_files import KEY_FILE_COPY_NAME, KEY_FILE_NAME, read_key_files
from desktop_app.storage.keys import (
    Passphrase,
    RecoveryKey,
    decode_key_file,
    encode_key_file,
    unlock,
    with_new_slot,
)
from desktop_app.storage.vault_file import Vault, create_vault, open_vault
from tests.helpers.typed_work import typist_of
from tests.helpers.vaults import ACTOR, CHEAP, NOW, PASSPHRASE, quick_derivation

FIRST = Passphrase("den första lösenfrasen")
SECOND = Passphrase("den andra lösenfrasen")
SHEET = RecoveryKey(b"paper in a safe, 12.")
OTHER_SHEET = RecoveryKey(b"another paper, as 1.")


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


def type_on(folder: Path) -> None:
    """Save what is typed, how many saves there were, and let it be laid in its place now and then."""
    typist = typist_of(open_vault(folder, PASSPHRASE))
    begun = typist.revision("F01")
    tell("open")
    for number in itertools.count(begun + 1):
        typist.save("F01", "next_step", str(number))
        tell(number)
        if number % 5 == 0:
            typist.session.vault.settle()


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


def change_in_place(folder: Path) -> None:
    """The control: change the passphrase by writing over the key files as they stand."""
    with quick_derivation():
        vault = open_vault(folder, FIRST)
        key_file, data_key = decode_key_file(vault.key_file_bytes()), unlock_key_file(folder)
        tell("open")
        for then in itertools.cycle([SECOND, FIRST]):
            raw = encode_key_file(with_new_slot(key_file, data_key, then, CHEAP))
            with (
                (folder / KEY_FILE_NAME).open("wb", 0) as one,
                (folder / KEY_FILE_COPY_NAME).open("wb", 0) as two,
            ):
                for place in range(0, len(raw), 8):
                    one.write(raw[place : place + 8])
                    two.write(raw[place : place + 8])
            tell("changed")


def unlock_key_file(folder: Path) -> bytes:
    return unlock(read_key_files(folder).key_file, FIRST)


def renew_key(folder: Path) -> None:
    """Note something, give the store a new data key, passphrase and sheet, and so on to and fro."""
    with quick_derivation():
        vault = open_with_either(folder)
        tell("open")
        for number in itertools.count(1):
            with vault.unit_of_work(actor=ACTOR, now=NOW) as work:
                work.meta.set_backup_sequence(work.meta.backup_sequence + 1)
                sequence = work.meta.backup_sequence
                work.audit("test.done", entity="note", entity_id=str(sequence))
                work.commit()
            tell(f"row {sequence}")
            now, then = (FIRST, SECOND) if is_first(vault) else (SECOND, FIRST)
            sheet = OTHER_SHEET if then == SECOND else SHEET
            vault.replace_data_key(now, then, sheet, actor=ACTOR, now=NOW, cost=CHEAP)
            tell(f"key {number}")


def open_with_either(folder: Path) -> Vault:
    try:
        return open_vault(folder, FIRST)
    except WrongPassphrase:
        return open_vault(folder, SECOND)


def is_first(vault: Vault) -> bool:
    try:
        vault.prove(FIRST)
    except WrongPassphrase:
        return False
    return True


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


def package(folder: Path) -> None:
    """Make the package of the meeting in the store, again and again."""
    # Here, since the others have no use for them and start the sooner.
    from desktop_app.services import meetings
    from desktop_app.services.cases import case_id_of
    from tests.helpers.clock import StillClock
    from tests.helpers.meeting_scene import package_of, read_and_made
    from tests.helpers.practice import opened

    session = opened(folder, StillClock())
    case_id = case_id_of(session, "K-2026-001")
    (meeting,) = [each.id for each in meetings.of_case(session, case_id)]
    plan = package_of(session, case_id, meeting, "F05")
    tell("open")
    while True:
        read_and_made(session, plan)
        tell("made")


PROGRAMS = (write, type_on, hold, change, change_in_place, renew_key, back_up, create, restore, package)
ACTIONS = {action.__name__: action for action in PROGRAMS}

if __name__ == "__main__":
    ACTIONS[sys.argv[1]](Path(sys.argv[2]))
