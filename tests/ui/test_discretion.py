"""Diskret läge: one key hides every name on the screen, everywhere, and leaves place and focus alone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from desktop_app.domain.forms import Address
from desktop_app.services import cases, printing, protection
from tests.helpers.desk_work import opened_case
from tests.helpers.figures import tell
from tests.helpers.person import keys
from tests.ui.conftest import Stage
from tests.ui.protection_walk import NAME, NAMES, draw_paper, every_place, leaks, plant, plant_in_words
from ui.dialogs.print_preview import PrintPreview
from ui.forms.field import Field
from ui.pages.case_page import CasePage
from ui.widgets.discreet_cover import DiscreetCover
from ui.widgets.protection_mark import DiscretionMark


def planted_in_fields(stage: Stage, level: str = "none") -> str:
    made: list[str] = []
    stage.desk.run(stage.window, opened_case, done=made.append)
    stage.work()
    stage.desk.run(stage.window, plant, made[0], level)
    stage.work()
    return made[0]


def planted(stage: Stage, level: str = "none") -> str:
    case_id = planted_in_fields(stage, level)
    stage.desk.run(stage.window, plant_in_words, case_id)
    stage.work()
    return case_id


def case_page(stage: Stage, case_id: str, form_id: str = "F01") -> CasePage:
    page = stage.page("case", case_id=case_id, form_id=form_id)
    assert isinstance(page, CasePage)
    stage.window.activateWindow()
    draw_paper(stage)
    return page


def field(page: CasePage, link_id: str) -> Field:
    assert page.form is not None
    found = page.form.view._blocks[link_id]
    assert isinstance(found, Field)
    return found


def test_no_place_shows_a_name_an_alias_or_an_identity_number(practice: Stage) -> None:
    case_id = planted(practice)
    practice.desk.discretion.toggle()
    places = 0
    for place in every_place(practice, case_id):
        assert leaks(practice.window, NAMES) == set(), place
        places += 1
    tell("P4.D2", f"{places} places with names hidden, 0 names to be read")


def test_the_walk_finds_names_where_they_are_not_hidden(practice: Stage) -> None:
    case_id = planted(practice)
    found: set[str] = set()
    for _place in every_place(practice, case_id):
        found |= {needle for _kind, needle in leaks(practice.window, NAMES)}
        if found == set(NAMES):
            break
    assert found == set(NAMES)


def test_the_key_hides_and_shows_and_the_top_line_says_so(practice: Stage) -> None:
    practice.page("cases")
    practice.window.activateWindow()
    practice.work()
    mark = practice.frame.findChild(DiscretionMark)
    assert isinstance(mark, DiscretionMark)
    assert not mark.isVisible()
    assert leaks(practice.window, ("Övningsson",))
    QTest.keyClick(practice.window, Qt.Key.Key_F9)
    assert practice.desk.discretion.is_on
    assert mark.isVisible()
    assert [label.text() for label in mark.findChildren(QLabel) if label.text()] == [
        "Diskret läge – namn dolda (F9)"
    ]
    assert leaks(practice.window, ("Övningsson",)) == set()
    QTest.keyClick(practice.window, Qt.Key.Key_F9)
    assert not mark.isVisible()
    assert leaks(practice.window, ("Övningsson",))


def test_focus_caret_and_place_stay(practice: Stage) -> None:
    page = case_page(practice, planted(practice))
    assert page.form is not None
    page.form.view.go_to(Address("whereabouts"))
    practice.work()
    line = practice.window.focusWidget()
    assert isinstance(line, QLineEdit)
    line.setCursorPosition(4)
    scroll = page.form.view.scroll_place()
    practice.desk.discretion.toggle()
    practice.work()
    assert practice.window.focusWidget() is line
    assert line.cursorPosition() == 4
    assert page.form.view.scroll_place() == scroll
    assert practice.frame.page is page


def test_a_name_being_typed_goes_out_of_sight_at_once_and_comes_back_with_its_caret(practice: Stage) -> None:
    page = case_page(practice, planted(practice))
    assert page.form is not None
    page.form.view.go_to(Address("name"))
    line = practice.window.focusWidget()
    assert isinstance(line, QLineEdit)
    line.setCursorPosition(3)
    keys(line, "a")
    practice.desk.discretion.toggle()
    practice.work()
    assert leaks(practice.window, NAMES) == set()
    assert practice.window.focusWidget() is field(page, "name").veil
    practice.desk.discretion.toggle()
    practice.work()
    assert practice.window.focusWidget() is line
    assert (line.text(), line.cursorPosition()) == ("Zebaedeus Quist", 4)


def test_an_empty_field_can_be_written_in_and_is_hidden_when_it_is_left(practice: Stage) -> None:
    made: list[str] = []
    practice.desk.run(practice.window, opened_case, done=made.append)
    practice.work()
    page = case_page(practice, made[0])
    practice.desk.discretion.toggle()
    assert page.form is not None
    page.form.view.go_to(Address("name"))
    line = practice.window.focusWidget()
    assert isinstance(line, QLineEdit)
    keys(line, NAME)
    assert line.text() == NAME, "what is being typed is seen while it is typed"
    page.form.view.go_to(Address("own_words"))
    practice.work()
    assert leaks(practice.window, NAMES) == set()
    assert field(page, "name").is_covered


def test_asking_for_the_name_in_the_head_is_refused_and_not_logged(practice: Stage) -> None:
    page = case_page(practice, planted(practice))
    page._head.reveal.click()
    practice.work()
    assert page._head.name_shown == NAME
    practice.desk.discretion.toggle()
    assert NAME not in page._head.name_shown
    page._head.reveal.click()
    practice.work()
    assert NAME not in page._head.name_shown
    assert leaks(practice.window, NAMES) == set()


def test_the_print_dialog_hides_names_in_its_picture_and_f9_works_in_it(practice: Stage) -> None:
    page = case_page(practice, planted(practice))
    assert page.form is not None
    dialog = page.form.open_print()
    practice.work()
    assert isinstance(dialog, PrintPreview)
    assert leaks(dialog, NAMES)
    dialog.activateWindow()
    QTest.keyClick(dialog, Qt.Key.Key_F9)
    QApplication.processEvents()
    assert leaks(dialog, NAMES) == set(), "covered until it is drawn anew"
    practice.work()
    assert practice.desk.discretion.is_on
    assert not dialog.paper.is_covered
    assert leaks(dialog, NAMES) == set()
    dialog.close()
    practice.work()


def test_an_issued_print_is_covered(practice: Stage) -> None:
    case_id = planted(practice)
    page = case_page(practice, case_id)
    pdfs: list[bytes] = []
    practice.desk.run(page, printing.preview, case_id, "F01", done=pdfs.append)
    practice.work()
    page._side.paper.show_document(pdfs[0])
    assert leaks(page._side, NAMES)
    practice.desk.discretion.toggle()
    practice.desk.jobs.drain()
    page._side.paper.show_document(pdfs[0])
    assert page._side.paper.view.is_covered
    assert leaks(page._side, NAMES) == set()


def test_it_lasts_across_a_lock(practice: Stage) -> None:
    practice.desk.discretion.toggle()
    practice.work()
    kept: list[bool] = []
    practice.desk.run(practice.window, protection.kept_discretion, done=kept.append)
    practice.work()
    assert kept == [True]
    practice.desk.discretion.set_on(False)  # as in a fresh process
    practice.work()
    practice.desk.run(practice.window, protection.keep_discretion, "on")
    practice.work()
    session = practice.desk.session
    assert session is not None
    practice.window.open_session(session)
    practice.work()
    assert practice.desk.discretion.is_on


def test_the_list_cannot_be_filtered_by_a_hidden_name_on_the_screen(practice: Stage) -> None:
    names: list[str] = []
    practice.desk.run(
        practice.window, cases.list_cases, done=lambda found: names.extend(c.name for c in found if c.name)
    )
    practice.work()
    assert names
    practice.page("cases")
    practice.desk.discretion.toggle()
    practice.work()
    assert leaks(practice.window, tuple(names)) == set()


def test_what_no_name_can_be_taken_out_of_is_covered_and_keeps_its_focus(practice: Stage) -> None:
    content = QLineEdit(f"brev från {NAME}")
    cover = DiscreetCover(practice.desk, content, "täckt")
    cover.show()
    cover.activateWindow()
    practice.work()
    content.setFocus()
    content.setCursorPosition(2)
    assert leaks(cover, NAMES)
    practice.desk.discretion.toggle()
    assert leaks(cover, NAMES) == set()
    assert cover.focusWidget() is cover.cover
    practice.desk.discretion.toggle()
    assert cover.focusWidget() is content
    assert content.cursorPosition() == 2
    cover.deleteLater()
