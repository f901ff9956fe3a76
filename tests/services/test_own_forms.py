"""The municipality's own forms: a file about no person, the year's counts with small numbers hidden, and the log."""

from __future__ import annotations

import pytest

from desktop_app.domain.answers import AnswerState, without_value
from desktop_app.domain.cases import CaseKind
from desktop_app.domain.errors import FormHasGaps
from desktop_app.domain.forms import Address
from desktop_app.domain.screening import SCREENING, count_screening
from desktop_app.services import log_review
from desktop_app.services.cases import count_cases, list_cases, new_case
from desktop_app.services.forms import Edit, begin_anew, finish, open_form, save
from desktop_app.services.kept_prints import issued, issued_pdf
from desktop_app.services.own_file import own_file, own_forms
from desktop_app.services.printing import issue, preview
from desktop_app.services.search import find
from desktop_app.services.search_index import bring_up_to_date
from desktop_app.services.session import Session
from tests.helpers.desk_work import answers, intake, opened_case, typed
from tests.helpers.figures import tell
from tests.printing.reading import text_of

REVIEW = {
    "kind": "log",
    "period_from": "2026-11-01",
    "period_until": "2026-11-30",
    "look_at": "names_shown printed written",
    "deviation": "no",
    "reviewer": "Chef Chefsson, enhetschef",
    "reviewed_on": "2026-11-22",
}
SECRETS = ("Klara", "Kastanj", "19970516", "frivården", "Stugan", "Möte på måndag")


def rows(session: Session, form_id: str, repeat: str) -> dict[str, str]:
    view = open_form(session, own_file(session), form_id)
    return {
        row.id: str(row.cell("count").value or "")
        for entry in view.filled.items()
        if entry.item.link_id == repeat
        for row in entry.rows
    }


def of_question(session: Session, question: str) -> dict[str, str]:
    """How the year's cases answered one of the first questions."""
    view = open_form(session, own_file(session), "F21")
    [told] = [
        row
        for entry in view.filled.items()
        if entry.item.link_id == "stat_screening"
        for row in entry.rows
        if row.id == question
    ]
    return {name: str(cell.value) for name, cell in told.cells.items() if cell.value}


def cases_of_a_year(session: Session, women: int, men: int) -> None:
    for number in range(women + men):
        gender = "woman" if number < women else "man"
        intake(session, opened_case(session), gender=gender, name="", identity_number="", birth_year="1999")


def test_the_own_file_is_one_and_stands_in_no_list(session: Session):
    opened_case(session)
    first = own_file(session)
    assert own_file(session) == first
    typed(session, first, "F21", year="2026", k="5", in_words="Verksamhetens särskilda ord")
    bring_up_to_date(session)
    assert [row.code for row in list_cases(session)] == ["K-2026-001"]
    assert count_cases(session) == 1
    assert not find(session, "särskilda").groups
    assert new_case(session).code == "K-2026-002"
    assert {form.id for form in own_forms(session.library)} == {"F21", "F23"}


def test_counts_are_shown_and_a_small_one_takes_a_large_one_with_it(session: Session):
    cases_of_a_year(session, women=2, men=7)
    own = own_file(session)
    typed(session, own, "F21", year="2026", k="5")
    assert rows(session, "F21", "stat_gender") == {"woman": "färre än 5", "man": "..", "other": "0"}
    assert rows(session, "F21", "stat_channel")["phone"] == "9"
    assert rows(session, "F21", "stat_age")["25_29"] == "9"
    shown = answers(open_form(session, own, "F21"))
    assert shown["statistics_cases"].value == "9"
    assert "Miljö" in str(shown["statistics_missing"].value), "what is not known is told, and is no zero"
    # The control: with a lower threshold nothing is hidden.
    cases_of_a_year(session, women=1, men=0)
    typed(session, own, "F21", k="3")
    assert rows(session, "F21", "stat_gender")["woman"] == "3"
    typed(session, own, "F21", year="2025")
    assert rows(session, "F21", "stat_gender") == {"woman": "0", "man": "0", "other": "0"}


def test_each_way_of_having_no_answer_to_a_first_question_is_counted_apart(session: Session):
    cases_of_a_year(session, women=0, men=17)
    states = [*[AnswerState.DECLINED] * 5, *[AnswerState.NOT_ASKED] * 6, AnswerState.UNKNOWN]
    for case, state in zip(list_cases(session), states, strict=False):
        view = open_form(session, case.case_id, "F43")
        save(session, case.case_id, "F43", view.revision, [Edit(Address("debts"), without_value(state))])
    typed(session, list_cases(session)[-1].case_id, "F43", debts="no")
    typed(session, own_file(session), "F21", year="2026", k="5")
    assert of_question(session, "debts") == {
        "with_value": "färre än 5",
        "unknown": "färre än 5",
        "not_asked": "6",
        "declined": "5",
        "not_applicable": "0",
        "left_open": "färre än 5",
    }
    assert of_question(session, "health_body")["left_open"] == "17"
    typed(session, own_file(session), "F21", k="3")
    assert of_question(session, "debts")["left_open"] == "..", "else the two small ones could be reckoned"


