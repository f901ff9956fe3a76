"""Filling in, finishing and beginning anew, as the caseworker does it."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from desktop_app.domain.answers import AnswerState, answered, as_typed
from desktop_app.domain.changes import Kind
from desktop_app.domain.errors import (
    CaseNotFound,
    FormFinished,
    FormHasGaps,
    FormNotFound,
    MotivationMissing,
    StaleRevision,
)
from desktop_app.domain.forms import Address, ResponseStatus
from desktop_app.services.cases import overview
from desktop_app.services.forms import (
    Edit,
    add_row,
    begin_anew,
    fault_key,
    finish,
    open_form,
    read,
    remove_row,
    restore_row,
    save,
)
from desktop_app.services.session import Session
from desktop_app.services.settings import profile, save_profile
from tests.helpers.clock import StillClock
from tests.helpers.desk_work import answers, intake, opened_case, police_consent, typed, typed_row


def rows(session: Session, case_id: str, form_id: str, repeat: str) -> list[str]:
    view = open_form(session, case_id, form_id)
    return [row.id for entry in view.filled.items() if entry.item.link_id == repeat for row in entry.rows]


def test_what_is_written_once_stands_on_every_form(session: Session):
    case_id = opened_case(session)
    intake(session, case_id)
    for form_id in ("F02", "F03", "F04"):
        assert answers(open_form(session, case_id, form_id))["name"].value == "Klara Kastanj"
    typed(session, case_id, "F03", name="Klara Kastanj-Ek")
    assert answers(open_form(session, case_id, "F01"))["name"].value == "Klara Kastanj-Ek"


def test_a_text_that_cannot_be_read_is_kept_and_shown_again(session: Session):
    case_id = opened_case(session)
    saved = intake(session, case_id, contacted_at="i går kväll", identity_number="0701234567")
    kept = answers(open_form(session, case_id, "F01"))
    assert kept["contacted_at"] == as_typed("i går kväll")
    assert kept["identity_number"] == as_typed("0701234567")
    assert {gap.address.link_id for gap in saved.view.gaps if gap.unreadable} == {
        "contacted_at",
        "identity_number",
    }
    item = saved.view.filled.definition.item("identity_number")
    assert fault_key(session.library, item, "0701234567", today=session.today) == "answers.identity.phone"
    assert fault_key(session.library, item, "19970516-2387", today=session.today) is None
    assert fault_key(session.library, item, "  ", today=session.today) is None


def test_broken_signs_in_what_was_typed_can_be_saved(session: Session):
    case_id = opened_case(session)
    intake(session, case_id, next_step="hej \ud83d", contacted_at="\ud83d", name="x\x00y")
    kept = answers(open_form(session, case_id, "F01"))
    assert kept["next_step"].value == "hej \ufffd"
    assert kept["contacted_at"].typed == "\ufffd"
    assert kept["name"].value == "xy"


def test_an_erased_answer_is_gone_but_was_not_overwritten_without_trace(session: Session):
    case_id = opened_case(session)
    intake(session, case_id)
    intake(session, case_id, name="")
    assert not answers(open_form(session, case_id, "F01"))["name"].is_given
    with session.reading() as stores:
        former = stores.answers.revisions(case_id, "case", Address("client.name"))
    assert [one.value for one in former] == ["Klara Kastanj"]


def test_a_form_with_gaps_is_not_finished_and_stays_as_it_was(session: Session):
    case_id = opened_case(session)
    view = intake(session, case_id, next_step="", channel="").view
    with pytest.raises(FormHasGaps) as refused:
        finish(session, case_id, "F01")
    assert refused.value.params == {"count": 2}
    after = open_form(session, case_id, "F01")
    assert (after.status, after.revision) == (ResponseStatus.DRAFT, view.revision)


def test_an_unreadable_answer_that_nobody_requires_still_stops_finishing(session: Session):
    case_id = opened_case(session)
    intake(session, case_id, first_contact_at="strax")
    with pytest.raises(FormHasGaps):
        finish(session, case_id, "F01")


def test_later_changes_do_not_reach_a_finished_form(session: Session, clock: StillClock):
    case_id = opened_case(session)
    intake(session, case_id)
    finished = finish(session, case_id, "F01").view
    assert (finished.status, finished.gaps) == (ResponseStatus.FINISHED, ())
    clock.pass_by(days=1)
    typed(session, case_id, "F03", name="Ny Namnsson", secure_contact="Ny väg")
    again = open_form(session, case_id, "F01")
    assert answers(again) == answers(finished)
    assert again.filled.head.dated == "2026-11-22"
    assert answers(open_form(session, case_id, "F03"))["name"].value == "Ny Namnsson"
    with pytest.raises(FormFinished):
        typed(session, case_id, "F01", name="Ännu en")
    with pytest.raises(FormFinished):
        finish(session, case_id, "F01")


def test_the_answer_of_the_police_can_be_written_when_it_comes(session: Session):
    case_id = opened_case(session)
    intake(session, case_id)
    request = {"recipient_unit": "BOPS", "kind": "initial", "known_threats": "Hot per telefon."}
    typed(session, case_id, "F04", **request, questions="level", answer_by="2026-12-01")
    finish(session, case_id, "F04")
    waiting = next(step for step in overview(session, case_id).steps if step.form_id == "F04")
    assert waiting.status == "waiting"
    typed(session, case_id, "F04", threat_level="high", threat_assessed_on="2026-11-22")
    view = open_form(session, case_id, "F04")
    assert view.status is ResponseStatus.FINISHED
    assert answers(view)["threat_level"].value == "high"
    assert answers(view)["known_threats"].value == "Hot per telefon."
    done = next(step for step in overview(session, case_id).steps if step.form_id == "F04")
    assert done.status == "done"
    with pytest.raises(FormFinished):
        typed(session, case_id, "F04", threat_level="low", known_threats="Något annat")
    assert answers(open_form(session, case_id, "F04"))["threat_level"].value == "high"


def test_a_finished_form_keeps_the_caseworker_it_was_finished_by(session: Session):
    case_id = opened_case(session)
    intake(session, case_id)
    head = finish(session, case_id, "F01").view.filled.head
    save_profile(session, replace(profile(session), caseworker="Ny Handläggarsson", unit="Ny enhet"))
    assert open_form(session, case_id, "F01").filled.head == head
    anew = begin_anew(session, case_id, "F01").view
    assert "Ny Handläggarsson" in anew.filled.head.caseworker
    assert answers(anew)["received_by"].value == "Ny Handläggarsson"


def test_finished_rows_are_frozen_too(session: Session):
    case_id = opened_case(session)
    intake(session, case_id)
    row_id = police_consent(session, case_id, valid_until="2027-01-31")
    typed(session, case_id, "F02", purpose="Bedöma hot", police_register_search="yes")
    finish(session, case_id, "F02")
    with session.act() as work:  # the register moves on by way of another form
        from desktop_app.domain.stored_answers import PlacedRow

        work.answers.remove_row(case_id, PlacedRow("case", "consents", row_id), work.now)
        work.audit("test.removed")
        work.commit()
    assert rows(session, case_id, "F02", "consents") == [row_id]
    begin_anew(session, case_id, "F02")
    assert rows(session, case_id, "F02", "consents") == []


def test_a_new_version_is_begun_from_the_answers_of_the_old(session: Session, clock: StillClock):
    case_id = opened_case(session)
    intake(session, case_id, informed="yes")
    finish(session, case_id, "F01")
    typed(session, case_id, "F03", name="Ny Namnsson")
    clock.pass_by(hours=1)
    view = begin_anew(session, case_id, "F01").view
    assert view.status is ResponseStatus.DRAFT
    kept = answers(view)
    assert kept["informed"].value == "yes", "the form's own answers come along"
    assert kept["name"].value == "Ny Namnsson", "what the case supplies is as it stands now"
    typed(session, case_id, "F01", informed="no")
    finish(session, case_id, "F01")
    with session.reading() as stores:
        records = stores.forms.of_case(case_id)
    assert sum(record.form_id == "F01" and record.status == "finished" for record in records) == 2


def test_beginning_anew_on_a_draft_changes_nothing(session: Session):
    case_id = opened_case(session)
    saved = intake(session, case_id)
    again = begin_anew(session, case_id, "F01")
    assert (again.view.response_id, again.view.revision) == (saved.view.response_id, saved.view.revision)
    assert answers(again.view) == answers(saved.view)


def test_a_stale_save_is_refused_and_writes_nothing(session: Session):
    case_id = opened_case(session)
    view = open_form(session, case_id, "F01")
    first = save(session, case_id, "F01", view.revision, [Edit(Address("next_step"), answered("Ring"))])
    assert first.view.revision == view.revision + 1
    with pytest.raises(StaleRevision):
        save(session, case_id, "F01", view.revision, [Edit(Address("next_step"), answered("Skriv"))])
    after = open_form(session, case_id, "F01")
    assert answers(after)["next_step"].value == "Ring"
    assert after.revision == first.view.revision


def test_rows_are_added_taken_away_and_put_back_with_their_answers(session: Session):
    case_id = opened_case(session)
    first = police_consent(session, case_id, unit="BOPS")
    second = typed_row(session, case_id, "F02", "consents", recipient="school")
    assert rows(session, case_id, "F02", "consents") == [first, second]
    remove_row(session, case_id, "F02", "consents", first)
    assert rows(session, case_id, "F02", "consents") == [second]
    back = restore_row(session, case_id, "F02", "consents", first)
    assert rows(session, case_id, "F02", "consents") == [first, second]
    [table] = [entry for entry in back.view.filled.items() if entry.item.link_id == "consents"]
    assert table.rows[0].cell("unit").value == "BOPS"


def test_a_row_taken_away_no_longer_counts(session: Session):
    case_id = opened_case(session)
    row_id = police_consent(session, case_id)
    assert not open_form(session, case_id, "F04").doubts
    remove_row(session, case_id, "F02", "consents", row_id)
    assert [doubt.text_key for doubt in open_form(session, case_id, "F04").doubts] == [
        "doubts.consent_missing"
    ]


def test_a_form_of_its_own_keeps_its_own_rows(session: Session):
    case_id = opened_case(session)
    row_id = typed_row(session, case_id, "F04", "events", dated="2026-11-01", what="Sms")
    assert rows(session, case_id, "F04", "events") == [row_id]
    other = opened_case(session)
    assert rows(session, other, "F04", "events") == []


def test_answers_reckoned_by_the_program_are_not_typed_over(session: Session):
    case_id = opened_case(session)
    view = open_form(session, case_id, "F07")
    with pytest.raises(KeyError):
        save(session, case_id, "F07", view.revision, [Edit(Address("outcome"), answered("Avhoppare"))])
    row_id = add_row(session, case_id, "F12", "cost_lines").row_id or ""
    view = open_form(session, case_id, "F12")
    for address in (
        Address("cost_lines", row_id, "amount"),
        Address("cost_lines", row_id, "no_such"),
        Address("nej"),
    ):
        with pytest.raises(KeyError):
            save(session, case_id, "F12", view.revision, [Edit(address, answered("1"))])
    assert open_form(session, case_id, "F12").revision == view.revision


def test_a_departure_from_the_table_must_be_motivated(session: Session):
    case_id = opened_case(session)
    intake(session, case_id)
    typed(
        session,
        case_id,
        "F07",
        model="nationell_polis_2023",
        role="leaver",
        decided="avhoppare",
        decided_by="Berit",
    )
    with pytest.raises(MotivationMissing):
        finish(session, case_id, "F07")
    assert "departure_reason" in answers(open_form(session, case_id, "F07"))
    typed(session, case_id, "F07", departure_reason="Polisen har lämnat besked muntligt.")
    finished = finish(session, case_id, "F07").view
    typed_row(session, case_id, "F03", "criteria", "wants_to_leave", answer="no")
    assert list(answers(open_form(session, case_id, "F07"))) == list(answers(finished))


def test_who_turns_eighteen_does_not_lose_the_guardians_from_a_finished_consent(
    session: Session, clock: StillClock
):
    case_id = opened_case(session)
    intake(session, case_id, identity_number="", birth_year="2009")
    police_consent(session, case_id)
    typed(session, case_id, "F02", purpose="Bedöma hot", police_register_search="yes")
    finished = finish(session, case_id, "F02").view
    assert "guardian_one" in answers(finished)
    clock.pass_by(days=365)
    assert "guardian_one" in answers(open_form(session, case_id, "F02"))
    begin_anew(session, case_id, "F02")
    assert "guardian_one" not in answers(open_form(session, case_id, "F02"))


def test_days_of_a_stay_become_kronor_over_new_year(session: Session):
    case_id = opened_case(session)
    typed_row(
        session, case_id, "F12", "cost_lines",
        cost_type="K01", starts="2026-11-15", ends="2027-02-28", unit="day", unit_price="3 263",
    )  # fmt: skip
    view = open_form(session, case_id, "F12")
    assert answers(view)["applied_total"].value == 345878
    [years] = [entry for entry in view.filled.items() if entry.item.link_id == "cost_years"]
    assert [(row.cell("year").value, row.cell("amount").value) for row in years.rows] == [
        ("2026", 153361),
        ("2027", 192517),
    ]


@pytest.mark.parametrize("typed_end", ["9999-12-31", "tills vidare"])
def test_a_stay_without_an_end_does_not_lock_the_case(session: Session, typed_end: str):
    case_id = opened_case(session)
    row_id = typed_row(
        session, case_id, "F12", "cost_lines",
        cost_type="K01", starts="2026-11-15", ends=typed_end, unit="day", unit_price="100",
    )  # fmt: skip
    police_consent(session, case_id, valid_from="0001-01-01", valid_until=typed_end)
    view = open_form(session, case_id, "F12")
    [lines] = [entry for entry in view.filled.items() if entry.item.link_id == "cost_lines"]
    assert lines.rows[0].id == row_id
    assert lines.rows[0].cell("ends").typed == typed_end


def test_every_change_says_what_it_touched(session: Session):
    case_id = opened_case(session)
    changes = [intake(session, case_id).changes, add_row(session, case_id, "F04", "events").changes]
    changes += [finish(session, case_id, "F01").changes, begin_anew(session, case_id, "F01").changes]
    for change in changes:
        assert change.case_id == case_id
        assert change.touches(Kind.FORM)
        assert change.touches(Kind.AUDIT)


def test_what_does_not_exist_is_refused_by_its_own_name(session: Session):
    case_id = opened_case(session)
    with pytest.raises(FormNotFound):
        open_form(session, case_id, "F98")
    with pytest.raises(CaseNotFound):
        open_form(session, "0" * 16, "F01")


def test_reading_is_the_same_for_a_cell_with_codes_of_its_own(session: Session):
    case_id = opened_case(session)
    [table] = [e for e in open_form(session, case_id, "F07").filled.items() if e.item.link_id == "criteria"]
    column = next(column for column in table.item.columns if column.link_id == "answer")
    broken = {
        row: read(session.library, column, "broken", row, today=session.today).state
        for row in ("police_conditions_signed", "wants_to_leave")
    }
    assert broken == {
        "police_conditions_signed": AnswerState.ANSWERED,
        "wants_to_leave": AnswerState.AS_TYPED,
    }


def test_a_form_is_dated_by_the_day_it_was_finished_in_the_desks_own_time(
    session: Session, clock: StillClock
):
    clock.now = datetime.fromisoformat("2026-11-22T23:30:00+01:00")
    case_id = opened_case(session)
    intake(session, case_id)
    finish(session, case_id, "F01")
    clock.pass_by(days=3)
    dated = open_form(session, case_id, "F01").filled.head.dated
    assert dated == f"{(clock.now - timedelta(days=3)).astimezone():%Y-%m-%d}"
