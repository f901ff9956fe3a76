"""What every store stands on."""

from collections.abc import Iterator, Sequence
from typing import LiteralString

from desktop_app.storage.connection import Database, Row, SqlValue


class Store:
    """Reads and writes the tables of one subject, inside the unit of work that made it.

    The SQL is ``LiteralString``: the type checker refuses anything put together from what was typed. Values are
    always bound parameters.

    A limit is written ``LIMIT ? + 0``: a bare ``?`` SQLite looks at while it plans, and then plans anew each time.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def _execute(self, sql: LiteralString, params: Sequence[SqlValue] = ()) -> int:
        """Run one statement that writes; return the number of rows it touched."""
        return self._database.execute(sql, params)

    def _execute_many(self, sql: LiteralString, rows: Sequence[Sequence[SqlValue]]) -> None:
        """Run one statement once for each row of parameters."""
        self._database.execute_many(sql, rows)

    def _rows(self, sql: LiteralString, params: Sequence[SqlValue] = ()) -> list[Row]:
        """Return all rows of a question."""
        return self._database.rows(sql, params)

    def _row(self, sql: LiteralString, params: Sequence[SqlValue] = ()) -> Row | None:
        """Return the first row of a question, if any."""
        rows = self._database.rows(sql, params)
        return rows[0] if rows else None

    def _each(self, sql: LiteralString, params: Sequence[SqlValue] = ()) -> Iterator[Row]:
        """Yield the rows of a question one at a time."""
        return self._database.each(sql, params)
