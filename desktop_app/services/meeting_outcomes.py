"""What finished minutes become, by tick: notes of the journal, and deadlines, each pointing to its meeting."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from desktop_app.domain.case_file import CaseFile
from desktop_app.domain.changes import ChangeSet, Kind, changed
from desktop_app.domain.deadlines import Deadline, Shift, act_by
from desktop_app.domain.forms import ResponseStatus, Row
from desktop_app.domain.journal import NoteContent, author_from_settings, begun
from desktop_app.domain.meeting_errors import MeetingNotFound, NothingChosen
from desktop_app.domain.meetings import BECAME, MEETINGS, MINUTES_FORM, POINTS, Outcome, Part, outcomes_left
from desktop_app.services.deadline_following import ENTITY
from desktop_app.services.meeting_rows import response_about, with_points
from desktop_app.services.meetings import must_exist, put_row
from desktop_app.services.session import Session
from desktop_app.storage.typed_fold import NOTE_ENTITY
from desktop_app.storage.unit_of_work import StoreSet, UnitOfWork

SHORT = 200
"""So much of what was agreed stands in the words of a deadline; the note has all of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A part of a row that could become something. ``proposed`` is ticked from the beginning."""

    row_id: str
    part: Part
    point: str
    words: str
    proposed: bool


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of the minutes: how many notes and deadlines."""

    notes: int
    deadlines: int
    changes: ChangeSet


def offers(session: Session, case_id: str, meeting: str) -> tuple[Offer, ...]:
    """Return what the minutes of a meeting could still become. Raises ``MeetingNotFound``."""
    with session.reading() as stores:
        file = _with_points(session, stores, case_id, meeting)
    words = _Words(session, file, meeting)
    return tuple(
        Offer(
            row_id=found.row.id,
            part=found.part,
            point=words.point(found.row),
            words=words.of(found),
            proposed=found.part is not Part.DECISION,
        )
        for found in outcomes_left(file, meeting)
    )


def take(session: Session, case_id: str, meeting: str, chosen: Sequence[tuple[str, Part]]) -> Taken:
    """Let rows of the minutes become drafts in the journal, and deadlines, in one act.

    What has become something already is passed over, so that doing it twice does it once.

    Raises:
        MeetingNotFound: the case has no such meeting, or its minutes are not finished.
        NothingChosen: none of what was chosen is left to take.

    """
    with session.act() as work:
        file = _with_points(session, work, case_id, meeting)
        minutes = response_about(work, case_id, MINUTES_FORM, meeting)
        if minutes is None or minutes.status is not ResponseStatus.FINISHED:
            raise MeetingNotFound
        taker = _Taker(session, work, file, _Words(session, file, meeting))
        for found in outcomes_left(file, meeting):
            if (found.row.id, found.part) in chosen:
                taker.take(found)
        if not taker.count:
            raise NothingChosen
        work.audit(
            "meeting.outcomes_taken",
            case_id=case_id,
            entity=MEETINGS,
            entity_id=meeting,
            fields=tuple(dict.fromkeys(taker.parts)),
        )
        work.commit()
    kinds = (Kind.JOURNAL, Kind.DEADLINE, Kind.REGISTER)
    return Taken(taker.notes, taker.deadlines, changed(*kinds, case_id=case_id))


def _with_points(session: Session, stores: StoreSet, case_id: str, meeting: str) -> CaseFile:
    file = must_exist(session, stores, case_id, meeting)
    return with_points(stores, meeting, file, session.library.definitions.meetings)


