"""A filled-in answer is read beside the case; nothing is taken over by itself, and nothing hostile gets far."""

from __future__ import annotations

from datetime import date

import pytest
from pikepdf import Encryption, Name, Permissions

from desktop_app.domain.answers import AnswerState, answered
from desktop_app.domain.errors import AppError
from desktop_app.domain.field_names import FormMark, answer_sections
from desktop_app.domain.forms import Address
from desktop_app.domain.read_in_errors import (
    AnswerPdfDamaged,
    AnswerPdfLocked,
    AnswerPdfOfOtherCase,
    AnswerPdfOfOtherForm,
    AnswerPdfOfOtherVersion,
    AnswerPdfTooLarge,
    AnswerPdfWithoutFields,
)
from desktop_app.printing import fields_in_pdf
from desktop_app.services.answers_from_pdf import FoundAnswers, edits_of, read
from desktop_app.services.forms import finish, open_form, save_answers
from desktop_app.services.session import Session
from tests.helpers.answer_pdfs import blown_up, pdf_with_fields, very_deep, with_loop
from tests.helpers.desk_work import answers, intake, opened_case, police_consent, typed

REQUEST = {"recipient_unit": "BOPS", "known_threats": "Sms", "questions": "level", "answer_by": "2026-12-01"}
ANSWER = {
    "threat_level": Name("/high"),
    "threat_lethal": Name("/state-unknown"),
    "threat_assessed_by": "Åsa Öberg, bedömare",
    "threat_assessed_on": "2026-11-20",
    "threat_measures": "Undvik centrum.\nRing 114 14 före möten.",
}


@pytest.fixture
def case_id(session: Session) -> str:
    case_id = opened_case(session)
    intake(session, case_id)
    police_consent(session, case_id)
    typed(session, case_id, "F04", kind="initial", **REQUEST)
    finish(session, case_id, "F04")
    return case_id


def mark_of(session: Session, case_id: str, form_id: str = "F04") -> FormMark:
    view = open_form(session, case_id, form_id)
    return FormMark(form_id, view.filled.definition.version, view.response_id)


def pdf_of(mark: FormMark, values: dict[str, object]) -> bytes:
    return pdf_with_fields({mark.name(name): value for name, value in values.items()})


def found_in(session: Session, case_id: str, **values: object) -> FoundAnswers:
    return read(session, case_id, "F04", pdf_of(mark_of(session, case_id), values))


def row(found: FoundAnswers, link_id: str):
    return next(each for each in found.rows if each.address == Address(link_id))


def test_what_was_written_is_found_in_the_order_of_the_form(session: Session, case_id: str):
    found = found_in(session, case_id, **ANSWER)
    assert [each.address.link_id for each in found.rows] == list(ANSWER)
    assert row(found, "threat_level").found_words == "Hög"
    assert row(found, "threat_assessed_by").found_words == "Åsa Öberg, bedömare"
    assert row(found, "threat_measures").answer == answered(ANSWER["threat_measures"])
    assert row(found, "threat_lethal").answer.state is AnswerState.UNKNOWN
    assert all(each.is_new and each.readable for each in found.rows)
    assert (found.was_blank, found.left) == (False, 0)


def test_reading_changes_nothing_and_only_what_is_ticked_is_taken_over(session: Session, case_id: str):
    found = found_in(session, case_id, **ANSWER)
    before = answers(open_form(session, case_id, "F04"))
    assert not before["threat_level"].is_given
    ticked = edits_of(found, [Address("threat_level"), Address("threat_assessed_on")])
    save_answers(session, case_id, "F04", found.revision, ticked)
    after = answers(open_form(session, case_id, "F04"))
    assert after["threat_level"].value == "high"
    assert after["threat_assessed_on"].value == date(2026, 11, 20)
    assert not after["threat_measures"].is_given
    assert answers(open_form(session, case_id, "F07"))["threat_level"].value == "high", "the case knows it"


def test_what_differs_is_told_from_what_is_the_same(session: Session, case_id: str):
    typed(session, case_id, "F04", threat_level="low", threat_assessed_by="Åsa Öberg, bedömare")
    found = found_in(session, case_id, **ANSWER)
    level, by = row(found, "threat_level"), row(found, "threat_assessed_by")
    assert (level.differs, level.is_new, level.case_words, level.found_words) == (True, False, "Låg", "Hög")
    assert (by.differs, by.is_new) == (False, False)


def test_an_empty_field_never_empties_an_answer(session: Session, case_id: str):
    typed(session, case_id, "F04", threat_method="Strukturerad")
    found = found_in(session, case_id, threat_method="   ", threat_level=Name.Off, threat_nature="")
    assert found.rows == ()


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2026-11-20", date(2026, 11, 20)),
        ("20261120", date(2026, 11, 20)),
        ("20/11 -26", None),
        ("i fredags", None),
    ],
)
def test_a_date_in_another_form_is_kept_as_it_was_typed(session: Session, case_id: str, written, value):
    found = row(found_in(session, case_id, threat_assessed_on=written), "threat_assessed_on")
    assert found.answer.value == value
    assert found.found_words == (written if value is None else "2026-11-20")
    assert found.readable is (value is not None)


