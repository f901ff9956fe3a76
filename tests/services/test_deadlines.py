"""Deadlines in a real store: made by what is written, asked about, done, undone, and brought up when it is time."""

from datetime import date, datetime
from pathlib import Path

import pytest

from desktop_app.domain.changes import Kind
from desktop_app.domain.deadline_errors import (
    DeadlineClosed,
    DeadlineLengthBad,
    DeadlineNeedsReason,
    DeadlineNeedsWords,
    DeadlineNotFound,
    WindowDatesBad,
)
from desktop_app.domain.deadline_events import FundingWindow
from desktop_app.domain.errors import CaseNotFound, TargetExists
from desktop_app.services import calendar_export, deadline_rules, deadlines
from desktop_app.services.audit import check_store, events
from desktop_app.services.case_reading import stored_file
from desktop_app.services.deadlines import DeadlineView
from desktop_app.services.forms import finish
from desktop_app.services.session import Session
from tests.helpers.clock import StillClock
from tests.helpers.desk_work import intake, opened_case, police_consent, typed
from tests.helpers.figures import tell

SECRET_NAME, SECRET_PLACE = "Klara Kastanj", "Stugan vid sjön"


def view_of(session: Session, case_id: str, title: str) -> DeadlineView:
    [view] = [each for each in deadlines.of_case(session, case_id) if each.title == title]
    return view


def taken_into_care(session: Session, day: str = "2026-11-16") -> tuple[str, DeadlineView]:
    case_id = opened_case(session)
    typed(session, case_id, "F40", care_decided_on=day)
    return case_id, view_of(session, case_id, "Underställ beslutet förvaltningsrätten")


def test_a_deadline_shows_its_rule_its_event_and_its_source(session: Session):
    case_id = opened_case(session)
    typed(session, case_id, "F40", investigation_opened_on="2026-08-01")
    view = view_of(session, case_id, "Slutför utredningen av barnet")
    assert view.rule_words == "4 månader från att utredningen inleddes 2026-08-01"
    assert view.basis == "20 kap. 3 § socialtjänstlagen (2025:400) · läst i källan 2026-11-22"
    assert (view.due, view.nearest_working_day) == (date(2026, 12, 1), date(2026, 12, 1))
    assert (view.code, view.form_id, view.protected) == ("K-2026-001", "F40", True)
    typed(session, case_id, "F40", decision_told_on="2026-11-20")
    appeal = view_of(session, case_id, "Sista dag att överklaga beslutet")
    assert appeal.basis.endswith("inte läst i källan än, kontrollera själv"), "what nobody has read says so"


def test_looking_twice_writes_once(session: Session):
    case_id, _view = taken_into_care(session)
    lines = len(events(session, case_id))
    deadlines.of_case(session, case_id)
    with session.act() as work:
        file = stored_file(session, work, work.cases.by_id(case_id))
        assert not deadlines.follow_events(session, work, file, work.settings.all())
    assert len(events(session, case_id)) == lines
    assert [each.text_key for each in events(session, case_id)].count("events.deadlines.made") == 1


def test_a_moved_event_asks_and_a_person_answers(session: Session):
    case_id, view = taken_into_care(session)
    assert view.due == date(2026, 11, 23)
    typed(session, case_id, "F40", care_decided_on="2026-11-18")
    asked = view_of(session, case_id, view.title)
    assert (asked.due, asked.proposal, asked.proposed) == (date(2026, 11, 23), "move", date(2026, 11, 25))
    assert "från 2026-11-23 till 2026-11-25" in asked.question
    answer = deadlines.answer_proposal(session, view.deadline_id, accept=True)
    assert answer.changes.touches(Kind.DEADLINE)
    deadlines.put_back(session, answer.former)
    assert view_of(session, case_id, view.title) == asked, "the answer can be taken back: it asks again"
    deadlines.answer_proposal(session, view.deadline_id, accept=True)
    moved = view_of(session, case_id, view.title)
    assert (moved.due, moved.question) == (date(2026, 11, 25), "")
    typed(session, case_id, "F40", care_decided_on="")
    gone = view_of(session, case_id, view.title)
    assert (gone.state, gone.proposal) == ("open", "withdraw")
    deadlines.answer_proposal(session, view.deadline_id, accept=True)
    assert view_of(session, case_id, view.title).state == "withdrawn"


