"""The encrypted database, opened the one way we open it. The only file that imports sqlcipher3.

A random raw key, never a password, is handed over with ``set_key``, so that it never passes as SQL text.
WAL with FULL synchronisation, held EXCLUSIVE: no shared-memory file, and a second program is kept out by
the database itself. One thread owns a database; only ``interrupt`` may be called from another.
"""

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Literal, LiteralString, Protocol, cast

import sqlcipher3.dbapi2  # pyright: ignore[reportMissingTypeStubs] - untyped

from desktop_app.domain.errors import (
    AppError,
    DatabaseDamaged,
    DatabaseEmpty,
    DatabaseForeign,
    FolderNotWritable,
    MediumFailed,
    VaultMissing,
)
from desktop_app.domain.values import storable
from desktop_app.storage import durable
from desktop_app.storage.ready_memory import ReadyMemory
from desktop_app.storage.result_codes import CODES, WORDS

KEY_BYTES: Final = 32
PAGE_BYTES: Final = 4096
APPLICATION_ID: Final = 0x55545647  # "UTVG"

SqlValue = str | int | float | bytes | None
Row = tuple[Any, ...]
Journal = Literal["WAL", "DELETE", "OFF"]

_PLAIN_SQLITE: Final = b"SQLite format 3\x00"
_BUSY_SECONDS: Final = 0.2
_COPY_PAGES: Final = 200


class ConstraintBroken(Exception):
    """A row breaks a rule of its table. A fault in the program, unless the store that wrote it expects it."""


class _Cursor(Protocol):
    rowcount: int

    def fetchall(self) -> list[Row]: ...
    def __iter__(self) -> Iterator[Row]: ...


class _Raw(Protocol):
    """The part of sqlcipher3's connection that is used; the module carries no types of its own."""

    in_transaction: bool

    def set_key(self, key: bytes) -> None: ...
    def execute(self, sql: str, params: Sequence[SqlValue] = ...) -> _Cursor: ...
    def executemany(self, sql: str, params: Sequence[Sequence[SqlValue]]) -> _Cursor: ...
    def executescript(self, sql: str) -> _Cursor: ...
    def backup(self, target: "_Raw", *, pages: int, progress: Callable[[int, int, int], None]) -> None: ...
    def interrupt(self) -> None: ...
    def close(self) -> None: ...


_driver: Any = sqlcipher3.dbapi2
_SqlError = cast(type[Exception], _driver.Error)
_IntegrityError = cast(type[Exception], _driver.IntegrityError)
_connect = cast(Callable[..., _Raw], _driver.connect)


