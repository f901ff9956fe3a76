"""Deadlines through the real window: the start page, the calendar by keys, the thing of a case, the calendar file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from desktop_app.domain.deadline_events import FundingWindow
from desktop_app.domain.red_days import DayKind
from desktop_app.services import deadline_rules, deadlines
from desktop_app.services.deadlines import DeadlineView
from desktop_app.services.forms import Session
from tests.helpers.desk_work import intake, opened_case, typed
from tests.helpers.figures import tell
from tests.ui.conftest import Stage
from ui.dialogs.ask_lines import AskLines
from ui.dialogs.calendar_out import CalendarOutDialog
from ui.dialogs.save_copy import SaveCopy
from ui.pages.case_deadlines import CaseDeadlinesView
from ui.pages.case_page import CasePage
from ui.pages.deadlines import DeadlinesPage
from ui.pages.deadlines_rules import DeadlinesRulesPage
from ui.pages.start import StartPageView
from ui.widgets.calendar_view import CELL_ROLE

NAME, TODAY = "Klara Kastanj", date(2026, 11, 22)


def done(stage: Stage, service: object, *args: object) -> object:
    """Run a service and return what it gave."""
    given: list[object] = []
    stage.desk.run(stage.window, service, *args, done=given.append)
    stage.work()
    return given[0]


def a_case(session: Session) -> str:
    """A protected person, called yesterday, taken into care; and one who is not protected."""
    case_id = opened_case(session)
    intake(session, case_id, contacted_at="2026-11-20 09:15", protected_identity="protected_registration")
    typed(session, case_id, "F40", care_decided_on="2026-11-16")
    intake(session, opened_case(session), first_contact_at="2026-11-22 10:00", next_step_by="2026-11-28")
    return case_id


@pytest.fixture
def case_id(empty: Stage) -> str:
    empty.window.activateWindow()
    return str(done(empty, a_case))


def words_of(widget: QWidget) -> str:
    return "\n".join(each.text() for each in widget.findChildren(QLabel))


def press(stage: Stage, widget: QWidget, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(widget, key)
        stage.work()


# The start page


def test_the_start_page_tells_what_when_why_and_in_which_case(empty: Stage, case_id: str):
    page = empty.page("start")
    assert isinstance(page, StartPageView)
    late = words_of(page.lists["overdue"])
    assert "Ta första kontakten" in late
    assert "24 timmar från att personen tog kontakt 2026-11-20 09:15" in late
    assert "K-2026-001" in late
    assert "Skyddad folkbokföring" in late
    week = words_of(page.lists["week"])
    assert "Underställ beslutet förvaltningsrätten" in week
    assert "i morgon" in week
    assert "Fristen går ut lördag 2026-11-28, som inte är en arbetsdag" in week
    assert NAME not in words_of(page)


def test_one_click_leads_to_the_case_and_one_marks_as_done_with_a_note_and_a_way_back(
    empty: Stage, case_id: str
):
    page = empty.page("start")
    assert isinstance(page, StartPageView)
    complete, _lead = page.lists["overdue"].buttons
    complete.click()
    empty.work()
    dialog = empty.dialog()
    assert isinstance(dialog, AskLines)
    QTest.keyClicks(dialog.rows["note"].field, "Ringde upp")
    QTest.keyClick(dialog.rows["note"].field, Qt.Key.Key_Return)
    empty.work()
    assert "Inget är försenat." in words_of(page.lists["overdue"])
    rows = done(empty, deadlines.of_case, case_id)
    assert isinstance(rows, tuple)
    assert [row.note for row in rows if row.state == "done"] == ["Ringde upp"]
    assert empty.desk.undo.undo()
    empty.work()
    assert "Ta första kontakten" in words_of(page.lists["overdue"])
    page.lists["overdue"].buttons[1].click()
    empty.work()
    assert empty.frame.where.words == {"case_id": case_id, "form_id": "F01"}


def test_a_long_list_says_how_much_more_there_is(empty: Stage):
    def many(session: Session) -> None:
        for number in range(deadlines.MOST_ROWS + 3):
            deadlines.add_own(session, None, f"nummer {number}", date(2026, 11, 1))

    done(empty, many)
    page = empty.page("start")
    assert isinstance(page, StartPageView)
    assert words_of(page.lists["overdue"]).endswith("och 3 till")


# The calendar


def calendar_page(stage: Stage) -> DeadlinesPage:
    page = stage.page("deadlines")
    assert isinstance(page, DeadlinesPage)
    return page


def test_the_calendar_is_walked_by_keys(empty: Stage, case_id: str):
    page = calendar_page(empty)
    grid = page.calendar
    assert empty.window.focusWidget() is grid
    assert (grid.day, page._over.text()) == (TODAY, "November 2026")
    press(empty, grid, Qt.Key.Key_Right)
    assert grid.day == date(2026, 11, 23)
    assert "Underställ beslutet förvaltningsrätten" in words_of(page.rows)
    press(empty, grid, Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert (grid.day, page._over.text()) == (date(2026, 12, 7), "December 2026"), "over the edge of the month"
    press(empty, grid, Qt.Key.Key_PageUp)
    assert (grid.day, page._over.text()) == (date(2026, 11, 7), "November 2026")
    press(empty, grid, Qt.Key.Key_PageDown, Qt.Key.Key_PageDown)
    assert grid.day == date(2027, 1, 7)
    page.today.click()
    empty.work()
    press(empty, grid, Qt.Key.Key_Right, Qt.Key.Key_Return)
    assert empty.window.focusWidget() is page.rows.buttons[0], "Enter goes into the list of the day"
    page.week.click()
    empty.work()
    assert len(grid.days.weeks) == 1
    press(empty, grid, Qt.Key.Key_PageDown)
    assert grid.day == date(2026, 11, 30)


def test_red_days_and_eves_are_told_by_word_and_shape(empty: Stage):
    page = calendar_page(empty)
    page.calendar.go_to(date(2026, 12, 24))
    empty.work()
    cells = {cell.day: cell for week in page.calendar.days.weeks for cell in week}
    assert (cells[date(2026, 12, 24)].kind, cells[date(2026, 12, 24)].name) == (DayKind.EVE, "Julafton")
    assert (cells[date(2026, 12, 25)].kind, cells[date(2026, 12, 25)].name) == (DayKind.RED, "Juldagen")
    assert cells[date(2026, 12, 20)].kind is DayKind.SUNDAY
    assert cells[date(2026, 12, 23)].kind is DayKind.WORKING
    index = page.calendar.currentIndex()
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Torsdag 2026-12-24, Julafton. 0 frister"
    assert page._day_title.text() == "Torsdag 2026-12-24, Julafton"


def test_only_codes_and_marks_stand_in_the_calendar(empty: Stage, case_id: str):
    page = calendar_page(empty)
    done(empty, deadlines.add_own, case_id, f"Ring {NAME}", date(2026, 11, 24))
    model = page.calendar.days
    cells = [
        model.index(row, column).data(CELL_ROLE) for row in range(model.rowCount()) for column in range(7)
    ]
    lines = {line for cell in cells for line in cell.lines}
    assert lines == {("K-2026-001", "protected_registration"), ("K-2026-002", "none")}
    assert not any(NAME in cell.spoken for cell in cells)


def test_the_calendar_comes_back_where_one_was(empty: Stage, case_id: str):
    page = calendar_page(empty)
    page.week.click()
    page.calendar.go_to(date(2026, 12, 9))
    empty.work()
    place = page.place()
    again = calendar_page(empty)
    again.restore_place(place)
    empty.work()
    assert (again.calendar.day, len(again.calendar.days.weeks)) == (date(2026, 12, 9), 1)


# The thing of a case


def thing_of(stage: Stage, case_id: str) -> CaseDeadlinesView:
    page = stage.page("case", case_id=case_id)
    assert isinstance(page, CasePage)
    page._open_thing("deadlines")
    stage.work()
    thing = page.things.thing("deadlines")
    assert isinstance(thing, CaseDeadlinesView)
    return thing


def button(thing: CaseDeadlinesView | DeadlinesRulesPage, name: str) -> QWidget:
    [found] = [
        each for each in thing.findChildren(QWidget) if each.accessibleName() == name and each.isVisible()
    ]
    return found


def test_a_deadline_stands_with_its_rule_event_and_source(empty: Stage, case_id: str):
    said = words_of(thing_of(empty, case_id))
    assert "1 vecka från att barnet omhändertogs genom beslut 2026-11-16" in said
    assert (
        "6–7 §§ lagen (1990:52) med särskilda bestämmelser om vård av unga · läst i källan 2026-11-22" in said
    )


def test_a_question_stands_until_it_is_answered(empty: Stage, case_id: str):
    def change(session: Session) -> None:
        typed(session, case_id, "F40", care_decided_on="2026-11-18")

    thing = thing_of(empty, case_id)
    done(empty, change)
    thing.open()
    empty.work()
    assert "Utväg frågar" in words_of(thing)
    assert "Ska fristen flyttas från 2026-11-23 till 2026-11-25?" in words_of(thing)
    button(thing, "Flytta fristen i K-2026-001: Underställ beslutet förvaltningsrätten").click()
    empty.work()
    assert "Utväg frågar" not in words_of(thing)
    rows = done(empty, deadlines.of_case, case_id)
    assert isinstance(rows, tuple)
    assert date(2026, 11, 25) in [row.due for row in rows]
    assert empty.desk.undo.undo()
    empty.work()
    assert "Ska fristen flyttas från 2026-11-23 till 2026-11-25?" in words_of(thing)


def test_moving_asks_for_a_day_and_a_reason_and_says_what_is_lacking(empty: Stage, case_id: str):
    thing = thing_of(empty, case_id)
    button(thing, "Flytta Underställ beslutet förvaltningsrätten").click()
    empty.work()
    dialog = empty.dialog()
    assert isinstance(dialog, AskLines)
    dialog.main.click()
    empty.work()
    assert dialog.rows["day"].fault == "⚠ Skriv en dag."
    QTest.keyClicks(dialog.rows["day"].field, "2026-12-01")
    dialog.main.click()
    empty.work()
    assert "Ett skäl saknas." in dialog.notice.words
    QTest.keyClicks(dialog.rows["reason"].field, "Nytt beslut")
    dialog.main.click()
    empty.work()
    assert "Flyttad för hand." in words_of(thing)
    assert "Anteckning: Nytt beslut" in words_of(thing)
    assert empty.desk.undo.undo()
    empty.work()
    assert "Flyttad för hand." not in words_of(thing)


def test_ones_own_words_and_the_form_of_events_are_a_click_away(empty: Stage, case_id: str):
    thing = thing_of(empty, case_id)
    button(thing, "Lägg till egen bevakning").click()
    empty.work()
    dialog = empty.dialog()
    assert isinstance(dialog, AskLines)
    QTest.keyClicks(dialog.rows["words"].field, "Ring <b>Kim</b>")
    QTest.keyClicks(dialog.rows["day"].field, "2026-12-01")
    dialog.main.click()
    empty.work()
    assert "Ring <b>Kim</b>" in words_of(thing)
    button(thing, "Skriv in händelser som styr frister").click()
    empty.work()
    page = empty.frame.page
    assert isinstance(page, CasePage)
    assert page.form is not None
    assert page.form.form_id == "F40"


# Behind the deadlines


def test_windows_days_lengths_and_incidents_are_set_by_hand(empty: Stage):
    page = empty.page("deadlines_rules")
    assert isinstance(page, DeadlinesRulesPage)
    page.new_window.click()
    empty.work()
    dialog = empty.dialog()
    assert isinstance(dialog, AskLines)
    dialog.main.click()
    empty.work()
    assert "Dagarna går inte ihop." in dialog.notice.words
    QTest.keyClicks(dialog.rows["closes"].field, "2027-03-31")
    dialog.main.click()
    empty.work()
    assert "Stänger 2027-03-31" in words_of(page)
    button(page, "Ta bort fönstret: Stänger 2027-03-31").click()
    empty.work()
    assert "Inget fönster är inskrivet." in words_of(page)
    assert empty.desk.undo.undo()
    empty.work()
    assert [window.closes for window in page.windows] == [date(2027, 3, 31)]
    button(page, "Bevaka varje år: Ansök om Brås stöd för nästa år").setChecked(True)
    empty.work()
    button(page, "Ändra längden: Ta första kontakten").click()
    empty.work()
    dialog = empty.dialog()
    assert isinstance(dialog, AskLines)
    dialog.rows["count0"].field.setText("48")
    dialog.main.click()
    empty.work()
    assert "48 timmar" in words_of(page)
    page.breach.click()
    empty.work()
    dialog = empty.dialog()
    assert isinstance(dialog, AskLines)
    dialog.main.click()
    empty.work()
    rows = done(empty, deadlines.between, TODAY, date(2027, 12, 31))
    assert isinstance(rows, tuple)
    titles = [row.title for row in rows if isinstance(row, DeadlineView)]
    assert titles == [
        "Anmäl personuppgiftsincidenten",
        "Ansök om Brås stöd för nästa år",
        "Ansök om statliga medel",
    ]


# Out of the program


def test_the_page_before_shows_exactly_what_leaves(empty: Stage, case_id: str, tmp_path: Path):
    done(empty, deadlines.add_own, case_id, f"Ring {NAME}", date(2026, 11, 26))
    done(empty, deadline_rules.save_window, FundingWindow(id="", closes=date(2026, 12, 4)))
    page = calendar_page(empty)
    page.ask_export()
    empty.work()
    dialog = empty.dialog()
    assert isinstance(dialog, CalendarOutDialog)
    shown, said = dialog.raw.toPlainText(), dialog.words.toPlainText()
    assert said.splitlines() == [
        "2026-11-23   Bevakning K-2026-001",
        "2026-11-26   Bevakning K-2026-001",
        "2026-11-27   Bevakning K-2026-002",
        "2026-12-04   Bevakning",
    ]
    dialog.save.click()
    empty.work()
    copy = dialog._copy
    assert isinstance(copy, SaveCopy)
    assert copy.name.text() == "bevakningar.ics"
    copy.folder.setText(str(tmp_path))
    copy._try()
    empty.work()
    written = (tmp_path / "bevakningar.ics").read_bytes().decode()
    assert written.replace("\r\n", "\n").rstrip("\n") == shown.rstrip("\n")
    assert "Sparat" in dialog.told.words
    for word in (NAME, "Klara", "Ring", "förvaltningsrätten", "kontakt"):
        assert word not in written
    dialog.reject()
    tell("P4.7", f"what the page shows is what leaves: {len(written)} octets, 0 words of the case")


def test_the_rhythm_of_following_up_is_set_in_one_go_and_what_a_law_fixes_has_no_button(empty: Stage):
    page = empty.page("deadlines_rules")
    assert isinstance(page, DeadlinesRulesPage)
    button(page, "Ändra längden: Följ upp insatserna").click()
    empty.work()
    dialog = empty.dialog()
    assert isinstance(dialog, AskLines)
    assert [row.title.text() for row in dialog.rows.values()] == [
        "Antal veckor till första gången",
        "Antal veckor mellan varje gång i början",
        "Antal månader som början varar",
        "Antal veckor mellan varje gång därefter",
    ]
    dialog.rows["count1"].field.setText("många")
    dialog.main.click()
    empty.work()
    assert dialog.notice.words, "what is no number is refused, and the dialog stays"
    dialog.rows["count1"].field.setText("6")
    dialog.main.click()
    empty.work()
    assert "4 veckor, sedan 6 veckor mellan varje gång tills 6 månader har gått" in words_of(page)
    assert "Slutför utredningen av barnet" in words_of(page)
    names = {each.accessibleName() for each in page.findChildren(QWidget)}
    assert "Ändra längden: Slutför utredningen av barnet" not in names