class _Words:
    """How a meeting and its rows are told in the journal and among the deadlines."""

    def __init__(self, session: Session, file: CaseFile, meeting: str) -> None:
        self._texts = session.library.texts
        row = file.row(MEETINGS, meeting)
        starts = row.cell("starts").value
        self.starts = starts if isinstance(starts, datetime) else None
        kind = row.cell("meeting_type").value
        self.kind = self._texts.get(f"tables.meeting_types.{kind}") if kind else ""

    @property
    def meeting(self) -> str:
        day = self.starts.date().isoformat() if self.starts else ""
        return self._texts.get("meetings.of", kind=self.kind, day=day)

    def point(self, row: Row) -> str:
        code = row.cell("point").value
        return self._texts.get(f"tables.meeting_points.{code}") if code else ""

    def about(self, row: Row) -> str:
        return ", ".join(part for part in (self.meeting, self.point(row)) if part)

    def of(self, found: Outcome) -> str:
        row = found.row
        if found.part is Part.STATED:
            return _cell(row, "stated")
        if found.part is Part.ASSESSMENT:
            return self._by("meetings.assessed_by", _cell(row, "assessment"), _cell(row, "assessed_by"))
        agreed = self._by("meetings.responsible", _cell(row, "measure"), _cell(row, "responsible"))
        if found.part is Part.DEADLINE:
            return agreed or self.point(row)
        due = row.cell("due").value
        return self._by("meetings.at_latest", agreed, due.isoformat() if isinstance(due, date) else "")

    def _by(self, key: str, words: str, who: str) -> str:
        return self._texts.get(key, words=words, who=who) if who else words


def _cell(row: Row, name: str) -> str:
    return str(row.cell(name).value or "")


class _Taker:
    """Writes notes and deadlines in an open act, and in each row what became of it."""

    def __init__(self, session: Session, work: UnitOfWork, file: CaseFile, words: _Words) -> None:
        self._session, self._work, self._case_id, self._words = session, work, file.case.id, words
        self._gone: set[tuple[str, str]] = set()
        self.notes = self.deadlines = 0
        self.parts: list[str] = []

    @property
    def count(self) -> int:
        return self.notes + self.deadlines

    def take(self, found: Outcome) -> None:
        """Make a note or a deadline of a part; of what was agreed only the first of measure and decision."""
        column = BECAME[found.part]
        if (found.row.id, column) in self._gone:
            return
        self._gone.add((found.row.id, column))
        became = self._deadline(found) if found.part is Part.DEADLINE else self._note(found)
        put_row(self._session, self._work, self._case_id, POINTS, found.row.id, {column: became})
        self.parts.append(found.part.value)

    def _note(self, found: Outcome) -> str:
        work = self._work
        kind = "statement" if found.part is Part.STATED else found.part.value
        starts = self._words.starts
        content = NoteContent(
            event_typed=f"{starts:%Y-%m-%d %H:%M}" if starts else self._session.today.isoformat(),
            kind=kind,
            source=_cell(found.row, "source") or "other",
            source_detail=self._words.about(found.row),
            body=self._words.of(found),
        )
        author = author_from_settings(work.settings.all())
        former = begun(secrets.token_hex(8), self._case_id, None, author, work.now)
        note = former.rewritten(content, author, work.now)
        work.journal.add(note)
        names = note.content.differs(former.content)
        work.audit(
            "journal.begun", case_id=self._case_id, entity=NOTE_ENTITY, entity_id=note.id, fields=names
        )
        self.notes += 1
        return note.id

    def _deadline(self, found: Outcome) -> str:
        due = found.row.cell("due").value
        day = due if isinstance(due, date) else self._session.today
        words = self._words.of(found)
        short = words if len(words) <= SHORT else f"{words[:SHORT]}…"
        deadline = Deadline(
            id=secrets.token_hex(8),
            case_id=self._case_id,
            rule_id="",
            event="own",
            event_on=None,
            due=day,
            act_by=act_by(day, Shift.BEFORE),
            words=f"{short} ({self._words.meeting})",
        )
        work = self._work
        work.deadlines.add(deadline, work.now, work.actor)
        work.audit("deadlines.own_added", case_id=self._case_id, entity=ENTITY, entity_id=deadline.id)
        self.deadlines += 1
        return deadline.id