def test_what_is_done_is_noted_and_can_be_undone(session: Session):
    case_id, view = taken_into_care(session)
    deadlines.complete(session, view.deadline_id, " inlämnat ")
    done = view_of(session, case_id, view.title)
    assert (done.state, done.note, done.closed_on) == ("done", "inlämnat", date(2026, 11, 22))
    with pytest.raises(DeadlineClosed):
        deadlines.complete(session, view.deadline_id)
    deadlines.reopen(session, view.deadline_id)
    assert view_of(session, case_id, view.title) == view
    with pytest.raises(DeadlineNotFound):
        deadlines.complete(session, "finns-inte")
    assert "inlämnat" not in repr(events(session)), "the log holds no words of a note"
    check_store(session)


def test_following_up_is_planned_again_when_done_and_unplanned_when_undone(session: Session):
    case_id = opened_case(session)
    typed(session, case_id, "F40", decision_on="2026-10-25")
    first = view_of(session, case_id, "Följ upp insatserna")
    assert (first.due, first.nearest_working_day) == (date(2026, 11, 22), date(2026, 11, 20))
    deadlines.complete(session, first.deadline_id)
    follow_ups = [view for view in deadlines.of_case(session, case_id) if view.title == first.title]
    assert [(view.state, view.due) for view in follow_ups] == [
        ("done", date(2026, 11, 22)), ("open", date(2026, 12, 20)),
    ]  # fmt: skip
    deadlines.reopen(session, first.deadline_id)
    assert view_of(session, case_id, first.title) == first


def test_moving_and_taking_away_need_a_reason(session: Session):
    case_id, view = taken_into_care(session)
    for act in (
        lambda: deadlines.move(session, view.deadline_id, date(2026, 12, 1), " "),
        lambda: deadlines.withdraw(session, view.deadline_id, ""),
    ):
        with pytest.raises(DeadlineNeedsReason):
            act()
    act = deadlines.move(session, view.deadline_id, date(2026, 11, 29), "enligt rätten")
    deadlines.put_back(session, act.former)
    assert view_of(session, case_id, view.title) == view, "moved by mistake, and put back as it stood"
    assert events(session, case_id)[0].text_key == "events.deadlines.put_back"
    deadlines.move(session, view.deadline_id, date(2026, 11, 29), "enligt rätten")
    moved = view_of(session, case_id, view.title)
    assert (moved.due, moved.nearest_working_day, moved.note) == (
        date(2026, 11, 29), date(2026, 11, 27), "enligt rätten",
    )  # fmt: skip
    assert moved.rule_words.startswith("Flyttad för hand.")
    deadlines.withdraw(session, view.deadline_id, "gäller inte")
    assert view_of(session, case_id, view.title).state == "withdrawn"


def test_ones_own_deadline_needs_words_and_a_case_that_is_there(session: Session):
    case_id = opened_case(session)
    with pytest.raises(DeadlineNeedsWords):
        deadlines.add_own(session, case_id, " ", date(2026, 12, 1))
    with pytest.raises(CaseNotFound):
        deadlines.add_own(session, "finns-inte", "Ring", date(2026, 12, 1))
    deadlines.add_own(session, case_id, "Ring frivården", date(2026, 12, 1))
    own = view_of(session, case_id, "Ring frivården")
    assert (own.is_own, own.rule_words, own.due) == (True, "Egen bevakning", date(2026, 12, 1))


# The lists of the start page


def test_each_list_holds_what_is_for_then(session: Session, clock: StillClock):
    clock.now = datetime.fromisoformat("2026-11-27T12:00:00+01:00")  # a Friday
    for day in (26, 27, 28, 29, 30):
        deadlines.add_own(session, None, f"dag {day}", date(2026, 11, day))
    deadlines.add_own(session, None, "senare", date(2026, 12, 7))
    lists = deadlines.start_lists(session)
    assert [row.title for row in lists.overdue.rows] == ["dag 26"]
    assert [row.title for row in lists.today.rows] == ["dag 27", "dag 28", "dag 29"], "the last working day"
    assert [row.title for row in lists.week.rows] == ["dag 30"]
    clock.pass_by(days=2)
    assert [row.title for row in deadlines.start_lists(session).today.rows] == ["dag 29"]


