"""Brings a store to this program's schema, one step at a time, each wholly or not at all."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from desktop_app.domain.errors import AppError, DatabaseDamaged, MigrationFailed, VaultTooNew
from desktop_app.storage import durable
from desktop_app.storage.connection import Database, open_database
from desktop_app.storage.integrity import check_database

# The same from source and in the one-folder build; build.spec must ship migrations/*.sql beside this file.
MIGRATIONS: Final = Path(__file__).resolve().parent

_FILE: Final = re.compile(r"(\d{4})_([a-z0-9_]+)\.sql")


@dataclass(frozen=True)
class Migration:
    """One step: its number, its name and the statements, without BEGIN or COMMIT."""

    number: int
    name: str
    sql: str


@cache  # they came with the program and do not change while it runs
def load_migrations(folder: Path = MIGRATIONS) -> tuple[Migration, ...]:
    """Return all steps in order. Raises ``ValueError`` when a number is missing or stands twice."""
    steps: list[Migration] = []
    for path in sorted(folder.glob("*.sql")):
        match = _FILE.fullmatch(path.name)
        if match is None:
            raise ValueError(f"not a migration: {path.name}")
        steps.append(Migration(int(match[1]), match[2], path.read_text(encoding="utf-8")))
    if [step.number for step in steps] != list(range(1, len(steps) + 1)) or not steps:
        raise ValueError("migrations must be numbered 1, 2, 3 without gaps")
    return tuple(steps)


def newest_schema(steps: Sequence[Migration] | None = None) -> int:
    """Return the schema number this program works with."""
    return (load_migrations() if steps is None else steps)[-1].number


def require_known_schema(database: Database, steps: Sequence[Migration]) -> None:
    """Raise VaultTooNew for a store a newer program has used, DatabaseDamaged for one without a schema."""
    schema = database.schema_version
    if schema > newest_schema(steps):
        raise VaultTooNew(schema=schema, known=newest_schema(steps))
    if schema < 1:
        raise DatabaseDamaged(place=str(database.path.parent))


def build_schema(database: Database, steps: Sequence[Migration]) -> None:
    """Run every step in a new, empty database."""
    for step in steps:
        _take(database, step)


def migrate(
    database: Database, key: bytes, steps: Sequence[Migration], about_to_change: Callable[[], None]
) -> int | None:
    """Bring an older store up to date; return the schema it came from, or None when nothing was to do.

    Before the first step the store is checked and an encrypted snapshot under the same key is kept beside it; then
    ``about_to_change`` is called.
    Raises MigrationFailed (``step``), with the store at the last step that succeeded, or DatabaseDamaged.
    """
    require_known_schema(database, steps)
    before = database.schema_version
    missing = [step for step in steps if step.number > before]
    if not missing:
        return None
    _require_sound(database)
    keep_snapshot(database, key, snapshot_path(database.path, before))
    about_to_change()
    for step in missing:
        _take(database, step)
    _require_sound(database)
    return before


def snapshot_path(path: Path, schema: int) -> Path:
    """Return where the snapshot taken before leaving ``schema`` stands."""
    return path.with_name(f"{path.stem}-before-schema-{schema + 1}{path.suffix}")


def keep_snapshot(database: Database, key: bytes, target: Path) -> None:
    """Copy a database, encrypted under the same key, into a file that is whole once it has its name."""
    part = target.with_name(target.name + ".part")
    durable.remove_quietly(part)
    try:
        copy = open_database(part, key, create=True, journal="OFF")
        try:
            database.copy_to(copy, _ignore)
            copy.keep_journal("DELETE")
        finally:
            copy.close()
        with durable.writing_in(target.parent):
            durable.sync_file(part)
            durable.replace(part, target)
    finally:
        durable.remove_quietly(part)


def _take(database: Database, step: Migration) -> None:
    # Rebuilding a table needs the foreign keys off; they are checked before the step counts.
    database.check_foreign_keys(on=False)
    try:
        _in_transaction(database, step)
    finally:
        database.check_foreign_keys(on=True)


def _in_transaction(database: Database, step: Migration) -> None:
    try:
        _run(database, step)
        if database.rows("PRAGMA foreign_key_check"):
            raise MigrationFailed(step=step.number)
        database.schema_version = step.number
        database.commit()
    except BaseException:
        database.rollback()
        raise


def _run(database: Database, step: Migration) -> None:
    try:
        database.begin_with_script(step.sql)
    except AppError:
        # A full disk or damage is told as what it is; the store stands at its old version all the same.
        raise
    except Exception as error:
        raise MigrationFailed(step=step.number) from error


def _require_sound(database: Database) -> None:
    if not check_database(database).sound:
        raise DatabaseDamaged(place=str(database.path.parent))


def _ignore(_done: int, _total: int) -> None:
    pass
