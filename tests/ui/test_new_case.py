"""Before a case is opened: who is known is shown, never forced, and nothing is typed twice."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from desktop_app.domain.answers import Answer
from desktop_app.domain.ties import Relation
from desktop_app.services import case_links, cases
from desktop_app.services.case_links import LinkView
from desktop_app.services.case_reading import stored_file
from desktop_app.services.session import Session
from tests.helpers.person import keys
from tests.ui.conftest import Stage
from ui.dialogs.new_case import NewCaseDialog
from ui.pages.case_page import CasePage
from ui.pages.cases import CasesPage
from ui.widgets.known_cases import KnownCases

KNOWN = "199705162387"
"""The test number that the first practice case is about."""

PROTECTED = "199107172380"
"""The test number of the practice case with protected identity."""


@pytest.fixture
def dialog(practice: Stage) -> NewCaseDialog:
    page = practice.page("cases")
    assert isinstance(page, CasesPage)
    practice.window.activateWindow()
    page.new.click()
    found = practice.dialog()
    assert isinstance(found, NewCaseDialog)
    return found


def looked(stage: Stage, known: KnownCases) -> None:
    """Wait until what is typed has been looked for."""
    while known._wait.isActive():
        QTest.qWait(10)
    stage.work()


def facts(stage: Stage, case_id: str) -> dict[str, Answer]:
    def read(session: Session) -> dict[str, Answer]:
        with session.reading() as stores:
            return dict(stored_file(session, stores, stores.cases.by_id(case_id)).facts)

    found: list[dict[str, Answer]] = []
    stage.desk.run(stage.window, read, done=found.append)
    stage.work()
    return found[0]


def links(stage: Stage, case_id: str) -> tuple[LinkView, ...]:
    found: list[LinkView] = []
    stage.desk.run(stage.window, case_links.links, case_id, done=found.extend)
    stage.work()
    return tuple(found)


def opened_case(stage: Stage) -> str:
    page = stage.frame.page
    assert isinstance(page, CasePage)
    return page._case_id


def buttons(known: KnownCases, words: str) -> list[QPushButton]:
    return [each for each in known.findChildren(QPushButton) if each.text() == words and each.isVisible()]


@pytest.mark.parametrize(
    "number", [KNOWN, "19970516-2387", "970516-2387", "9705162387", "19970516 2387"], ids=str
)
def test_a_number_in_any_writing_shows_who_is_known(
    practice: Stage, dialog: NewCaseDialog, number: str
) -> None:
    keys(dialog.lines["identity_number"], number)
    looked(practice, dialog.known)
    assert [line.code for line in dialog.known.lines] == ["K-2026-001"]
    assert dialog.known.lines[0].about, "it says why it matches"
    assert dialog.main.isEnabled(), "it never stands in the way"


def test_nobody_known_is_said_in_a_sentence(practice: Stage, dialog: NewCaseDialog) -> None:
    text = practice.desk.text
    assert dialog.known.words.text() == text("window.known.none_typed")
    keys(dialog.lines["name"], "Någon helt ny")
    looked(practice, dialog.known)
    assert dialog.known.lines == ()
    assert dialog.known.words.text() == text("window.known.nobody")


def test_a_protected_person_is_told_by_code_and_mark_alone(practice: Stage, dialog: NewCaseDialog) -> None:
    keys(dialog.lines["identity_number"], PROTECTED)
    looked(practice, dialog.known)
    (line,) = dialog.known.lines
    assert line.protection == "protected_registration"
    assert "Hemlig" not in line.title + line.about


def test_in_diskret_lage_nobody_is_named(practice: Stage, dialog: NewCaseDialog) -> None:
    keys(dialog.lines["identity_number"], KNOWN)
    looked(practice, dialog.known)
    assert "Övning Övningsson" in dialog.known.lines[0].title, "the control: else there is a name"
    practice.desk.discretion.toggle()
    assert "Övning Övningsson" not in dialog.known.lines[0].title
    practice.desk.discretion.toggle()


def test_a_known_case_is_opened_instead(practice: Stage, dialog: NewCaseDialog) -> None:
    keys(dialog.lines["case_code"], "k-2026-002")
    looked(practice, dialog.known)
    buttons(dialog.known, practice.desk.text("window.known.open"))[0].click()
    practice.work()
    assert opened_case(practice) == practice.case_number(1)


def test_what_was_typed_stands_in_the_new_case(practice: Stage, dialog: NewCaseDialog) -> None:
    keys(dialog.lines["identity_number"], "880320-2380")
    keys(dialog.lines["name"], "Kim")
    keys(dialog.lines["phone"], "070-174 06 99")
    dialog.take()
    practice.work()
    told = facts(practice, opened_case(practice))
    assert told["client.alias"].value == "Kim"
    assert told["client.secure_contact"].value == "070-174 06 99"
    number = told["client.identity_number"]
    assert number.value or number.typed == "880320-2380"
    assert told["intake.contacted_at"].is_given
    assert "fact.role" not in told, "that somebody leaves is for the assessment to say"


def test_a_tie_is_offered_taken_and_let_go(practice: Stage, dialog: NewCaseDialog) -> None:
    keys(dialog.lines["identity_number"], KNOWN)
    looked(practice, dialog.known)
    tie = buttons(dialog.known, practice.desk.text("window.known.tie"))[0]
    tie.click()
    assert dialog._tied.isVisible()
    assert "JO 523-2010" in dialog._apart.text()
    dialog.untie.click()
    assert not dialog._tied.isVisible()
    tie.click()
    dialog.relation.setCurrentIndex(dialog.relation.findData(Relation.SIBLING.value))
    dialog.kind.setCurrentIndex(dialog.kind.findData("relative"))
    dialog.lines["identity_number"].clear()
    dialog.take()
    practice.work()
    made = opened_case(practice)
    (link,) = links(practice, made)
    assert link.code == "K-2026-001"
    told = facts(practice, made)
    assert {key for key, answer in told.items() if answer.is_given} == {"fact.role", "intake.contacted_at"}


def test_twice_pressed_is_one_case(practice: Stage, dialog: NewCaseDialog) -> None:
    before: list[cases.CaseSummary] = []
    practice.desk.run(practice.window, cases.list_cases, done=before.extend)
    practice.work()
    dialog.main.click()
    dialog.main.click()
    practice.work()
    after: list[cases.CaseSummary] = []
    practice.desk.run(practice.window, cases.list_cases, done=after.extend)
    practice.work()
    assert len(after) == len(before) + 1


def test_the_tie_comes_back_after_the_lock(
    practice: Stage,
    dialog: NewCaseDialog,
    through_the_lock: Callable[[], Stage],
) -> None:
    keys(dialog.lines["case_code"], "K-2026-002")
    looked(practice, dialog.known)
    buttons(dialog.known, practice.desk.text("window.known.tie"))[0].click()
    dialog.relation.setCurrentIndex(dialog.relation.findData(Relation.CHILD.value))
    back = through_the_lock()
    again = back.dialog()
    assert isinstance(again, NewCaseDialog)
    assert again._tie is not None
    assert again._tie.code == "K-2026-002"
    assert again.relation.currentData() == Relation.CHILD.value
    assert again.lines["case_code"].text() == "K-2026-002"
    again.reject()
    back.work()


def test_the_whole_dialog_goes_by_the_keyboard(practice: Stage, dialog: NewCaseDialog) -> None:
    keys(dialog.lines["identity_number"], KNOWN)
    looked(practice, dialog.known)
    seen: list[QWidget] = []
    dialog.lines["identity_number"].setFocus()
    while dialog.main not in seen and len(seen) < 20:
        here = QApplication.focusWidget()
        assert here is not None
        seen.append(here)
        QTest.keyClick(here, Qt.Key.Key_Tab)
    assert len(seen) < 20
    text = practice.desk.text
    place = [each.accessibleName() for each in seen].index
    last_field, first_after = text("window.cases.new.case_code"), text("window.cases.new.kind")
    found = text("window.known.open_name", code="K-2026-001")
    assert place(last_field) < place(found) < place(first_after), "in the order they stand"