def test_a_running_clock_is_for_today_even_when_it_ends_tomorrow(session: Session, clock: StillClock):
    case_id = opened_case(session)
    intake(session, case_id, contacted_at="2026-11-22 11:00")
    lists = deadlines.start_lists(session)
    assert [(row.title, row.due) for row in lists.today.rows] == [
        ("Ta första kontakten", datetime.fromisoformat("2026-11-23 11:00"))
    ]
    clock.pass_by(hours=23)
    assert deadlines.start_lists(session).today.rows
    clock.pass_by(minutes=1)
    assert [row.title for row in deadlines.start_lists(session).overdue.rows] == ["Ta första kontakten"]


def test_a_long_list_is_cut_and_says_how_much_there_is(session: Session):
    for number in range(deadlines.MOST_ROWS + 7):
        deadlines.add_own(session, None, f"nummer {number}", date(2026, 11, 1))
    overdue = deadlines.start_lists(session).overdue
    assert (len(overdue.rows), overdue.total, overdue.more) == (
        deadlines.MOST_ROWS,
        deadlines.MOST_ROWS + 7,
        7,
    )


@pytest.mark.parametrize(
    ("days", "shown"), [(61, False), (60, True), (54, True), (53, False), (30, True), (7, True)]
)
def test_a_window_is_brought_up_sixty_thirty_fourteen_and_seven_days_ahead(
    session: Session, clock: StillClock, days: int, shown: bool
):
    closes = date(2027, 3, 31)
    deadline_rules.save_window(session, FundingWindow(id="", closes=closes))
    clock.now = datetime.combine(closes, clock.now.timetz())
    clock.pass_by(days=-days)
    assert (
        "Ansök om statliga medel" in [row.title for row in deadlines.start_lists(session).week.rows]
    ) is shown


def test_the_police_are_waited_for_until_they_answer(session: Session, clock: StillClock):
    case_id = opened_case(session)
    police_consent(session, case_id)
    typed(
        session, case_id, "F04",
        recipient_unit="BOPS", kind="initial", known_threats="Sms", questions="level", answer_by="2026-12-01",
    )  # fmt: skip
    assert deadlines.start_lists(session).waiting.total == 0
    finish(session, case_id, "F04")
    clock.pass_by(days=12)
    [row] = deadlines.start_lists(session).waiting.rows
    assert (row.title, row.due) == ("Väntar på polisens svar om hotbilden", date(2026, 11, 22))
    typed(session, case_id, "F04", threat_level="low")
    assert deadlines.start_lists(session).waiting.total == 0


# What the municipality sets


def test_a_length_of_ones_own_counts_from_then_on(session: Session):
    one, other = opened_case(session), opened_case(session)
    intake(session, one, contacted_at="2026-11-22 09:00")
    before = view_of(session, one, "Ta första kontakten")
    deadline_rules.set_length(session, "first_contact", 48)
    intake(session, other, contacted_at="2026-11-22 09:00")
    assert view_of(session, other, before.title).due == datetime.fromisoformat("2026-11-24 09:00")
    assert view_of(session, one, before.title) == before
    for rule_id, count in (
        ("first_contact", 0),
        ("first_contact", 1000),
        ("child_investigation", 5),
        ("x", 1),
    ):
        with pytest.raises(DeadlineLengthBad):
            deadline_rules.set_length(session, rule_id, count)


def test_a_day_of_each_year_is_told_of_once_it_is_chosen(session: Session, clock: StillClock):
    assert deadlines.between(session, date(2026, 11, 1), date(2027, 12, 31)) == ()
    deadline_rules.choose(session, "crime_prevention_grant", wanted=True)
    [view] = deadlines.between(session, date(2026, 11, 1), date(2027, 12, 31))
    assert (view.title, view.due) == ("Ansök om Brås stöd för nästa år", date(2026, 11, 30))
    clock.pass_by(days=9)
    assert len(deadlines.between(session, date(2026, 11, 1), date(2027, 12, 31))) == 2
    deadline_rules.choose(session, "crime_prevention_grant", wanted=False)
    assert deadlines.between(session, date(2026, 11, 1), date(2027, 12, 31)) == ()
    with pytest.raises(KeyError):
        deadline_rules.choose(session, "appeal", wanted=True)


