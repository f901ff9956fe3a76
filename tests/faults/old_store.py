"""The practice store that a program of schema 1 left behind, and what must still be in it after a migration."""

import shutil
import tempfile
from functools import cache
from pathlib import Path

from desktop_app.storage import vault_file
from desktop_app.storage.connection import Database, open_database
from desktop_app.storage.key_files import read_key_files
from desktop_app.storage.keys import Passphrase, unlock
from desktop_app.storage.vault_file import Vault

LEFT_BEHIND = Path(__file__).resolve().parents[1] / "data" / "vaults" / "schema-1"
PASSPHRASE = Passphrase("ekorre vante saffran brygga")


def copied(folder: Path) -> Path:
    """Put the old store, closed, at ``folder``."""
    return Path(shutil.copytree(LEFT_BEHIND, folder))


@cache
def key() -> bytes:
    """Its data key."""
    return unlock(read_key_files(LEFT_BEHIND).key_file, PASSPHRASE)


def opened(folder: Path) -> Vault:
    """Open it as the program does, migration included, but for the wait for the key."""
    return vault_file._open(folder, lambda _: key(), None)


def database(folder: Path) -> Database:
    """Open the database as it stands, without migrating."""
    return open_database(folder / "data.db", key())


def rows_of(database: Database) -> dict[str, list[tuple]]:
    """Return every row of the tables of schema 1, by the columns they had then."""
    return {
        table: sorted((row[: len(columns)] for row in database.each_row_of(table)), key=repr)
        for table, columns in _columns_of_schema_1().items()
    }


@cache
def _columns_of_schema_1() -> dict[str, tuple[str, ...]]:
    # A copy: the original is never opened for writing.
    with tempfile.TemporaryDirectory() as place:
        database = open_database(copied(Path(place) / "store") / "data.db", key(), journal="DELETE")
        try:
            return {
                table: tuple(str(row[1]) for row in database.rows(f"PRAGMA table_info({table})"))
                for table in database.table_names()
            }
        finally:
            database.close()
