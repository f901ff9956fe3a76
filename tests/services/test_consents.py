"""The consent register through its services: how it stands, what stops, and withdrawal or change by F02b."""

from __future__ import annotations

import pytest

from desktop_app.domain.changes import Kind
from desktop_app.domain.consents import Standing
from desktop_app.domain.errors import CaseNotFound, FormHasGaps
from desktop_app.domain.forms import ResponseStatus
from desktop_app.domain.register_errors import ConsentChangeUnknown
from desktop_app.services import consents, disclosures, forms
from desktop_app.services.audit import check_store, events
from desktop_app.services.consents import ConsentRegister, register_view
from desktop_app.services.session import Session
from tests.helpers.clock import StillClock
from tests.helpers.desk_work import intake, opened_case, police_consent, typed, typed_row
from tests.helpers.read_paper import issue_read

RECEIVED = {"received_how": "oral", "explained": "yes"}


def standings(register: ConsentRegister) -> dict[str, Standing]:
    return {one.authority: one.standing for one in register.authorities}


def begun(session: Session, case_id: str) -> str:
    """A case with a consent for the police from which a change was begun; return the register's row."""
    row_id = police_consent(session, case_id, unit="BOPS", valid_until="2027-05-22")
    consents.begin_change(session, case_id, "police", row_id)
    return row_id


def test_an_empty_register_says_what_stops(session: Session):
    case_id = opened_case(session)
    register = register_view(session, case_id)
    assert standings(register) == {"police": Standing.NOT_ASKED, "region": Standing.NOT_ASKED}
    assert all(one.stops for one in register.authorities)
    assert "school" in register.not_asked
    assert not register.change_begun
    with pytest.raises(CaseNotFound):
        register_view(session, "finns-inte")


def test_the_register_tells_all_that_was_answered(session: Session):
    case_id = opened_case(session)
    intake(session, case_id, identity_number="", birth_year="2010")
    row_id = police_consent(
        session, case_id, unit="BOPS", data_kinds="identity threat", valid_until="2027-05-22",
        received_by="Åsa", received_how="oral", own_line="yes", guardian_one="yes", guardian_two="no",
    )  # fmt: skip
    typed(session, case_id, "F02", language="dari", explained_on="2026-11-20")
    register = register_view(session, case_id)
    assert (register.language, str(register.explained_on), register.is_child) == ("dari", "2026-11-20", True)
    [row] = register.authorities[0].rows
    assert (row.row_id, row.unit, row.received_by, row.received_how) == (row_id, "BOPS", "Åsa", "oral")
    assert row.data_kinds == ("identity", "threat")
    assert (row.consent.own_line, row.consent.guardian_one, row.consent.guardian_two) == (True, True, False)
    assert row.standing is Standing.DISPUTED


def test_guardians_are_asked_about_only_for_a_child(session: Session):
    case_id = opened_case(session)
    police_consent(session, case_id)
    columns = {c.link_id for c in consent_item(session, case_id).columns}
    assert not columns & {"own_line", "guardian_one", "guardian_two"}
    intake(session, case_id, identity_number="", birth_year="2010")
    columns = {c.link_id for c in consent_item(session, case_id).columns}
    assert columns >= {"own_line", "guardian_one", "guardian_two"}


def consent_item(session: Session, case_id: str):
    view = forms.open_form(session, case_id, "F02")
    return next(entry.item for entry in view.filled.items() if entry.item.link_id == "consents")


def test_a_draft_of_a_withdrawal_changes_nothing_and_says_what_it_would_stop(session: Session):
    case_id = opened_case(session)
    intake(session, case_id)
    begun(session, case_id)
    sent = issue_read(session, case_id, "F04", "bops")
    view = forms.open_form(session, case_id, "F02b")
    shown = {entry.item.link_id: entry for entry in view.filled.items()}
    [row] = shown["changes"].rows
    assert [row.cell(name).value for name in ("recipient", "unit", "change")] == [
        "police",
        "BOPS",
        "withdrawn",
    ]
    [stop] = shown["stops"].rows
    assert "F03, F04, F09, F12" in str(stop.cell("stops").value)
    [out] = shown["given_out"].rows
    assert out.id == sent.document_id
    assert standings(register_view(session, case_id))["police"] is Standing.VALID
    assert register_view(session, case_id).change_begun


