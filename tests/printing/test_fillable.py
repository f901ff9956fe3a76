"""Forms that are filled in on a computer: the same words as on paper, a field for each answer, nothing that acts."""

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from desktop_app.definitions.all import read_definitions
from desktop_app.domain.answers import answered
from desktop_app.domain.field_names import answer_sections, split_name
from desktop_app.domain.filling import blank
from desktop_app.paths import RESOURCES
from desktop_app.printing.fields_in_pdf import read_fields
from desktop_app.printing.fillable import lay_out_fillable
from desktop_app.printing.form_print import render_form
from tests.helpers.answer_pdfs import filled_by_pypdf
from tests.printing.reading import names_in, text_of
from tests.printing.samples import BLANK_HEAD, HEAD, filled_with_samples

DEFINITIONS = read_definitions(RESOURCES)
TEXTS = DEFINITIONS.texts
FORMS = {form.id: form for form in DEFINITIONS.forms}
FIXED_ROWS = {register.id: register.fixed_rows for register in DEFINITIONS.schema.registers.values()}
ACTING = {"/JS", "/JavaScript", "/SubmitForm", "/AA", "/OpenAction", "/XFA", "/NeedAppearances"}


def fillable(form_id: str) -> bytes:
    return lay_out_fillable(blank(FORMS[form_id], DEFINITIONS.schema, BLANK_HEAD), TEXTS).pdf


def fields_of(pdf: bytes):
    return PdfReader(BytesIO(pdf)).get_fields() or {}


@pytest.mark.parametrize("form_id", ["F01", "F03", "F04", "F12"])
def test_a_blank_form_has_a_field_for_each_answer_and_nothing_in_them(form_id):
    pdf = fillable(form_id)
    ends = {name: field for name, field in fields_of(pdf).items() if field.get("/FT")}
    named = {split_name(name)[1].split(".")[0] for name in ends}
    for item in FORMS[form_id].items():
        asked = not (item.read_only or item.off_blank or item.off_paper) and item.type.value != "info"
        assert (item.link_id in named) is asked, item.link_id
    assert all(field.get("/V", "/Off") == "/Off" for field in ends.values())
    assert all(field.get("/TU") for field in ends.values())
    assert not ACTING & names_in(pdf)
    assert fillable(form_id) == pdf, "the same form gives the same bytes"


def test_its_words_are_those_on_paper():
    paper = text_of(render_form(blank(FORMS["F04"], DEFINITIONS.schema, BLANK_HEAD), TEXTS)).split()
    assert set(paper) - {"(fortsättning)"} <= set(text_of(fillable("F04")).split()) | {"3", "4"}


def test_of_a_form_that_is_made_out_the_answer_alone_is_open():
    form = FORMS["F04"]
    filled = filled_with_samples(form, HEAD, row_ids=FIXED_ROWS)
    pdf = lay_out_fillable(filled, TEXTS, "9f2c", answer_sections(form)).pdf
    answer = {item.link_id for section in form.sections if section.id == "answer" for item in section.items}
    named = {split_name(name)[1].split(".")[0] for name, field in fields_of(pdf).items() if field.get("/FT")}
    assert named <= answer
    assert "known_threats" not in named


def test_what_another_program_writes_is_read_back_with_every_letter():
    written = {
        "F04-v1.blank.threat_assessed_by": "Åsa Öberg é – €",
        "F04-v1.blank.threat_level": "/high",
        "F04-v1.blank.questions.level": "/yes",
    }
    found = read_fields(filled_by_pypdf(fillable("F04"), written))
    assert found.values["threat_assessed_by"] == ("Åsa Öberg é – €",)
    assert found.values["threat_level"] == ("high",)
    assert found.values["questions.level"] == ("yes",)
    assert (found.form.form_id, found.form.version, found.form.response_id) == ("F04", 1, "")


def test_a_name_with_signs_a_field_cannot_hold_is_printed_as_it_stands():
    form = FORMS["F03"]
    full = filled_with_samples(form, HEAD, row_ids=FIXED_ROWS)
    for name, is_field in (("Märta Ålund", True), ("Łukasz Ålund", False)):
        sections = tuple(
            replace(
                section,
                items=tuple(
                    replace(entry, answer=answered(name)) if entry.item.link_id == "answered_by" else entry
                    for entry in section.items
                ),
            )
            for section in full.sections
        )
        pdf = lay_out_fillable(replace(full, sections=sections), TEXTS, "9f2c", answer_sections(form)).pdf
        assert ("F03-v1.9f2c.answered_by" in fields_of(pdf)) is is_field
        assert (name in text_of(pdf)) is not is_field, "in a field it is no text of the page"
