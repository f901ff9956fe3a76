"""The page of the municipality's own model: copied, changed in fields or as text, tried, saved, never lost."""

from __future__ import annotations

from PySide6.QtCore import Qt

from desktop_app.services import assessments, own_rules
from tests.ui.conftest import Stage
from ui.pages.own_rules import OwnRulesPage
from ui.pages.settings import SettingsPage


def page_of(stage: Stage) -> OwnRulesPage:
    page = stage.page("own_rules")
    assert isinstance(page, OwnRulesPage)
    return page


def copied(stage: Stage, model: str = "goteborg_2022") -> OwnRulesPage:
    page = page_of(stage)
    page.model.setCurrentIndex(page.model.findData(model))
    page.copy.click()
    stage.work()
    return page


def typed(page: OwnRulesPage, stage: Stage, field: str, words: str) -> None:
    page.fields.lines[field].setText(words)
    page.fields.edited.emit()
    page.flush()
    stage.work()


def test_settings_lead_there_and_offer_the_model_once_it_is_saved(practice: Stage):
    settings = practice.page("settings", part="model")
    assert isinstance(settings, SettingsPage)
    settings.own_rules.click()
    practice.work()
    page = practice.frame.page
    assert isinstance(page, OwnRulesPage)
    assert page.begin_group.isVisibleTo(page)
    assert not page.edit_group.isVisibleTo(page)
    page = copied(practice)
    typed(page, practice, "name", "Lilla kommunens riktlinje")
    page.save.click()
    practice.work()
    assert "Version 1" in page.notice.words
    assert "Version 1" in page.standing.text()
    settings = practice.page("settings", part="model")
    assert isinstance(settings, SettingsPage)
    assert settings.model.findText("Lilla kommunens riktlinje") >= 0


def test_a_change_in_a_field_is_a_change_in_the_text(practice: Stage):
    page = copied(practice)
    typed(page, practice, "threat_valid_days", "45")
    page.fields.min_age.setCurrentIndex(page.fields.min_age.findData("18"))
    page.fields.min_age.activated.emit(1)
    page.flush()
    page.show_view("text")
    assert "threat_valid_days = 45" in page.text.toPlainText()
    assert "min_age = 18" in page.text.toPlainText()
    page.text.setPlainText(
        page.text.toPlainText().replace("threat_valid_days = 45", "threat_valid_days = 46")
    )
    page.show_view("fields")
    assert page.fields.lines["threat_valid_days"].text() == "46"


def test_the_order_and_the_choice_of_criteria(practice: Stage):
    page = copied(practice)
    order = page.fields.criteria
    order.list.setCurrentRow(3)
    order.up.click()
    order.list.item(order.list.count() - 1).setCheckState(Qt.CheckState.Checked)
    page.flush()
    practice.work()
    assert page._checked is not None
    assert page._checked.rules is not None
    required = page._checked.rules.required()
    assert required.index("consent") < required.index("support_or_protection_need")
    assert "decision" in required
    assert {"age"} == set(required) - {key for key in required if key != "age"}


def test_what_is_wrong_is_said_beside_its_field_and_nothing_can_be_saved(practice: Stage):
    page = copied(practice)
    typed(page, practice, "valid_from", "i januari")
    assert "datum" in page.fields.rows["valid_from"].fault
    assert not page.save.isEnabled()
    assert not page.preview.go.isEnabled()
    typed(page, practice, "valid_from", "2027-01-01")
    assert page.fields.rows["valid_from"].fault == ""
    assert page.save.isEnabled()


def test_the_text_is_read_while_it_is_typed_and_the_key_is_named(practice: Stage):
    page = copied(practice)
    page.show_view("text")
    sound = page.text.toPlainText()
    page.text.setPlainText(sound.replace('kind = "refuse"', 'kind = "vägra"'))
    page.flush()
    assert "step[4].kind" in page.text_row.fault
    page.text.setPlainText(sound.replace("version = 1", "version ="))
    page.flush()
    assert "Rad 2" in page.text_row.fault
    page.show_view("fields")
    assert page._view == "text"
    page.text.setPlainText(sound)
    page.flush()
    assert page.text_row.fault == ""


def test_the_preview_shows_codes_before_and_after(practice: Stage):
    page = copied(practice)
    page.preview.go.click()
    practice.work()
    assert page.preview.changes
    assert "K-2026-" in page.preview.changes[0].code
    assert page.preview.table.isVisibleTo(page)
    typed(page, practice, "name", "En annan")
    assert page.preview.changes == ()
    assert not page.preview.table.isVisibleTo(page)


def test_what_is_written_is_there_after_another_page_and_can_be_thrown_away(practice: Stage):
    page = copied(practice)
    page.fields.lines["name"].setText("Halvskriven")
    page.fields.edited.emit()
    practice.page("start")
    page = page_of(practice)
    assert page.fields.lines["name"].text() == "Halvskriven"
    page.drop.click()
    practice.work()
    assert page.begin_group.isVisibleTo(page)
    found: list[object] = []
    practice.desk.run(practice.window, own_rules.own_rules, done=found.append)
    practice.desk.run(practice.window, assessments.models, done=found.append)
    practice.work()
    assert found[0] == own_rules.OwnRules()
    assert len(found[1]) == 3
