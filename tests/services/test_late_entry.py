"""P6.9: what was written by hand is entered with its own day, hour and writer, and says that it came later."""

from datetime import datetime

import pytest

from desktop_app.domain.answers import AnswerState
from desktop_app.domain.errors import CaseNotFound
from desktop_app.domain.forms import ResponseStatus
from desktop_app.domain.journal import EventTime, NoteContent
from desktop_app.domain.late_entry import LateEntryLacks
from desktop_app.services import journal, timeline
from desktop_app.services.audit import check_store, events
from desktop_app.services.forms import finish, open_form
from desktop_app.services.journal import Draft
from desktop_app.services.late_entry import enter_form, enter_note
from desktop_app.services.session import Session
from tests.helpers.clock import StillClock
from tests.helpers.desk_work import answers, intake, opened_case

PAPER = NoteContent(
    event_typed="2026-11-18 21:40",
    kind="statement",
    source="person",
    body="Klara ringde från en lånad telefon.",
)
THEN = PAPER.event(datetime(2026, 11, 22).date())


def test_a_note_has_the_day_of_the_paper_and_the_writing_of_today(
    session: Session, clock: StillClock
) -> None:
    case_id = opened_case(session)
    entered = enter_note(session, case_id, PAPER, " Kim Ek ")
    note = entered.note
    assert note.event is not None
    assert note.event.as_text() == "2026-11-18 21:40"
    assert (note.begun_at, note.handwritten_by, note.signed_at) == (clock.now, "Kim Ek", None)
    assert note.author.name == "Berit Bergqvist", "who enters it answers for that"
    rewritten = journal.write_draft(
        session, case_id, Draft(note_id=note.id, revision=note.revision, content=PAPER)
    )
    signed = journal.sign(session, case_id, note.id, rewritten.note.revision)
    assert signed.note.handwritten_by == "Kim Ek", "neither rewriting nor signing takes it away"
    [thread] = journal.view(session, case_id).threads
    assert thread.note == signed.note
    [line] = [each for each in events(session, case_id) if each.text_key.endswith("entered_later")]
    assert "handwritten_by" in line.params["fields"]
    check_store(session)


def test_the_timeline_tells_it_on_its_own_day_as_entered_later(session: Session) -> None:
    case_id = opened_case(session)
    enter_note(session, case_id, PAPER, "Kim Ek")
    [entry] = [each for each in timeline.of_case(session, case_id) if each.target.thing == "journal"]
    assert entry.when == "2026-11-18 21:40"
    assert "i efterhand" in entry.title
    journal.write_draft(session, case_id, Draft(note_id="n1", revision=0, content=PAPER))
    titles = [each.title for each in timeline.of_case(session, case_id) if each.target.ref == "n1"]
    assert titles, "the control: a note written at the desk"
    assert "i efterhand" not in titles[0]


@pytest.mark.parametrize("lacking", ["event_typed", "body", "by", "ahead"])
def test_a_paper_that_does_not_say_enough_is_not_entered(session: Session, lacking: str) -> None:
    case_id = opened_case(session)
    words = {"event_typed": PAPER.event_typed, "body": PAPER.body, "by": "Kim Ek"}
    words |= {"event_typed": "2026-11-23 08:00"} if lacking == "ahead" else {lacking: " "}
    content = NoteContent(event_typed=words["event_typed"], kind="fact", source="person", body=words["body"])
    with pytest.raises(LateEntryLacks):
        enter_note(session, case_id, content, words["by"])
    assert journal.view(session, case_id).threads == ()
    with pytest.raises(CaseNotFound):
        enter_note(session, "none", PAPER, "Kim Ek")


def test_a_form_opens_with_its_day_set_and_a_note_that_says_so(session: Session) -> None:
    case_id = opened_case(session)
    entered = enter_form(session, case_id, "F01", THEN, "Kim Ek")
    assert entered.form_id == "F01"
    assert answers(open_form(session, case_id, "F01"))["contacted_at"].value == datetime(2026, 11, 18, 21, 40)
    assert entered.note.content.body.startswith("Blanketten Aktualisering")
    assert entered.note.handwritten_by == "Kim Ek"
    check_store(session)


def test_a_day_that_is_answered_already_is_left_and_a_finished_form_is_begun_anew(session: Session) -> None:
    case_id = opened_case(session)
    intake(session, case_id)
    before = answers(open_form(session, case_id, "F01"))["contacted_at"]
    finish(session, case_id, "F01")
    enter_form(session, case_id, "F01", THEN, "Kim Ek")
    view = open_form(session, case_id, "F01")
    assert view.status is ResponseStatus.DRAFT
    assert answers(view)["contacted_at"] == before


def test_an_hour_nobody_wrote_is_left_to_be_added(session: Session) -> None:
    case_id = opened_case(session)
    assert THEN is not None
    enter_form(session, case_id, "F01", EventTime(THEN.day), "Kim Ek")
    contacted = answers(open_form(session, case_id, "F01"))["contacted_at"]
    assert (contacted.state, contacted.typed) == (AnswerState.AS_TYPED, "2026-11-18")
    enter_form(session, case_id, "F02", EventTime(THEN.day), "Kim Ek")
    assert answers(open_form(session, case_id, "F02"))["explained_on"].value == THEN.day
