"""Plan, agreement and safety plan in a real store: written once, and read by those it is meant for."""

from __future__ import annotations

import pytest

from desktop_app.domain.errors import FormFinished
from desktop_app.services import forms, guide, printing, timeline
from desktop_app.services.session import Session
from tests.helpers.desk_work import answers, intake, opened_case, typed, typed_row
from tests.helpers.figures import tell
from tests.printing.reading import text_of

GOAL = "Ett liv utan grupperingen"
SECRET = {
    "code_word": "Blåbär",
    "safe_place": "Kapellet vid ån",
    "way_there": "Med nattbussen",
    "bring": "Pass och mediciner",
    "avoid": "Torget på hemorten",
    "own_steps": "Låser in mig i badrummet",
}
FOR_STAFF = {"warning_signs": "Okända bilar på gatan", "staff_do": "Ringer alltid ett ett två"}


def plan(session: Session, case_id: str) -> None:
    """Write a plan with one goal and one intervention."""
    typed(session, case_id, "F11", goal=GOAL, plan_made_on="2026-11-20", phase="intensive")
    typed_row(
        session, case_id, "F11", "goals", domain="housing", goal="Egen dörr", milestones="Stå i bostadskö"
    )
    typed_row(
        session, case_id, "F11", "interventions", intervention="debt_advice", responsible="Skuldrådgivaren"
    )


def safety_plan(session: Session, case_id: str) -> None:
    """Write the sheet of its own."""
    typed(session, case_id, "F11b", **SECRET, **FOR_STAFF, made_on="2026-11-19", review_on="2026-12-19")
    typed_row(session, case_id, "F11b", "safety_contacts", who="Moster Myrten", phone="010-000 00 08")


def provider_consent(session: Session, case_id: str) -> None:
    """Note a consent towards the provider, for all kinds of data."""
    given = {"recipient": "provider", "may_disclose": "yes", "may_obtain": "yes"}
    typed_row(session, case_id, "F02", "consents", **given)


def paper(session: Session, case_id: str, form_id: str, recipient: str) -> str:
    return text_of(printing.preview(session, case_id, form_id, recipient))


def test_a_goal_written_in_the_plan_stands_in_agreement_follow_up_and_closing(session: Session):
    case_id = opened_case(session)
    plan(session, case_id)
    assert answers(forms.open_form(session, case_id, "F10"))["goal"].value == GOAL
    for form_id, words in (("F10", "Skuldrådgivaren"), ("F14", "Egen dörr"), ("F15", "Egen dörr")):
        assert words in paper(session, case_id, form_id, "client"), form_id
    assert "Egen dörr" not in paper(session, case_id, "F02", "client")
    tell("support", "one goal and one intervention, written once: they stand in F10, F11, F14 and F15")


def test_the_provider_s_plan_lacks_the_safety_plan(session: Session):
    case_id = opened_case(session)
    intake(session, case_id, children_in_household="yes")
    provider_consent(session, case_id)
    plan(session, case_id)
    safety_plan(session, case_id)
    typed(session, case_id, "F11", children="Lillebror hämtas av mormor")
    provider, person = (paper(session, case_id, "F11", to) for to in ("provider", "client"))
    kept_back = ("Kris- och säkerhetsplan", "2026-11-19", "Lillebror", "Beslut som planen vilar på")
    for words in kept_back:
        assert words in person
        assert words not in provider
    for words in (*SECRET.values(), *FOR_STAFF.values(), "Moster Myrten"):
        assert words not in provider
        assert words not in person, "what is done in danger stands on a sheet of its own"
    assert "Egen dörr" in provider
    tell("support", f"the provider's F11: none of {len(kept_back) + len(SECRET)} words of the safety plan")


def test_a_provider_s_safety_sheet_tells_the_staff_and_nothing_of_the_way_out(session: Session):
    case_id = opened_case(session)
    intake(session, case_id)
    provider_consent(session, case_id)
    safety_plan(session, case_id)
    provider, person = (paper(session, case_id, "F11b", to) for to in ("provider", "client"))
    for words in FOR_STAFF.values():
        assert words in provider
        assert words in person
    for words in (*SECRET.values(), "Moster Myrten", "010-000 00 08"):
        assert words not in provider
        assert words in person


def test_a_finished_plan_is_frozen_and_a_new_one_takes_it_further(session: Session):
    case_id = opened_case(session)
    plan(session, case_id)
    forms.finish(session, case_id, "F11")
    with pytest.raises(FormFinished):
        typed(session, case_id, "F11", goal="Något annat")
    typed(session, case_id, "F10", goal="Ett eget hem")
    assert GOAL in paper(session, case_id, "F11", "client")
    forms.begin_anew(session, case_id, "F11")
    renewed = paper(session, case_id, "F11", "client")
    assert "Ett eget hem" in renewed
    assert GOAL not in renewed


def test_what_was_agreed_is_followed_up_where_it_stands(session: Session):
    case_id = opened_case(session)
    typed_row(session, case_id, "F10", "duties", "drug_free", agreed="yes", words="Test var fjortonde dag")
    typed_row(session, case_id, "F14", "duties", "drug_free", kept="partly", kept_words="Ett positivt test")
    agreed, followed = (paper(session, case_id, form_id, "client") for form_id in ("F10", "F14"))
    assert "Test var fjortonde dag" in agreed
    assert "Ett positivt test" in followed
    assert "Ett positivt test" not in agreed, "the agreement is what was agreed, not how it went"


def test_the_agreement_notes_when_the_police_s_form_was_signed_and_with_whom(session: Session):
    case_id = opened_case(session)
    typed(
        session,
        case_id,
        "F10",
        conditions_signed_on="2026-11-12",
        conditions_signed_with="Regionala samordnaren",
    )
    assert (
        str(answers(forms.open_form(session, case_id, "F12"))["conditions_signed_on"].value) == "2026-11-12"
    )
    step = guide.overview(session, case_id).step("conditions")
    assert step is not None
    assert step.form_id == "F10"
    assert step.status == "waiting", "the police have not opened their case yet"


def test_the_plan_s_step_is_done_by_its_day(session: Session):
    case_id = opened_case(session)
    before = guide.overview(session, case_id).step("plan")
    plan(session, case_id)
    after = guide.overview(session, case_id).step("plan")
    assert before is not None
    assert after is not None
    assert (before.status, after.status) == ("not_started", "done")
    assert after.forms[:2] == ("F11", "F11b")
    lines = [line.title for line in timeline.of_case(session, case_id)]
    assert "Genomförandeplanen blev klar" in lines


def test_a_child_s_agreement_has_a_line_for_each_guardian(session: Session):
    case_id = opened_case(session)
    intake(session, case_id, identity_number="", birth_year="2012")
    assert "Vårdnadshavare 2" in paper(session, case_id, "F10", "client")
    grown = opened_case(session)
    intake(session, grown)
    assert "Vårdnadshavare 2" not in paper(session, grown, "F10", "client")
