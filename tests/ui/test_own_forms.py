"""The municipality's own forms in the window: reached from the cases, filled, counted, printed, and come back to."""

from __future__ import annotations

from desktop_app.domain.forms import Address
from tests.ui.conftest import Stage
from ui.pages.cases import CasesPage
from ui.pages.own_forms import OwnFormsPage


def own_page(stage: Stage) -> OwnFormsPage:
    cases = stage.page("cases")
    assert isinstance(cases, CasesPage)
    cases.own.click()
    stage.work()
    page = stage.frame.page
    assert isinstance(page, OwnFormsPage)
    assert page.form is not None
    return page


def counted(page: OwnFormsPage, repeat: str) -> dict[str, str]:
    assert page.form is not None
    return {
        row.id: str(row.cell("count").value or "")
        for entry in page.form.presenter.view.filled.items()
        if entry.item.link_id == repeat
        for row in entry.rows
    }


def test_a_year_typed_is_counted_and_another_form_is_one_press_away(practice: Stage):
    page = own_page(practice)
    assert page.form is not None
    assert page.buttons["F21"].isChecked()
    assert practice.frame.sidebar.buttons["cases"].isChecked()
    year = str(practice.desk.clock().year)
    page.form.presenter.edited(Address("year"), year)
    page.form.presenter.edited(Address("k"), "3")
    page.flush()
    practice.work()
    assert counted(page, "stat_first_contact")["within"] not in ("", "0")
    page.buttons["F23"].click()
    practice.work()
    assert page.form.form_id == "F23"
    assert (page.buttons["F21"].isChecked(), page.buttons["F23"].isChecked()) == (False, True)
    page.buttons["F21"].click()
    practice.work()
    assert page.form.presenter.view.filled.definition.id == "F21"
    assert counted(page, "stat_first_contact")["within"] not in ("", "0")
    assert [button.text() for button in (page.form.finish_button,)] != [""]


def test_what_is_being_typed_and_the_place_come_back(practice: Stage):
    page = own_page(practice)
    page.buttons["F23"].click()
    practice.work()
    assert page.form is not None
    page.form.presenter.edited(Address("reviewer"), "Chef Chefsson")
    page.flush()
    practice.work()
    place = page.place()
    practice.page("start")
    again = practice.page("cases_own")
    assert isinstance(again, OwnFormsPage)
    again.restore_place(place)
    practice.work()
    assert again.form is not None
    assert again.form.form_id == "F23"
    shown = {entry.item.link_id: entry.answer.value for entry in again.form.presenter.view.filled.items()}
    assert shown["reviewer"] == "Chef Chefsson"
    dialog = again.form.open_print()
    practice.work()
    assert dialog.isVisible()
    dialog.close()
