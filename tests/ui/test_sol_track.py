"""The SoL track in the window: typing an investigation, making a decision, noting when it was told of, both tracks."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from desktop_app.domain.forms import Address
from desktop_app.services import forms
from desktop_app.services.case_reading import stored_file
from desktop_app.services.session import Session
from tests.helpers.desk_work import opened_case, typed
from tests.services.test_decisions import GRANTED
from tests.ui.conftest import Stage
from ui.forms.repeat import RepeatBlock
from ui.pages.case_overview import OverviewView
from ui.pages.case_page import CasePage


def done(stage: Stage, service: object, *args: object) -> object:
    given: list[object] = []
    stage.desk.run(stage.window, service, *args, done=given.append)
    stage.work()
    return given[0]


@pytest.fixture
def case_id(empty: Stage) -> str:
    return str(done(empty, opened_case))


def page_of(stage: Stage, case_id: str) -> CasePage:
    page = stage.page("case", case_id=case_id)
    assert isinstance(page, CasePage)
    return page


def words_of(widget: QWidget) -> str:
    return "\n".join(each.text() for each in widget.findChildren(QLabel) if not each.isHidden())


def type_in(stage: Stage, page: CasePage, form_id: str, **texts: str) -> None:
    """Type into the form in view as its editors do."""
    page.open_form(form_id)
    stage.work()
    assert page.form is not None
    for link_id, text in texts.items():
        page.form.presenter.edited(Address(link_id), text)
    page.form.flush()
    stage.work()


def decisions(session: Session, case_id: str) -> list[dict[str, object]]:
    with session.reading() as stores:
        rows = stored_file(session, stores, stores.cases.by_id(case_id)).rows("decisions")
    return [{name: answer.value for name, answer in row.cells.items()} for row in rows]


def test_a_decision_typed_in_the_window_stands_in_the_register(empty: Stage, case_id: str):
    page = page_of(empty, case_id)
    type_in(empty, page, "F09", **GRANTED)
    assert page.form is not None
    page.form.presenter.finish()
    empty.work()
    [row] = done(empty, decisions, case_id)
    assert row["ground"] == "11 kap. 1 § och 9 kap. 5–6 §§ SoL (2025:400)"
    assert page.form.presenter.entry("told_on") is not None, "asked for once it is made"


def test_what_followed_on_a_decision_is_noted_where_no_row_can_be_added(empty: Stage, case_id: str):
    def made(session: Session) -> None:
        typed(session, case_id, "F09", **GRANTED)
        forms.finish(session, case_id, "F09")

    done(empty, made)
    page = page_of(empty, case_id)
    page.open_form("F40")
    empty.work()
    assert page.form is not None
    page.form.view.go_to(Address("decisions"))
    empty.work()
    [block] = [each for each in page.form.view.findChildren(RepeatBlock) if each.item.link_id == "decisions"]
    assert block._add.isHidden()
    [card] = block.cards.values()
    card.open()
    empty.work()
    assert "Ta bort raden" not in [each.text() for each in card.findChildren(QPushButton)]
    assert "Skyddat boende" in words_of(card)


def test_both_tracks_stand_in_the_overview_and_lead_to_their_forms(empty: Stage, case_id: str):
    done(empty, lambda session: typed(session, case_id, "F07", decided="ej_avhoppare"))
    page = page_of(empty, case_id)
    page._open_thing("overview")
    empty.work()
    view = page.things.thing("overview")
    assert isinstance(view, OverviewView)
    said = words_of(view.tracks)
    assert "Din bedömning: Ej avhoppare" in said
    assert "Behoven är inte utredda än" in said
    assert "få sina behov prövade" in said
    view.tracks.buttons["needs"].click()
    empty.work()
    assert page.form is not None
    assert page.form.form_id == "F08"