@pytest.mark.parametrize(
    ("written", "code"), [("high", "high"), ("Hög", "high"), ("hög.", "high"), ("kanske", None)]
)
def test_a_choice_is_known_by_its_code_or_its_words(session: Session, case_id: str, written, code):
    found = row(found_in(session, case_id, threat_level=written), "threat_level")
    assert found.answer.value == code
    assert found.readable is (code is not None)


def test_vet_inte_is_an_answer_and_never_no(session: Session, case_id: str):
    found = found_in(session, case_id, threat_method="vet inte", threat_lethal="Vet inte")
    assert {each.answer.state for each in found.rows} == {AnswerState.UNKNOWN}


def test_fields_that_the_form_does_not_have_are_counted_and_left(session: Session, case_id: str):
    mark = mark_of(session, case_id)
    values = {mark.name("threat_level"): Name("/low"), mark.name("no_such"): "x", "Text1": "y"}
    found = read(session, case_id, "F04", pdf_with_fields(values))
    assert [each.address.link_id for each in found.rows] == ["threat_level"]
    assert found.left == 1


def test_what_the_caseworker_wrote_before_finishing_is_not_up_for_change(session: Session, case_id: str):
    found = found_in(session, case_id, known_threats="Något annat", threat_level=Name("/low"))
    assert [each.address.link_id for each in found.rows] == ["threat_level"]
    assert found.left == 1


def test_an_answer_on_a_blank_form_says_that_it_was_blank(session: Session, case_id: str):
    blank = FormMark("F04", 1)
    found = read(session, case_id, "F04", pdf_of(blank, {"threat_level": Name("/low")}))
    assert found.was_blank
    assert len(found.rows) == 1


def refused(session: Session, case_id: str, pdf: bytes) -> type[AppError]:
    with pytest.raises(AppError) as fault:
        read(session, case_id, "F04", pdf)
    assert session.library.texts.get(f"errors.{fault.value.code}.do")
    return type(fault.value)


def test_another_form_another_version_and_another_case_are_refused(session: Session, case_id: str):
    mark, level = mark_of(session, case_id), {"threat_level": Name("/low")}
    other = mark_of(session, opened_case(session))
    assert refused(session, case_id, pdf_of(FormMark("F03", 1), level)) is AnswerPdfOfOtherForm
    assert refused(session, case_id, pdf_of(FormMark("F04", 7), level)) is AnswerPdfOfOtherVersion
    assert refused(session, case_id, pdf_of(other, level)) is AnswerPdfOfOtherCase
    assert read(session, case_id, "F04", pdf_of(mark, level)).rows


def test_a_locked_file_is_refused_and_one_that_only_forbids_changes_is_read(session: Session, case_id: str):
    values = {mark_of(session, case_id).name("threat_level"): Name("/low")}
    locked = pdf_with_fields(values, encryption=Encryption(user="hemligt", owner="hemligare"))
    assert refused(session, case_id, locked) is AnswerPdfLocked
    guarded = pdf_with_fields(
        values, encryption=Encryption(user="", owner="h", allow=Permissions(modify_form=False))
    )
    assert read(session, case_id, "F04", guarded).rows


def test_damaged_and_hostile_files_are_refused(
    session: Session, case_id: str, monkeypatch: pytest.MonkeyPatch
):
    whole = pdf_of(mark_of(session, case_id), ANSWER)
    for broken in (b"", b"%PDF-1.7\n", b"<html>", whole[: len(whole) // 2], whole[200:], whole[:-30]):
        assert refused(session, case_id, broken) is AnswerPdfDamaged
    assert refused(session, case_id, pdf_with_fields({"Text1": "x"})) is AnswerPdfWithoutFields
    assert refused(session, case_id, pdf_with_fields({})) is AnswerPdfWithoutFields
    assert refused(session, case_id, with_loop()) is AnswerPdfWithoutFields
    assert refused(session, case_id, very_deep(400)) is AnswerPdfWithoutFields
    assert refused(session, case_id, blown_up(80)) is AnswerPdfDamaged
    many = {f"F04-v1.blank.x{number}": "x" for number in range(40)}
    monkeypatch.setattr(fields_in_pdf, "MOST_FIELDS", 30)
    assert refused(session, case_id, pdf_with_fields(many)) is AnswerPdfTooLarge
    monkeypatch.setattr(fields_in_pdf, "MOST_BYTES", 100)
    assert refused(session, case_id, whole) is AnswerPdfTooLarge


def test_a_text_longer_than_its_field_is_kept_as_it_was_typed(session: Session, case_id: str):
    found = row(found_in(session, case_id, threat_method="m" * 500), "threat_method")
    assert not found.readable
    assert found.found_words == "m" * 500


def test_only_forms_with_a_part_for_others_have_an_answer_to_read(session: Session):
    with_part = {form.id for form in session.library.forms if answer_sections(form)}
    assert {"F03", "F04"} <= with_part
    assert not {"F01", "F09"} & with_part