class Database:
    """One open encrypted database. Every error that leaves it is one of the program's own."""

    def __init__(self, raw: _Raw, path: Path) -> None:
        self._raw = raw
        self._ask = ReadyMemory(raw.execute).execute
        self._damaged = False
        self._medium_failed = False
        self._closed = False
        self._reads_only = False
        self.path = path

    # What stores use

    def execute(self, sql: LiteralString, params: Sequence[SqlValue] = ()) -> int:
        """Run one statement that writes, inside a transaction; return how many rows it touched."""
        self._require_transaction()
        try:
            return self._ask(sql, _bindable(params)).rowcount
        except Exception:
            with self._translated():
                raise

    def execute_alone(self, sql: LiteralString, params: Sequence[SqlValue] = ()) -> None:
        """Run one statement that writes as a transaction of its own; when this returns it is on the disk.

        For what is typed, which waits for it: the texts must be ``storable`` already.
        """
        if self._raw.in_transaction:
            raise RuntimeError("a transaction is already open")
        try:
            self._ask(sql, tuple(params))
        except Exception:
            with self._translated():
                raise

    def execute_many(self, sql: LiteralString, rows: Sequence[Sequence[SqlValue]]) -> None:
        """Run one statement once for each row of parameters, inside a transaction."""
        self._require_transaction()
        with self._translated():
            self._raw.executemany(sql, [_bindable(row) for row in rows])

    def rows(self, sql: LiteralString, params: Sequence[SqlValue] = ()) -> list[Row]:
        """Return all rows of a question. Only an error is worth a context: one costs as much as a small question."""
        try:
            return self._ask(sql, _bindable(params)).fetchall()
        except Exception:
            with self._translated():
                raise

    def each(self, sql: LiteralString, params: Sequence[SqlValue] = ()) -> Iterator[Row]:
        """Yield the rows of a question one at a time, for answers that may be long."""
        yield from self._stream(sql, params)

    @property
    def is_spoiled(self) -> bool:
        """Whether it must be opened anew: it is closed, or its medium has failed and SQLCipher trusts nothing more."""
        return self._medium_failed or self._closed

    # Transactions

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""
        return self._raw.in_transaction

    def begin(self, *, writing: bool) -> None:
        """Begin a transaction; in a reading one ``execute`` refuses, and it must end in ``rollback``. They do not nest.

        Not by ``PRAGMA query_only``: each change of it makes SQLite translate every statement anew, which costs most.
        """
        if self._raw.in_transaction:
            raise RuntimeError("a transaction is already open")
        self.rows("BEGIN IMMEDIATE" if writing else "BEGIN")
        self._reads_only = not writing

    def commit(self) -> None:
        """Make the open transaction durable; when this returns it is on the disk. A reading one is never committed."""
        if self._reads_only:
            raise RuntimeError("a reading is not committed")
        self.rows("COMMIT")

    def rollback(self) -> None:
        """Undo the open transaction; without one, do nothing (a full disk has already undone it)."""
        if self._raw.in_transaction:
            self.rows("ROLLBACK")
        self._reads_only = False

    def write_no_more(self) -> None:
        """Let the open transaction only read from here on: what it wrote is seen in it, and undone at its end."""
        self._reads_only = True

    def begin_with_script(self, sql: str) -> None:
        """Begin a transaction and run the statements of a file that came with the program; it stays open.

        Never given anything typed. BEGIN is part of the script because ``executescript`` commits what is open.
        """
        with self._translated():
            self._raw.executescript("BEGIN IMMEDIATE;\n" + sql)

    # Header fields. A pragma takes no bound parameters; the numbers are made here, never typed.

    @property
    def schema_version(self) -> int:
        """The number of the newest migration that has run, 0 in a new file."""
        return int(self.rows("PRAGMA user_version")[0][0])

    @schema_version.setter
    def schema_version(self, number: int) -> None:
        with self._translated():
            self._raw.execute(f"PRAGMA user_version = {number:d}")

    def check_foreign_keys(self, *, on: bool) -> None:
        """Switch foreign keys on or off, outside a transaction; only migrations switch them off."""
        self.rows("PRAGMA foreign_keys = ON" if on else "PRAGMA foreign_keys = OFF")

    # Tables as a whole, for counting and comparing copies

    def table_names(self) -> list[str]:
        """Return the names of all real tables, sorted; views and virtual tables have no rows of their own."""
        sql = (
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' "
            "AND name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY name"
        )
        return [str(row[0]) for row in self.rows(sql)]

    def count_rows(self, table: str) -> int:
        """Return how many rows a table has; ``table`` comes from ``table_names``."""
        return int(next(self._stream(f"SELECT count(*) FROM {_quoted(table)}"))[0])  # noqa: S608 (quoted)

    def each_row_of(self, table: str) -> Iterator[Row]:
        """Yield every row of a table in stored order; ``table`` comes from ``table_names``."""
        return self._stream(f"SELECT * FROM {_quoted(table)}")  # noqa: S608 (quoted)

    # The file

    def checkpoint(self) -> None:
        """Move everything from the WAL into the database file and empty the WAL."""
        self.rows("PRAGMA wal_checkpoint(TRUNCATE)")

    def keep_journal(self, journal: Journal) -> None:
        """Choose the journal; the database file remembers WAL or not."""
        self.rows(f"PRAGMA journal_mode = {journal}")

    def copy_to(self, target: "Database", progress: Callable[[int, int], None]) -> None:
        """Copy page by page into an empty database under another key; ``progress`` gets pages done and all.

        What ``progress`` raises stops the copy and comes out unchanged; the target is then worthless.
        """

        def told(_status: int, remaining: int, total: int) -> None:
            progress(total - remaining, total)

        with self._translated():
            self._raw.backup(target._raw, pages=_COPY_PAGES, progress=told)  # noqa: SLF001 (same class)

    def interrupt(self) -> None:
        """Stop a running question from any thread; it then raises Cancelled."""
        self._raw.interrupt()

    def close(self) -> None:
        """Empty the WAL and close: at rest there is one file. Closing twice does nothing."""
        try:
            if self._raw.in_transaction:
                self._raw.execute("ROLLBACK")
            self._raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        except _SqlError:
            # Already closed, damaged, or the disk is full: what was committed stands in the WAL and is
            # found at the next opening. Closing must succeed all the same.
            pass
        finally:
            self._closed = True
            self._raw.close()

    def _require_transaction(self) -> None:
        # Else a forgotten or finished unit of work would save half an act, without its audit line.
        if self._reads_only or not self._raw.in_transaction:
            raise RuntimeError("writing takes a transaction that writes")

    @contextmanager
    def _translated(self) -> Generator[None]:
        try:
            with _translated(self.path):
                yield
        except MediumFailed:
            self._medium_failed = True
            raise
        except (DatabaseDamaged, FolderNotWritable, MemoryError) as error:
            # After the first page it could not read SQLCipher fails everything, with reasons that would mislead.
            if self._medium_failed:
                raise MediumFailed(place=str(self.path.parent)) from error
            if not self._damaged and not isinstance(error, DatabaseDamaged):
                raise
            if not self._damaged:
                self._require_medium()
            self._damaged = True
            raise DatabaseDamaged(place=str(self.path.parent)) from error

    def _require_medium(self) -> None:
        try:
            durable.require_readable(self.path)
        except AppError:
            self._medium_failed = True
            raise

    def _stream(self, sql: str, params: Sequence[SqlValue] = ()) -> Iterator[Row]:
        with self._translated():
            yield from self._ask(sql, _bindable(params))


