"""F12 in the order of whatever form the police has this year: the municipality's own list of its fields."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from desktop_app.domain.field_lists import (
    FieldListForAnother,
    FieldListUnreadable,
    FieldTwice,
    FieldUnknown,
    RequiredFieldLeftOut,
    arranged,
    list_of,
)
from desktop_app.services.audit import events
from desktop_app.services.field_lists import fault_in, field_list, put_back, take_field_list
from desktop_app.services.forms import open_form
from desktop_app.services.library import load_library
from desktop_app.services.printing import preview
from desktop_app.services.session import Session
from tests.helpers.desk_work import intake, opened_case, typed

F12 = load_library().form("F12")


def shown(session: Session, case_id: str) -> list[str]:
    return [entry.item.link_id for entry in open_form(session, case_id, "F12").filled.items()]


def without(text: str, *names: str) -> str:
    lines = text.splitlines(keepends=True)
    return "".join(line for line in lines if not any(line.startswith(f'  "{name}"') for name in names))


@pytest.fixture
def case_id(session: Session) -> str:
    made = opened_case(session)
    intake(session, made, protected_identity="none")
    return made


def test_the_list_of_the_program_changes_nothing(session: Session, case_id: str):
    before, paper = shown(session, case_id), preview(session, case_id, "F12")
    take_field_list(session, "F12", field_list(session, "F12").text)
    assert shown(session, case_id) == before
    assert preview(session, case_id, "F12") == paper
    assert field_list(session, "F12").is_own


def test_a_field_that_is_left_out_stands_nowhere_and_its_answer_is_kept(session: Session, case_id: str):
    typed(session, case_id, "F12", giro="123-4567")
    take_field_list(session, "F12", without(field_list(session, "F12").text, "giro"))
    assert "giro" not in shown(session, case_id)
    words = "".join(
        page.extract_text() for page in PdfReader(BytesIO(preview(session, case_id, "F12"))).pages
    )
    assert "123-4567" not in words
    put_back(session, "F12")
    assert not field_list(session, "F12").is_own
    [giro] = [e for e in open_form(session, case_id, "F12").filled.items() if e.item.link_id == "giro"]
    assert giro.answer.value == "123-4567"


def test_sections_and_fields_stand_in_the_order_of_the_list(session: Session, case_id: str):
    text = field_list(session, "F12").text
    head, *sections = text.split("\n[[section]]\n")
    turned = "\n[[section]]\n".join([head, *reversed(sections)])
    take_field_list(session, "F12", turned)
    found = [each.section.id for each in open_form(session, case_id, "F12").filled.sections]
    declared = [section.id for section in F12.sections if section.id in found]
    assert found == declared[::-1]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda text: text.replace("fields = [", "fields = ", 1), FieldListUnreadable),
        (lambda text: text + "more = 1\n", FieldListUnreadable),
        (lambda text: text.replace('"giro"', '"gyro"'), FieldUnknown),
        (lambda text: text.replace('"giro"', '"municipality"'), FieldTwice),
        (lambda text: without(text, "organisation_number"), RequiredFieldLeftOut),
        (lambda text: text.replace('form = "F12"', 'form = "F13"'), FieldListForAnother),
        (lambda text: text.replace("version = 1", "version = 7"), FieldListForAnother),
        (lambda _text: "\0", FieldListUnreadable),
    ],
)
def test_a_list_that_does_not_fit_is_refused_by_its_name_and_changes_nothing(
    session: Session, case_id: str, change, fault: type[Exception]
):
    before = shown(session, case_id)
    text = change(field_list(session, "F12").text)
    assert isinstance(fault_in(session.library, "F12", text), fault)
    with pytest.raises(fault):
        take_field_list(session, "F12", text)
    assert shown(session, case_id) == before
    assert not field_list(session, "F12").is_own


def test_who_changed_the_list_stands_in_the_log(session: Session):
    take_field_list(session, "F12", field_list(session, "F12").text)
    assert "fields.list_taken" in [event.params["kind"] for event in events(session)]


@given(st.data())
def test_whatever_order_they_are_put_in_no_field_is_lost_or_doubled(data: st.DataObject):
    declared = list_of(F12)
    sections = data.draw(
        st.permutations([(name, data.draw(st.permutations(f))) for name, f in declared.sections])
    )
    mixed = type(declared)("F12", F12.version, tuple((name, tuple(fields)) for name, fields in sections))
    mixed.must_fit(F12)
    assert sorted(item.link_id for item in arranged(F12, mixed).items()) == sorted(declared.fields())
