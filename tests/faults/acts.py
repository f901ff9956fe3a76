"""Acts that can be told apart afterwards: which were done, whole, with the very bytes that were given."""

import hashlib
import random
from collections.abc import Callable
from pathlib import Path

from desktop_app.domain.errors import DatabaseDamaged
from desktop_app.storage.connection import PAGE_BYTES, open_database
from desktop_app.storage.integrity import DatabaseCheck, check_database
from desktop_app.storage.unit_of_work import UnitOfWork
from desktop_app.storage.vault import Vault
from tests.helpers.vaults import ACTOR, NOW

SLOTS = 7


def payload(number: int) -> str:
    """What act ``number`` saves: from nothing to several pages, the same each time."""
    text = hashlib.sha256(str(number).encode()).hexdigest()
    return text * (number * 37 % 230)


def act(vault: Vault, number: int, luck: random.Random) -> None:
    """Write one act: rows in two tables that belong together, some of them written over earlier ones."""
    with vault.unit_of_work(actor=ACTOR, now=NOW) as work:
        work.settings.put({"test_act": str(number), f"slot_{number % SLOTS}": payload(number)})
        for part in range(luck.randrange(6)):
            work.audit("test.part", entity="note", entity_id=f"{number}-{part}", fields=("f" * 100,))
        work.audit("test.done", entity="note", entity_id=str(number))
        work.commit()


def next_act(vault: Vault) -> int:
    """Return the number of the act that comes next."""
    with vault.reading() as read:
        return int(read.settings.all().get("test_act", "0")) + 1


def faults_in(vault: Vault, acknowledged: int) -> list[str]:
    """Return what is wrong with a store that should hold at least the acts up to ``acknowledged``, each whole."""
    found = []
    if not vault.check().sound:
        found.append("not sound")
    with vault.reading() as read:
        settings = read.settings.all()
        done = [line.event.entity_id for line in read.audit_log.each() if line.event.kind == "test.done"]
    newest = int(settings.get("test_act", "0"))
    if newest < acknowledged:
        found.append(f"lost {acknowledged - newest}")
    if done != [str(number) for number in range(1, newest + 1)]:
        found.append("acts that are half")
    for number in range(max(1, newest - SLOTS + 1), newest + 1):
        if settings.get(f"slot_{number % SLOTS}") != payload(number):
            found.append(f"act {number} holds other words")
    return found


def damage_unused_page(folder: Path, key: bytes) -> None:
    """Spoil one page of a closed store that holds nothing, as a power cut or a worn disk may."""
    database = open_database(folder / "data.db", key)
    with UnitOfWork(database, actor=ACTOR, now=NOW) as work:
        work.settings.put({"test_bulk": "x" * 100_000})
        work.audit("test.bulk")
        work.commit()
    with UnitOfWork(database, actor=ACTOR, now=NOW) as work:
        work.settings.put({"test_bulk": ""})
        work.audit("test.bulk")
        work.commit()
    database.close()
    _spoil_a_page(folder, key, lambda found: found.only_unused_pages)


def damage_settings(folder: Path, key: bytes) -> None:
    """Spoil one page of a closed store that holds part of a long setting, and nothing else."""
    database = open_database(folder / "data.db", key)
    with UnitOfWork(database, actor=ACTOR, now=NOW) as work:
        work.settings.put({"test_bulk": "x" * 100_000})
        work.audit("test.bulk")
        work.commit()
    database.close()
    _spoil_a_page(folder, key, lambda found: not found.sound and not found.only_unused_pages)


def _spoil_a_page(folder: Path, key: bytes, is_wanted: Callable[[DatabaseCheck], bool]) -> None:
    """Flip a bit in one page after the other, from the end, until the check says what is wanted."""
    path = folder / "data.db"
    content = path.read_bytes()
    for page in reversed(range(len(content) // PAGE_BYTES)):
        spoiled = bytearray(content)
        spoiled[page * PAGE_BYTES + 500] ^= 1
        path.write_bytes(spoiled)
        if _opens_and(path, key, is_wanted):
            return
    raise AssertionError("the store has no such page")


def _opens_and(path: Path, key: bytes, is_wanted: Callable[[DatabaseCheck], bool]) -> bool:
    try:
        database = open_database(path, key)
    except DatabaseDamaged:
        return False
    try:
        return is_wanted(check_database(database))
    finally:
        database.close()
