"""The disclosure register through its services: noted by F18b, corrected by a line, and what nobody noted."""

from __future__ import annotations

import pytest

from desktop_app.domain.answers import AnswerState, without_value
from desktop_app.domain.changes import Kind
from desktop_app.domain.consents import Standing
from desktop_app.domain.disclosures import Outcome
from desktop_app.domain.errors import CaseNotFound, FormHasGaps
from desktop_app.domain.forms import Address
from desktop_app.domain.register_errors import (
    DisclosureLacks,
    DisclosureUnfinished,
    DocumentOfNoDisclosure,
)
from desktop_app.services import disclosures, forms, printing
from desktop_app.services.audit import check_store, events
from desktop_app.services.forms import Edit, FormView
from desktop_app.services.session import Session
from tests.helpers.desk_work import (
    DISCLOSED,
    WHAT_AND_WHY,
    answers,
    disclosure,
    intake,
    opened_case,
    police_consent,
    typed,
)
from tests.helpers.read_paper import issue_read
from tests.printing.reading import text_of

SECRET_STREET = "Hemliga gatan 7"


def filled_in(session: Session, case_id: str, first: dict[str, str], **rest: str) -> FormView:
    """Type F18b in two goes, as its sections appear."""
    typed(session, case_id, "F18b", **first)
    return typed(session, case_id, "F18b", **rest).view


def test_a_line_is_noted_with_the_document_and_the_consent_of_the_day(session: Session):
    case_id = opened_case(session)
    police_consent(session, case_id)
    sent = issue_read(session, case_id, "F04", "bops")
    [waiting] = disclosures.view(session, case_id).not_noted
    assert (waiting.document_id, waiting.recipient) == (sent.document_id, "bops")
    assert disclosures.begin_note(session, case_id, issued_document=sent.document_id).touches(Kind.FORM)
    view = filled_in(session, case_id, DISCLOSED, **WHAT_AND_WHY)
    assert str(answers(view)["document"].value).startswith("Utskrift: Begäran om hotbildsbedömning")
    assert answers(view)["consent_now"].value == "Polismyndigheten: gäller"
    assert forms.finish(session, case_id, "F18b").changes.touches(Kind.DISCLOSURE)
    [entry] = disclosures.view(session, case_id).lines
    assert entry.line.content.issued_document_id == sent.document_id
    assert entry.line.consent_then is Standing.VALID
    assert entry.line.content.decided_by == "Berit Bergqvist"
    assert disclosures.view(session, case_id).not_noted == ()
    check_store(session)


def test_prints_to_the_file_or_the_person_are_no_disclosures(session: Session):
    case_id = opened_case(session)
    issue_read(session, case_id, "F02", "client")
    issue_read(session, case_id, "F07")
    assert disclosures.view(session, case_id).not_noted == ()


def test_consent_as_ground_without_a_valid_one_is_told_and_can_be_noted(session: Session):
    case_id = opened_case(session)
    police_consent(session, case_id, withdrawn_on="2026-11-20")
    view = filled_in(session, case_id, DISCLOSED, **WHAT_AND_WHY)
    assert "återkallat" in str(answers(view)["remarks"].value)
    forms.finish(session, case_id, "F18b")
    [entry] = disclosures.view(session, case_id).lines
    assert entry.line.consent_then is Standing.WITHDRAWN


def test_with_a_valid_consent_there_is_nothing_to_remark(session: Session):
    """The control of the test above."""
    case_id = opened_case(session)
    police_consent(session, case_id)
    view = filled_in(session, case_id, DISCLOSED, **WHAT_AND_WHY)
    assert not answers(view)["remarks"].is_given


CONTACT = {**DISCLOSED, "ground": "contact_data_2025_170"}
GUARD = {
    "contact_kinds": "address phone",
    "is_hidden": "yes",
    "exceptional": "no",
    "exceptional_reasons": "Prövat med chefen.",
}


def test_contact_data_are_noted_as_given_only_with_the_manager_and_without_the_address(session: Session):
    case_id = opened_case(session)
    intake(session, case_id, whereabouts=SECRET_STREET)
    view = filled_in(session, case_id, CONTACT, **GUARD)
    assert not {"what", "need"} & set(answers(view))
    assert {gap.address.link_id for gap in view.gaps} == {"manager", "manager_on"}
    with pytest.raises(FormHasGaps):
        forms.finish(session, case_id, "F18b")
    typed(session, case_id, "F18b", manager="Chef Chefsson", manager_on="2026-11-22")
    forms.finish(session, case_id, "F18b")
    [entry] = disclosures.view(session, case_id).lines
    content = entry.line.content
    assert (content.data_kinds, content.what) == (("address", "phone"), "")
    assert (content.decided_by, str(content.decided_on)) == ("Chef Chefsson", "2026-11-22")
    assert SECRET_STREET not in repr(entry)
    log = text_of(printing.preview(session, case_id, "F18"))
    assert "Telefonnummer" in log
    assert SECRET_STREET not in log