def test_finishing_a_withdrawal_writes_the_register_in_the_same_act(session: Session):
    case_id = opened_case(session)
    row_id = begun(session, case_id)
    typed(session, case_id, "F02b", from_when="2026-11-22", **RECEIVED)
    before = len(events(session))
    saved = forms.finish(session, case_id, "F02b")
    new = events(session)[: len(events(session)) - before]
    assert [event.text_key for event in new] == ["events.form.finished", "events.consent.changed"]
    assert saved.changes.touches(Kind.REGISTER)
    register = register_view(session, case_id)
    assert standings(register)["police"] is Standing.WITHDRAWN
    assert register.authorities[0].rows[0].row_id == row_id
    assert not register.change_begun
    view = forms.open_form(session, case_id, "F04")
    assert "doubts.consent_missing" in {doubt.text_key for doubt in view.doubts}
    check_store(session)


def test_what_stops_is_frozen_with_the_form_while_the_register_moves_on(session: Session):
    case_id = opened_case(session)
    begun(session, case_id)
    typed(session, case_id, "F02b", from_when="2026-11-22", **RECEIVED)
    forms.finish(session, case_id, "F02b")
    police_consent(session, case_id, valid_from="2026-11-23")
    view = forms.open_form(session, case_id, "F02b")
    assert view.status is ResponseStatus.FINISHED
    assert next(e for e in view.filled.items() if e.item.link_id == "stops").rows


def test_a_change_narrows_and_the_next_one_begins_empty(session: Session):
    case_id = opened_case(session)
    row_id = begun(session, case_id)
    typed_row(
        session, case_id, "F02b", "changes", row_id,
        change="changed", may_obtain="no", valid_until="2026-12-01",
    )  # fmt: skip
    typed(session, case_id, "F02b", from_when="2026-11-22", **RECEIVED)
    forms.finish(session, case_id, "F02b")
    [row] = register_view(session, case_id).authorities[0].rows
    assert (row.standing, row.obtaining) == (Standing.VALID, Standing.REFUSED)
    assert str(row.consent.valid_until) == "2026-12-01"
    consents.begin_change(session, case_id, "police")
    view = forms.open_form(session, case_id, "F02b")
    shown = {entry.item.link_id: entry for entry in view.filled.items()}
    assert not shown["from_when"].answer.is_given
    assert [each.cell("change").value for each in shown["changes"].rows] == ["withdrawn"]


def test_what_cannot_be_written_leaves_form_and_register_as_they_were(session: Session):
    case_id = opened_case(session)
    begun(session, case_id)
    with pytest.raises(FormHasGaps):
        forms.finish(session, case_id, "F02b")
    typed(session, case_id, "F02b", from_when="2026-11-22", **RECEIVED)
    typed_row(session, case_id, "F02b", "changes", recipient="school", change="withdrawn")
    with pytest.raises(ConsentChangeUnknown) as told:
        forms.finish(session, case_id, "F02b")
    assert told.value.params == {"row": 2}
    assert standings(register_view(session, case_id))["police"] is Standing.VALID
    assert forms.open_form(session, case_id, "F02b").status is ResponseStatus.DRAFT


def test_what_was_noted_as_given_out_stands_there_once_with_its_print(session: Session, clock: StillClock):
    case_id = opened_case(session)
    intake(session, case_id)
    row_id = police_consent(session, case_id)
    sent = issue_read(session, case_id, "F04", "bops")
    clock.pass_by(hours=1)
    disclosures.begin_note(session, case_id, issued_document=sent.document_id)
    typed(
        session, case_id, "F18b", outcome="given", given_on="2026-11-22", initiative="own",
        authority="police", recipient="BOPS", recipient_check="known_address", ground="consent",
    )  # fmt: skip
    typed(session, case_id, "F18b", what="Begäran", need="Bedömning")
    forms.finish(session, case_id, "F18b")
    consents.begin_change(session, case_id, "police", row_id)
    view = forms.open_form(session, case_id, "F02b")
    [out] = next(e for e in view.filled.items() if e.item.link_id == "given_out").rows
    [entry] = disclosures.view(session, case_id).lines
    assert out.id == entry.line.id
