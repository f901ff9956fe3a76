"""The guide of a real case: what is written moves the steps, raises and clears hold points, and marks are kept."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desktop_app.domain.cases import CaseKind
from desktop_app.domain.changes import Kind
from desktop_app.domain.errors import CaseNotFound
from desktop_app.domain.guide_errors import MarkNeedsReason, StepNotMarked, StepNotUrgent
from desktop_app.domain.ties import Relation
from desktop_app.services import guide
from desktop_app.services.audit import events
from desktop_app.services.case_links import link
from desktop_app.services.cases import list_cases, new_case, overview, summary
from desktop_app.services.deadlines import of_case
from desktop_app.services.forms import finish
from desktop_app.services.session import Session
from tests.helpers.clock import StillClock
from tests.helpers.desk_work import intake, opened_case, typed, typed_row

REQUEST = {
    "recipient_unit": "BOPS",
    "kind": "initial",
    "known_threats": "Sms",
    "questions": "level",
    "answer_by": "2026-12-01",
}


def next_id(session: Session, case_id: str) -> str:
    upcoming = overview(session, case_id).next_step
    return upcoming.id if upcoming else ""


def open_holds(session: Session, case_id: str) -> set[str]:
    return {hold.id for hold in overview(session, case_id).open_holds}


def criterion(session: Session, case_id: str, row: str, answer: str) -> None:
    typed_row(session, case_id, "F07", "criteria", row, answer=answer)


def test_a_case_begins_at_the_first_contact_and_moves_on_with_what_is_written(session: Session):
    case_id = opened_case(session)
    seen = overview(session, case_id)
    assert (len(seen.steps), len(seen.phases)) == (20, 5)
    assert (next_id(session, case_id), seen.summary.next_step_key) == (
        "first_contact",
        "guide.steps.first_contact.title",
    )
    intake(session, case_id)
    finish(session, case_id, "F01")
    seen = overview(session, case_id)
    assert next_id(session, case_id) == "first_contact", "the form is done, and nobody has been rung yet"
    assert seen.steps[0].missing == ("När svarade du? saknas",)
    typed(session, case_id, "F40", first_contact_at="2026-11-22 11:40")
    seen = overview(session, case_id)
    assert [(phase.done, len(phase.steps)) for phase in seen.phases][:2] == [(2, 3), (0, 3)]
    assert next_id(session, case_id) == "consent"
    assert summary(session, case_id).next_step_key == "guide.steps.consent.title"
    assert list_cases(session)[0].next_step_key == "guide.steps.consent.title"
    with pytest.raises(CaseNotFound):
        overview(session, "finns-inte")


def test_who_is_waited_for_stands_in_words_with_the_days(session: Session, clock: StillClock):
    case_id = opened_case(session)
    intake(session, case_id)
    typed(session, case_id, "F04", **REQUEST)
    finish(session, case_id, "F04")
    told = []
    for days in (0, 1, 11):
        clock.now += timedelta(days=days)
        step = overview(session, case_id).step("threat")
        assert step is not None
        told.append(step.status_words)
    assert told == [
        "väntar på polisen sedan i dag",
        "väntar på polisen sedan i går",
        "väntar på polisen sedan 12 dagar",
    ]
    typed(session, case_id, "F04", threat_level="low", threat_assessed_on="2026-11-22")
    step = overview(session, case_id).step("threat")
    assert step is not None
    assert (step.status, step.status_words, step.missing) == ("done", "klar", ())


def test_what_is_missing_stands_in_words(session: Session):
    case_id = opened_case(session)
    typed(session, case_id, "F40", provider_checked_on="2026-11-20")
    step = overview(session, case_id).step("provider")
    assert step is not None
    assert (step.status, step.missing) == ("in_progress", ("Avtal eller uppdrag klart saknas",))
    assert step.dated is not None
    assert step.dated[0] == "Utföraren kontrollerades"


def test_an_urgent_step_goes_first_with_a_reason_and_the_mark_can_be_taken_back(session: Session):
    case_id = opened_case(session)
    changes = guide.take_early(session, case_id, "interim_support", "  Kan inte sova hemma i natt  ")
    assert changes.touches(Kind.REGISTER, Kind.AUDIT)
    seen = overview(session, case_id)
    assert seen.next_step is not None
    assert (seen.next_step.id, seen.next_step.taken_early) == (
        "interim_support",
        "Kan inte sova hemma i natt",
    )
    assert "Kan inte sova hemma i natt" in seen.next_words
    assert list_cases(session)[0].next_step_key == "guide.steps.interim_support.title"
    [event, *_] = events(session, case_id)
    assert event.text_key == "events.guide.taken_early"
    assert "sova" not in repr(events(session)), "ids and names only, never what was written"
    guide.unmark(session, case_id, "interim_support")
    assert next_id(session, case_id) == "first_contact"
    with pytest.raises(StepNotMarked):
        guide.unmark(session, case_id, "interim_support")


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_without_a_reason_nothing_is_put_first(session: Session, reason: str):
    case_id = opened_case(session)
    for act in (guide.take_early, guide.set_aside):
        with pytest.raises(MarkNeedsReason):
            act(session, case_id, "threat", reason)
    assert next_id(session, case_id) == "first_contact"
    assert not [event for event in events(session, case_id) if event.text_key.startswith("events.guide")]


def test_a_step_that_is_not_urgent_is_not_put_first_but_may_be_done_without(session: Session):
    case_id = opened_case(session)
    with pytest.raises(StepNotUrgent):
        guide.take_early(session, case_id, "funding", "Snart stänger fönstret")
    guide.set_aside(session, case_id, "funding", "Kommunen söker inte")
    step = overview(session, case_id).step("funding")
    assert step is not None
    assert (step.status, step.status_words, step.not_needed) == ("done", "behövs inte", "Kommunen söker inte")
    guide.set_aside(session, case_id, "funding", "Ett annat skäl")
    step = overview(session, case_id).step("funding")
    assert step is not None
    assert step.not_needed == "Ett annat skäl", "the newer mark takes the place of the older"


def test_a_suspicion_holds_until_day_outcome_and_reason_are_written(session: Session):
    case_id = opened_case(session)
    criterion(session, case_id, "suspected_of_serious_crime", "yes")
    assert "suspected" in open_holds(session, case_id)
    typed(session, case_id, "F44", police_consulted_on="2026-11-22", police_consulted_outcome="pause")
    assert {"suspected", "paused"} <= open_holds(session, case_id)
    typed(session, case_id, "F44", police_consulted_reason="Avvakta åtalet")
    assert open_holds(session, case_id) & {"suspected", "paused"} == {"paused"}
    typed(session, case_id, "F44", police_consulted_outcome="go_on")
    assert open_holds(session, case_id) == set()
    # The control: a suspicion that is not looked into raises nothing.
    other = opened_case(session)
    typed_row(session, other, "F07", "criteria", "suspected_of_serious_crime", evidence="Rykten")
    assert open_holds(session, other) == set()


def test_a_form_is_finished_past_an_open_hold_and_the_hold_stays_in_view(session: Session):
    case_id = opened_case(session)
    intake(session, case_id, urgent_danger="yes")
    finish(session, case_id, "F01")
    seen = overview(session, case_id)
    step = seen.step("intake")
    assert step is not None
    assert (step.status, step.holds) == ("done", ("danger",))
    assert seen.open_holds[0].danger
    assert seen.open_holds[0].source == ""
    typed(session, case_id, "F44", danger_measures="Polisen hämtade", danger_over_on="2026-11-22")
    assert open_holds(session, case_id) == set()


def test_a_child_has_its_hold_points_with_the_law_they_rest_on(session: Session):
    case_id = opened_case(session)
    intake(session, case_id, identity_number="", birth_year="2011")
    found = {hold.id: hold for hold in overview(session, case_id).open_holds}
    assert {"child_protection", "child_lines", "child_heard", "child_own_case", "child_housing"} <= set(found)
    assert found["child_protection"].source == "20 kap. 1 § SoL (2025:400)"
    assert "21 kap. 1 §" in found["child_own_case"].source
    assert "22 kap. 5 §" in found["child_housing"].source
    typed(session, case_id, "F40", protection_assessed_on="2026-11-22")
    assert "child_preliminary" in open_holds(session, case_id)
    assert "child_protection" not in open_holds(session, case_id)


def test_a_child_that_comes_along_gets_a_file_of_its_own(session: Session):
    case_id = opened_case(session)
    intake(session, case_id, children_in_household="yes")
    assert "accompanying" in open_holds(session, case_id)
    relative = new_case(session)
    link(session, case_id, relative.code, Relation.SIBLING)
    assert "accompanying" in open_holds(session, case_id), "the control: another's file is not the child's"
    child = new_case(session, kind=CaseKind.CHILD)
    link(session, case_id, child.code, Relation.CHILD)
    assert "accompanying" not in open_holds(session, case_id)


def test_the_day_of_release_is_a_deadline(session: Session):
    case_id = opened_case(session)
    intake(session, case_id, custody="sentenced")
    assert "custody" in open_holds(session, case_id)
    typed(session, case_id, "F44", custody_contact_on="2026-11-22", custody_release_on="2027-03-01")
    assert "custody" not in open_holds(session, case_id)
    list_cases(session)
    assert "Personen blir fri" in {row.title for row in of_case(session, case_id)}
