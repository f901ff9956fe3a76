"""Ctrl+Z in the window: the form in view first, then what was done elsewhere; nothing of it outlives the lock."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from desktop_app.domain.forms import Address
from desktop_app.services import cases, settings
from desktop_app.services.session import Session
from tests.ui.conftest import Stage
from ui.pages.case_page import CasePage
from ui.undo import MOST

NAME, ALIAS = Address("name"), Address("alias")


def opened(stage: Stage) -> CasePage:
    made: list[cases.CaseMade] = []
    stage.desk.run(stage.window, cases.new_case, done=made.append)
    stage.work()
    page = stage.page("case", case_id=made[0].case_id, form_id="F01")
    assert isinstance(page, CasePage)
    stage.window.activateWindow()
    stage.work()
    return page


def typed(stage: Stage, page: CasePage, address: Address, words: str) -> QLineEdit:
    assert page.form is not None
    page.form.view.go_to(address)
    line = stage.window.focusWidget()
    assert isinstance(line, QLineEdit)
    line.selectAll()
    QTest.keyClicks(line, words)
    page.form.flush()
    stage.work()
    return line


def press_undo(stage: Stage, key: Qt.Key = Qt.Key.Key_Z) -> None:
    QTest.keyClick(stage.window.focusWidget() or stage.window, key, Qt.KeyboardModifier.ControlModifier)
    stage.work()


def test_undo_goes_over_fields_with_the_caret_in_one_of_them(practice: Stage) -> None:
    page = opened(practice)
    assert page.form is not None
    shown = page.form.presenter.field
    names = [shown(address).text for address in (NAME, ALIAS)]
    typed(practice, page, NAME, "Almgren Uppdiktad")
    typed(practice, page, ALIAS, "Igelkotten")
    press_undo(practice)
    assert [shown(address).text for address in (NAME, ALIAS)] == ["Almgren Uppdiktad", names[1]]
    press_undo(practice)
    assert [shown(address).text for address in (NAME, ALIAS)] == names
    press_undo(practice, Qt.Key.Key_Y)
    assert shown(NAME).text == "Almgren Uppdiktad"


def put(session: Session, value: str) -> object:
    return settings.put(session, "theme", value)


def test_outside_a_form_the_newest_act_is_taken_back_and_said(practice: Stage) -> None:
    practice.page("cases")
    practice.desk.undo.offer("Det första", put, "dark")
    practice.desk.undo.offer("Det andra", put, "light")
    practice.work()
    notice = practice.frame.undone
    assert notice.isVisible()
    assert notice.words == "Det andra"
    press_undo(practice)
    assert notice.words == "Ångrat: Det andra"
    assert not notice.button.isVisible()
    notice.button.click()
    practice.work()
    found: list[str] = []
    practice.desk.run(practice.window, settings.get, "theme", done=found.append)
    practice.work()
    assert found == ["dark"], "the older act was undone last"


def test_fifty_acts_are_remembered(practice: Stage) -> None:
    practice.page("cases")
    for number in range(MOST + 10):
        practice.desk.undo.offer(str(number), put, "light")
    taken = 0
    while practice.desk.undo.undo():
        taken += 1
    practice.work()
    assert taken == MOST == 50


def test_nothing_can_be_undone_after_the_lock(practice: Stage) -> None:
    practice.page("cases")
    practice.desk.undo.offer("Något", put, "dark")
    practice.window.lock()
    practice.work()
    assert not practice.desk.undo.undo()