def test_a_breach_gives_seventy_two_hours_whatever_the_days_are(session: Session):
    deadline_rules.note_breach(session, datetime.fromisoformat("2026-12-23 16:30"))
    [view] = deadlines.between(session, date(2026, 12, 1), date(2026, 12, 31))
    assert (view.title, view.due) == (
        "Anmäl personuppgiftsincidenten",
        datetime.fromisoformat("2026-12-26 16:30"),
    )
    assert view.nearest_working_day == date(2026, 12, 26)


def test_a_window_that_goes_asks_and_comes_back(session: Session):
    with pytest.raises(WindowDatesBad):
        deadline_rules.save_window(session, FundingWindow(id="", opens=date(2027, 1, 1)))
    with pytest.raises(WindowDatesBad):
        deadline_rules.save_window(
            session, FundingWindow(id="", opens=date(2027, 2, 1), closes=date(2027, 1, 1))
        )
    deadline_rules.save_window(session, FundingWindow(id="", closes=date(2027, 3, 31)))
    [window] = deadline_rules.windows(session)
    deadline_rules.remove_window(session, window.id)
    assert deadline_rules.windows(session) == ()
    [view] = deadlines.between(session, date(2027, 1, 1), date(2027, 12, 31))
    assert view.proposal == "withdraw"
    deadline_rules.restore_window(session, window.id)
    [view] = deadlines.between(session, date(2027, 1, 1), date(2027, 12, 31))
    assert (view.proposal, deadline_rules.windows(session)) == ("", (window,))


# Out of the program


def test_what_leaves_is_case_code_and_day(session: Session, tmp_path: Path):
    case_id = opened_case(session)
    intake(session, case_id, protected_identity="protected_registration", next_step_by="2026-12-20")
    deadlines.add_own(session, case_id, f"Ring {SECRET_NAME}", date(2026, 12, 20))
    deadlines.add_own(session, None, "Eget", date(2026, 12, 1))
    export = calendar_export.prepare(session, date(2026, 11, 22), date(2027, 1, 31))
    assert export.lines == (
        (date(2026, 11, 23), "Bevakning K-2026-001"),
        (date(2026, 12, 1), "Bevakning"),
        (date(2026, 12, 18), "Bevakning K-2026-001"),
    ), "one line a case and day, by the last working day"
    calendar_export.save(session, export, tmp_path / "bevakningar.ics")
    written = (tmp_path / "bevakningar.ics").read_bytes()
    assert written == export.content.encode(), "what is written is what was shown"
    for word in (SECRET_NAME, SECRET_PLACE, "Klara", "Ring", "kontakt", "samtyck", session.folder.name):
        assert word.lower().encode() not in written.lower()
    assert events(session)[0].text_key == "events.deadlines.exported"
    with pytest.raises(TargetExists):
        calendar_export.save(session, export, tmp_path / "bevakningar.ics")
    tell("P4.7", f"an exported calendar of {len(export.lines)} days tells code and day, no word of the case")


def test_how_often_one_follows_up_is_the_municipalitys_and_the_plans(session: Session):
    case_id, other = opened_case(session), opened_case(session)
    typed(session, case_id, "F40", decision_on="2026-11-22")
    assert view_of(session, case_id, "Följ upp insatserna").due == date(2026, 12, 20)
    typed(session, case_id, "F11", follow_up_weeks="2")
    row = view_of(session, case_id, "Följ upp insatserna")
    assert (row.due, row.question.split("?")[0][-10:]) == (date(2026, 12, 20), "2026-12-06")
    deadlines.answer_proposal(session, row.deadline_id, accept=True)
    assert view_of(session, case_id, "Följ upp insatserna").due == date(2026, 12, 6)
    with pytest.raises(DeadlineLengthBad):
        deadline_rules.set_length(session, "follow_up", 3, 3, 0)
    deadline_rules.set_length(session, "follow_up", 3, 3, 5, 10)
    typed(session, other, "F40", decision_on="2026-11-22")
    assert view_of(session, other, "Följ upp insatserna").due == date(2026, 12, 13)
    told = next(rule for rule in deadline_rules.rules(session) if rule.rule_id == "follow_up")
    assert told.length == (
        "3 veckor, sedan 3 veckor mellan varje gång tills 5 månader har gått, sedan 10 veckor mellan varje gång"
    )
