"""Cases, the start page, economy, assessments and the practice store."""

from datetime import datetime
from decimal import Decimal

import pytest

from desktop_app.domain.cases import ClockState
from desktop_app.domain.changes import ChangeSet, Kind
from desktop_app.domain.errors import CaseNotFound
from desktop_app.services import economy
from desktop_app.services.assessments import assess_case
from desktop_app.services.audit import check_store, events
from desktop_app.services.cases import (
    case_id_of,
    list_cases,
    new_case,
    overview,
    reveal_name,
)
from desktop_app.services.deadlines import List, start_lists
from desktop_app.services.forms import finish, open_form
from desktop_app.services.session import Session
from desktop_app.services.vault import store_state
from tests.helpers.clock import StillClock
from tests.helpers.desk_work import intake, opened_case, police_consent, typed, typed_row
from tests.helpers.practice import practice_cases


def titles(listed: List) -> list[str]:
    return [row.title for row in listed.rows]


def test_codes_count_up_within_the_year(session: Session, clock: StillClock):
    assert [new_case(session).code for _ in range(2)] == ["K-2026-001", "K-2026-002"]
    clock.now = datetime.fromisoformat("2027-01-01T09:00:00+01:00")
    assert new_case(session).code == "K-2027-001"
    assert case_id_of(session, " k-2026-002 ") == list_cases(session)[1].case_id
    for code in ("K-2026-009", "Klara", ""):
        with pytest.raises(CaseNotFound):
            case_id_of(session, code)


def test_the_clock_runs_from_the_contact_to_the_answer(session: Session, clock: StillClock):
    made = new_case(session, contacted_at=datetime.fromisoformat("2026-11-22 08:15:42"))
    [summary] = list_cases(session)
    assert summary.clock.state is ClockState.RUNNING
    assert summary.clock.due_at == datetime.fromisoformat("2026-11-23 08:15")
    clock.pass_by(hours=21)
    assert list_cases(session)[0].clock.state is ClockState.LATE
    assert titles(start_lists(session).overdue) == ["Ta första kontakten"]
    typed(session, made.case_id, "F01", first_contact_at="2026-11-22 15:00")
    assert list_cases(session)[0].clock.state is ClockState.MET
    assert titles(start_lists(session).overdue) == []


@pytest.mark.parametrize(
    ("protection", "shown", "protected"),
    [("none", "Klara Kastanj", False), ("", None, False), ("confidentiality_mark", None, True)],
)
def test_a_name_stands_in_the_list_only_when_it_may(
    session: Session, protection: str, shown, protected: bool
):
    case_id = opened_case(session)
    intake(session, case_id, protected_identity=protection)
    [summary] = list_cases(session)
    assert (summary.name, summary.protected) == (shown, protected)


def test_showing_a_name_is_logged(session: Session):
    case_id = opened_case(session)
    intake(session, case_id, protected_identity="protected_registration")
    assert reveal_name(session, case_id) == "Klara Kastanj"
    [event, *_] = events(session, case_id)
    assert event.text_key == "events.case.name_shown"
    assert "Klara" not in repr(events(session))
    assert reveal_name(session, opened_case(session)) == ""


def test_the_rail_follows_the_forms(session: Session):
    case_id = opened_case(session)
    assert [step.status for step in overview(session, case_id).steps] == ["not_started"] * 20
    intake(session, case_id)
    assert overview(session, case_id).steps[0].status == "in_progress"
    finish(session, case_id, "F01")
    typed(session, case_id, "F40", first_contact_at="2026-11-22 11:00")
    seen = overview(session, case_id)
    assert [step.status for step in seen.steps[:3]] == ["done", "done", "not_started"]
    assert seen.next_step is not None
    assert (seen.next_step.form_id, seen.summary.next_form_id) == ("F02", "F02")
    police_consent(session, case_id)
    typed(
        session, case_id, "F04",
        recipient_unit="BOPS", kind="initial", known_threats="Sms", questions="level", answer_by="2026-12-01",
    )  # fmt: skip
    finish(session, case_id, "F04")
    assert overview(session, case_id).step("threat").status == "waiting"
    assert titles(start_lists(session).waiting) == ["Väntar på polisens svar om hotbilden"]
    typed(session, case_id, "F04", threat_level="low")
    assert overview(session, case_id).step("threat").status == "done"
    assert titles(start_lists(session).waiting) == []


def test_opening_a_form_to_look_is_not_to_begin_it(session: Session):
    case_id = opened_case(session)
    open_form(session, case_id, "F01")
    assert overview(session, case_id).steps[0].status == "not_started"
    with pytest.raises(CaseNotFound):
        overview(session, "finns-inte")


def test_the_start_page_brings_up_consents_and_next_steps(session: Session):
    case_id = opened_case(session)
    intake(session, case_id, first_contact_at="2026-11-22 09:30", next_step_by="2026-11-25")
    police_consent(session, case_id, valid_until="2026-11-22")
    page = start_lists(session)
    assert titles(page.overdue) == []
    assert titles(page.today) == ["Samtycket för Polismyndigheten går ut"]
    assert titles(page.week) == ["Gör nästa steg i aktualiseringen"]
    assert (page.today.rows[0].code, page.cases) == ("K-2026-001", 1)


