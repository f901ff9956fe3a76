"""The panel under the search field: hits by case with the words marked, keys, the lock, and what is never shown."""

from __future__ import annotations

import secrets
from itertools import takewhile

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit

from desktop_app.domain.forms import Address
from desktop_app.domain.journal import NoteContent
from desktop_app.services import journal
from desktop_app.services.cases import reveal_name
from desktop_app.services.journal import Draft
from desktop_app.services.search import USUAL_LIMIT, WIDE_LIMIT
from tests.helpers.person import keys
from tests.ui.conftest import Stage, unlock
from ui.pages.case_journal import JournalView
from ui.pages.case_page import CasePage
from ui.pages.cases import CasesPage
from ui.pages.unlock import UnlockPage
from ui.presenters.panel_rows import PanelRow, RowKind
from ui.widgets.half_written import text_of
from ui.windows.finding import Finding

CTRL = Qt.KeyboardModifier.ControlModifier


def press(stage: Stage, key: Qt.Key, modifier: Qt.KeyboardModifier = CTRL) -> None:
    """Press a key wherever the focus is."""
    focus = stage.window.focusWidget() or stage.window
    QTest.keyClick(focus, key, modifier)
    stage.work()


def ask(stage: Stage, words: str) -> Finding:
    """Open the search, type, and wait for the answer."""
    stage.window.activateWindow()
    press(stage, Qt.Key.Key_F)
    keys(stage.frame.search, words)
    rest(stage)
    return stage.frame.finding


def rest(stage: Stage) -> None:
    """Wait until the typing has rested and the store has answered."""
    while stage.frame.finding._wait.isActive():
        QTest.qWait(10)
    stage.work()


def of_kind(finding: Finding, kind: RowKind) -> list[PanelRow]:
    return [row for row in finding.panel.list.rows if row.kind is kind]


def hits_of(finding: Finding, code: str) -> list[PanelRow]:
    """The lines below the line of a case."""
    rows = finding.panel.list.rows
    first = next(number for number, row in enumerate(rows) if row.before == code)
    return list(takewhile(lambda row: row.kind is RowKind.HIT, rows[first + 1 :]))


def write_notes(stage: Stage, case_id: str, *bodies: str) -> None:
    """Write notes into the journal of a case, all at the same hour."""
    for body in bodies:
        content = NoteContent(event_typed="2026-11-20 10:00", kind="fact", source="person", body=body)
        note = Draft(note_id=secrets.token_hex(8), revision=0, content=content)
        stage.desk.run(stage.window, journal.write_draft, case_id, note)
        stage.work()
        stage.clock.pass_by(seconds=1)  # the one written last is the one that is taken up


