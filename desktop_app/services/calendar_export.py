"""Deadlines out of the program, as a calendar file: the case code and nothing more. Shown whole before it leaves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop_app.domain.calendar_file import Entry, calendar_file
from desktop_app.domain.changes import ChangeSet, Kind, changed
from desktop_app.domain.deadlines import day_of
from desktop_app.domain.texts import Texts
from desktop_app.services.deadline_following import ENTITY
from desktop_app.services.deadlines import between
from desktop_app.services.new_files import write_new_file
from desktop_app.services.session import Session


@dataclass(frozen=True, slots=True)
class CalendarExport:
    """What would leave: one line in words for each day, and the file itself, letter by letter."""

    lines: tuple[tuple[date, str], ...]
    content: str


def prepare(session: Session, first: date, last: date) -> CalendarExport:
    """Return what a calendar file from ``first`` to ``last`` holds. Nothing is written.

    A case shows once a day, by the day to act on, as "Bevakning K-2026-014": what is to be done would tell what the
    case is about, and stays here. An entry is known by the chance id of one of its deadlines, so that a calendar
    that takes the file twice does not get the day twice.
    """
    days: dict[tuple[date, str], str] = {}
    for view in between(session, first, last):
        place = (min(day_of(view.due), view.nearest_working_day), view.code)
        days[place] = min(view.deadline_id, days.get(place, view.deadline_id))
    texts = session.library.texts
    entries = [Entry(key, day, _words(code, texts)) for (day, code), key in sorted(days.items())]
    lines = tuple((entry.day, entry.words) for entry in entries)
    return CalendarExport(lines, calendar_file(entries, session.clock()))


def save(session: Session, export: CalendarExport, path: Path) -> ChangeSet:
    """Write what was shown, where the person said; noted in the log.

    Raises ``TargetExists``, ``TargetNotWritable`` or ``DiskFull``; then nothing is left behind.
    """
    write_new_file(path, export.content.encode())
    with session.act() as work:
        work.audit("deadlines.exported", entity=ENTITY, fields=("case_code", "act_by"))
        work.commit()
    return changed(Kind.AUDIT)


def _words(code: str, texts: Texts) -> str:
    return texts.get("deadlines.export.entry", code=code) if code else texts.get("deadlines.export.entry_own")
