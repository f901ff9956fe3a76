"""Every changed byte of the closed database is noticed, and nothing of a person can be read in any file."""

import random
from pathlib import Path

import pytest

from desktop_app.domain.errors import DatabaseDamaged, DatabaseEmpty, VaultTooNew
from desktop_app.storage.backup_file import write_backup
from desktop_app.storage.connection import PAGE_BYTES, open_database
from desktop_app.storage.integrity import check_store
from tests.helpers.vaults import ACTOR, NOW, add_events, data_key, opened_vault

FLIPS = 60
MARKER = "Kanariefågel"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes]:
    """The bytes of a closed database with some hundred lines, and its key."""
    folder = tmp_path_factory.mktemp("damage") / "store"
    with opened_vault(folder) as vault:
        add_events(vault, 150)
    return (folder / "data.db").read_bytes(), data_key(folder)


def noticed(path: Path, content: bytes, key: bytes) -> bool:
    path.write_bytes(content)
    try:
        database = open_database(path, key)
    except (DatabaseDamaged, DatabaseEmpty, VaultTooNew):
        return True
    try:
        return not check_store(database).sound
    finally:
        database.close()


def test_the_untouched_database_is_sound(tmp_path: Path, whole: tuple[bytes, bytes]):
    assert not noticed(tmp_path / "data.db", *whole)


def test_single_flipped_bits_are_noticed(tmp_path: Path, whole: tuple[bytes, bytes]):
    content, key = whole
    luck = random.Random(7)
    # Every place within a page is visited: first the salt and the header, then samples of all pages.
    places = [*range(16), *range(PAGE_BYTES - 80, PAGE_BYTES, 4), *luck.sample(range(len(content)), FLIPS)]
    missed = []
    for place in places:
        flipped = bytearray(content)
        flipped[place] ^= 1 << luck.randrange(8)
        if not noticed(tmp_path / "data.db", bytes(flipped), key):
            missed.append(place)
    assert missed == []


def test_cuts_additions_and_lost_pages_are_noticed(tmp_path: Path, whole: tuple[bytes, bytes]):
    content, key = whole
    pages = len(content) // PAGE_BYTES
    path = tmp_path / "data.db"
    for page in range(pages):
        at = page * PAGE_BYTES
        zeroed = content[:at] + bytes(PAGE_BYTES) + content[at + PAGE_BYTES :]
        assert noticed(path, zeroed, key)
        assert noticed(path, content[:at], key)
        assert noticed(path, content[: at + 1], key)
        assert noticed(path, content[: at + PAGE_BYTES - 1], key)
    for added in (b"\0", bytes(16), b"x" * 4095, bytes(PAGE_BYTES), content[-PAGE_BYTES:]):
        assert noticed(path, content + added, key)


def test_swapped_pages_are_noticed(tmp_path: Path, whole: tuple[bytes, bytes]):
    content, key = whole
    pages = [content[at : at + PAGE_BYTES] for at in range(0, len(content), PAGE_BYTES)]
    for other in range(1, len(pages)):
        swapped = [*pages]
        swapped[other - 1], swapped[other] = pages[other], pages[other - 1]
        assert noticed(tmp_path / "data.db", b"".join(swapped), key)


def test_no_file_is_plain_and_no_word_can_be_read(tmp_path: Path):
    targets = tmp_path / "backups"
    targets.mkdir()
    with opened_vault(tmp_path / "store") as vault:
        with vault.unit_of_work(actor=ACTOR, now=NOW) as work:
            vault.database.execute(
                "INSERT INTO store_meta (key, value) VALUES (?, ?)", (MARKER, MARKER * 400)
            )
            work.audit("test.marker", entity_id=MARKER)
            work.commit()
        write_backup(vault, targets, now=NOW)
        files = [path for path in tmp_path.rglob("*") if path.is_file()]
        assert any(path.name.endswith("-wal") for path in files)
        searched = b"".join(path.read_bytes() for path in files)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    searched += b"".join(path.read_bytes() for path in files)
    assert len(files) == 6
    for spelling in ("utf-8", "utf-16-le", "latin-1"):
        assert MARKER.encode(spelling) not in searched
    assert b"vault.created" not in searched
    assert b"SQLite format 3" not in searched
