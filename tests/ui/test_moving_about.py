"""Back and forth, the cases opened last, and the side buttons of the mouse: each place as it was left."""

from __future__ import annotations

import json

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit

from desktop_app.domain.forms import Address
from desktop_app.services import recent_cases
from desktop_app.services.cases import CaseSummary
from desktop_app.services.session import Session
from tests.ui.conftest import Stage, unlock
from ui.pages.case_page import CasePage
from ui.pages.cases import CasesPage
from ui.presenters.panel_rows import RowKind
from ui.windows.history import MOST, History, Where

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def case_page(stage: Stage, number: int, form_id: str = "F01") -> CasePage:
    page = stage.page("case", case_id=stage.case_number(number), form_id=form_id)
    assert isinstance(page, CasePage)
    stage.window.activateWindow()
    stage.work()
    return page


def back(stage: Stage) -> None:
    stage.window.activateWindow()
    stage.work()
    QTest.keyClick(stage.window, Qt.Key.Key_Left, ALT)
    stage.work()


def forward(stage: Stage) -> None:
    QTest.keyClick(stage.window, Qt.Key.Key_Right, ALT)
    stage.work()


def spot(stage: Stage) -> tuple[object, ...]:
    """Where one is in a case: form, thing, field and caret."""
    page = stage.frame.page
    assert isinstance(page, CasePage)
    place = page.place()
    return place["form_id"], place["shows"], place["focus"], place["caret"]


# Back and forth


def test_back_and_forward_keep_step_thing_field_and_caret_within_a_case(practice: Stage) -> None:
    page = case_page(practice, 2)
    assert page.form is not None
    page.form.view.go_to(Address("own_words"))
    practice.work()
    box = practice.window.focusWidget()
    assert isinstance(box, QPlainTextEdit)
    box.setPlainText("ett två tre")
    cursor = box.textCursor()
    cursor.setPosition(3)
    box.setTextCursor(cursor)
    spots = [spot(practice)]
    for step in (
        lambda: page.open_form("F02"),
        lambda: page._open_thing("journal"),
        lambda: page.open_form("F01"),
    ):
        step()
        practice.work()
        spots.append(spot(practice))
    assert [each[:2] for each in spots] == [("F01", ""), ("F02", ""), ("F02", "journal"), ("F01", "")]
    for wanted in reversed(spots[:-1]):
        back(practice)
        assert spot(practice)[:2] == wanted[:2]
        assert practice.frame.page is page, "one page, and what is written in it stays"
    assert spot(practice) == spots[0]
    again = practice.window.focusWidget()
    assert isinstance(again, QPlainTextEdit)
    assert again.textCursor().position() == 3
    for wanted in spots[1:]:
        forward(practice)
        assert spot(practice)[:2] == wanted[:2]


def test_back_and_forward_between_pages(practice: Stage) -> None:
    listed = practice.page("cases")
    assert isinstance(listed, CasesPage)
    listed.filter.setText("2026-00")
    case_page(practice, 1)
    practice.page("economy")
    back(practice)
    assert practice.frame.where.name == "case"
    back(practice)
    assert isinstance(practice.frame.page, CasesPage)
    assert practice.frame.page.filter.text() == "2026-00"
    forward(practice)
    forward(practice)
    assert practice.frame.where.name == "economy"
    forward(practice)
    assert practice.frame.where.name == "economy", "there is nothing ahead"
    back(practice)
    practice.page("settings")
    forward(practice)
    assert practice.frame.where.name == "settings", "whoever goes on has nothing ahead"


def test_the_buttons_say_where_there_is_to_go_and_lead_there(practice: Stage) -> None:
    frame = practice.frame
    practice.page("cases")
    case_page(practice, 1)
    assert (frame.back.isEnabled(), frame.forward.isEnabled()) == (True, False)
    frame.back.click()
    practice.work()
    assert frame.where.name == "cases"
    assert frame.forward.isEnabled()
    assert (frame.forward.accessibleName(), frame.back.accessibleName()) == ("Framåt", "Tillbaka")
    assert "Alt+högerpil" in frame.forward.toolTip()
    frame.forward.click()
    practice.work()
    assert frame.where.name == "case"
    assert not frame.forward.isEnabled()


def test_a_note_in_the_making_is_not_undone_by_going_back(practice: Stage) -> None:
    page = case_page(practice, 2)
    page._open_thing("journal")
    practice.work()
    page.open_form("F01")
    practice.work()
    box = page.journal.findChildren(QPlainTextEdit)[0]
    box.setPlainText("Sedan skrev jag mer")
    back(practice)
    assert page.things.shown == "journal"
    assert box.toPlainText() == "Sedan skrev jag mer"


