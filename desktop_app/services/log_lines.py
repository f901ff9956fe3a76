"""What the program itself met with, kept inside the store: fixed words and places in the code, never case data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop_app import logs
from desktop_app.services.session import Session
from desktop_app.storage.log_line_store import LogLine

SHOWN_LINES = 200


@dataclass(frozen=True, slots=True)
class LogLineView:
    """One line as shown: in local time, with the error's class and place in one word, or empty."""

    at: datetime
    level: str
    source: str
    words: str
    fault: str

    def in_one_line(self) -> str:
        """Return the line as plain text, to be shown to whoever helps."""
        return " ".join(
            part
            for part in (f"{self.at:%Y-%m-%d %H:%M:%S}", self.level, self.source, self.words, self.fault)
            if part
        )


def flush(session: Session) -> int:
    """Move the lines in memory into the store and return how many; they stay in memory when that fails."""
    taken = logs.take()
    if not taken:
        return 0
    lines = [
        LogLine(
            at=line.at,
            level=line.level,
            source=line.source,
            words=line.words,
            error=line.error,
            spot=line.spot,
        )
        for line in taken
    ]
    try:
        with session.vault.jotting(now=session.clock()) as jotting:
            jotting.log_lines.add(lines)
    except BaseException:
        logs.give_back(taken)
        raise
    return len(taken)


def newest(session: Session, limit: int = SHOWN_LINES) -> tuple[LogLineView, ...]:
    """Return the newest lines, newest first, those still in memory among them."""
    flush(session)
    with session.reading() as read:
        return tuple(
            LogLineView(
                at=line.at.astimezone(),
                level=line.level,
                source=line.source,
                words=line.words,
                fault=f"{line.error} {line.spot}".strip(),
            )
            for line in read.log_lines.newest(limit)
        )