def test_hits_stand_under_their_case_with_the_words_marked(practice: Stage) -> None:
    finding = ask(practice, "påhittsd")
    hits = hits_of(finding, "K-2026-002")
    assert hits
    marked = {words for row in hits for words, is_marked in row.parts if is_marked}
    assert marked == {"Påhittsdotter"}
    QAbstractItemModelTester(finding.panel.list.model(), QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_nothing_of_a_protected_person_is_quoted(practice: Stage) -> None:
    """The control: the same words in a case without protection are quoted, in the test above."""
    page = practice.page("case", case_id=practice.case_number(4))
    assert isinstance(page, CasePage)
    names: list[str] = []
    practice.desk.run(practice.window, reveal_name, practice.case_number(4), done=names.append)
    practice.work()
    word = names[0].split()[-1]
    finding = ask(practice, word)
    spoken = " ".join(
        row.spoken for row in finding.panel.list.rows if row.kind in (RowKind.CASE, RowKind.HIT)
    )
    assert "K-2026-005" in spoken
    assert practice.desk.text("moving.panel.withheld") in spoken
    assert word.casefold() not in spoken.casefold()
    assert of_kind(finding, RowKind.CASE)[0].mark is not None


def test_discretion_hides_names_in_the_open_panel(practice: Stage) -> None:
    finding = ask(practice, "påhittsd")
    assert any("Påhittsdotter" in row.spoken for row in finding.panel.list.rows[:-1])
    press(practice, Qt.Key.Key_F9, Qt.KeyboardModifier.NoModifier)
    shown = [row for row in finding.panel.list.rows if row.kind in (RowKind.CASE, RowKind.HIT)]
    assert shown
    assert not [row for row in shown if "Påhittsdotter" in row.spoken]
    practice.desk.discretion.set_on(False)


def test_enter_on_a_hit_goes_to_the_very_field(practice: Stage) -> None:
    finding = ask(practice, "påhittsd")
    hit = hits_of(finding, "K-2026-002")[0]
    while finding.panel.list.chosen is not hit:
        press(practice, Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier)
    press(practice, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    practice.work()
    assert not finding.is_open
    page = practice.frame.page
    assert isinstance(page, CasePage)
    assert page.form is not None
    assert page.form.view.focused is not None
    assert page.form.view.focused.link_id == "name"
    assert practice.frame.where.words["case_id"] == practice.case_number(1)


def test_enter_on_a_note_goes_to_the_note(practice: Stage) -> None:
    case_id = practice.case_number(1)
    write_notes(practice, case_id, "Hon nämnde en blå cykel vid stationen.")
    write_notes(practice, case_id, *(f"Rad {number}. " + "Vi talade om annat. " * 20 for number in range(8)))
    practice.page("start")
    finding = ask(practice, "blå cyk")
    hit = of_kind(finding, RowKind.HIT)[0]
    assert hit.act is not None
    finding.panel.list.opened.emit(hit)
    practice.work()
    page = practice.frame.page
    assert isinstance(page, CasePage)
    assert page.things.shown == "journal"
    thing = page.things.thing("journal")
    assert isinstance(thing, JournalView)
    rest(practice)
    focus = practice.window.focusWidget()
    assert isinstance(focus, QLabel)
    assert "blå cykel" in focus.text()
    for _round in range(80):
        if focus.visibleRegion().isEmpty():
            QTest.qWait(50)  # the notes above it get their height
    assert not focus.visibleRegion().isEmpty()


def test_commands_stand_first_for_ctrl_k_and_hits_for_ctrl_f(practice: Stage) -> None:
    practice.window.activateWindow()
    for key, wanted in ((Qt.Key.Key_K, RowKind.COMMAND), (Qt.Key.Key_F, RowKind.CASE)):
        press(practice, key)
        practice.frame.search.selectAll()
        keys(practice.frame.search, "översikt" if wanted is RowKind.COMMAND else "k-2026")
        rest(practice)
        chosen = practice.frame.finding.panel.list.chosen
        assert chosen is not None
        assert chosen.kind is wanted
    press(practice, Qt.Key.Key_F)
    keys(practice.frame.search, ">mörkt")
    rest(practice)
    rows = practice.frame.finding.panel.list.rows
    assert {row.kind for row in rows} == {RowKind.HEADING, RowKind.COMMAND}


def test_a_late_answer_is_dropped_and_fast_fingers_open_the_right_line(practice: Stage) -> None:
    practice.window.activateWindow()
    press(practice, Qt.Key.Key_F)
    finding, field = practice.frame.finding, practice.frame.search
    keys(field, "övningss")
    finding._ask()
    keys(field, "on")
    QTest.keyClick(field, Qt.Key.Key_Return)  # before anything was answered
    assert finding.is_open
    rest(practice)
    assert practice.frame.where.name == "case"
    assert practice.frame.where.words["case_id"] == practice.case_number(0)


def test_esc_goes_back_to_the_field_and_its_caret_and_keeps_what_was_typed(practice: Stage) -> None:
    page = practice.page("case", case_id=practice.case_number(2), form_id="F01")
    assert isinstance(page, CasePage)
    assert page.form is not None
    practice.window.activateWindow()
    page.form.view.go_to(Address("own_words"))
    practice.work()
    box = practice.window.focusWidget()
    assert isinstance(box, QPlainTextEdit)
    keys(box, "Halvskriven mening")
    box.moveCursor(box.textCursor().MoveOperation.Left)
    before = box.textCursor().position()
    press(practice, Qt.Key.Key_F)
    assert practice.frame.search.hasFocus(), "a text field does not keep the key"
    keys(practice.frame.search, "något")
    rest(practice)
    press(practice, Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier)
    press(practice, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    assert not practice.frame.finding.is_open
    assert practice.window.focusWidget() is box
    assert box.textCursor().position() == before
    assert "Halvskriven mening" in box.toPlainText()
    assert practice.frame.search.text() == "något"


@pytest.mark.parametrize("key", [Qt.Key.Key_F, Qt.Key.Key_K, Qt.Key.Key_R])
def test_no_field_keeps_the_keys_of_the_panel(practice: Stage, key: Qt.Key) -> None:
    page = practice.page("case", case_id=practice.case_number(2), form_id="F01")
    assert isinstance(page, CasePage)
    assert page.form is not None
    practice.window.activateWindow()
    for link_id in ("contacted_at", "own_words"):
        page.form.view.go_to(Address(link_id))
        practice.work()
        field = practice.window.focusWidget()
        assert isinstance(field, QLineEdit | QPlainTextEdit)
        words = text_of(field)
        press(practice, key)
        assert practice.frame.finding.is_open
        assert text_of(field) == words
        press(practice, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
        assert practice.window.focusWidget() is field


def test_the_panel_can_be_walked_by_keys_alone(practice: Stage) -> None:
    finding = ask(practice, "övning")
    walked = finding.panel.list
    first = walked.chosen
    press(practice, Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier)
    assert walked.hasFocus()
    assert walked.chosen is not first
    press(practice, Qt.Key.Key_Up, Qt.KeyboardModifier.NoModifier)
    press(practice, Qt.Key.Key_Up, Qt.KeyboardModifier.NoModifier)
    assert practice.frame.search.hasFocus()
    QTest.keyClick(practice.frame.search, Qt.Key.Key_Tab)
    assert walked.hasFocus()
    keys(walked, "s")
    assert practice.frame.search.hasFocus()
    assert practice.frame.search.text() == "övnings"
    QTest.keyClick(practice.frame.search, Qt.Key.Key_Tab)
    QTest.keyClick(walked, Qt.Key.Key_Tab)
    assert not finding.is_open, "Tab leads out of the panel, which closes"


def test_a_press_beside_the_panel_closes_it_and_one_on_a_line_opens_it(practice: Stage) -> None:
    finding = ask(practice, "påhittsd")
    handle = practice.window.windowHandle()
    QTest.mouseClick(handle, Qt.MouseButton.LeftButton, pos=QPoint(1300, 600))
    practice.work()
    assert not finding.is_open
    ask(practice, "påhittsd")
    listed = finding.panel.list
    number = next(place for place, row in enumerate(listed.rows) if row.kind is RowKind.CASE)
    middle = listed.visualRect(listed.model().index(number, 0)).center()
    QTest.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    practice.work()
    assert practice.frame.where.name == "case"


def test_no_hit_leads_to_the_list(practice: Stage) -> None:
    finding = ask(practice, "finns ingenstans")
    assert practice.desk.text("moving.panel.no_hits") in [row.words for row in finding.panel.list.rows]
    press(practice, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    assert isinstance(practice.frame.page, CasesPage)


def test_the_lock_with_the_panel_open_shows_nothing_and_the_words_come_back(practice: Stage) -> None:
    practice.page("cases")
    finding = ask(practice, "påhittsd")
    listed = finding.panel.list
    press(practice, Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier)
    assert practice.window.lock()
    assert listed.rows == ()
    assert not finding.panel.isVisible()
    practice.work()
    assert isinstance(practice.window.shown, UnlockPage)
    assert not practice.window.findChildren(type(finding.panel))
    unlock(practice)
    assert practice.frame.where.name == "cases"
    assert practice.frame.search.text() == "påhittsd"
    assert practice.frame.search.hasFocus()
    rest(practice)
    assert practice.frame.finding.is_open
    assert "K-2026-002" in [row.before for row in practice.frame.finding.panel.list.rows]


def test_few_hits_are_lines_at_first_and_more_of_them_when_asked_for(practice: Stage) -> None:
    case_id = practice.case_number(1)
    write_notes(practice, case_id, *(f"kanelbulle nummer {number}" for number in range(130)))
    finding = ask(practice, "kanelbulle")
    few = of_kind(finding, RowKind.HIT)
    assert 1 < len(few) <= USUAL_LIMIT
    assert QApplication.focusWidget() is practice.frame.search
    words = practice.desk.text("moving.panel.show_more")
    [more] = [row for row in finding.panel.list.rows if row.words == words]
    finding.panel.list.opened.emit(more)
    rest(practice)
    assert finding.is_open
    assert len(few) < len(of_kind(finding, RowKind.HIT)) <= WIDE_LIMIT
    said = [row.words for row in finding.panel.list.rows]
    assert words not in said
    assert practice.desk.text("moving.panel.more") in said


def test_after_another_letter_few_hits_are_lines_again(practice: Stage) -> None:
    case_id = practice.case_number(1)
    write_notes(practice, case_id, *(f"kanelbulle nummer {number}" for number in range(40)))
    finding = ask(practice, "kanelbull")
    finding.panel.list.opened.emit(finding.panel.list.rows[-2])
    rest(practice)
    assert len(of_kind(finding, RowKind.HIT)) > USUAL_LIMIT
    keys(practice.frame.search, "e")
    rest(practice)
    assert len(of_kind(finding, RowKind.HIT)) <= USUAL_LIMIT