def test_costs_are_told_by_case_and_year(session: Session):
    case_id = opened_case(session)
    typed_row(
        session, case_id, "F12", "cost_lines",
        cost_type="K01", starts="2026-12-31", ends="2027-01-01", unit="day", unit_price="1000", vat_rate="25",
    )  # fmt: skip
    typed_row(session, case_id, "F12", "cost_lines", cost_type="K04", unit="month", unit_price="5")
    told = [(row.code, row.year, row.amount, row.vat, row.applied) for row in economy.totals(session)]
    assert told == [("K-2026-001", year, Decimal(1000), Decimal(250), Decimal(1000)) for year in (2026, 2027)]


def test_the_three_models_are_asked_in_sentences(session: Session):
    case_id = opened_case(session)
    intake(session, case_id, protected_identity="none")
    view = assess_case(session, case_id)
    assert view.chosen.model == "nationell_polis_2023"
    assert {other.model for other in view.others} == {"goteborg_2022", "stockholm_2024"}
    assert view.chosen.outcome == "Potentiell avhoppare"
    assert view.chosen.missing
    typed(session, case_id, "F07", model="stockholm_2024")
    typed_row(session, case_id, "F07", "criteria", "wants_to_leave", answer="no")
    chosen = assess_case(session, case_id).chosen
    assert (chosen.model, chosen.outcome) == ("stockholm_2024", "Ej avhoppare – viljan att lämna")
    assert list_cases(session)[0].outcome == chosen.outcome
    for sentence in (*chosen.reasons, *chosen.would_change, *chosen.flags, *chosen.missing):
        assert "{" not in sentence
        assert "_" not in sentence
    assert any("Stockholms stad" in reason for reason in chosen.reasons), "a reason names its source"


def test_consent_reaches_the_table_from_its_own_form(session: Session, clock: StillClock):
    case_id = opened_case(session)
    intake(session, case_id)
    texts = session.library.texts

    def says_no() -> bool:
        return texts.get("rules.criteria.consent") in assess_case(session, case_id).chosen.outcome

    police_consent(session, case_id, valid_until="2026-11-30")
    assert not says_no()
    clock.pass_by(days=9)
    assert says_no(), "an expired consent is a no"


# The log.


def test_each_act_has_one_line_in_its_case_and_no_value_in_it(session: Session):
    case_id = opened_case(session)
    before = len(events(session))
    intake(session, case_id)
    police_consent(session, case_id)
    finish(session, case_id, "F01")
    new = events(session)[: len(events(session)) - before]
    told = [event.text_key.removeprefix("events.form.") for event in reversed(new)]
    assert told == ["begun", "saved", "begun", "row_added", "saved", "finished"]
    for event in new:
        words = session.library.texts.get(event.text_key, **event.params)
        assert not any(value in words for value in ("Klara", "Kastanj", "1997", "frivården", "Stugan"))
    assert len(events(session, case_id, limit=2)) == 2
    assert len(events(session, limit=1)) == 1
    check_store(session)


def test_an_act_that_is_refused_leaves_no_line(session: Session):
    case_id = opened_case(session)
    intake(session, case_id, next_step="")
    before = events(session)
    with pytest.raises(Exception, match="form"):
        finish(session, case_id, "F01")
    with pytest.raises(CaseNotFound):
        reveal_name(session, "finns-inte")
    assert events(session) == before


def test_everything_that_writes_tells_what_it_touched(session: Session):
    made = new_case(session)
    assert isinstance(made.changes, ChangeSet)
    assert made.changes.touches(Kind.AUDIT)
    assert made.changes.case_id == made.case_id


# The practice store.


def test_the_practice_store_has_cases_in_different_stages(practice: Session):
    assert len(practice_cases()) >= 6
    assert store_state(practice).is_practice
    seen = [overview(practice, case.case_id) for case in list_cases(practice)]
    assert [
        (one.summary.code, title) for one, (_, title) in zip(seen, practice_cases(), strict=True)
    ] == list(practice_cases())
    rails = {tuple(step.status for step in one.steps) for one in seen}
    assert len(rails) >= 4
    assert {"done", "in_progress", "not_started", "waiting"} <= {status for rail in rails for status in rail}
    assert {one.summary.clock.state for one in seen} >= {ClockState.RUNNING, ClockState.MET}
    assert any(one.summary.protected for one in seen)
    assert len({one.summary.outcome for one in seen}) >= 3
    check_store(practice)


def test_nothing_in_the_practice_store_failed_to_be_read(practice: Session):
    for case in list_cases(practice):
        for form in practice.library.forms:
            view = open_form(practice, case.case_id, form.id)
            typed_cells = [
                cell.typed
                for entry in view.filled.items()
                for row in entry.rows
                for cell in row.cells.values()
            ]
            assert not any(entry.answer.typed for entry in view.filled.items()), (case.code, form.id)
            assert not any(typed_cells), (case.code, form.id)


def test_the_start_page_of_the_practice_store_has_something_of_each(practice: Session, clock: StillClock):
    page = start_lists(practice)
    assert page.overdue.rows
    assert page.today.rows
    assert page.week.rows
    assert page.waiting.rows
    assert page.cases == len(practice_cases())
    days = [one.nearest_working_day for one in page.overdue.rows]
    assert days == sorted(days)
    clock.pass_by(days=2)
    assert start_lists(practice).overdue.total > page.overdue.total
    assert economy.totals(practice)