def test_refusing_contact_data_is_as_easy(session: Session):
    case_id = opened_case(session)
    view = filled_in(session, case_id, {**CONTACT, "outcome": "refused"}, **{**GUARD, "exceptional": "yes"})
    assert view.gaps == ()
    forms.finish(session, case_id, "F18b")
    [entry] = disclosures.view(session, case_id).lines
    assert entry.line.content.outcome is Outcome.REFUSED


def test_a_quiet_answer_is_no_decision(session: Session):
    case_id = opened_case(session)
    filled_in(session, case_id, CONTACT, **GUARD)
    view = forms.open_form(session, case_id, "F18b")
    unknown = [Edit(Address(name), without_value(AnswerState.UNKNOWN)) for name in ("manager", "manager_on")]
    forms.save(session, case_id, "F18b", view.revision, unknown)
    with pytest.raises(DisclosureLacks) as told:
        forms.finish(session, case_id, "F18b")
    assert told.value.params == {"count": 2}
    assert disclosures.view(session, case_id).lines == ()


def test_a_correction_points_and_the_former_line_stays(session: Session):
    case_id, other = opened_case(session), opened_case(session)
    disclosure(session, case_id)
    [first] = disclosures.view(session, case_id).lines
    with pytest.raises(CaseNotFound):
        disclosures.begin_correction(session, other, first.line.id)
    disclosures.begin_correction(session, case_id, first.line.id)
    view = filled_in(
        session, case_id, {**DISCLOSED, "outcome": "partly"}, what="Bara sidan 1", need="Bedömning"
    )
    assert "BOPS" in str(answers(view)["corrects"].value)
    forms.finish(session, case_id, "F18b")
    [entry] = disclosures.view(session, case_id).lines
    assert entry.line == first.line
    assert entry.holds.content.what == "Bara sidan 1"
    kinds = [event.text_key for event in events(session)]
    assert {"events.disclosure.noted", "events.disclosure.corrected"} <= set(kinds)


def test_what_is_half_written_is_not_mixed_with_another_document(session: Session):
    case_id = opened_case(session)
    one = issue_read(session, case_id, "F04", "bops")
    two = issue_read(session, case_id, "F03", "local_police")
    disclosures.begin_note(session, case_id, issued_document=one.document_id)
    disclosures.begin_note(session, case_id, issued_document=two.document_id)  # nothing written yet: it moves
    assert "Hänvisning" in str(answers(forms.open_form(session, case_id, "F18b"))["document"].value)
    typed(session, case_id, "F18b", recipient="Sam")
    disclosures.begin_note(session, case_id, issued_document=two.document_id)
    with pytest.raises(DisclosureUnfinished):
        disclosures.begin_note(session, case_id, issued_document=one.document_id)
    view = forms.open_form(session, case_id, "F18b")
    assert answers(view)["recipient"].value == "Sam"
    assert disclosures.view(session, case_id).note_begun


def test_only_documents_of_the_case_are_taken(session: Session):
    case_id, other = opened_case(session), opened_case(session)
    sent = issue_read(session, other, "F04", "bops")
    for wrong in (sent.document_id, "finns-inte"):
        with pytest.raises(DocumentOfNoDisclosure):
            disclosures.begin_note(session, case_id, issued_document=wrong)
        with pytest.raises(DocumentOfNoDisclosure):
            disclosures.begin_note(session, case_id, case_document=wrong)


def test_the_log_has_ids_and_names_but_no_value(session: Session):
    case_id = opened_case(session)
    disclosure(session, case_id)
    disclosures.begin_note(session, case_id)
    filled_in(session, case_id, DISCLOSED, what="Hemligheten", need="Behovet")
    forms.finish(session, case_id, "F18b")
    said = repr(events(session))
    assert not any(word in said for word in ("Hemligheten", "Behovet", "BOPS"))


def test_the_grounds_shown_and_the_one_that_does_not_apply(session: Session):
    texts, grounds = session.library.texts, session.library.definitions.grounds
    words = texts.get("forms.disclosure_note.v1.items.not_applicable.label")
    for ground in grounds.values():
        if ground.applies:
            assert texts.has(f"tables.disclosure_grounds.{ground.id}")
        else:
            assert ground.law.removesuffix(" OSL") in words
    form = session.library.form("F18b")
    asked = form.item("ground").codes
    assert asked == tuple(ground.id for ground in grounds.values() if ground.applies)
