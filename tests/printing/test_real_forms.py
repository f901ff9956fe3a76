"""Every form of the program on paper: blank, and with something in every place."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.definitions.all import read_definitions
from desktop_app.domain.answers import answered
from desktop_app.domain.case_file import CaseFile
from desktop_app.domain.cases import Case, case_code
from desktop_app.domain.filling import WITHHELD, Disclosure, blank, fill
from desktop_app.domain.forms import FilledForm, FilledItem, FormResponse, Sensitivity
from desktop_app.domain.values import VALUE_TYPES, ItemType
from desktop_app.paths import RESOURCES
from desktop_app.printing.form_print import lay_out_form, render_form
from desktop_app.printing.styles import BODY_BOTTOM, BODY_WIDTH, SIDE_MARGIN
from tests.printing.reading import complaints_of, text_of
from tests.printing.samples import BLANK_HEAD, HEAD, filled_with_samples

DEFINITIONS = read_definitions(RESOURCES)
FORMS = {f"{form.id}-v{form.version}": form for form in DEFINITIONS.forms}
FIXED_ROWS = {register.id: register.fixed_rows for register in DEFINITIONS.schema.registers.values()}
TEXTS = DEFINITIONS.texts


def squeezed(text: str) -> str:
    return "".join(text.split())


def words_of(entry: FilledItem) -> list[str]:
    """What a filled item must have put on the page."""
    label = f"{entry.item.text_key}.label"
    words = [TEXTS.get(label)] if TEXTS.has(label) else []
    if entry.item.type is ItemType.INFO:
        return [*words, TEXTS.get(f"{entry.item.text_key}.body")]
    answers = [(entry.item, entry.answer.value, None)]
    answers += [
        (column, row.cell(column.link_id).value, row.id)
        for row in entry.rows
        for column in entry.item.columns
    ]
    for item, value, row_id in answers:
        if value is not None:
            table = item.codes_for(row_id)[0]
            codes = value if isinstance(value, tuple) else (value,)
            for one in codes:
                words.append(
                    VALUE_TYPES[item.type].to_text(one, lambda code, t=table: TEXTS.get(f"tables.{t}.{code}"))
                )
    return words


@pytest.fixture(params=FORMS)
def form(request):
    return FORMS[request.param]


def filled(form) -> FilledForm:
    return filled_with_samples(form, HEAD, row_ids=FIXED_ROWS)


def test_what_was_asked_and_answered_stands_on_the_page(form):
    full = filled(form)
    printed = squeezed(text_of(render_form(full, TEXTS)))
    for section in full.sections:
        assert squeezed(TEXTS.get(f"{section.section.text_key}.title")) in printed
    for entry in full.items():
        for words in words_of(entry):
            for word in words.split():  # cells break lines, and side by side they are read line by line
                assert squeezed(word) in printed, entry.item.link_id


def test_blank_it_asks_the_same_questions(form):
    printed = squeezed(text_of(render_form(blank(form, DEFINITIONS.schema, BLANK_HEAD), TEXTS)))
    for item in form.items():
        if item.type is not ItemType.INFO and not (item.off_blank or item.off_paper):
            for word in TEXTS.get(f"{item.text_key}.label").split():
                assert squeezed(word) in printed


def test_nothing_leaves_its_page(form):
    for shown in (filled(form), blank(form, DEFINITIONS.schema, BLANK_HEAD)):
        for place in lay_out_form(shown, TEXTS).places:
            assert place.x >= SIDE_MARGIN - 0.01
            assert place.x + place.width <= SIDE_MARGIN + BODY_WIDTH + 0.01
            assert place.top + place.height <= BODY_BOTTOM + 0.01


def test_only_a_draft_says_utkast(form):
    draft = replace(filled(form), head=replace(HEAD, is_draft=True))
    assert "UTKAST" in text_of(render_form(draft, TEXTS))
    assert "UTKAST" not in text_of(render_form(filled(form), TEXTS))
    assert "UTKAST" not in text_of(render_form(blank(form, DEFINITIONS.schema, BLANK_HEAD), TEXTS))


@pytest.mark.needs("qpdf")
def test_qpdf_finds_nothing_wrong(form, tmp_path):
    assert complaints_of(render_form(filled(form), TEXTS), tmp_path) == ""


def test_every_answer_may_be_withheld(form):
    full = filled(form)
    sections = tuple(
        replace(section, items=tuple(replace(entry, answer=answered(WITHHELD)) for entry in section.items))
        for section in full.sections
    )
    printed = text_of(render_form(replace(full, sections=sections), TEXTS))
    assert WITHHELD not in printed


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=400))
def test_any_text_anywhere_gives_a_sound_file(text):
    form = FORMS[min(FORMS)]
    full = filled(form)
    typed = (ItemType.TEXT, ItemType.PARAGRAPH)
    sections = tuple(
        replace(
            section,
            items=tuple(
                replace(entry, answer=answered(text)) if entry.item.type in typed else entry
                for entry in section.items
            ),
        )
        for section in full.sections
    )
    assert lay_out_form(replace(full, sections=sections), TEXTS).page_count >= 1


def test_a_name_that_is_withheld_is_nowhere_in_the_print():
    form = next(form for form in FORMS.values() if form.slug == "referral")
    case = Case(id="c1", code=case_code(2026, 14), opened_at=datetime(2026, 11, 1, 9, 0, tzinfo=UTC))
    facts = {
        "client.name": answered("Hemligsson"),
        "client.identity_number": answered("19900101-2384"),
        "client.secure_contact": answered("070-174 06 05"),
    }
    response = FormResponse(id="r1", case_id="c1", form_id=form.id, form_version=form.version)
    for withheld, shown in ((frozenset(), True), (frozenset({Sensitivity.IDENTITY}), False)):
        disclosure = Disclosure(recipient="local_police", withheld=withheld)
        printed = text_of(
            render_form(fill(form, response, CaseFile(case=case, facts=facts), HEAD, disclosure), TEXTS)
        )
        assert ("Hemligsson" in printed) is shown
        assert ("19900101-2384" in printed) is shown
        assert ("Lämnas separat (nyckelblad)" in printed) is not shown
