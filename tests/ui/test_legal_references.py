"""The law in the window: the banner when a year has gone, the list behind Settings, a look noted, a note written."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from tests.helpers.figures import tell
from tests.ui.conftest import Stage
from ui.dialogs.ask_lines import AskLines
from ui.pages.legal_references import LegalReferencesPage
from ui.pages.settings import SettingsPage
from ui.pages.start import StartPageView
from ui.widgets.basics import Button

SUPPORT = "sol_11_1"


def words_of(widget: QWidget) -> str:
    return "\n".join(each.text() for each in widget.findChildren(QLabel) if not each.isHidden())


def listing(stage: Stage) -> LegalReferencesPage:
    page = stage.page("legal_references")
    assert isinstance(page, LegalReferencesPage)
    return page


def a_year_on(stage: Stage) -> None:
    stage.clock.pass_by(days=400)


def button(page: QWidget, name: str) -> Button:
    return next(each for each in page.findChildren(Button) if each.accessibleName() == name)


def test_the_start_page_says_nothing_until_a_year_has_gone(empty: Stage):
    page = empty.page("start")
    assert isinstance(page, StartPageView)
    assert page.law.isHidden()
    a_year_on(empty)
    page = empty.page("cases")
    page = empty.page("start")
    assert isinstance(page, StartPageView)
    assert not page.law.isHidden()
    assert "lagrum har inte kontrollerats på ett år" in words_of(page.law)
    page.law.button.click()
    empty.work()
    assert isinstance(empty.frame.page, LegalReferencesPage)


def test_settings_leads_to_the_list_and_says_when_it_is_time(empty: Stage):
    page = empty.page("settings", part="legal")
    assert isinstance(page, SettingsPage)
    assert page.law.isHidden()
    page.legal.click()
    empty.work()
    assert isinstance(empty.frame.page, LegalReferencesPage)
    a_year_on(empty)
    page = empty.page("settings", part="legal")
    assert isinstance(page, SettingsPage)
    assert not page.law.isHidden()


def test_every_reference_stands_in_the_list_with_where_it_comes_from(empty: Stage):
    page = listing(empty)
    said = words_of(page)
    assert "11 kap. 1 §: Bistånd till livsföringen i övrigt" in said
    assert "tidigare 4 kap. 1 § · gäller från 2025-07-01 · kontrollerat 2026-11-22" in said
    assert "SFS 2025:400" in said
    assert "Osäkert, kontrollera" in said
    references = empty.desk.library.definitions.legal_references.references
    assert len(page._frames) == len(references)
    tell("law", f"{len(references)} references in the list, each with source and day")


def test_the_list_can_be_narrowed_and_comes_back_as_it_was(empty: Stage):
    page = listing(empty)
    page.choice.setCurrentIndex(page.choice.findData("unsure"))
    page.choice.activated.emit(page.choice.currentIndex())
    empty.work()
    assert SUPPORT not in page._frames
    assert "fl_44" in page._frames
    place = page.place()
    empty.page("cases")
    back = listing(empty)
    back.restore_place(place)
    empty.work()
    assert back.choice.currentData() == "unsure"
    assert SUPPORT not in back._frames


def test_a_look_is_noted_by_key_and_taken_back(empty: Stage):
    a_year_on(empty)
    empty.window.activateWindow()
    page = listing(empty)
    check = button(page, "Kontrollerad i dag: 11 kap. 1 § SoL (2025:400)")
    check.setFocus()
    QTest.keyClick(check, Qt.Key.Key_Space)
    empty.work()
    assert "kontrollerat av dig 2027-12-27" in words_of(page._frames[SUPPORT][1])
    assert "Inte kontrollerat på ett år" not in words_of(page._frames[SUPPORT][1])
    assert check.hasFocus(), "the row is filled anew, its buttons stay"
    assert empty.desk.undo.undo()
    empty.work()
    assert "Inte kontrollerat på ett år" in words_of(page._frames[SUPPORT][1])


def test_a_whole_law_is_noted_at_once(empty: Stage):
    a_year_on(empty)
    page = listing(empty)
    button(page, "Hela lagen är kontrollerad i dag: förvaltningslagen (2017:900)").click()
    empty.work()
    assert "kontrollerat av dig" in words_of(page._frames["fl_44"][1])
    assert "kontrollerat av dig" not in words_of(page._frames[SUPPORT][1])


@pytest.mark.parametrize("keys", ["Ny lydelse 2027"])
def test_a_note_is_written_kept_and_read_again(empty: Stage, keys: str):
    page = listing(empty)
    button(page, "Anteckna om 11 kap. 1 § SoL (2025:400)").click()
    empty.work()
    dialog = empty.dialog()
    assert isinstance(dialog, AskLines)
    field = dialog.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    QTest.keyClicks(field, keys)
    dialog.main.click()
    empty.work()
    assert f"Din anteckning: {keys}" in words_of(page._frames[SUPPORT][1])
    again = page.reopen(AskLines.after_lock.name, {"act": "law", "ref_id": SUPPORT})
    assert again is not None
    assert [each.text() for each in again.findChildren(QLineEdit)] == [keys]
    again.reject()
    empty.work()
