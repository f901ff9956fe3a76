"""Meetings of a case: planned, turned to, and their numbered copies followed until they are back or gone."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from desktop_app.domain.answers import EMPTY, Answer, Value, answered
from desktop_app.domain.case_file import CaseFile
from desktop_app.domain.changes import ChangeSet, Kind, changed
from desktop_app.domain.forms import OF_ROW, Address, ResponseStatus, Row
from desktop_app.domain.meeting_errors import MeetingLacksDay, MeetingNotFound
from desktop_app.domain.meetings import (
    AGENDA_FORM,
    COPIES,
    MEETINGS,
    MINUTES_FORM,
    PARTICIPANTS,
    MeetingType,
    outcomes_left,
    rows_of,
)
from desktop_app.domain.stored_answers import CASE_HOLDER, PlacedAnswer, PlacedRow, to_stored
from desktop_app.services.case_reading import stored_file
from desktop_app.services.cases import case_id_of
from desktop_app.services.meeting_rows import response_about, turn_to
from desktop_app.services.session import Session
from desktop_app.storage.answer_store import Writer
from desktop_app.storage.unit_of_work import StoreSet, UnitOfWork

COPY_MARKS = ("handed_out_on", "collected_on", "shredded_on")
"""What is ticked off for a copy, in the order it happens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What is known of a meeting when it is planned; the rest is written in the agenda."""

    meeting_type: str
    starts: datetime
    place: str = ""
    like: str = ""
    """An earlier meeting whose participants are called again."""


@dataclass(frozen=True, slots=True)
class NewMeeting:
    """A meeting just planned."""

    meeting: str
    changes: ChangeSet


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyLine:
    """One numbered copy and what became of it."""

    row_id: str
    number: str
    name: str
    recipient: str
    made_on: date | None
    document_id: str
    handed_out_on: date | None
    collected_on: date | None
    shredded_on: date | None

    @property
    def is_out(self) -> bool:
        """True while it is with somebody and nobody has said that it is back or gone."""
        return self.handed_out_on is not None and self.collected_on is None and self.shredded_on is None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingView:
    """One meeting. ``agenda`` and ``minutes`` say how far each is, ``None`` when it has not been begun.

    ``place`` is empty where the person is or may be protected: it stands in the agenda, hidden until asked for.
    """

    id: str
    meeting_type: str
    starts: datetime | None
    place: Answer
    called: tuple[Row, ...]
    agenda: ResponseStatus | None
    minutes: ResponseStatus | None
    minutes_id: str
    copies: tuple[CopyLine, ...]
    to_take: int
    """How many parts of finished minutes have become nothing yet."""


def of_case(session: Session, case_id: str) -> tuple[MeetingView, ...]:
    """Return the meetings of a case, the latest first. Raises ``CaseNotFound``."""
    with session.reading() as stores:
        file = stored_file(session, stores, stores.cases.by_id(case_id))
        views = [_view(stores, file, row) for row in file.rows(MEETINGS)]
    return tuple(sorted(views, key=lambda view: (view.starts is None, str(view.starts)), reverse=True))


def _view(stores: StoreSet, file: CaseFile, row: Row) -> MeetingView:
    case_id = file.case.id
    agenda = response_about(stores, case_id, AGENDA_FORM, row.id)
    minutes = response_about(stores, case_id, MINUTES_FORM, row.id)
    starts = row.cell("starts").value
    is_finished = minutes is not None and minutes.status is ResponseStatus.FINISHED
    return MeetingView(
        id=row.id,
        meeting_type=str(row.cell("meeting_type").value or ""),
        starts=starts if isinstance(starts, datetime) else None,
        place=EMPTY if file.protection.hides else row.cell("place"),
        called=rows_of(file.rows(PARTICIPANTS), row.id),
        agenda=agenda.status if agenda is not None else None,
        minutes=minutes.status if minutes is not None else None,
        minutes_id=minutes.id if minutes is not None else "",
        copies=tuple(copy_line(each) for each in rows_of(file.rows(COPIES), row.id)),
        to_take=len(outcomes_left(file, row.id)) if is_finished else 0,
    )


def copy_line(row: Row) -> CopyLine:
    """Return a row of the register of copies."""

    def day(column: str) -> date | None:
        value = row.cell(column).value
        return value if isinstance(value, date) else None

    def words(column: str) -> str:
        return str(row.cell(column).value or "")

    return CopyLine(
        row_id=row.id,
        number=words("number"),
        name=words("name"),
        recipient=words("recipient"),
        made_on=day("made_on"),
        document_id=words("document"),
        handed_out_on=day("handed_out_on"),
        collected_on=day("collected_on"),
        shredded_on=day("shredded_on"),
    )


def plan(session: Session, case_ids: Sequence[str], planned: Planned) -> NewMeeting:
    """Plan a meeting about one case or several; its agenda (F05) is then about it, in the first case.

    In every case the meeting has the same row, so that each case knows of it by itself.

    Raises:
        MeetingLacksDay: its kind or its day is missing.
        CaseNotFound: there is no such case.

    """
    if planned.meeting_type not in session.library.table("meeting_types"):
        raise MeetingLacksDay
    meeting = secrets.token_hex(6)
    cells = {"meeting_type": planned.meeting_type, "starts": planned.starts, "place": planned.place}
    with session.act() as work:
        for case_id in case_ids:
            work.cases.by_id(case_id)
            put_row(session, work, case_id, MEETINGS, meeting, cells)
            if planned.like:
                _call_again(session, work, case_id, planned.like, meeting)
            work.audit("meeting.planned", case_id=case_id, entity=MEETINGS, entity_id=meeting)
        turn_to(work, case_ids[0], session.library.form(AGENDA_FORM), meeting)
        work.commit()
    return NewMeeting(meeting, changed(Kind.REGISTER, Kind.FORM, Kind.FACT, case_id=case_ids[0]))


def _call_again(session: Session, work: UnitOfWork, case_id: str, former: str, meeting: str) -> None:
    file = stored_file(session, work, work.cases.by_id(case_id))
    for row in rows_of(file.rows(PARTICIPANTS), former):
        cells = {name: answer.value for name, answer in row.cells.items() if name != "attendance"}
        put_row(session, work, case_id, PARTICIPANTS, f"{meeting}{OF_ROW}{secrets.token_hex(6)}", cells)


def turn(session: Session, case_id: str, form_id: str, meeting: str) -> ChangeSet:
    """Let the agenda or the minutes be about a meeting. Raises ``MeetingNotFound``."""
    with session.act() as work:
        must_exist(session, work, case_id, meeting)
        turn_to(work, case_id, session.library.form(form_id), meeting)
        work.audit("meeting.opened", case_id=case_id, entity=MEETINGS, entity_id=meeting)
        work.commit()
    return changed(Kind.FORM, Kind.REGISTER, case_id=case_id)


def must_exist(session: Session, stores: StoreSet, case_id: str, meeting: str) -> CaseFile:
    """Return the case file that has the meeting. Raises ``MeetingNotFound``, ``CaseNotFound``."""
    file = stored_file(session, stores, stores.cases.by_id(case_id))
    if all(row.id != meeting for row in file.rows(MEETINGS)):
        raise MeetingNotFound
    return file


def mark_copies(
    session: Session, case_id: str, row_ids: Iterable[str], mark: str, day: date | None
) -> ChangeSet:
    """Tick off that copies were handed out, came back or were shredded, or take the tick away with no day."""
    if mark not in COPY_MARKS:
        raise KeyError(mark)
    register = session.library.schema.registers[COPIES]
    with session.act() as work:
        writer = Writer(case_id, work.now, work.actor)
        for row_id in row_ids:
            stored = to_stored(register.column(mark), EMPTY if day is None else answered(day))
            work.answers.put(writer, PlacedAnswer(CASE_HOLDER, Address(COPIES, row_id, mark), stored))
            work.audit(
                "meeting.copy_marked", case_id=case_id, entity=COPIES, entity_id=row_id, fields=(mark,)
            )
        work.commit()
    return changed(Kind.REGISTER, Kind.FACT, case_id=case_id)


def put_row(
    session: Session,
    work: UnitOfWork,
    case_id: str,
    register: str,
    row_id: str,
    cells: Mapping[str, Value | None],
) -> None:
    """Write a row of a register; what has no value is left. The caller commits, with the audit line."""
    columns = session.library.schema.registers[register]
    writer = Writer(case_id, work.now, work.actor)
    work.answers.add_row(case_id, PlacedRow(CASE_HOLDER, register, row_id))
    for name, value in cells.items():
        if value is not None and value != "":
            stored = to_stored(columns.column(name), answered(value))
            work.answers.put(writer, PlacedAnswer(CASE_HOLDER, Address(register, row_id, name), stored))


def plan_with(session: Session, case_id: str, planned: Planned, codes: str = "") -> NewMeeting:
    """Plan a meeting about a case and those whose codes are written, parted by commas or blanks. Raises as ``plan``."""
    others = [case_id_of(session, code) for code in codes.replace(",", " ").split()]
    return plan(session, tuple(dict.fromkeys((case_id, *others))), planned)


def next_time(former: MeetingView, kind: MeetingType) -> str:
    """Return when a meeting that comes back is due the next time, as it is written; empty when it has no day."""
    if former.starts is None or not kind.again_days:
        return ""
    return f"{former.starts + timedelta(days=kind.again_days):%Y-%m-%d %H:%M}"
