"""A damaged store never passes for content: its backup is refused, or holds every row."""

import random
from pathlib import Path

import pytest

from desktop_app.domain.errors import DatabaseDamaged
from desktop_app.storage.backup_copy import copy_store
from desktop_app.storage.backup_file import write_backup
from desktop_app.storage.backup_manifest import BackupKeys
from desktop_app.storage.backup_reading import prove, read_backup
from desktop_app.storage.connection import PAGE_BYTES, open_database
from desktop_app.storage.content import content_of
from desktop_app.storage.integrity import check_database, has_met_bad_page
from tests.helpers.figures import rounds, tell
from tests.helpers.vaults import (
    ACTOR,
    NOW,
    add_bulk,
    closed_vault,
    data_key,
    folder_bytes,
    opened_vault,
    reopened_vault,
)

LONG_VALUES = 6
LUCK = random.Random(11)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed store with long values, which lie in chains of pages, and rows in trees."""
    folder = tmp_path_factory.mktemp("whole") / "store"
    with opened_vault(folder) as vault:
        add_bulk(vault, 200)
        with vault.unit_of_work(actor=ACTOR, now=NOW) as work:
            for number in range(LONG_VALUES):
                work.settings.put({f"long.{number}": f"{number}" * 9_000})
            work.audit("test.long")
            work.commit()
    return folder


def with_bad_page(store: Path, place: Path, page: int) -> Path:
    """A copy of the store with one bit wrong in one page, numbered from 1."""
    folder = closed_vault(place)
    for name, content in folder_bytes(store).items():
        (folder / name).write_bytes(content)
    spoil(folder / "data.db", page)
    return folder


def spoil(path: Path, page: int) -> None:
    with path.open("r+b") as file:
        file.seek((page - 1) * PAGE_BYTES + LUCK.randrange(PAGE_BYTES))
        byte = file.read(1)[0]
        file.seek(-1, 1)
        file.write(bytes([byte ^ 1 << LUCK.randrange(8)]))


def pages_of(store: Path) -> int:
    return (store / "data.db").stat().st_size // PAGE_BYTES


def test_no_backup_of_a_store_with_a_bad_page_lacks_anything(store: Path, tmp_path: Path):
    with reopened_vault(store) as vault:
        held = content_of(vault.database).rows
    place = tmp_path / "backups"
    place.mkdir()
    last = pages_of(store)
    pages = sorted({*LUCK.sample(range(2, last), rounds(8, last - 2)), last})
    refused = 0
    for page in pages:
        folder = with_bad_page(store, tmp_path / f"store-{page}", page)
        try:
            with reopened_vault(folder) as vault:
                made = write_backup(vault, place, now=NOW)
        except DatabaseDamaged:
            refused += 1
            continue
        # Only a page that holds nothing lets a backup be made.
        assert {**made.rows, "audit_event": 0} == {**held, "audit_event": 0}
        prove(read_backup(made.path), BackupKeys.of(data_key(store)), tmp_path / "extracted", None)
        (tmp_path / "extracted").unlink()
    assert refused > len(pages) * 0.8
    tell(
        "P2.1",
        f"{len(pages)} stores with one bad page: {refused} backups refused, the others whole, 0 lack a row",
    )


def test_the_control_that_copies_and_checks_loses_a_value_unseen(store: Path, tmp_path: Path):
    """SQLCipher copies a page with a wrong seal as an empty one, under a new and right seal."""
    with reopened_vault(store) as vault:
        held = content_of(vault.database).digest
    unseen = 0
    for page in range(2, pages_of(store) + 1):
        folder = with_bad_page(store, tmp_path / f"store-{page}", page)
        try:
            source = open_database(folder / "data.db", data_key(store))
        except DatabaseDamaged:
            continue  # the list of tables itself
        copy = open_database(folder / "copy.db", b"k" * 32, create=True, journal="OFF")
        try:
            source.copy_to(copy, lambda _done, _total: None)
            assert has_met_bad_page(source)
            if check_database(copy).sound:
                unseen += content_of(copy).digest != held
        finally:
            copy.close()
            source.close()
    assert unseen
    tell("P2.1", f"control, bare copy and both checks: {unseen} of {pages_of(store) - 1} lost a value unseen")


def test_a_page_that_went_bad_after_it_was_read_into_memory_is_found(store: Path, tmp_path: Path):
    folder = with_bad_page(store, tmp_path / "store", 2)
    spoil_back = (store / "data.db").read_bytes()
    (folder / "data.db").write_bytes(spoil_back)
    place = tmp_path / "backups"
    place.mkdir()
    with reopened_vault(folder) as vault:
        content_of(vault.database)
        spoil(folder / "data.db", pages_of(store))
        with pytest.raises(DatabaseDamaged):
            write_backup(vault, place, now=NOW)
    assert list(place.iterdir()) == []


def test_asking_for_bad_pages_writes_nothing(store: Path, tmp_path: Path):
    folder = with_bad_page(store, tmp_path / "store", 2)
    (folder / "data.db").write_bytes((store / "data.db").read_bytes())
    with reopened_vault(folder) as vault:
        before = vault.database.schema_version
        assert not has_met_bad_page(vault.database)
        assert not vault.database.in_transaction
        assert vault.database.schema_version == before
        summary = copy_store(vault, tmp_path / "copy", b"k" * 32, None)
        assert summary.rows["setting"] >= LONG_VALUES
    assert (folder / "data.db").read_bytes() == (store / "data.db").read_bytes()
