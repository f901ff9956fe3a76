"""The persons of a case and their own files in the window: what is shown, tied, let go and opened."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from desktop_app.domain.answers import answered
from desktop_app.domain.forms import Address
from desktop_app.domain.ties import TIES
from desktop_app.services import case_links
from desktop_app.services.case_links import LinkView
from desktop_app.services.printing import preview
from tests.helpers.person import keys
from tests.ui.conftest import Stage
from tests.ui.test_case_page import assert_whole, nameless, words_of
from ui.dialogs.new_case import NewCaseDialog
from ui.dialogs.print_preview import PrintPreview
from ui.pages.case_page import CasePage
from ui.pages.case_persons import PersonsView


@pytest.fixture
def case_id(practice: Stage) -> str:
    return practice.case_number(0)


@pytest.fixture
def view(practice: Stage, case_id: str) -> PersonsView:
    return opened(practice, case_id)


def opened(stage: Stage, case_id: str) -> PersonsView:
    page = stage.page("case", case_id=case_id, form_id="F12")
    assert isinstance(page, CasePage)
    stage.window.activateWindow()
    page._rail._things["persons"].click()
    stage.work()
    return shown(page)


def shown(page: CasePage) -> PersonsView:
    view = page.things.thing("persons")
    assert isinstance(view, PersonsView)
    return view


def links(stage: Stage, case_id: str) -> tuple[LinkView, ...]:
    found: list[LinkView] = []
    stage.desk.run(stage.window, case_links.links, case_id, done=found.extend)
    stage.work()
    return tuple(found)


def settle(stage: Stage, view: PersonsView) -> None:
    view.flush()
    stage.work()


def line(view: PersonsView, place: int) -> str:
    table = view.form.view.repeat(TIES)
    assert table is not None
    return list(table.cards.values())[place].line.accessibleName()


def button(view: PersonsView, words: str) -> QPushButton:
    return next(each for each in view.ties.findChildren(QPushButton) if each.text() == words)


def test_who_role_what_they_may_know_and_who_threatens_stand_on_the_cards(
    practice: Stage, view: PersonsView
) -> None:
    text = practice.desk.text
    assert text("tables.tie_role.sibling") in line(view, 0)
    assert text("tables.may_know.case_exists") in line(view, 0)
    assert f"{text('registers.ties.may_not_know.label')}: Var han bor" in line(view, 0), (
        "never read as may know"
    )
    assert text("registers.ties.threat.warning") not in line(view, 0)
    assert line(view, 1).split(": ", 1)[-1].startswith(text("registers.ties.threat.warning"))
    table = view.form.view.repeat(TIES)
    assert table is not None
    danger = list(table.cards.values())[1].line
    assert danger.parts["warning"].text()
    assert not danger.parts["danger"].pixmap().isNull(), "word and icon"
    assert "070-174 06 51" not in line(view, 0), "a phone number is not for the line"


def test_a_person_is_added_filled_in_removed_and_brought_back(practice: Stage, case_id: str) -> None:
    view = opened(practice, practice.case_number(1))
    presenter = view.form.presenter
    presenter.add_row(TIES)
    practice.work()
    row_id = presenter.rows(TIES)[0].id
    presenter.edited(Address(TIES, row_id, "role"), "friend")
    presenter.edited(Address(TIES, row_id, "threat"), "yes")
    settle(practice, view)
    assert practice.desk.text("registers.ties.threat.warning") in line(view, 0)
    presenter.remove_row(TIES, row_id)
    settle(practice, view)
    assert presenter.rows(TIES) == ()
    presenter.restore_row(TIES, row_id)
    settle(practice, view)
    assert presenter.rows(TIES)[0].cell("role") == answered("friend")


def test_ctrl_z_and_ctrl_p_are_for_the_sheet_in_view(practice: Stage, view: PersonsView) -> None:
    presenter = view.form.presenter
    before = presenter.rows(TIES)
    presenter.remove_row(TIES, before[0].id)
    settle(practice, view)
    assert len(presenter.rows(TIES)) == len(before) - 1
    QTest.keyClick(practice.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    practice.work()
    assert presenter.rows(TIES) == before
    QTest.keyClick(practice.window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    practice.work()
    dialog = practice.dialog()
    assert isinstance(dialog, PrintPreview)
    assert dialog._form_id == "F25"
    dialog.reject()


def test_the_sheet_is_kept_up_and_never_done(practice: Stage, view: PersonsView) -> None:
    assert not view.form.finish_button.isVisible()
    assert view.form.print_button.isVisible()
    assert practice.desk.text("form_page.draft") not in view.form._saving.text()


def test_lines_of_guardians_stand_there_for_a_child_alone(practice: Stage, view: PersonsView) -> None:
    assert view.form.view.repeat("guardian_lines") is None
    table = opened(practice, practice.case_number(3)).form.view.repeat("guardian_lines")
    assert table is not None
    said = [card.line.accessibleName() for card in table.cards.values()]
    for code, words in zip(("given", "refused", "given"), said, strict=True):
        assert practice.desk.text(f"tables.guardian_answer.{code}") in words


def test_a_tied_file_is_told_by_code_kind_and_tie_and_never_by_name(
    practice: Stage, view: PersonsView
) -> None:
    words = "\n".join(label.text() for label in view.ties.findChildren(QLabel))
    assert "K-2026-007" in words
    assert practice.desk.text("tables.case_relation.sibling") in words
    assert practice.desk.text("tables.case_kind.relative") in words
    assert "JO 523-2010" in words
    assert "Syskona" not in words
    button(view, practice.desk.text("ties.open")).click()
    practice.work()
    page = practice.frame.page
    assert isinstance(page, CasePage)
    assert page._case_id == practice.case_number(6)


def test_a_tie_is_let_go_and_taken_back(practice: Stage, view: PersonsView, case_id: str) -> None:
    (before,) = links(practice, case_id)
    button(view, practice.desk.text("ties.untie")).click()
    practice.work()
    assert links(practice, case_id) == ()
    assert practice.desk.undo.undo()
    practice.work()
    assert links(practice, case_id) == (before,)
    words = [label.text() for label in view.ties.findChildren(QLabel) if label.isVisible()]
    assert "K-2026-007" in words


def test_a_case_is_tied_by_its_code_or_it_is_said_why_not(
    practice: Stage, view: PersonsView, case_id: str
) -> None:
    keys(view.ties.code, "k-2019-999")
    QTest.keyClick(view.ties.code, Qt.Key.Key_Return)
    practice.work()
    assert practice.desk.text("errors.case.not_found.happened") in view.ties._row.fault
    assert view.ties.code.text() == "k-2019-999", "what was typed stays"
    view.ties.code.clear()
    keys(view.ties.code, "k-2026-002")
    QTest.keyClick(view.ties.code, Qt.Key.Key_Return)
    practice.work()
    assert {link.code for link in links(practice, case_id)} == {"K-2026-002", "K-2026-007"}
    assert view.ties.code.text() == ""


def test_an_own_file_for_a_person_in_the_list_takes_the_tie_along_and_nothing_else(
    practice: Stage, case_id: str
) -> None:
    view = opened(practice, practice.case_number(5))
    text = practice.desk.text
    button(view, text("ties.open_for")).click()
    practice.work()
    dialog = practice.dialog()
    assert isinstance(dialog, NewCaseDialog)
    assert all(not field.text() for field in dialog.lines.values()), "nothing of anybody comes along"
    assert dialog.kind.currentData() == "relative"
    assert dialog.relation.currentData() == "former_partner"
    dialog.take()
    practice.work()
    page = practice.frame.page
    assert isinstance(page, CasePage)
    (link,) = links(practice, page._case_id)
    assert link.code == "K-2026-006"
    back = opened(practice, practice.case_number(5))
    codes = [row.cell("case_code").value for row in back.form.presenter.rows(TIES)]
    assert "K-2026-009" in codes


def test_a_code_that_stands_in_the_list_is_offered_as_a_tie(practice: Stage, case_id: str) -> None:
    view = opened(practice, practice.case_number(1))
    presenter = view.form.presenter
    presenter.add_row(TIES)
    practice.work()
    row_id = presenter.rows(TIES)[0].id
    presenter.edited(Address(TIES, row_id, "role"), "parent")
    presenter.edited(Address(TIES, row_id, "case_code"), "k-2026-004")
    settle(practice, view)
    button(view, practice.desk.text("ties.tie_noted", code="K-2026-004")).click()
    practice.work()
    (link,) = links(practice, practice.case_number(1))
    assert (link.code, link.relation_key) == ("K-2026-004", "tables.case_relation.parent")


def test_in_diskret_lage_the_pane_names_nobody(practice: Stage) -> None:
    view = opened(practice, practice.case_number(0))
    presenter = view.form.presenter
    presenter.edited(Address(TIES, presenter.rows(TIES)[0].id, "case_code"), "")
    settle(practice, view)

    def words() -> str:
        return "\n".join(each.text() for each in view.ties.findChildren(QLabel) if each.isVisible())

    button(view, practice.desk.text("ties.untie")).click()
    practice.work()
    assert "Syskona" in words(), "the control: else the name is there"
    practice.desk.discretion.toggle()
    practice.work()
    assert "Syskona" not in words()
    assert practice.desk.text("tables.tie_role.sibling") in words()
    practice.desk.discretion.toggle()


def test_a_lock_leads_back_to_the_person_and_the_half_written_code(
    practice: Stage,
    view: PersonsView,
    through_the_lock: Callable[[], Stage],
) -> None:
    row_id = view.form.presenter.rows(TIES)[2].id
    view.form.view.go_to(Address(TIES, row_id, "may_not_know"))
    keys(practice.window.focusWidget(), "var hen bor")
    keys(view.ties.code, "K-20")
    view.form.view.go_to(Address(TIES, row_id, "may_not_know"))
    back = through_the_lock()
    page = back.frame.page
    assert isinstance(page, CasePage)
    assert page.things.shown == "persons"
    again = shown(page)
    assert again.form.presenter.answer(Address(TIES, row_id, "may_not_know")) == answered("var hen bor")
    assert again.form.view.focused == Address(TIES, row_id, "may_not_know")
    assert again.ties.code.text() == "K-20"


@pytest.mark.parametrize("size", [(1366, 768), (1024, 700)])
def test_everything_stands_whole_and_has_a_name(practice: Stage, case_id: str, size: tuple[int, int]) -> None:
    practice.window.resize(*size)
    view = opened(practice, case_id)
    QTest.qWait(1)
    assert nameless(view) == []
    content = view.ties.widget()
    assert content is not None
    assert content.width() <= view.ties.viewport().width()
    assert_whole(content)


def test_the_sheet_prints_what_is_on_it(practice: Stage, case_id: str) -> None:
    found: list[bytes] = []
    practice.desk.run(practice.window, preview, case_id, "F25", done=found.append)
    practice.work()
    words = " ".join(words_of(found[0]).split())
    assert "Syskona" in words
    assert practice.desk.text("registers.ties.may_not_know.label") in words
