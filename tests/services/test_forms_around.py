"""Forms about those around the person: the relative, the child, the provider, the next municipality, and the key sheet.

A fact is written once and stands on every form that asks for it; each person keeps a file of their own.
"""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.domain.answers import AnswerState
from desktop_app.domain.cases import CaseKind
from desktop_app.domain.errors import FormFinished, RecipientUnknown
from desktop_app.services.cases import list_cases, new_case, overview
from desktop_app.services.deadlines import of_case
from desktop_app.services.forms import begin_anew, finish, open_form
from desktop_app.services.printing import issue, preview
from desktop_app.services.session import Session
from tests.helpers.desk_work import answers, intake, opened_case, police_consent, typed, typed_row
from tests.helpers.figures import tell
from tests.printing.reading import text_of

CHECK = {
    "name": "Trygga Påhittet AB",
    "organisation_number": "556000-0000",
    "kind": "protected_housing",
    "permit_required": "yes",
    "permit_number": "8.1-00000/2025",
    "checked_on": "2026-11-20",
    "owners_words": "Två ägare",
    "outcome": "may_be_used",
}
REQUEST = {
    "new_municipality": "Exempelköping",
    "legal_ground": "transfer",
    "disclosure_ground": "consent",
    "reason": "Bor kvar där",
    "needs": "Boendestöd",
    "who_pays": "present",
    "transfer_asked_on": "2026-11-22",
}
PROTECTED = {"protected_identity": "protected_registration"}
WHO = ("Klara Kastanj", "19970516-2387")


def steps_forms(session: Session, case_id: str, step_id: str) -> tuple[str, ...]:
    step = overview(session, case_id).step(step_id)
    assert step is not None
    return step.forms


def test_the_guide_leads_to_a_form_only_in_the_cases_it_is_for(session: Session):
    grown = opened_case(session)
    relative = new_case(session, kind=CaseKind.RELATIVE).case_id
    child = new_case(session, kind=CaseKind.CHILD).case_id
    assert not {"F16", "F17"} & set(steps_forms(session, grown, "intake"))
    assert {"F16", "F17"} & set(steps_forms(session, relative, "intake")) == {"F16"}
    assert {"F16", "F17"} & set(steps_forms(session, child, "intake")) == {"F17"}
    intake(session, grown, identity_number="", birth_year="2011")
    assert "F17" in steps_forms(session, grown, "intake"), "who leaves may be a child"
    reached = {form for step in overview(session, child).steps for form in step.forms}
    assert {"F17", "F19", "F20", "F22", "F24"} <= reached


def test_what_a_relative_says_once_stands_in_every_form_of_the_own_file(session: Session):
    case_id = new_case(session, kind=CaseKind.RELATIVE).case_id
    intake(session, case_id, name="Syskona Syskonsson", identity_number="", children_in_household="yes")
    typed(session, case_id, "F16", felt="strong", applied_for="Jag vill flytta", applied_on="2026-11-20")
    typed_row(session, case_id, "F16", "children", name="Lill Syskonsson", birth_year="2019")
    assert str(answers(open_form(session, case_id, "F08"))["applied_for"].value) == "Jag vill flytta"
    assert answers(open_form(session, case_id, "F46"))["felt"].value == "strong"
    assert answers(open_form(session, case_id, "F40"))["applied_on"].value == date(2026, 11, 20)
    for form_id in ("F20", "F22", "F24"):
        [child] = [
            e.rows
            for e in open_form(session, case_id, form_id).filled.items()
            if e.item.link_id == "children"
        ]
        assert [row.cell("name").value for row in child] == ["Lill Syskonsson"], form_id


def test_what_the_police_judged_is_not_on_the_paper_that_the_relative_signs(session: Session):
    case_id = new_case(session, kind=CaseKind.RELATIVE).case_id
    intake(session, case_id)
    typed(
        session,
        case_id,
        "F16",
        leaver_case="K-2026-099",
        fear_and_police="Polisen bedömer lågt, rädslan är stor",
    )
    own = text_of(preview(session, case_id, "F16", "client"))
    assert "K-2026-099" not in own
    assert "Polisen bedömer lågt" not in own
    # The control: the file's own copy has both.
    kept = text_of(preview(session, case_id, "F16", "case_file"))
    assert "K-2026-099" in kept
    assert "Polisen bedömer lågt" in kept


