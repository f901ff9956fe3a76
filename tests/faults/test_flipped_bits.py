"""P1.1: every changed bit of a closed store is found when it is opened and checked; and damage of every other kind.

The control is a plain database with the same rows and the same treatment: there most flips pass unseen.
"""

import random
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop_app.domain.errors import AppError
from desktop_app.storage.connection import PAGE_BYTES, open_database
from desktop_app.storage.integrity import check_store
from tests.faults.acts import act, payload
from tests.helpers.figures import LONG, rounds, tell
from tests.helpers.vaults import data_key, opened_vault

Found = Callable[[Path], bool]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a closed store with a dozen acts in it."""
    folder = tmp_path_factory.mktemp("flips") / "store"
    with opened_vault(folder) as vault:
        for number in range(1, 12):
            act(vault, number, random.Random(number))
    content = (folder / "data.db").read_bytes()
    assert len(content) >= 8 * PAGE_BYTES
    return content


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("key") / "store"
    opened_vault(folder).close()
    return data_key(folder)


@pytest.fixture
def found(key: bytes) -> Found:
    """Whether opening and the full check of a store find anything."""

    def check(path: Path) -> bool:
        try:
            database = open_database(path, key)
        except AppError:
            return True
        try:
            # The full check begins with the seals of all pages; what they tell need not be looked for further.
            return bool(database.rows("PRAGMA cipher_integrity_check")) or not check_store(database).sound
        finally:
            database.close()

    return check


def found_in_plain(path: Path) -> bool:
    """The control: whether a plain database's own check, and reading every row, find anything."""
    database = sqlite3.connect(path)
    try:
        rows = database.execute("SELECT number, words FROM act").fetchall()
        said = database.execute("PRAGMA integrity_check").fetchall()
    except (sqlite3.Error, UnicodeDecodeError):
        return True
    finally:
        database.close()
    return said != [("ok",)] or len(rows) != 60


def plain(path: Path) -> bytes:
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE act (number INTEGER PRIMARY KEY, words TEXT NOT NULL)")
    database.executemany("INSERT INTO act VALUES (?, ?)", [(number, payload(number)) for number in range(60)])
    database.commit()
    database.close()
    content = path.read_bytes()
    path.unlink()
    return content


def missed(path: Path, content: bytes, changes: Iterator[dict[int, int]], found: Found) -> tuple[int, list]:
    """Change some bytes at a time, put them back after each look; return the number of looks and what was missed."""
    path.write_bytes(content)
    looks, unseen = 0, []
    with path.open("r+b", buffering=0) as file:
        for change in changes:
            for place, flip in change.items():
                file.seek(place)
                file.write(bytes([content[place] ^ flip]))
            looks += 1
            if not found(path):
                unseen.append(change)
            for place in change:
                file.seek(place)
                file.write(content[place : place + 1])
    # Looking must not have altered anything: the file is again as it was.
    assert path.read_bytes() == content
    return looks, unseen


def single(size: int, count: int, luck: random.Random) -> Iterator[dict[int, int]]:
    """One bit in one byte: the salt, edges and seals of pages, and ``count`` more spread over the whole file."""
    edges = {
        page + at
        for page in range(0, size, PAGE_BYTES * rounds(5, 1))
        for at in (0, 15, 16, 4015, 4016, 4031, 4032, 4095)
    }
    spread = {number * size // count + luck.randrange(max(1, size // count)) for number in range(count)}
    places = sorted({*range(min(16, size)), *(place for place in edges | spread if place < size)})
    return ({place: 1 << luck.randrange(8)} for place in places)


def several(size: int, count: int, luck: random.Random) -> Iterator[dict[int, int]]:
    """Two to forty bytes at once, near each other or far apart."""
    for _ in range(count):
        start, reach = luck.randrange(size), luck.choice((40, PAGE_BYTES, size))
        places = {(start + luck.randrange(reach)) % size for _ in range(luck.randint(2, 40))}
        yield {place: luck.randrange(1, 256) for place in places}


def test_every_flipped_bit_is_found(tmp_path: Path, whole: bytes, found: Found):
    luck = random.Random()
    path = tmp_path / "data.db"
    looks, unseen = missed(path, whole, single(len(whole), rounds(200, 40_000), luck), found)
    assert unseen == []
    assert looks >= rounds(200, 32_768)
    tell("P1.1", f"{looks} single-bit flips in a closed store of {len(whole)} bytes: 0 missed")


def test_many_flipped_bits_at_once_are_found(tmp_path: Path, whole: bytes, found: Found):
    luck = random.Random()
    changes = several(len(whole), rounds(60, 3_000), luck)
    looks, unseen = missed(tmp_path / "data.db", whole, changes, found)
    assert unseen == []
    tell("P1.1", f"{looks} changes of several bytes: 0 missed")


def test_cuts_additions_and_pages_lost_or_swapped_are_found(tmp_path: Path, whole: bytes, found: Found):
    pages = [whole[at : at + PAGE_BYTES] for at in range(0, len(whole), PAGE_BYTES)]
    treated: dict[str, bytes] = {}
    for number in range(len(pages)):
        before, after = b"".join(pages[:number]), b"".join(pages[number + 1 :])
        treated[f"page {number} zeroed"] = before + bytes(PAGE_BYTES) + after
        treated[f"page {number} gone"] = before + after
        treated[f"page {number} twice"] = before + pages[number] * 2 + after
        for cut in (0, 1, 512, PAGE_BYTES - 1) if LONG else (0, PAGE_BYTES - 1):
            treated[f"cut in page {number} at {cut}"] = before + pages[number][:cut]
        for other in range(number) if LONG else {number - 1, number // 2} - {-1, number}:
            swapped = [*pages]
            swapped[number], swapped[other] = pages[other], pages[number]
            treated[f"pages {other} and {number} swapped"] = b"".join(swapped)
    for added in (b"\0", b"x", bytes(16), bytes(PAGE_BYTES), pages[-1]):
        treated[f"{len(added)} bytes more, {added[:1]!r}"] = whole + added
    path = tmp_path / "data.db"
    unseen = []
    for name, content in treated.items():
        path.write_bytes(content)
        if not found(path):
            unseen.append(name)
    assert unseen == []
    tell("P1.1", f"{len(treated)} cuts, additions, zeroed, lost, doubled and swapped pages: 0 missed")


def test_the_untouched_store_is_sound(tmp_path: Path, whole: bytes, found: Found):
    (tmp_path / "data.db").write_bytes(whole)
    assert not found(tmp_path / "data.db")


def test_the_control_without_encryption_misses_flips(tmp_path: Path):
    luck = random.Random(7)
    content = plain(tmp_path / "plain.db")
    looks, unseen = missed(
        tmp_path / "plain.db", content, single(len(content), rounds(200, 8_000), luck), found_in_plain
    )
    assert len(unseen) > looks // 4
    tell("P1.1", f"control, plain database: {len(unseen)} of {looks} flips missed")
