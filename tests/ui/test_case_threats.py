"""Screening, instruments and the threat at the window: a person types, sees what changed, and is warned by code."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from desktop_app.domain.answers import AnswerState
from desktop_app.domain.forms import Address
from desktop_app.services.forms import begin_anew, open_form
from tests.helpers.desk_work import answers, typed, typed_row
from tests.helpers.figures import tell
from tests.helpers.person import Person
from tests.ui.conftest import Stage
from ui.forms.field import Field
from ui.pages.case_page import CasePage
from ui.pages.case_threats import ThreatsView


@pytest.fixture
def person(practice: Stage, qtbot) -> Person:
    return Person(practice.window, qtbot.waitUntil, lambda: practice.desk.jobs.idle)


def step(stage: Stage, person: Person, number: int, form_id: str) -> CasePage:
    page = stage.page("case", case_id=stage.case_number(number), form_id=form_id)
    assert isinstance(page, CasePage)
    page = person.step(form_id)
    stage.work()
    assert page.form is not None
    page.form.view.build_to("")
    return page


def in_store(stage: Stage, service: Callable[..., object], *args: object, **texts: str) -> list[object]:
    found: list[object] = []
    stage.desk.run(stage.window, lambda session: service(session, *args, **texts), done=found.append)
    stage.work()
    return found


def kept(stage: Stage, number: int, form_id: str):
    [view] = in_store(stage, open_form, stage.case_number(number), form_id)
    return answers(view)


def words(view: QWidget) -> str:
    return "\n".join(each.text() for each in view.findChildren(QLabel) if each.isVisibleTo(view))


def threats_of(stage: Stage, number: int) -> ThreatsView:
    page = stage.page("case", case_id=stage.case_number(number), thing="threats")
    assert isinstance(page, CasePage)
    view = page.things.thing("threats")
    assert isinstance(view, ThreatsView)
    return view


NEW_CASE = 2


def test_the_first_questions_are_typed_and_an_unasked_one_is_not_a_no(practice: Stage, person: Person):
    page = step(practice, person, NEW_CASE, "F43")
    for link_id, text in {
        "asked_on": "2026-11-22",
        "violence_suffered": "yes",
        "violence_suffered_from": "partner other",
        "violence_used_words": "Vill inte prata om det nu.",
        "dwelling": "temporary",
    }.items():
        person.answer(page, link_id, text)
    assert page.form is not None
    block = page.form.view._blocks["debts"].block_at(Address("debts"))
    assert isinstance(block, Field)
    page.form.presenter.set_state(Address("debts"), AnswerState.NOT_ASKED)
    page.flush()
    person.rest()
    given = kept(practice, NEW_CASE, "F43")
    assert given["violence_suffered_from"].value == ("partner", "other")
    assert given["violence_used_words"].value == "Vill inte prata om det nu."
    assert given["dwelling"].value == "temporary"
    assert given["debts"].state is AnswerState.NOT_ASKED
    assert not given["violence_used"].is_given, "the control: what nobody has touched is open"


def test_an_instrument_is_noted_and_the_licences_can_be_read_beside(practice: Stage, person: Person):
    page = step(practice, person, NEW_CASE, "F45")
    person.add_row(
        page,
        "instruments",
        {"instrument": "freda_short", "used_on": "2026-11-21", "trained": "no", "result": "Inget våld nu."},
    )
    assert page.form is not None
    page.form.view.build_to("")
    assert "Skriv inte av frågor" in words(page.form)
    [view] = in_store(practice, open_form, practice.case_number(NEW_CASE), "F45")
    [row] = next(e.rows for e in view.filled.items() if e.item.link_id == "instruments")
    assert row.cell("result").value == "Inget våld nu."


def test_an_answer_typed_in_the_request_stands_beside_the_former_one(practice: Stage, person: Person):
    in_store(practice, begin_anew, practice.case_number(0), "F04")
    page = step(practice, person, 0, "F04")
    assert page.form is not None
    assert not answers(page.form.presenter.view)["threat_level"].is_given
    for link_id, text in {
        "kind": "later",
        "threat_level": "low",
        "threat_assessed_on": "2026-11-21",
        "threat_measures": "Larmtelefonen lämnas tillbaka.",
    }.items():
        person.answer(page, link_id, text)
    seen = words(threats_of(practice, 0))
    assert "Hotbild: Hög → Låg, sedan 2026-11-21." in seen
    assert "Larmtelefonen lämnas tillbaka.  ● ändrat" in seen
    assert seen.index("Senare bedömning") < seen.index("Under utredningen") < seen.index("Första bedömningen")
    assert "stark rädsla" in seen, "the fear stands beside a judgement that has become lower"
    tell("threat", "3 assessments side by side in the window, what changed marked at its place")


def test_the_places_of_a_protected_person_are_hidden_beside_each_other_too(practice: Stage):
    case_id = practice.case_number(4)
    in_store(
        practice, typed_row, case_id, "F46", "threats", level="high", places_to_avoid="Björkvik", kind="later"
    )
    view = threats_of(practice, 4)
    assert "Björkvik" not in words(view)
    assert "Dold" in words(view)
    in_store(
        practice,
        typed_row,
        practice.case_number(5),
        "F46",
        "threats",
        level="high",
        places_to_avoid="Björkvik",
    )
    assert "Björkvik" in words(threats_of(practice, 5)), "the control: shown where nothing is protected"


def test_a_case_without_any_assessment_says_so_and_leads_to_the_request(practice: Stage):
    view = threats_of(practice, NEW_CASE)
    assert "Ingen bedömning finns ännu." in words(view)
    assert "Polisen har inte svarat ännu." in words(view)


def test_evidence_typed_for_a_criterion_stands_in_its_row(practice: Stage, person: Person):
    page = step(practice, person, NEW_CASE, "F07")
    person.add_row(
        page,
        "evidence",
        {
            "criterion": "wants_to_leave",
            "source": "own_account",
            "strength": "strong",
            "words": "Ringde själv.",
        },
    )
    [view] = in_store(practice, open_form, practice.case_number(NEW_CASE), "F07")
    [table] = [each for each in view.filled.items() if each.item.link_id == "criteria"]
    told = {row.id: row.cell("evidence_lines").value for row in table.rows}
    assert told["wants_to_leave"] == "Personens egen berättelse, stark: Ringde själv."
    assert told["support_need"] is None


def test_a_conflicting_placement_is_warned_of_by_code_where_the_provider_is_typed(
    practice: Stage, person: Person
):
    other = practice.case_number(1)
    in_store(practice, typed, other, "F07", network_name="Exempelgänget")
    in_store(practice, typed_row, other, "F12", "cost_lines", provider="Trygga Påhittet AB")
    page = step(practice, person, NEW_CASE, "F12")
    in_store(practice, typed, practice.case_number(NEW_CASE), "F07", rival_networks="Exempelgänget")
    person.add_row(page, "cost_lines", {"provider": "Trygga Påhittet AB"})
    assert page.form is not None
    page.form.presenter.renew()
    person.rest()
    doubts = page.form.presenter.doubts
    told = [
        practice.desk.texts.get(each.text_key, **each.params)
        for each in doubts
        if "placement" in each.text_key
    ]
    assert len(told) == 1
    assert "K-2026-002" in told[0]
    for name in ("Exempelgänget", "Påhittet", "Tänk", "Övning"):
        assert name not in told[0]
