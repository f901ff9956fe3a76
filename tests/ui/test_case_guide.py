"""The guide in the window: rail and overview, the next step, hold points, leaving and coming back."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QScrollArea, QWidget

from desktop_app.domain.changes import Kind, changed
from desktop_app.domain.forms import Address
from desktop_app.services import guide
from desktop_app.services.cases import CaseMade, new_case
from desktop_app.services.forms import finish
from desktop_app.services.session import Session
from tests.helpers.desk_work import intake, typed, typed_row
from tests.ui.conftest import Stage
from ui.dialogs.new_case import NewCaseDialog
from ui.pages.case_overview import OverviewView
from ui.pages.case_page import CasePage
from ui.pages.case_rail import CaseRail
from ui.widgets.basics import Button


def done(stage: Stage, service, *args, **words):
    """Run a service and return what it gives."""
    found: list[object] = []
    stage.desk.run(stage.window, lambda session: service(session, *args, **words), done=found.append)
    stage.work()
    assert stage.errors == []
    stage.desk.signals.changed.emit(changed(Kind.CASE, Kind.FACT, Kind.REGISTER, Kind.FORM))
    stage.work()
    return found[0]


@pytest.fixture
def page(empty: Stage) -> CasePage:
    made = cast("CaseMade", done(empty, new_case))
    page = empty.page("case", case_id=made.case_id)
    assert isinstance(page, CasePage)
    return page


def rail(page: CasePage) -> CaseRail:
    return page._rail


def shown_steps(page: CasePage) -> list[str]:
    return [name for name, button in rail(page)._buttons.items() if not button.isHidden()]


def overview_of(page: CasePage, stage: Stage) -> OverviewView:
    page._open_thing("overview")
    stage.work()
    view = page.things.thing("overview")
    assert isinstance(view, OverviewView)
    return view


def chosen(page: CasePage) -> list[str]:
    stops = {**rail(page)._buttons, **rail(page)._things}
    return [name for name, button in stops.items() if button.isChecked()]


def words_in(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def button(widget: QWidget, words: str) -> Button:
    found = [each for each in widget.findChildren(Button) if each.text() == words and not each.isHidden()]
    assert found, words
    return found[0]


def test_the_present_phase_stands_open_and_the_others_are_folded(empty: Stage, page: CasePage):
    assert shown_steps(page) == ["first_contact", "intake", "consent"]
    heads = {name: head.accessibleName() for name, head in rail(page)._heads.items()}
    assert heads["contact"] == "Kontakt, 0 av 3 klara, öppen"
    assert heads["support"] == "Stöd, 0 av 6 klara, hopfälld"
    assert rail(page)._buttons["first_contact"].accessibleName() == "Första kontakt: ej påbörjad"
    rail(page)._heads["support"].click()
    assert "funding" in shown_steps(page)
    done(empty, intake, page._case_id)
    assert "funding" in shown_steps(page), "what somebody opened stays open when the steps are shown anew"


def test_the_rail_is_walked_with_the_keys(empty: Stage, page: CasePage):
    rail(page)._heads["contact"].setFocus()
    stops = rail(page)._stops()

    def place() -> int:
        return stops.index(cast("QWidget", QApplication.focusWidget()))

    here = place()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert place() == here + 1
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Up)
    assert place() == here
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_End)
    assert place() == len(stops) - 1
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Home)
    assert place() == 0
    rail(page)._heads["contact"].setFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Left)
    assert shown_steps(page) == []
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    assert shown_steps(page) == ["first_contact", "intake", "consent"]
    rail(page)._heads["end"].setFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert "closing" in shown_steps(page)


def test_a_step_is_opened_where_it_begins_and_is_the_one_that_is_marked(empty: Stage, page: CasePage):
    page.open_step("open_investigation")
    empty.work()
    assert page.form is not None
    assert (page.form.form_id, chosen(page)) == ("F40", ["open_investigation"])
    page.open_step("application")
    empty.work()
    assert chosen(page) == ["application"], "the same form, another step"
    assert "application" in shown_steps(page), "the phase of the step in view is opened"
    page.open_form("F44")
    empty.work()
    assert chosen(page) == [], "a form of no step marks none"


def test_the_head_says_the_next_step_and_why_and_goes_there(empty: Stage, page: CasePage):
    case_id = page._case_id
    done(empty, intake, case_id)
    page.open_step("threat")
    empty.work()
    assert page._head._next.text() == "Första kontakt"
    assert page._head._why.text() == "Steget är påbörjat."
    page._head.go_on_button.click()
    empty.work()
    assert chosen(page) == ["first_contact"]
    assert page._head.go_on_button.isHidden(), "there is no going on to where one is"


def test_the_overview_tells_every_step_and_what_is_opened_there_leads_back(empty: Stage, page: CasePage):
    done(empty, intake, page._case_id)
    view = overview_of(page, empty)
    assert len(view.rows) == 20
    assert view.rows["intake"].main.text() == "Ändra"
    assert view.rows["consent"].main.text() == "Öppna"
    assert "Saknas: Aktualisering – potentiell avhoppare är inte klar" in words_in(view.rows["intake"])
    view.rows["intake"].main.click()
    empty.work()
    assert page.form is not None
    assert (page.form.form_id, page.things.shown) == ("F01", "")
    assert page._strip.back_button.isVisibleTo(page._strip)
    page._strip.back_button.click()
    empty.work()
    assert page.things.shown == "overview"
    page.open_step("intake")
    empty.work()
    assert page._strip.back_button.isHidden(), "the control: who did not come from there is not led there"


def test_changing_from_the_overview_and_going_back_never_blanks_an_answer(empty: Stage, page: CasePage):
    done(empty, intake, page._case_id)
    view = overview_of(page, empty)
    before = page.form.presenter.view.filled if page.form is not None else None
    for step in ("intake", "consent", "threat"):
        view.rows[step].main.click()
        empty.work()
        page._strip.back_button.click()
        empty.work()
    page.open_step("intake")
    empty.work()
    assert page.form is not None
    answers = {entry.item.link_id: entry.answer for entry in page.form.presenter.view.filled.items()}
    assert answers["name"].value == "Klara Kastanj"
    assert before is None or len(answers) >= len(list(before.items()))


def test_an_urgent_step_is_put_first_with_a_reason_in_the_overview(empty: Stage, page: CasePage):
    view = overview_of(page, empty)
    row = view.rows["interim_support"]
    row.more_button.click()
    button(row, "Ta steget först").click()
    assert row._reason is not None
    row.keep_button.click()
    empty.work()
    assert "Ett skäl saknas." in words_in(view.rows["interim_support"])
    view.rows["interim_support"]._reason.setPlainText("Kan inte sova hemma i natt")
    view.rows["interim_support"].keep_button.click()
    empty.work()
    assert "Tas först: Kan inte sova hemma i natt" in words_in(view.rows["interim_support"])
    assert page._head._next.text() == "Akut insats"
    assert "Kan inte sova hemma i natt" in page._head._why.text()
    step = rail(page)._buttons["interim_support"]
    assert not step.isHidden(), "the phase of the next step stands open"
    assert "tas först" in step.accessibleName()
    assert empty.window.undo() if hasattr(empty.window, "undo") else empty.desk.undo.undo()
    empty.work()
    assert page._head._next.text() == "Första kontakt", "Ctrl+Z takes the mark away"


def test_a_reason_half_written_is_kept_when_the_desk_is_left(empty: Stage, page: CasePage):
    view = overview_of(page, empty)
    view.rows["funding"].ask("not_needed")
    assert view.rows["funding"]._reason is not None
    view.rows["funding"]._reason.setPlainText("Kommunen söker")
    place = page.place()
    done(empty, typed, page._case_id, "F40", applied_how="oral")
    assert view.rows["funding"].asking()["text"] == "Kommunen söker", "the guide was shown anew meanwhile"
    empty.window.show_page("start")
    empty.work()
    again = empty.page("case", case_id=page._case_id)
    assert isinstance(again, CasePage)
    again.restore_place(place)
    empty.work()
    assert again.things.shown == "overview"
    kept = again.things.thing("overview")
    assert isinstance(kept, OverviewView)
    assert kept.rows["funding"].asking() == {
        "step": "funding",
        "mark": "not_needed",
        "text": "Kommunen söker",
    }


def test_the_step_one_was_at_is_come_back_to(empty: Stage, page: CasePage):
    view = overview_of(page, empty)
    view.rows["plan"].main.click()
    empty.work()
    place = page.place()
    empty.window.show_page("start")
    empty.work()
    again = empty.page("case", case_id=page._case_id)
    assert isinstance(again, CasePage)
    again.restore_place(place)
    empty.work()
    assert chosen(again) == ["plan"], "and not the first step that opens the same form"
    assert not again._strip.back_button.isHidden()


def test_a_hold_point_stands_in_the_head_and_at_its_step_and_locks_nothing(empty: Stage, page: CasePage):
    case_id = page._case_id
    done(empty, typed_row, case_id, "F07", "criteria", "suspected_of_serious_crime", answer="yes")
    title = "Misstänkt för allvarligt brott: samråd med polisen"
    assert title in words_in(page._head)
    page.open_step("criteria")
    empty.work()
    assert title in words_in(page._strip)
    assert title not in words_in(page._head), "said once: above the step it stops"
    assert page.form is not None
    assert page.form.finish_button.isEnabled()
    button(page._strip, "Skriv samrådet").click()
    empty.work()
    assert page.form is not None
    assert page.form.form_id == "F44"
    done(
        empty, typed, case_id, "F44",
        police_consulted_on="2026-11-22", police_consulted_outcome="go_on", police_consulted_reason="Tydlig vilja",
    )  # fmt: skip
    page.open_step("criteria")
    empty.work()
    assert title not in words_in(page._head) + words_in(page._strip)
    assert title in words_in(overview_of(page, empty)), "what was weighed still stands in the overview"


def test_a_step_finished_past_an_open_hold_point_says_so(empty: Stage, page: CasePage):
    def finished(session: Session) -> None:
        intake(session, page._case_id, urgent_danger="yes")
        finish(session, page._case_id, "F01")

    done(empty, finished)
    page.open_step("intake")
    empty.work()
    assert "Steget är klart trots en hållpunkt som inte är prövad" in words_in(page._strip)
    assert "Ring 112 om faran pågår." in words_in(page._strip)


def test_the_first_contact_is_written_after_its_form_is_finished_and_the_clock_stops(
    empty: Stage, page: CasePage
):
    def finished(session: Session) -> None:
        intake(session, page._case_id)
        finish(session, page._case_id, "F01")

    done(empty, finished)
    assert page._head.clock.isVisible()
    assert rail(page)._buttons["first_contact"].accessibleName() == "Första kontakt: pågår"
    page._head.answer_button.click()
    empty.work()
    assert page.form is not None
    assert page.form.form_id == "F40"
    assert page.form.view.focused == Address("first_contact_at")
    done(empty, typed, page._case_id, "F40", first_contact_at="2026-11-22 11:00")
    assert not page._head.clock.isVisible()
    assert rail(page)._buttons["first_contact"].accessibleName() == "Första kontakt: klar"


def test_while_the_intake_is_a_draft_the_clock_leads_to_its_own_question(empty: Stage, page: CasePage):
    """The control: nothing is written in two places."""
    done(empty, intake, page._case_id)
    page._head.answer_button.click()
    empty.work()
    assert page.form is not None
    assert (page.form.form_id, page.form.view.focused) == ("F01", Address("first_contact_at"))


@pytest.mark.qt_log_ignore("does not support (raise|grabbing)")
def test_a_step_offers_its_other_forms_above_the_one_in_view(empty: Stage, page: CasePage):
    page.open_step("referral")
    empty.work()
    strip = page._strip
    assert strip.more_button.isVisibleTo(page)
    menu = strip.open_ways()
    offered = {action.text(): action for action in menu.actions() if action.text()}
    assert {"Hänvisning", "Dagordning", "Minnesanteckningar", "Inför första mötet"} <= set(offered)
    assert [name for name, action in offered.items() if action.isChecked()] == ["Hänvisning"]
    assert list(offered).count("Möten") == 1, "the list of meetings and its paper go by one name"
    offered["Inför första mötet"].trigger()
    menu.close()
    empty.work()
    assert page.form is not None
    assert page.form.form_id == "K1"
    assert chosen(page) == ["referral"], "one is at the step still"
    page.open_step("criteria")
    empty.work()
    assert not strip.more_button.isVisibleTo(page), "the control: a step with one form offers no other"


def test_the_field_a_step_begins_at_is_in_view(empty: Stage, page: CasePage):
    for step in ("application", "decision", "open_investigation"):
        page.open_step(step)
        empty.work()
    assert page.form is not None
    focused = empty.window.focusWidget()
    assert focused is not None
    for _round in range(1_000):
        if focused.visibleRegion().isEmpty():
            QTest.qWait(10)
    view = cast("QScrollArea", page.form.view)
    assert not focused.visibleRegion().isEmpty(), "and not below the edge"
    assert page.form.view.focused == Address("investigation_opened_on")
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    assert focused.visibleRegion().isEmpty(), "the control: it can be out of view"


def test_a_child_that_comes_along_is_offered_a_file_of_its_own(empty: Stage, page: CasePage):
    done(empty, intake, page._case_id, children_in_household="yes")
    page.open_step("threat")
    empty.work()
    button(page._head, "Öppna en akt för barnet").click()
    empty.work()
    dialog = empty.dialog()
    assert isinstance(dialog, NewCaseDialog)
    assert (dialog.kind.currentData(), dialog.relation.currentData()) == ("child", "child")
    cast("QDialog", dialog).reject()
    empty.work()


def test_when_others_have_the_word_the_case_opens_at_the_overview(empty: Stage, page: CasePage):
    case_id = page._case_id

    def left_to_others(session: Session) -> None:
        for step in session.library.definitions.guide.steps:
            if step.id != "move":
                guide.set_aside(session, case_id, step.id, "Övning")
        typed(session, case_id, "F40", transfer_asked_on="2026-11-10")

    done(empty, left_to_others)
    empty.window.show_page("start")
    empty.work()
    again = empty.page("case", case_id=case_id)
    assert isinstance(again, CasePage)
    assert again.things.shown == "overview"
    assert again._head._why.text() == (
        "Just nu har andra ordet: Byte av kommun väntar på den andra kommunen sedan 12 dagar."
    )
    assert again._head.go_on_button.isHidden()


def test_every_step_of_the_overview_has_its_height_and_long_names_stay_within_the_rail(
    empty: Stage, page: CasePage
):
    view = overview_of(page, empty)
    QTest.qWait(1)
    assert min(row.height() for row in view.rows.values()) >= view.rows["plan"].main.height()
    for head in rail(page)._heads.values():
        head.click()
    empty.work()
    widest = max(stop.geometry().right() for stop in rail(page)._stops())
    assert widest <= rail(page)._scroll.viewport().width()