def test_each_guardian_answers_on_a_line_of_their_own(session: Session):
    case_id = new_case(session, kind=CaseKind.CHILD).case_id
    intake(session, case_id, identity_number="", birth_year="2016")
    said = {
        "guardian_one": {"name": "Mamma", "answer": "given", "placement": "given"},
        "guardian_two": {"name": "Pappa", "answer": "refused", "placement": "refused"},
        "child": {"answer": "given"},
    }
    for row_id, cells in said.items():
        typed_row(session, case_id, "F17", "guardian_lines", row_id, **cells)
    lines = _rows(session, case_id, "F17", "guardian_lines")
    assert {row_id: lines[row_id].cell("answer").value for row_id in said} == {
        "guardian_one": "given",
        "guardian_two": "refused",
        "child": "given",
    }
    assert lines["child"].cell("placement").state is AnswerState.AS_TYPED, "not asked is neither yes nor no"
    assert _rows(session, case_id, "F25", "guardian_lines")["guardian_two"].cell("answer").value == "refused"
    printed = text_of(preview(session, case_id, "F17"))
    assert "Mamma" in printed
    assert "Pappa" in printed


def due(session: Session, case_id: str) -> set[str]:
    list_cases(session)  # deadlines follow their events before a list is read
    return {deadline.title for deadline in of_case(session, case_id)}


def _rows(session: Session, case_id: str, form_id: str, repeat: str):
    items = open_form(session, case_id, form_id).filled.items()
    return {row.id: row for entry in items if entry.item.link_id == repeat for row in entry.rows}


def test_the_days_a_child_has_are_counted_on_the_form_and_watched(session: Session):
    case_id = new_case(session, kind=CaseKind.CHILD).case_id
    intake(session, case_id, identity_number="", birth_year="2016")
    typed(session, case_id, "F17", report_received_on="2026-11-20")
    shown = answers(open_form(session, case_id, "F17"))
    assert shown["preliminary_due"].value == date(2026, 12, 4)
    assert shown["investigation_due"].value is None, "nothing is counted before it is opened"
    typed(session, case_id, "F17", preliminary_decided_on="2026-11-22", investigation_opened_on="2026-11-22")
    # 22 March 2027 is a Monday; from 21 November it would be a Sunday, and the Friday before is shown.
    assert answers(open_form(session, case_id, "F17"))["investigation_due"].value == date(2027, 3, 22)
    typed(session, case_id, "F17", investigation_opened_on="2026-11-21")
    assert answers(open_form(session, case_id, "F17"))["investigation_due"].value == date(2027, 3, 19)
    assert {"Gör skyddsbedömning av barnet", "Återkoppla till den som anmälde"} <= due(session, case_id)
    typed(session, case_id, "F17", protection_assessed_on="2026-11-20", child_heard_on="2026-11-20")
    assert "child_heard" not in {hold.id for hold in overview(session, case_id).open_holds}


def test_each_check_of_a_provider_has_a_row_and_ivo_reads_nothing_of_the_person(session: Session):
    case_id = opened_case(session)
    intake(session, case_id)
    typed(session, case_id, "F19", **CHECK)
    finish(session, case_id, "F19")
    begin_anew(session, case_id, "F19")
    typed(session, case_id, "F19", **{**CHECK, "name": "Stödet Exempel AB", "outcome": "not_used"})
    with session.reading() as stores:
        from desktop_app.services.case_reading import stored_file

        rows = stored_file(session, stores, stores.cases.by_id(case_id)).rows("providers")
    assert [row.cell("name").value for row in rows] == ["Trygga Påhittet AB", "Stödet Exempel AB"]
    typed(
        session,
        case_id,
        "F19",
        deviation="yes",
        deviation_words="Ingen personal på natten",
        severity="danger",
    )
    to_ivo = text_of(preview(session, case_id, "F19", "ivo"))
    assert "Stödet Exempel AB" in to_ivo
    assert "Ingen personal" in to_ivo
    assert not [word for word in (*WHO, "Två ägare") if word in to_ivo]
    assert "Två ägare" in text_of(preview(session, case_id, "F19")), "the control: the file keeps the check"


