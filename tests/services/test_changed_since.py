"""Prints that no longer say what their form says: told without drawing anything."""

import pytest

from desktop_app.domain.errors import CaseNotFound
from desktop_app.services import printing
from desktop_app.services.changed_since import differing
from desktop_app.services.forms import begin_anew, finish, open_form
from desktop_app.services.session import Session
from tests.helpers.clock import StillClock
from tests.helpers.desk_work import intake, opened_case, police_consent, typed, typed_row
from tests.helpers.figures import tell
from tests.helpers.read_paper import issue_read


def printed_request(session: Session) -> tuple[str, str]:
    """A case whose request to the police is printed; return case and document."""
    case_id = opened_case(session)
    intake(session, case_id)
    police_consent(session, case_id)
    typed(session, case_id, "F04", recipient_unit="BOPS", kind="initial", known_threats="Sms")
    return case_id, issue_read(session, case_id, "F04").document_id


def test_a_print_differs_once_its_form_says_something_else_and_no_longer_when_that_is_taken_back(
    session: Session,
) -> None:
    case_id, document_id = printed_request(session)
    assert differing(session, case_id) == ()
    typed(session, case_id, "F04", known_threats="Sms och brev")
    [found] = differing(session, case_id)
    assert (found.document_id, found.form_id) == (document_id, "F04")
    assert found.recipient == open_form(session, case_id, "F04").recipients[0]
    assert differing(session, case_id, "F01") == ()
    typed(session, case_id, "F04", known_threats="Sms")
    assert differing(session, case_id, "F04") == ()


def test_a_fact_changed_in_another_form_makes_the_print_differ(session: Session) -> None:
    case_id, _document = printed_request(session)
    intake(session, case_id, name="Klara Kastanje")
    assert len(differing(session, case_id)) == 1


def test_neither_time_nor_finishing_nor_a_new_draft_makes_a_print_differ(
    session: Session, clock: StillClock
) -> None:
    case_id = opened_case(session)
    intake(session, case_id)
    issue_read(session, case_id, "F01")
    clock.pass_by(days=40)
    assert differing(session, case_id) == ()
    finish(session, case_id, "F01")
    assert differing(session, case_id) == ()
    begin_anew(session, case_id, "F01")
    intake(session, case_id, next_step="Något helt annat")
    assert differing(session, case_id) == ()


def test_what_is_withdrawn_from_the_reader_makes_the_print_differ(session: Session) -> None:
    """The same form and answers, but the police may no longer be told who it is about."""
    case_id, _document = printed_request(session)
    row = open_form(session, case_id, "F02").filled
    [entry] = [each for each in row.items() if each.item.link_id == "consents"]
    typed_row(session, case_id, "F02", "consents", entry.rows[0].id, withdrawn_on="2026-11-21")
    assert len(differing(session, case_id)) == 1


def test_papers_that_follow_the_case_are_not_told(session: Session) -> None:
    case_id = opened_case(session)
    intake(session, case_id)
    issue_read(session, case_id, "F42")
    intake(session, case_id, next_step="Annat")
    assert differing(session, case_id) == ()


def test_nothing_is_drawn_to_tell(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    case_id, _document = printed_request(session)
    drawn: list[str] = []
    monkeypatch.setattr(printing, "lay_out_form", lambda *_: drawn.append("lay_out"))
    monkeypatch.setattr(printing, "render_form", lambda *_: drawn.append("render"))
    typed(session, case_id, "F04", known_threats="Annat")
    assert len(differing(session, case_id)) == 1
    assert drawn == []
    with pytest.raises(CaseNotFound):
        differing(session, "none")
    tell("P6.7", "prints that differ from their form: found by digest, 0 drawn")
