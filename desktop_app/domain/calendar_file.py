"""A calendar file after RFC 5545, with days and words that tell nothing of a person.

Each entry is a whole day. Lines end in CRLF and are folded at 75 octets; the identity of an entry is chance, so it
tells neither computer nor case, and is the same each time the same deadline leaves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

PRODUCT = "-//Utvag//Bevakningar//SV"
MOST_OCTETS = 75
CRLF = "\r\n"


@dataclass(frozen=True, slots=True)
class Entry:
    """One day in the calendar: a key of its own, the day, and the words."""

    key: str
    day: date
    words: str


def calendar_file(entries: Iterable[Entry], made_at: datetime) -> str:
    """Return the whole file; ``made_at`` carries its zone."""
    stamp = f"{made_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}"]
    for entry in entries:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{entry.key}",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{entry.day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(entry.words)}",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(part + CRLF for line in lines for part in _folded(line))


def _escaped(words: str) -> str:
    for sign in ("\\", ";", ","):
        words = words.replace(sign, "\\" + sign)
    return words.replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Yield the line in parts of at most 75 octets, never splitting a character; each but the first begins " "."""
    part = ""
    for sign in line:
        if len((part + sign).encode()) > MOST_OCTETS:
            yield part
            part = " "
        part += sign
    yield part
