"""A store is brought up to date wholly or not at all, and the way back is kept."""

from pathlib import Path

import pytest

from desktop_app.domain.errors import DatabaseDamaged, MigrationFailed, VaultTooNew
from desktop_app.storage.connection import open_database
from desktop_app.storage.migrations.runner import Migration, load_migrations, newest_schema, snapshot_path
from desktop_app.storage.vault_file import Vault, create_vault, open_vault
from tests.helpers.vaults import (
    CHEAP,
    NOW,
    PASSPHRASE,
    add_events,
    closed_vault,
    data_key,
    folder_bytes,
    quick_derivation,
)

NEWEST = newest_schema()
ADD_TABLE = Migration(NEWEST + 1, "add_table", "CREATE TABLE extra (id INTEGER PRIMARY KEY) STRICT;")
FILL_TABLE = Migration(NEWEST + 2, "fill_table", "INSERT INTO extra (id) VALUES (1);")
BAD_SQL = Migration(NEWEST + 2, "bad", "INSERT INTO extra (id) VALUES (2); INSERT INTO nowhere VALUES (1);")
BAD_RULE = Migration(NEWEST + 2, "bad", "INSERT INTO extra (id) VALUES (2), (2);")
BAD_REFERENCE = Migration(
    NEWEST + 2,
    "bad",
    "CREATE TABLE child (id INTEGER PRIMARY KEY REFERENCES extra (id)) STRICT; INSERT INTO child VALUES (99);",
)


def steps(*more: Migration) -> tuple[Migration, ...]:
    return (*load_migrations(), *more)


def schema_of(folder: Path) -> int:
    database = open_database(folder / "data.db", data_key(folder))
    try:
        return database.schema_version
    finally:
        database.close()


def names(vault: Vault) -> list[str]:
    return vault.database.table_names()


def test_the_files_are_numbered_without_gaps(tmp_path: Path):
    assert [step.number for step in load_migrations()] == list(range(1, NEWEST + 1))
    (tmp_path / "0001_one.sql").write_text("")
    (tmp_path / "0003_three.sql").write_text("")
    with pytest.raises(ValueError, match="without gaps"):
        load_migrations(tmp_path)
    (tmp_path / "two.sql").write_text("")
    with pytest.raises(ValueError, match=r"two\.sql"):
        load_migrations(tmp_path)


def test_every_table_is_strict(tmp_path: Path):
    with open_vault(closed_vault(tmp_path / "store"), PASSPHRASE) as vault:
        loose = vault.database.rows(
            "SELECT name FROM pragma_table_list WHERE type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite%'"
        )
    assert loose == []


def test_an_older_store_is_brought_up_to_date_and_the_way_back_is_kept(tmp_path: Path):
    folder = closed_vault(tmp_path / "store")
    with open_vault(folder, PASSPHRASE) as vault:
        add_events(vault, 5)
    with open_vault(folder, PASSPHRASE, steps=steps(ADD_TABLE, FILL_TABLE)) as vault:
        assert vault.notice.migrated_from == NEWEST
        assert vault.database.rows("SELECT id FROM extra") == [(1,)]
        assert vault.check().sound
        assert vault.database.rows("PRAGMA foreign_keys") == [(1,)]
    with open_vault(folder, PASSPHRASE, steps=steps(ADD_TABLE, FILL_TABLE)) as vault:
        assert vault.notice.migrated_from is None
    snapshot = snapshot_path(folder / "data.db", NEWEST)
    database = open_database(snapshot, data_key(folder), journal="DELETE")
    try:
        assert database.schema_version == NEWEST
        assert database.count_rows("audit_event") == 6
    finally:
        database.close()
    assert set(folder_bytes(folder)) == {
        "data.db",
        "data.lock",
        "data.seal",
        "nyckel.json",
        "nyckel-kopia.json",
        snapshot.name,
    }


def test_the_older_program_then_refuses_the_store(tmp_path: Path):
    folder = closed_vault(tmp_path / "store")
    open_vault(folder, PASSPHRASE, steps=steps(ADD_TABLE)).close()
    before = folder_bytes(folder)
    with pytest.raises(VaultTooNew) as caught:
        open_vault(folder, PASSPHRASE)
    assert caught.value.params == {"schema": NEWEST + 1, "known": NEWEST}
    assert folder_bytes(folder) == before


@pytest.mark.parametrize("bad", [BAD_SQL, BAD_RULE, BAD_REFERENCE], ids=["sql", "rule", "reference"])
def test_a_step_that_fails_leaves_the_version_before_it(tmp_path: Path, bad: Migration):
    folder = closed_vault(tmp_path / "store")
    with pytest.raises(MigrationFailed) as caught:
        open_vault(folder, PASSPHRASE, steps=steps(ADD_TABLE, bad))
    assert caught.value.params == {"step": NEWEST + 2}
    assert schema_of(folder) == NEWEST + 1
    with open_vault(folder, PASSPHRASE, steps=steps(ADD_TABLE)) as vault:
        assert names(vault).count("extra") == 1
        assert vault.database.count_rows("extra") == 0
        assert "child" not in names(vault)
        assert vault.check().sound
    with open_vault(folder, PASSPHRASE, steps=steps(ADD_TABLE, FILL_TABLE)) as vault:
        assert vault.database.count_rows("extra") == 1


def test_the_first_step_failing_leaves_the_old_store_as_it_was(tmp_path: Path):
    folder = closed_vault(tmp_path / "store")
    bad = Migration(NEWEST + 1, "bad", "CREATE TABLE extra (id INTEGER) STRICT; SELECT nothing;")
    with pytest.raises(MigrationFailed):
        open_vault(folder, PASSPHRASE, steps=steps(bad))
    with open_vault(folder, PASSPHRASE) as vault:
        assert "extra" not in names(vault)
        assert vault.check().sound


def test_a_damaged_store_is_not_migrated(tmp_path: Path):
    folder = closed_vault(tmp_path / "store")
    content = bytearray((folder / "data.db").read_bytes())
    content[-2000] ^= 1
    (folder / "data.db").write_bytes(content)
    before = folder_bytes(folder)
    with pytest.raises(DatabaseDamaged):
        open_vault(folder, PASSPHRASE, steps=steps(ADD_TABLE))
    assert folder_bytes(folder) == before


def test_a_new_store_and_a_migrated_one_have_the_same_schema(tmp_path: Path):
    folder = closed_vault(tmp_path / "old")
    newer = steps(ADD_TABLE, FILL_TABLE)
    question = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name"
    with open_vault(folder, PASSPHRASE, steps=newer) as vault:
        migrated = vault.database.rows(question)
    with quick_derivation():
        fresh, _ = create_vault(tmp_path / "new", PASSPHRASE, now=NOW, cost=CHEAP, steps=newer)
        with fresh:
            assert fresh.database.rows(question) == migrated
