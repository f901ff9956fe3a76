"""No paper holds what its reader may not see, for every form, recipient and level of protection; the rest is there.

Each field of each form has a word of its own. What is withheld is looked for in the pages by two readers, in the
metadata, the outline, the fields, the attachments and every string of the file.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from types import SimpleNamespace
from typing import Any, cast

import pytest

from desktop_app.domain.answers import Answer, answered
from desktop_app.domain.case_file import CaseFile
from desktop_app.domain.cases import Case
from desktop_app.domain.field_names import answer_sections
from desktop_app.domain.filling import FINDS_SOMEBODY, NOT_FOR_READER, WITHHELD, Disclosure, fill
from desktop_app.domain.forms import (
    FilledForm,
    FormDefinition,
    FormResponse,
    Item,
    PageHead,
    ResponseStatus,
    Row,
    Sensitivity,
)
from desktop_app.domain.protection import Protection
from desktop_app.domain.values import ItemType
from desktop_app.printing.fillable import lay_out_fillable
from desktop_app.printing.form_print import render_form
from desktop_app.services.form_reading import OpenForm
from desktop_app.services.library import load_library
from desktop_app.services.print_disclosure import disclosure_for
from desktop_app.services.session import Session
from tests.helpers.figures import LONG, tell
from tests.helpers.told_by_pdf import told_by
from tests.printing.samples import HEAD, sample_value

LIBRARY = load_library()
FORMS = {form.id: form for form in LIBRARY.forms}
TODAY = date(2026, 11, 22)
CASE = Case(id="c", code="K-2026-014", opened_at=datetime(2026, 11, 1, 9, 0, tzinfo=UTC))
SESSION = cast("Session", SimpleNamespace(library=LIBRARY, today=TODAY))
LEVELS = list(Protection)
AUTHORITIES = sorted({profile.consent_of for profile in LIBRARY.recipient_profiles.by_id.values()} - {""})
CONSENTS = {
    "none": (),
    "whole": tuple((authority, ()) for authority in AUTHORITIES),
    "narrow": tuple((authority, ("identity", "threat")) for authority in AUTHORITIES),
}
WORDS = (ItemType.TEXT, ItemType.PARAGRAPH)
FIRST = {form_id: 1_000 * place for place, form_id in enumerate(LIBRARY.definitions.meetings.choosable)}
"""Where the words of a form begin: those that may go in one package have none in common."""


@dataclass(frozen=True)
class Planted:
    """The word that stands in one field, and what kind of field it is."""

    word: str
    sensitivity: Sensitivity


def _word(number: int, item: Item, row_id: str) -> Answer:
    """An answer nobody else has given: a word, a number, a sum or a day; of a choice one of its codes."""
    by_type = {
        ItemType.DATE: date(1900, 1, 1) + timedelta(days=number),
        ItemType.DATETIME: datetime(1800, 1, 1, 10, 0) + timedelta(days=number),
        ItemType.PERSONAL_IDENTITY_NUMBER: f"19910203-{number % 9000 + 1000}",
    }
    if item.type in WORDS:
        return answered(f"Q{number:04d}Z")
    value = by_type.get(item.type) or sample_value(item, number, row_id)
    return answered(value) if value is not None else answered("")


@cache
def planted(form_id: str) -> tuple[FormResponse, CaseFile, tuple[Planted, ...]]:
    """A finished response and a case file with a word of its own in every field, and the words."""
    form, number = FORMS[form_id], FIRST.get(form_id, 0)
    answers: dict[str, Answer] = {}
    rows: dict[str, tuple[Row, ...]] = {}
    facts: dict[str, Answer] = {}
    registers: dict[str, tuple[Row, ...]] = {}
    words: list[Planted] = []

    def plant(item: Item, row_id: str, sensitivity: Sensitivity) -> Answer:
        nonlocal number
        number += 1
        answer = _word(number, item, row_id)
        if item.type in (*WORDS, ItemType.DATE, ItemType.DATETIME, ItemType.PERSONAL_IDENTITY_NUMBER):
            text = str(answer.value)[:10] if isinstance(answer.value, date) else str(answer.value)
            words.append(Planted(text, sensitivity))
        return answer

    for item in form.items():
        if item.type in (ItemType.INFO, ItemType.SIGNATURE):
            continue
        if item.type is not ItemType.REPEAT:
            answers[item.link_id] = plant(item, "", item.sensitivity)
            if item.binds:
                facts[item.binds] = answers[item.link_id]
            elif item.binds_row:
                register, _, column = item.binds_row.partition(".")
                before = registers.get(register, (Row("r"),))[0]
                registers[register] = (before.with_cell(column, answers[item.link_id]),)
            continue
        register = LIBRARY.schema.registers.get(item.rows_from or "")
        ids = register.fixed_rows[:12] if register and register.fixed_rows else ("r.1", "r.2")
        made: list[Row] = []
        for row_id in ids:
            row = Row(row_id)
            for column in item.columns:
                code = sample_value(column, 0, row_id) if column.codes else None
                cell = answered(code) if code is not None else plant(column, row_id, Sensitivity.ORDINARY)
                row = row.with_cell(column.link_id, cell)
            if item.row_classes is not None:
                row = row.with_cell(item.row_classes.kept, answered("no"))
            for column in item.columns:
                inside = item.column_in(row, column).sensitivity_at(row_id)
                text = str(row.cell(column.link_id).value)
                words[:] = [
                    replace(p, sensitivity=inside) if p.word == text[: len(p.word)] else p for p in words
                ]
            made.append(row)
        rows[item.link_id] = tuple(made)
        if item.rows_from:
            registers[item.rows_from] = tuple(made)
    response = FormResponse(
        id="r",
        case_id="c",
        form_id=form.id,
        form_version=form.version,
        status=ResponseStatus.FINISHED,
        answers=answers,
        rows=rows,
    )
    return response, CaseFile(case=CASE, facts=facts, registers=registers), tuple(words)


def consents(name: str) -> tuple[Row, ...]:
    return tuple(
        Row(
            authority,
            {
                "recipient": answered(authority),
                "may_disclose": answered("yes"),
                **({"data_kinds": answered(kinds)} if kinds else {}),
            },
        )
        for authority, kinds in CONSENTS[name]
    )


def opened(form: FormDefinition, level: Protection, consent: str) -> OpenForm:
    """The form as it is read from a case of this level, with these consents."""
    response, file, _words = planted(form.id)
    file = file.with_rows("consents", consents(consent)).with_facts(
        {"client.protected_identity": answered(level.value)} if level.value else {}
    )
    if not level.value:
        facts = {key: file.fact(key) for key in file.facts if key != "client.protected_identity"}
        file = replace(file, facts=facts)
    case = cast("Any", SimpleNamespace(file=file))
    record = cast("Any", SimpleNamespace(revision=1))
    return OpenForm(record, form, response, case, HEAD)


def disclosed(
    form: FormDefinition, recipient: str | None, level: Protection, consent: str
) -> tuple[Disclosure, PageHead]:
    """What the program itself decides for this paper."""
    return disclosure_for(SESSION, opened(form, level, consent), recipient)


def paper(form: FormDefinition, disclosure: Disclosure, head: PageHead = HEAD) -> FilledForm:
    response, file, _words = planted(form.id)
    return fill(form, response, file, head, disclosure)


def in_form(filled: FilledForm) -> str:
    values = [entry.answer for entry in filled.items()]
    values += [cell for entry in filled.items() for row in entry.rows for cell in row.cells.values()]
    return " ".join(str(answer.value) for answer in values)


def shown_words(form: FormDefinition, filled: FilledForm) -> set[str]:
    """The planted words that are left in a form that was put together."""
    text = in_form(filled)
    return {each.word for each in planted(form.id)[2] if each.word in text}


def readers(form: FormDefinition) -> tuple[str | None, ...]:
    return (None, *form.recipients)


@dataclass(frozen=True)
class Paper:
    """One paper as the program would make it: for whom, of whom, with which consent, and the words left in it."""

    recipient: str | None
    level: Protection
    consent: str
    disclosure: Disclosure
    head: PageHead
    shown: frozenset[str]


@cache
def papers(form_id: str) -> tuple[Paper, ...]:
    """Every combination of reader, protection and consent."""
    form = FORMS[form_id]
    found: list[Paper] = []
    for recipient in readers(form):
        for level in LEVELS:
            for consent in CONSENTS:
                disclosure, head = disclosed(form, recipient, level, consent)
                shown = frozenset(shown_words(form, paper(form, disclosure, head)))
                found.append(Paper(recipient, level, consent, disclosure, head, shown))
    return tuple(found)


@pytest.mark.parametrize("form_id", FORMS)
def test_what_is_put_together_for_a_reader_holds_no_withheld_word(form_id: str):
    form, (_r, _f, words) = FORMS[form_id], planted(form_id)
    for one in papers(form_id):
        told = [
            each for each in words if each.sensitivity in one.disclosure.withheld and each.word in one.shown
        ]
        assert told == [], one
        names_all = form.kept_apart or LIBRARY.recipient_profiles.of(one.recipient).sees_protected
        if one.level.hides and not names_all:
            assert one.disclosure.withheld >= FINDS_SOMEBODY


def looked_at(form_id: str) -> list[Paper]:
    """One paper for each set of words: that with fewest and that with most; in the long run all of them."""
    found: dict[object, Paper] = {}
    for one in papers(form_id):
        found.setdefault((one.shown, one.recipient, one.level) if LONG else one.shown, one)
    by_size = sorted(found.values(), key=lambda one: len(one.shown))
    return by_size if LONG or len(by_size) <= 2 else [by_size[0], by_size[-1]]


@pytest.mark.needs("pdftotext")
@pytest.mark.parametrize("form_id", FORMS)
def test_no_paper_tells_a_withheld_word_and_each_tells_the_others(form_id: str):
    form, (_r, _f, words) = FORMS[form_id], planted(form_id)
    for one in looked_at(form_id):
        told = told_by(render_form(paper(form, one.disclosure, one.head), LIBRARY.texts))
        wrong = [each for each in words if (each.word in told) != (each.word in one.shown)]
        assert wrong == [], one
        assert WITHHELD not in told
        assert NOT_FOR_READER not in told


ANSWERED = [form.id for form in FORMS.values() if answer_sections(form)]


@pytest.mark.needs("pdftotext")
@pytest.mark.parametrize("form_id", ANSWERED)
def test_no_form_to_answer_on_a_computer_tells_a_withheld_word(form_id: str):
    form, (_r, _f, words) = FORMS[form_id], planted(form_id)
    for one in looked_at(form_id)[:1]:
        filled = paper(form, one.disclosure, one.head)
        told = told_by(lay_out_fillable(filled, LIBRARY.texts, "r", answer_sections(form)).pdf)
        assert [each for each in words if each.word in told and each.word not in one.shown] == []


def test_without_withholding_the_words_are_found():
    """The control: the same forms, for the same readers, with nothing withheld."""
    found = 0
    for form_id in ("F03", "F04", "F12"):
        form, (_r, _f, words) = FORMS[form_id], planted(form_id)
        told = told_by(
            render_form(paper(form, Disclosure(recipient=form.recipients[0], on_paper=True)), LIBRARY.texts)
        )
        secret = {each.word for each in words if each.sensitivity is not Sensitivity.ORDINARY}
        assert secret, form_id
        found += len([word for word in secret if word in told])
    assert found > 10
    combinations = sum(len(papers(form_id)) for form_id in FORMS)
    tell(
        "P6.20",
        f"{combinations} papers (form, reader, protection, consent): no withheld word in any; {found} in the control",
    )
