"""A meeting from the invitation to what comes of it: the agenda, the minutes, and its rows in journal and deadlines."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from desktop_app.domain.forms import ResponseStatus
from desktop_app.domain.meeting_errors import MeetingLacksDay, MeetingNotFound, NothingChosen
from desktop_app.domain.meetings import Part
from desktop_app.services import deadlines, journal, meetings
from desktop_app.services.forms import add_row, begin_anew, finish, open_form, remove_row, restore_row
from desktop_app.services.meeting_outcomes import offers, take
from desktop_app.services.meetings import Planned
from desktop_app.services.printing import preview
from desktop_app.services.session import Session
from tests.helpers.desk_work import answers, opened_case, typed, typed_row
from tests.helpers.meeting_scene import STARTS, met, noted, points_of

TYPES = ("first", "coordination", "sig", "three_phase", "follow_up", "closure")
THREAT = {
    "stated": "Två har frågat efter personen",
    "source": "police",
    "assessment": "Hotet är högt",
    "assessed_by": "Polisen",
    "measure": "Ny bedömning begärs",
    "responsible": "LPO",
    "due": "2026-12-01",
}


def test_what_is_planned_stands_in_agenda_minutes_list_and_timeline(session: Session):
    case_id, _ = met(session)
    agenda, minutes = open_form(session, case_id, "F05"), open_form(session, case_id, "F06")
    for view in (agenda, minutes):
        assert answers(view)["starts"].value == STARTS
        assert answers(view)["meeting_type"].value == "coordination"
    names = [
        [
            str(row.cell("name").value)
            for entry in view.filled.items()
            if entry.item.link_id == repeat
            for row in entry.rows
        ]
        for view, repeat in ((agenda, "called"), (minutes, "attendance"))
    ]
    assert names[0] == names[1]
    assert len(names[0]) == 6
    listed = [row for entry in open_form(session, case_id, "F41").filled.items() for row in entry.rows]
    assert [row.cell("starts").value for row in listed] == [STARTS]


@pytest.mark.parametrize("kind", TYPES)
def test_each_kind_of_meeting_brings_its_own_points(session: Session, kind: str):
    case_id = opened_case(session)
    meetings.plan(session, [case_id], Planned(meeting_type=kind, starts=STARTS))
    wanted = session.library.definitions.meetings.points(kind)
    assert tuple(points_of(session, case_id, "F05")) == wanted
    assert tuple(points_of(session, case_id, "F06")) == wanted


def test_a_point_is_written_removed_and_brought_back_and_another_added(session: Session):
    case_id, _ = met(session)
    rows = points_of(session, case_id, "F05")
    typed_row(session, case_id, "F05", "points", rows["threat"], prepare="Ny bedömning")
    remove_row(session, case_id, "F05", "points", rows["economy"])
    assert "economy" not in points_of(session, case_id, "F06")
    restore_row(session, case_id, "F05", "points", rows["economy"])
    typed_row(session, case_id, "F05", "points", point="closing", prepare="Det som är kvar")
    assert list(points_of(session, case_id, "F06"))[-1] == "closing"
    assert len(points_of(session, case_id, "F06")) == len(rows) + 1


@pytest.mark.parametrize("row_id", ["e542d71cd0d4", "abcdef123456", "threat_", "042d71cd0d4a"])
def test_a_row_of_ones_own_is_about_no_point_until_one_is_chosen(
    session: Session, monkeypatch: pytest.MonkeyPatch, row_id: str
):
    case_id, _ = met(session)
    monkeypatch.setattr("secrets.token_hex", lambda _size=None: row_id)
    add_row(session, case_id, "F05", "points")
    monkeypatch.undo()
    rows = [row for entry in open_form(session, case_id, "F05").filled.items() for row in entry.rows]
    [own] = [row for row in rows if row.id.endswith(row_id)]
    assert not own.cell("point").is_given
    assert preview(session, case_id, "F05")


def test_a_later_meeting_takes_nothing_from_the_former(session: Session):
    case_id, former = met(session)
    noted(session, case_id)
    like = Planned(meeting_type="follow_up", starts=datetime.fromisoformat("2026-12-17 09:00"), like=former)
    later = meetings.plan(session, [case_id], like).meeting
    meetings.turn(session, case_id, "F06", later)
    view = open_form(session, case_id, "F06")
    assert answers(view)["not_spread"].value is None
    assert not any(row.cell("stated").is_given for entry in view.filled.items() for row in entry.rows)
    meetings.turn(session, case_id, "F06", former)
    assert answers(open_form(session, case_id, "F06"))["not_spread"].value == "kanarievittne"
    both = {each.id: each for each in meetings.of_case(session, case_id)}
    assert len(both[later].called) == len(both[former].called) == 6


def test_finished_minutes_stay_as_they_were_while_the_next_are_written(session: Session):
    case_id, former = met(session)
    rows = noted(session, case_id)
    finish(session, case_id, "F06")
    later = meetings.plan(session, [case_id], Planned(meeting_type="sig", starts=STARTS)).meeting
    meetings.turn(session, case_id, "F06", later)
    typed(session, case_id, "F06", person_present="no")
    states = {each.id: each.minutes for each in meetings.of_case(session, case_id)}
    assert states == {former: ResponseStatus.FINISHED, later: ResponseStatus.DRAFT}
    finish(session, case_id, "F06")
    meetings.turn(session, case_id, "F06", former)
    assert answers(open_form(session, case_id, "F06"))["person_present"].value == "whole"
    assert rows


def test_minutes_written_anew_are_about_the_same_meeting(session: Session):
    case_id, meeting = met(session)
    noted(session, case_id)
    finish(session, case_id, "F06")
    begin_anew(session, case_id, "F06")
    view = open_form(session, case_id, "F06")
    assert view.status is ResponseStatus.DRAFT
    assert answers(view)["not_spread"].value == "kanarievittne"
    assert [each.id for each in meetings.of_case(session, case_id)] == [meeting]


def test_a_meeting_needs_kind_and_must_be_there(session: Session):
    case_id = opened_case(session)
    with pytest.raises(MeetingLacksDay):
        meetings.plan(session, [case_id], Planned(meeting_type="", starts=STARTS))
    with pytest.raises(MeetingNotFound):
        meetings.turn(session, case_id, "F05", "borta")


def test_finished_minutes_become_notes_and_deadlines_that_point_to_the_meeting(session: Session):
    case_id, meeting = met(session)
    rows = noted(session, case_id)
    typed_row(session, case_id, "F06", "points", rows["threat"], **THREAT)
    with pytest.raises(MeetingNotFound):  # nothing is taken from minutes that may still change
        take(session, case_id, meeting, [(rows["threat"], Part.STATED)])
    finish(session, case_id, "F06")
    assert meetings.of_case(session, case_id)[0].to_take == len(offers(session, case_id, meeting))
    mine = [each for each in offers(session, case_id, meeting) if each.row_id == rows["threat"]]
    assert {each.part for each in mine} == set(Part)
    taken = take(session, case_id, meeting, [(each.row_id, each.part) for each in mine if each.proposed])
    assert (taken.notes, taken.deadlines) == (3, 1)
    notes = [thread.note.content for thread in journal.view(session, case_id).threads]
    assert {note.kind for note in notes} == {"statement", "assessment", "measure"}
    assert all("Samordningsmöte 2026-11-26, Hotbild" in note.source_detail for note in notes)
    assert all(note.event_typed == "2026-11-26 13:00" for note in notes)
    due = [row for row in deadlines.of_case(session, case_id) if "Samordningsmöte 2026-11-26" in row.title]
    assert [row.due for row in due] == [date(2026, 12, 1)]


def test_what_was_taken_is_not_offered_or_taken_again(session: Session):
    case_id, meeting = met(session)
    noted(session, case_id)
    finish(session, case_id, "F06")
    chosen = [(each.row_id, each.part) for each in offers(session, case_id, meeting)]
    first = take(session, case_id, meeting, chosen)
    assert offers(session, case_id, meeting) == ()
    with pytest.raises(NothingChosen):
        take(session, case_id, meeting, chosen)
    assert len(journal.view(session, case_id).threads) == first.notes == 5