def open_database(path: Path, key: bytes, *, create: bool = False, journal: Journal = "WAL") -> Database:
    """Open an encrypted database with its 32-byte key; opening never creates unless ``create`` says so.

    Raises VaultMissing, DatabaseEmpty, DatabaseForeign, DatabaseDamaged, VaultInUse, FolderNotWritable,
    MediumFailed or DiskFull. The caller must know the key to be right: a wrong key looks like damage.
    """
    if len(key) != KEY_BYTES:
        raise ValueError("the key must be 32 bytes")
    if create:
        if path.exists():
            raise FileExistsError(path)
    else:
        check_file(path)
    with _translated(path):
        raw = _connect(str(path), timeout=_BUSY_SECONDS, isolation_level=None)
    try:
        with _translated(path):
            _prepare(raw, key, create_with=journal if create else None)
            _require_ours(raw, path)
            _settle(raw, journal)
    except DatabaseDamaged:
        raw.close()
        durable.require_readable(path)
        raise
    except BaseException:
        raw.close()
        raise
    return Database(raw, path)


def check_file(path: Path) -> None:
    """Refuse by its bytes alone a file that cannot be our database; the file is not touched.

    A zero-length file must be caught here: SQLite opens it as a valid empty database with any key.
    """
    try:
        with path.open("rb") as file:
            head = file.read(len(_PLAIN_SQLITE))
            size = file.seek(0, 2)
    except FileNotFoundError as error:
        raise VaultMissing(place=str(path.parent)) from error
    except OSError as error:
        raise FolderNotWritable(place=str(path.parent)) from error
    if size == 0:
        raise DatabaseEmpty(place=str(path.parent))
    if head == _PLAIN_SQLITE:
        raise DatabaseForeign(place=str(path.parent))
    # A crash may leave a half page at the end, but then the WAL that mends it is still there.
    if size % PAGE_BYTES and not path.with_name(path.name + "-wal").exists():
        raise DatabaseDamaged(place=str(path.parent))


def _prepare(raw: _Raw, key: bytes, create_with: Journal | None) -> None:
    # First of all: SQLCipher otherwise writes its own error lines to stderr.
    raw.execute("PRAGMA cipher_log_level = NONE")
    raw.execute("PRAGMA cipher_memory_security = ON")
    raw.set_key(b"x'" + key.hex().encode() + b"'")
    for pragma in (
        "trusted_schema = OFF",
        "cell_size_check = ON",
        "secure_delete = ON",
        "temp_store = MEMORY",
        # Before the first reading, else WAL makes a shared-memory file.
        "locking_mode = EXCLUSIVE",
    ):
        raw.execute(f"PRAGMA {pragma}").fetchall()
    if create_with is not None:
        # The journal first: an exclusive connection leaves its usual journal lying when it changes later.
        raw.execute(f"PRAGMA journal_mode = {create_with}").fetchall()
        raw.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def _require_ours(raw: _Raw, path: Path) -> None:
    # The first reading: here a database that is no database, or is held by another program, says so.
    found = raw.execute("PRAGMA application_id").fetchall()[0][0]
    raw.execute("SELECT count(*) FROM sqlite_schema").fetchall()
    if found != APPLICATION_ID:
        raise DatabaseForeign(place=str(path.parent))


def _settle(raw: _Raw, journal: Journal) -> None:
    raw.execute(f"PRAGMA journal_mode = {journal}").fetchall()
    raw.execute("PRAGMA synchronous = FULL")
    raw.execute("PRAGMA wal_autocheckpoint = 200").fetchall()
    raw.execute("PRAGMA foreign_keys = ON")


def _bindable(params: Sequence[SqlValue]) -> tuple[SqlValue, ...]:
    """Half a sign, which a broken paste can leave, has no bytes; what stands beside it must be saved all the same."""
    return tuple([each if not isinstance(each, str) or each.isascii() else storable(each) for each in params])


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


@contextmanager
def _translated(path: Path) -> Generator[None]:
    try:
        yield
    except _IntegrityError as error:
        raise ConstraintBroken(str(error)) from error
    except _SqlError as error:
        code = getattr(error, "sqlite_errorcode", None)
        number = code & 0xFF if isinstance(code, int) else WORDS.get(str(error))
        kind = CODES.get(number) if number is not None else None
        if kind is None:
            raise
        if kind is FolderNotWritable:
            raise durable.why_not_writable(path.parent) from error
        raise kind(place=str(path.parent)) from error