def test_a_deviation_is_written_long_after_the_check_was_done(session: Session):
    case_id = opened_case(session)
    typed(session, case_id, "F19", **CHECK)
    finish(session, case_id, "F19")
    typed(session, case_id, "F19", deviation="yes", deviation_words="Ingen personal på natten")
    assert "Ingen personal" in text_of(preview(session, case_id, "F19"))
    with pytest.raises(FormFinished):
        typed(session, case_id, "F19", outcome="not_used")


def test_the_answer_and_the_checklist_of_a_transfer_stay_open_and_the_month_runs(session: Session):
    case_id = opened_case(session)
    intake(session, case_id)
    police_consent(session, case_id, recipient="other_municipality")
    typed(session, case_id, "F20", **REQUEST)
    finish(session, case_id, "F20")
    assert "IVO kan pröva överflyttningen" in due(session, case_id)
    step = overview(session, case_id).step("move")
    assert step is not None
    assert step.status == "waiting"
    typed(
        session,
        case_id,
        "F20",
        transfer_answered_on="2026-12-10",
        answer="accepts",
        takes_over_on="2027-01-01",
    )
    typed_row(session, case_id, "F20", "checklist", "housing", state="done", dated="2026-12-12")
    shown = open_form(session, case_id, "F20")
    assert answers(shown)["takes_over_on"].value == date(2027, 1, 1)
    assert _rows(session, case_id, "F20", "checklist")["housing"].cell("state").value == "done"
    assert answers(open_form(session, case_id, "F40"))["transfer_answered_on"].value == date(2026, 12, 10)
    step = overview(session, case_id).step("move")
    assert step is not None
    assert step.status == "done"
    # The control: what was asked for is frozen.
    for link_id, words in {"reason": "Annat", "who_pays": "new"}.items():
        with pytest.raises(FormFinished):
            typed(session, case_id, "F20", **{link_id: words})


def test_the_key_sheet_alone_names_a_protected_person(session: Session):
    case_id = opened_case(session)
    intake(session, case_id, **PROTECTED)
    police_consent(session, case_id)
    typed_row(session, case_id, "F24", "children", name="Lill Kastanj", case_code="K-2026-002")
    typed_row(session, case_id, "F11b", "safety_contacts", who="Syskona Syskonsson", phone="070-174 06 51")
    typed_row(session, case_id, "F25", "ties", name="Hotar Hotsson", role="person_who_threatens")
    sheet = issue(session, case_id, "F24")
    named = text_of(sheet.pdf)
    for word in (*WHO, "Lill Kastanj", "Syskona Syskonsson", "070-174 06 51", "K-2026-001"):
        assert word in named, word
    assert "Hotar Hotsson" not in named, "who threatens is nobody to ring"
    assert sheet.file_name == "F24-K-2026-001.pdf"
    others = 0
    for form in session.library.forms:
        for recipient in (None, *form.recipients[:1]) if not form.kept_apart else ():
            sees = session.library.recipient_profiles.of(recipient).sees_protected if recipient else ()
            if sees:
                continue  # Skatteverket decides on the protection itself, see recipients.toml
            printed = text_of(preview(session, case_id, form.id, recipient))
            assert not [word for word in (*WHO, "Lill Kastanj") if word in printed], (form.id, recipient)
            others += 1
    tell("D6.F24", f"the key sheet names; {others} other prints of the protected case name nobody")


def test_the_key_sheet_is_one_page_with_as_many_as_one_may_ring_and_goes_to_nobody(session: Session):
    case_id = opened_case(session)
    intake(session, case_id, **PROTECTED)
    for number in range(6):
        typed_row(
            session,
            case_id,
            "F11b",
            "safety_contacts",
            who=f"Kontakt Nummer{number}",
            phone="070-174 06 5",
        )
    from io import BytesIO

    from pypdf import PdfReader

    pdf = issue(session, case_id, "F24").pdf
    assert len(PdfReader(BytesIO(pdf)).pages) == 1
    text = " ".join(text_of(pdf).split())
    assert "kassaskåp" in text
    assert "mötespaket" in text
    for recipient in ("client", "police", "bops"):
        with pytest.raises(RecipientUnknown):
            issue(session, case_id, "F24", recipient)
