"""The page where the municipality says which fields F12 has: said at once what is wrong, nothing typed is lost."""

from __future__ import annotations

from tests.ui.conftest import Stage
from ui.pages.field_list import FieldListPage
from ui.pages.settings import SettingsPage


def page(stage: Stage) -> FieldListPage:
    found = stage.page("field_list")
    assert isinstance(found, FieldListPage)
    return found


def write(stage: Stage, shown: FieldListPage, text: str) -> None:
    shown.text.setPlainText(text)
    shown.flush()
    stage.work()


def test_a_list_is_changed_used_and_put_back(practice: Stage) -> None:
    settings = practice.page("settings")
    assert isinstance(settings, SettingsPage)
    settings.field_list.click()
    practice.work()
    shown = practice.frame.page
    assert isinstance(shown, FieldListPage)
    program = shown.text.toPlainText()
    assert '"giro",' in program
    assert not shown.save.isEnabled(), "nothing is changed yet"
    write(practice, shown, program.replace('  "giro"', '  # "giro"'))
    assert shown.save.isEnabled()
    shown.save.click()
    practice.work()
    assert shown.standing.text() == "Kommunens egen lista används."
    shown.back_to_program.click()
    practice.work()
    assert shown.text.toPlainText() == program
    assert shown.standing.text() == "Programmets lista används."


def test_what_is_wrong_is_said_by_its_name_and_cannot_be_saved(practice: Stage) -> None:
    shown = page(practice)
    write(practice, shown, shown.text.toPlainText().replace('"giro"', '"gyro"'))
    assert "gyro" in shown.verdict.text()
    assert not shown.save.isEnabled()


def test_a_list_half_written_is_there_when_one_comes_back(practice: Stage) -> None:
    shown = page(practice)
    half = shown.text.toPlainText() + "# kvar att göra"
    write(practice, shown, half)
    practice.page("start")
    assert page(practice).text.toPlainText() == half