def test_the_statistics_ask_for_every_first_question_with_codes(session: Session):
    asked = {each.key for each in count_screening((), session.library.schema.facts)}
    assert {f"{SCREENING}{code}" for code in session.library.table("screening_questions")} == asked


def test_a_year_with_fewer_cases_than_the_threshold_has_no_tables(session: Session):
    cases_of_a_year(session, women=1, men=3)
    own = own_file(session)
    typed(session, own, "F21", year="2026", k="5")
    assert set(rows(session, "F21", "stat_gender").values()) == {""}
    assert set(rows(session, "F21", "stat_channel").values()) == {""}
    printed = text_of(preview(session, own, "F21"))
    assert "färre än 5" in printed
    assert "inga tabeller" in printed


def test_finished_statistics_are_frozen_and_stand_in_the_list_of_what_was_given_out(session: Session):
    cases_of_a_year(session, women=2, men=7)
    own = own_file(session)
    typed(session, own, "F21", year="2026", k="5")
    with pytest.raises(FormHasGaps):
        finish(session, own, "F21")
    typed(session, own, "F21", compared="yes")
    finish(session, own, "F21")
    cases_of_a_year(session, women=0, men=6)
    assert rows(session, "F21", "stat_channel")["phone"] == "9", "what was finished stands as it was"
    begin_anew(session, own, "F21")
    view = open_form(session, own, "F21")
    [kept] = [entry.rows for entry in view.filled.items() if entry.item.link_id == "published"]
    assert [(str(row.cell("year").value), row.cell("cases").value) for row in kept] == [("2026", "9")]
    assert answers(view)["year"].value is None


def test_the_log_of_a_period_holds_nothing_of_any_case(session: Session):
    case_id = opened_case(session)
    intake(session, case_id, protected_identity="protected_registration")
    made = issue(session, case_id, "F01")
    issued_pdf(session, made.document_id)
    own = own_file(session)
    typed(session, own, "F23", **REVIEW)
    finish(session, own, "F23")
    printed = text_of(preview(session, own, "F23"))
    flat = "".join(printed.split())
    assert not [secret for secret in SECRETS if secret in printed or "".join(secret.split()) in flat]
    assert "K-2026-001" in printed
    assert "Aktualisering" in printed
    assert "secure_contact" not in printed
    with session.reading() as stores:
        assert stores.audit_log.head()[0] > 5
    view = open_form(session, own, "F23")
    lines = next(entry.rows for entry in view.filled.items() if entry.item.link_id == "log_lines")
    tell(
        "D6.F23",
        f"{len(lines)} rows of the log on paper, {len(SECRETS)} canaries in the case, none on the page",
    )


def test_the_control_a_name_put_in_the_log_is_found_on_the_page(
    session: Session, monkeypatch: pytest.MonkeyPatch
):
    case_id = opened_case(session)
    intake(session, case_id)
    monkeypatch.setattr(log_review, "NO_CASE", "Klara Kastanj")
    own = own_file(session)
    typed(session, own, "F23", **{**REVIEW, "look_at": "store written"})
    printed = "".join(text_of(preview(session, own, "F23")).split())
    assert "KlaraKastanj" in printed or "Kastanj" in printed


def test_only_what_was_asked_for_stands_line_by_line_and_the_period_has_two_ends(session: Session):
    case_id = opened_case(session)
    intake(session, case_id)
    own = own_file(session)
    typed(session, own, "F23", **{**REVIEW, "look_at": "printed"})
    view = open_form(session, own, "F23")
    found = {entry.item.link_id: entry.rows for entry in view.filled.items() if entry.rows}
    assert "log_lines" not in found
    assert found["log_counts"]
    issue(session, case_id, "F01")
    view = open_form(session, own, "F23")
    [lines] = [entry.rows for entry in view.filled.items() if entry.item.link_id == "log_lines"]
    assert [str(row.cell("case").value) for row in lines] == ["K-2026-001"]
    typed(session, own, "F23", period_until="2026-11-21")
    view = open_form(session, own, "F23")
    assert not next(entry.rows for entry in view.filled.items() if entry.item.link_id == "log_counts")


def test_a_print_of_the_municipality_is_kept_and_logged_like_the_others(session: Session):
    own = own_file(session)
    typed(session, own, "F23", **REVIEW)
    finish(session, own, "F23")
    made = issue(session, own, "F23")
    assert made.file_name == "F23-VERKSAMHET.pdf"
    [kept] = issued(session, own)
    assert issued_pdf(session, kept.document_id) == made.pdf
    with session.reading() as stores:
        [line] = stores.audit_log.of_case(own, newest=1)
        assert stores.cases.by_id(own).kind is CaseKind.MUNICIPALITY
    assert line.event.kind == "document.issued"
