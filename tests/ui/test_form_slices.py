"""A long form comes a few fields at a time, and one can type, jump and save while it does."""

import pytest

from desktop_app.domain.forms import Address
from desktop_app.services import cases
from tests.ui.conftest import Stage
from ui.forms import form_view
from ui.forms.asides import Asides
from ui.forms.field import Field
from ui.forms.form_view import FormView
from ui.forms.repeat import RepeatBlock
from ui.pages.case_form import CaseForm
from ui.pages.case_page import CasePage
from ui.theme.tokens import MARGIN_PAGE


@pytest.fixture
def form(practice: Stage, monkeypatch: pytest.MonkeyPatch) -> CaseForm:
    """The first form of a case, of which the first field alone is there."""
    return begun(practice, monkeypatch, "F01")


def begun(practice: Stage, monkeypatch: pytest.MonkeyPatch, form_id: str) -> CaseForm:
    """A form of a new case, of which the first field alone is there; ``_build_more`` brings the next."""
    made: list[cases.CaseMade] = []
    practice.desk.run(practice.window, cases.new_case, done=made.append)
    practice.work()
    case_id = made[0].case_id
    monkeypatch.setattr(form_view, "SLICE_SECONDS", 0.0)
    monkeypatch.setattr(form_view.FormView, "_build_more", lambda _view: None)
    page = practice.page("case", case_id=case_id, form_id=form_id)
    assert isinstance(page, CasePage)
    assert page.form is not None
    monkeypatch.undo()
    page.form.view._building.timeout.connect(page.form.view._build_more)  # in the place of what did nothing
    monkeypatch.setattr(form_view, "SLICE_SECONDS", 0.0)
    assert 0 < len(_shown(page.form)) < len(_wanted(page.form)), "the control: it is not whole yet"
    return page.form


def _shown(form: CaseForm) -> list[str]:
    return [block.item.link_id for view in form.view._sections.values() for block in view.grid.blocks]


def _wanted(form: CaseForm) -> list[str]:
    return [entry.item.link_id for filled in form.presenter.sections for entry in filled.items]


def test_the_rest_comes_a_field_at_a_time_in_reading_order(form: CaseForm):
    for number in range(1, len(_wanted(form))):
        assert _shown(form) == _wanted(form)[:number]
        form.view._build_more()
    assert _shown(form) == _wanted(form)
    assert not form.view._unbuilt


def test_a_jump_builds_up_to_the_field_and_no_further(practice: Stage, form: CaseForm):
    last = _wanted(form)[-2]
    form.view.go_to(Address(last))
    assert _shown(form) == _wanted(form)[:-1]
    assert last in form.view._blocks


def test_what_is_saved_meanwhile_is_saved_and_shown(practice: Stage, form: CaseForm):
    form.presenter.edited(Address("own_words"), "Hon vill bort.")
    form.flush()
    practice.work()
    assert form.presenter.is_settled
    shown = len(_shown(form))
    assert shown > 1, "each view that comes brings some more"
    while form.view._unbuilt:
        form.view._build_more()
    assert _shown(form) == _wanted(form)
    field = form.view._blocks["own_words"]
    assert isinstance(field, Field)
    assert field.editor.text() == "Hon vill bort."


def test_the_rows_of_a_table_come_one_at_a_time(practice: Stage, monkeypatch: pytest.MonkeyPatch):
    view = begun(practice, monkeypatch, "F14").view
    assert isinstance(view, FormView)
    while (table := _table(view)) is None:
        view._build_more()
    assert not table.is_whole
    assert not table.cards, "the control: nor is any row there yet"
    for number in range(1, len(view.context.presenter.rows(table.item.link_id)) + 1):
        view._build_more()
        assert len(table.cards) == number
    assert table.is_whole


def test_a_jump_to_a_row_builds_it_and_those_before_it(practice: Stage, monkeypatch: pytest.MonkeyPatch):
    view = begun(practice, monkeypatch, "F14").view
    assert isinstance(view, FormView)
    while (table := _table(view)) is None:
        view._build_more()
    rows = [row.id for row in view.context.presenter.rows(table.item.link_id)]
    view.go_to(Address(table.item.link_id, rows[2]))
    assert list(table.cards) == rows[:3]
    assert table.cards[rows[2]].is_open
    assert len(rows) > 3, "the control: there are more"


def test_what_nobody_sees_waits_until_it_is_seen(form: CaseForm):
    shown = _shown(form)
    form.hide()
    form.view._build_more()
    assert _shown(form) == shown
    form.show()
    assert form.view._building.isActive()
    form.view._build_more()
    assert len(_shown(form)) == len(shown) + 1, "the control: in view it goes on"


def test_a_field_has_its_small_buttons_when_it_is_entered_and_nothing_moves(practice: Stage, form: CaseForm):
    form.view.build_to("")
    practice.work()
    field = form.view._blocks["own_words"]
    assert isinstance(field, Field)
    places = {name: block.geometry() for name, block in form.view._blocks.items()}
    assert not field.findChildren(Asides), "the control: they are not there before"
    field.editor.stops()[0].setFocus()
    practice.work()
    assert field.findChild(Asides).isVisible()
    assert {name: block.geometry() for name, block in form.view._blocks.items()} == places


def test_the_page_is_as_long_as_its_fields(practice: Stage, form: CaseForm):
    form.view.build_to("")
    practice.work()
    last = max(view.geometry().bottom() for view in form.view._sections.values())
    assert 0 < form.view._page.height() - last < 2 * MARGIN_PAGE


def _table(view: FormView) -> RepeatBlock | None:
    return next((each for each in view._blocks.values() if isinstance(each, RepeatBlock)), None)
