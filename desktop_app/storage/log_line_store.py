"""What the program itself met with, kept inside the store: fixed words and places in the code, never case data."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from desktop_app.storage.moments import moment_of, moment_text
from desktop_app.storage.store import Store

KEPT_LINES: Final = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """One line: when, how grave, which module, its fixed words, the class of an error and where it was raised."""

    at: datetime
    level: str
    source: str
    words: str
    error: str = ""
    spot: str = ""


class LogLineStore(Store):
    """The table ``log_line``."""

    def add(self, lines: Sequence[LogLine]) -> None:
        """Add lines and let go of the oldest beyond ``KEPT_LINES``."""
        self._execute_many(
            "INSERT INTO log_line (at, level, source, words, error, spot) VALUES (?, ?, ?, ?, ?, ?)",
            [
                (moment_text(line.at), line.level, line.source, line.words, line.error, line.spot)
                for line in lines
            ],
        )
        self._execute(
            "DELETE FROM log_line WHERE line_id <= (SELECT max(line_id) FROM log_line) - ?", (KEPT_LINES,)
        )

    def newest(self, limit: int) -> list[LogLine]:
        """Return the newest lines, newest first."""
        rows = self._rows(
            "SELECT at, level, source, words, error, spot FROM log_line ORDER BY line_id DESC LIMIT ? + 0",
            (limit,),
        )
        return [
            LogLine(
                at=moment_of(str(row[0])),
                level=str(row[1]),
                source=str(row[2]),
                words=str(row[3]),
                error=str(row[4]),
                spot=str(row[5]),
            )
            for row in rows
        ]
