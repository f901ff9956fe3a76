"""A long form comes a few fields at a time, and one can type, jump and save while it does."""

import pytest

from desktop_app.domain.forms import Address
from desktop_app.services import cases
from tests.ui.conftest import Stage
from ui.forms import form_view
from ui.forms.field import Field
from ui.pages.case_form import CaseForm
from ui.pages.case_page import CasePage


@pytest.fixture
def form(practice: Stage, monkeypatch: pytest.MonkeyPatch) -> CaseForm:
    """The first form of a case, of which the first field alone is there."""
    made: list[cases.CaseMade] = []
    practice.desk.run(practice.window, cases.new_case, done=made.append)
    practice.work()
    case_id = made[0].case_id
    monkeypatch.setattr(form_view, "SLICE_SECONDS", 0.0)
    monkeypatch.setattr(form_view.FormView, "_build_more", lambda _view: None)
    page = practice.page("case", case_id=case_id, form_id="F01")
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