def test_the_side_buttons_of_the_mouse_go_back_and_forth(practice: Stage) -> None:
    practice.page("cases")
    practice.page("economy")
    handle = practice.window.windowHandle()
    middle = QPoint(700, 400)
    QTest.mouseClick(handle, Qt.MouseButton.BackButton, pos=middle)
    practice.work()
    assert practice.frame.where.name == "cases"
    QTest.mouseClick(handle, Qt.MouseButton.ForwardButton, pos=middle)
    practice.work()
    assert practice.frame.where.name == "economy"


def test_another_size_of_the_window_keeps_the_way_back(practice: Stage) -> None:
    practice.page("cases")
    practice.page("economy")
    practice.window.activateWindow()
    practice.work()
    QTest.keyClick(practice.window, Qt.Key.Key_Plus, CTRL)
    practice.work()
    assert practice.desk.theme.zoom == 110
    back(practice)
    assert practice.frame.where.name == "cases"
    practice.desk.theme.set_zoom(100)
    practice.work()


def test_the_history_is_no_longer_than_it_should_be() -> None:
    history = History()
    for number in range(MOST + 10):
        history.leave(Where("cases", place=number))
    assert len(history.past) == MOST
    assert history.back(Where("start")) == Where("cases", place=MOST + 9)
    assert history.future == [Where("start")]
    history.leave(Where("economy"))
    assert history.future == []


# The cases opened last


def recent(stage: Stage) -> list[CaseSummary]:
    found: list[CaseSummary] = []
    stage.desk.run(stage.window, recent_cases.recent, done=found.extend)
    stage.work()
    return found


def test_ctrl_r_lists_the_cases_opened_last_and_goes_there(practice: Stage) -> None:
    for number in (0, 3, 1):
        case_page(practice, number)
    case_page(practice, 0)
    practice.page("start")
    practice.window.activateWindow()
    practice.work()
    QTest.keyClick(practice.window, Qt.Key.Key_R, CTRL)
    practice.work()
    assert practice.frame.finding.is_open
    listed = practice.frame.finding.panel.list
    codes = [row.before for row in listed.rows if row.kind is RowKind.CASE]
    assert codes == ["K-2026-001", "K-2026-002", "K-2026-004"]
    QTest.keyClick(practice.frame.search, Qt.Key.Key_Down)
    QTest.keyClick(listed, Qt.Key.Key_Return)
    practice.work()
    assert practice.frame.where.words["case_id"] == practice.case_number(1)


def test_the_list_of_recent_cases_shows_protection_and_hides_names(practice: Stage) -> None:
    for number in (4, 0):
        case_page(practice, number)
    QTest.keyClick(practice.window, Qt.Key.Key_R, CTRL)
    practice.work()
    plain, protected = [row for row in practice.frame.finding.panel.list.rows if row.kind is RowKind.CASE]
    assert plain.words
    assert plain.mark is None
    assert protected.words == ""
    assert protected.mark is not None
    practice.desk.discretion.set_on(True)
    practice.work()
    assert [row.words for row in practice.frame.finding.panel.list.rows if row.kind is RowKind.CASE] == [
        "",
        "",
    ]
    practice.desk.discretion.set_on(False)


def test_the_recent_cases_survive_the_lock_and_stand_nowhere_but_in_the_store(practice: Stage) -> None:
    case_page(practice, 3)
    before = recent(practice)
    assert practice.window.lock()
    practice.work()
    assert practice.window.frame is None
    noted = practice.around.note_file
    assert not noted.exists() or before[0].case_id not in noted.read_text(encoding="utf-8")
    unlock(practice)
    assert [each.code for each in recent(practice)] == [each.code for each in before]


def test_at_most_twelve_are_kept_and_none_is_audited(practice: Stage) -> None:
    def open_many(session: Session) -> tuple[int, list[str]]:
        with session.reading() as stores:
            ids = [case.id for case in stores.cases.all()]
            before = stores.row_counts()
        for number in range(40):
            recent_cases.note_opened(session, ids[number % len(ids)])
        for number in range(20):
            recent_cases.note_opened(session, f"{number:016x}")
        with session.reading() as stores:
            note = stores.desk_notes.find("recent")
            after = stores.row_counts()
        assert note is not None
        grown = {table for table in after if after[table] != before[table]}
        return len(json.loads(note.note)), sorted(grown)

    found: list[tuple[int, list[str]]] = []
    practice.desk.run(practice.window, open_many, done=found.append)
    practice.work()
    assert found == [(recent_cases.MOST, ["desk_note"])]
    assert recent(practice) == [], "one that is not there is passed over"
