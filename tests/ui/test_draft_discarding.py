"""A half-written disclosure in the window: thrown away from the register or the form, and back with Ctrl+Z."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop_app.domain.forms import Address
from desktop_app.domain.trash import DraftInTheWay
from desktop_app.services import disclosures
from desktop_app.services.session import Session
from tests.helpers.desk_work import typed
from tests.ui.conftest import Stage
from ui.pages.case_disclosures import DisclosuresView
from ui.pages.case_page import CasePage
from ui.pages.case_trash import TrashView

RECIPIENT = "BOPS, Sam"


@pytest.fixture
def page(practice: Stage) -> CasePage:
    case_id = practice.case_number(0)

    def prepare(session: Session) -> None:
        disclosures.begin_note(session, case_id)
        typed(session, case_id, "F18b", outcome="given", recipient=RECIPIENT)

    practice.desk.run(practice.window, prepare)
    practice.work()
    made = practice.page("case", case_id=case_id, form_id="F18b")
    assert isinstance(made, CasePage)
    practice.window.activateWindow()
    practice.work()
    return made


def recipient(page: CasePage) -> str:
    assert page.form is not None
    answer = page.form.presenter.answer(Address("recipient"))
    return str(answer.value) if answer.is_value else answer.typed


def register(stage: Stage, page: CasePage) -> DisclosuresView:
    page._open_thing("disclosures")
    stage.work()
    view = page.things.thing("disclosures")
    assert isinstance(view, DisclosuresView)
    return view


def put_back_from_the_trash(stage: Stage, page: CasePage) -> tuple[TrashView, str]:
    """Put back the one thing that lies there; return the list and which it was."""
    page._open_thing("trash")
    stage.work()
    shown = page.things.thing("trash")
    assert isinstance(shown, TrashView)
    [item] = shown._items.values()
    shown._put_back(item.place.ref)
    stage.work()
    return shown, item.place.ref


def test_it_is_thrown_away_on_its_form_and_taken_back(practice: Stage, page: CasePage) -> None:
    assert page.form is not None
    assert page.form.discard_button.isVisible()
    assert recipient(page) == RECIPIENT
    page.form.discard_button.click()
    practice.work()
    assert recipient(page) == ""
    assert not page.form.discard_button.isVisible()
    assert "papperskorgen" in practice.frame.undone.words
    QTest.keyClick(practice.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    practice.work()
    assert recipient(page) == RECIPIENT
    assert page.form.discard_button.isVisible()


def test_it_is_thrown_away_from_the_register_and_lies_in_the_trash(practice: Stage, page: CasePage) -> None:
    view = register(practice, page)
    assert view.discard_button.isVisible()
    view.discard_button.click()
    practice.work()
    assert not view.discard_button.isVisible()
    assert not view.go_on_button.isVisible()
    put_back_from_the_trash(practice, page)
    assert register(practice, page).discard_button.isVisible()
    assert practice.errors == []


def test_a_form_that_stands_in_registers_has_no_such_button(practice: Stage, page: CasePage) -> None:
    other = practice.page("case", case_id=practice.case_number(0), form_id="F01")
    assert isinstance(other, CasePage)
    practice.work()
    assert other.form is not None
    assert not other.form.discard_button.isVisible()


def test_a_new_one_in_the_way_is_told_and_the_thrown_one_stays(practice: Stage, page: CasePage) -> None:
    assert page.form is not None
    page.form.discard_button.click()
    practice.work()
    case_id = practice.case_number(0)
    practice.desk.run(practice.window, lambda session: typed(session, case_id, "F18b", recipient="Ny"))
    practice.work()
    shown, thrown = put_back_from_the_trash(practice, page)
    assert [type(error) for error in practice.errors] == [DraftInTheWay]
    practice.errors.clear()
    assert thrown in shown._items
