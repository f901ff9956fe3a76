"""Consents and what is given out, in the window on a real store: seen, withdrawn, noted, corrected, never lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPlainTextEdit, QPushButton, QWidget

from desktop_app.domain.disclosures import Corrected, Outcome
from desktop_app.domain.forms import Address
from desktop_app.services import disclosures
from tests.helpers.desk_work import disclosure
from tests.helpers.person import keys
from tests.helpers.read_paper import issue_read
from tests.ui.conftest import Stage
from ui.forms.field import Field
from ui.pages.case_consents import ConsentsView
from ui.pages.case_disclosures import DisclosuresView
from ui.pages.case_form import CaseForm
from ui.pages.case_page import CasePage


@pytest.fixture
def page(practice: Stage) -> CasePage:
    """The page of the case that has come the furthest."""
    return opened(practice)


def opened(stage: Stage) -> CasePage:
    page = stage.page("case", case_id=stage.case_number(0), form_id="F02")
    assert isinstance(page, CasePage)
    stage.window.activateWindow()
    return page


def thing(stage: Stage, page: CasePage, name: str) -> QWidget:
    page._rail._things[name].click()
    stage.work()
    return page.things.thing(name)


def consents_of(stage: Stage, page: CasePage) -> ConsentsView:
    view = thing(stage, page, "consents")
    assert isinstance(view, ConsentsView)
    return view


def disclosures_of(stage: Stage, page: CasePage) -> DisclosuresView:
    view = thing(stage, page, "disclosures")
    assert isinstance(view, DisclosuresView)
    return view


def words(view: QWidget) -> str:
    if isinstance(view, CaseForm):
        view.view.build_to("")  # all of it, also what the event loop had not come to
        QApplication.processEvents()
    return "\n".join(each.text() for each in view.findChildren(QLabel) if each.isVisibleTo(view))


def press(stage: Stage, view: QWidget, name: str) -> None:
    found = [b for b in view.findChildren(QPushButton) if b.text() == name and b.isVisibleTo(view)]
    assert found, name
    found[0].click()
    stage.work()


def answer(stage: Stage, page: CasePage, link_id: str, text: str) -> None:
    """Answer a question of the form in view by keys or by choosing."""
    assert page.form is not None
    page.form.view.go_to(Address(link_id))
    block = page.form.view._blocks[link_id]
    assert isinstance(block, Field), link_id
    buttons = getattr(block.editor, "buttons", None) or getattr(block.editor, "boxes", None)
    target = block.editor.stops()[0]
    if buttons:
        for code in text.split():
            buttons[code].click()
    elif isinstance(target, QComboBox):
        target.setCurrentIndex(target.findData(text))
        target.activated.emit(target.currentIndex())
    else:
        keys(target, text)
    page.flush()
    stage.work()


def noted(stage: Stage) -> tuple[Corrected, ...]:
    found: list[disclosures.DisclosureView] = []
    stage.desk.run(stage.window, disclosures.view, stage.case_number(0), done=found.append)
    stage.work()
    return found[0].lines


def asked(page: CasePage) -> set[str]:
    assert page.form is not None
    page.form.view.build_to("")
    return set(page.form.view._blocks)


def finish(stage: Stage, page: CasePage) -> None:
    assert page.form is not None
    page.form.finish_button.click()
    stage.work()


def test_each_authority_says_how_it_stands_and_what_a_gap_stops(practice: Stage, page: CasePage) -> None:
    said = words(consents_of(practice, page))
    assert "●  Polismyndigheten" in said
    assert "gäller till 2027-01-23" in said
    assert "lämna ✓ · hämta ✓" in said
    assert "–  Regionen (vården)" in said
    assert "Vården kan inte samordnas" in said
    assert "Stoppar F" not in said, "the police may be told: no form stops"
    assert "Inte frågat om: Statens institutionsstyrelse" in said


def test_a_consent_is_withdrawn_from_its_row_and_stands_withdrawn(practice: Stage, page: CasePage) -> None:
    press(practice, consents_of(practice, page), "Återkalla eller ändra (F02b)")
    assert page.form is not None
    assert page.form.form_id == "F02b"
    assert page.form.finish_button.text() == "Skriv in i registret"
    assert "Avhopparsamordningen och BOPS" in words(page.form)
    assert "Stoppar F03, F04, F09, F12" in words(page.form), "what stops is said before it is done"
    for link_id, text in (("from_when", "2026-11-22"), ("received_how", "oral"), ("explained", "yes")):
        answer(practice, page, link_id, text)
    finish(practice, page)
    assert page.form.presenter.is_finished
    said = words(consents_of(practice, page))
    assert "✕  Polismyndigheten" in said
    assert "återkallat 2026-11-22" in said
    assert "Stoppar F03, F04, F09, F12" in said


def printed(stage: Stage) -> None:
    stage.desk.run(stage.window, issue_read, stage.case_number(0), "F04", "bops")
    stage.work()


def test_a_print_that_left_is_noted_with_one_button(practice: Stage, page: CasePage) -> None:
    printed(practice)
    view = disclosures_of(practice, page)
    assert "Begäran om hotbildsbedömning till Polisen, BOPS" in words(view)
    press(practice, view, "Notera utlämnandet")
    assert page.form is not None
    assert "Utskrift: Begäran om hotbildsbedömning" in words(page.form)
    for link_id, text in (
        ("outcome", "given"), ("given_on", "2026-11-22"), ("initiative", "own"), ("authority", "police"),
        ("recipient", "Sam på BOPS"), ("recipient_check", "known_address"), ("ground", "consent"),
        ("what", "Hela begäran"), ("need", "Hotet ska bedömas"),
    ):  # fmt: skip
        answer(practice, page, link_id, text)
    assert "Polismyndigheten: gäller" in words(page.form)
    finish(practice, page)
    [entry] = noted(practice)
    assert entry.line.content.outcome is Outcome.GIVEN
    said = words(disclosures_of(practice, page))
    assert "Utskrifter som inte är noterade" not in said
    assert "Sam på BOPS" in said
    assert "Lämnat · Samtycke. 10 kap. 1 § OSL" in said


def test_contact_data_open_the_guarded_way_and_nothing_else(practice: Stage, page: CasePage) -> None:
    press(practice, disclosures_of(practice, page), "Notera ett utlämnande")
    assert asked(page) & {"ground", "what", "contact_kinds"} == set(), "first: what became of it"
    answer(practice, page, "outcome", "given")
    answer(practice, page, "ground", "own_task")
    assert asked(page) >= {"what", "need", "weighing"}
    answer(practice, page, "ground", "contact_data_2025_170")
    assert asked(page) >= {"contact_kinds", "is_hidden", "exceptional", "manager", "manager_on"}
    assert not asked(page) & {"what", "need", "weighing"}
    finish(practice, page)
    assert noted(practice) == (), "nothing is noted while something is lacking"
    answer(practice, page, "outcome", "refused")
    assert not asked(page) & {"manager", "manager_on"}


def test_what_is_half_written_comes_back_after_a_lock(
    practice: Stage,
    page: CasePage,
    through_the_lock: Callable[[], Stage],
) -> None:
    press(practice, disclosures_of(practice, page), "Notera ett utlämnande")
    for link_id, text in (("outcome", "given"), ("ground", "own_task")):
        answer(practice, page, link_id, text)
    assert page.form is not None
    page.form.view.go_to(Address("weighing"))
    box = practice.window.focusWidget()
    assert isinstance(box, QPlainTextEdit)
    keys(box, "Mindre hade inte räckt, ")
    back = through_the_lock()
    again = back.frame.page
    assert isinstance(again, CasePage)
    assert again.form is not None
    assert again.form.form_id == "F18b"
    caret = back.window.focusWidget()
    assert isinstance(caret, QPlainTextEdit)
    assert caret.toPlainText() == "Mindre hade inte räckt, "
    view = disclosures_of(back, again)
    assert view.go_on_button.isVisibleTo(view)


def test_a_line_is_corrected_by_another_that_stands_under_it(practice: Stage, page: CasePage) -> None:
    practice.desk.run(practice.window, disclosure, practice.case_number(0))
    practice.work()
    press(practice, disclosures_of(practice, page), "Rätta raden")
    for link_id, text in (
        ("outcome", "partly"), ("given_on", "2026-11-21"), ("initiative", "own"), ("authority", "police"),
        ("recipient", "Sam"), ("recipient_check", "in_person"), ("ground", "consent"),
        ("what", "Sidan ett"), ("need", "Ja"),
    ):  # fmt: skip
        answer(practice, page, link_id, text)
    finish(practice, page)
    said = words(disclosures_of(practice, page))
    assert "Rättad. Raden nedan gäller." in said
    assert said.index("Begäran") < said.index("Sidan ett")


def test_each_button_of_the_registers_has_a_name_of_its_own(practice: Stage, page: CasePage) -> None:
    printed(practice)
    for view in (consents_of(practice, page), disclosures_of(practice, page)):
        names = [b.accessibleName() for b in view.findChildren(QPushButton) if b.isVisibleTo(view)]
        assert all(names)
        assert len(names) == len(set(names))


def test_a_line_asked_for_is_brought_into_view(practice: Stage, page: CasePage) -> None:
    for _ in range(6):
        practice.desk.run(practice.window, disclosure, practice.case_number(0))
        practice.work()
    oldest = noted(practice)[-1].line.id
    view = disclosures_of(practice, page)
    assert view._scroll.verticalScrollBar().value() == 0
    view.go_to(oldest)
    practice.work()
    shown = view._lines[oldest]
    assert 0 <= shown.mapTo(view._scroll.viewport(), QPoint(0, 0)).y() < view._scroll.viewport().height()
