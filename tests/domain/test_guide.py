"""The 20 steps of the guide, each with plain dictionaries: not begun, begun, waiting for somebody, done."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from desktop_app.domain.cases import Stage
from desktop_app.domain.guide import (
    CaseSteps,
    Marked,
    NextReason,
    StepMark,
    StepStanding,
    StepStatus,
    case_steps,
)
from desktop_app.services.library import load_library

GUIDE = load_library().definitions.guide
DAY = date(2026, 11, 10)
NOT_STARTED, IN_PROGRESS, WAITING, DONE = StepStatus

FIRST_CONTACT = {
    "intake.contacted_at": DAY,
    "intake.first_contact_at": DAY,
    "intake.urgent_danger": "no",
    "client.secure_contact": "Via frivården",
}
CASES: list[tuple[str, dict[str, Any], StepStatus, str]] = [
    ("first_contact", {"form.F01": "draft"}, IN_PROGRESS, ""),
    ("first_contact", FIRST_CONTACT, DONE, ""),
    ("first_contact", {"form.F01": "finished"}, IN_PROGRESS, ""),
    ("first_contact", {"form.F01": "finished", "intake.first_contact_at": DAY}, DONE, ""),
    ("intake", {"form.F01": "draft"}, IN_PROGRESS, ""),
    ("intake", {"form.F01": "finished"}, DONE, ""),
    ("consent", {"form.F02": "draft"}, IN_PROGRESS, ""),
    ("consent", {"rows.consents": 1}, IN_PROGRESS, ""),
    ("consent", {"form.F02": "finished"}, DONE, ""),
    ("referral", {"form.F03": "draft"}, IN_PROGRESS, ""),
    ("referral", {"form.F03": "finished", "form.F03.finished_on": DAY}, WAITING, "receiver"),
    ("referral", {"form.F03": "finished", "police.referral_answered_on": DAY}, DONE, ""),
    ("referral", {"form.F03": "finished", "cells.meetings.meeting_type": ("first",)}, DONE, ""),
    ("threat", {"form.F04": "draft"}, IN_PROGRESS, ""),
    ("threat", {"form.F04": "finished", "form.F04.finished_on": DAY}, WAITING, "police"),
    ("threat", {"form.F04": "finished", "fact.threat.level": "none"}, DONE, ""),
    ("criteria", {"form.F07": "draft"}, IN_PROGRESS, ""),
    ("criteria", {"form.F07": "finished", "assessment.decided": "sav_avgor"}, WAITING, "sav"),
    ("criteria", {"form.F07": "finished", "assessment.decided": "vilande_vantar_polis"}, WAITING, "police"),
    ("criteria", {"form.F07": "finished", "assessment.decided": "ej_avhoppare"}, DONE, ""),
    ("open_investigation", {"events.report_received_on": DAY}, IN_PROGRESS, ""),
    ("open_investigation", {"events.investigation_opened_on": DAY}, DONE, ""),
    ("application", {"events.applied_how": "oral"}, IN_PROGRESS, ""),
    ("application", {"events.applied_on": DAY}, DONE, ""),
    ("investigation", {"form.F08": "draft"}, IN_PROGRESS, ""),
    ("investigation", {"events.investigation_opened_on": DAY}, IN_PROGRESS, ""),
    ("investigation", {"form.F08": "finished"}, DONE, ""),
    ("investigation", {"events.investigation_closed_on": DAY}, DONE, ""),
    ("interim_support", {"events.interim_decided_on": DAY}, IN_PROGRESS, ""),
    ("interim_support", {"cells.decisions.kind": ("during_investigation",)}, DONE, ""),
    ("decision", {"form.F09": "draft"}, IN_PROGRESS, ""),
    ("decision", {"criteria.interventions_decided": "yes"}, IN_PROGRESS, ""),
    ("decision", {"cells.decisions.kind": ("final",), "last.decisions.told_on": DAY}, DONE, ""),
    ("decision", {"support.decision_on": DAY, "events.decision_told_on": DAY}, DONE, ""),
    ("conditions", {"police.case_opened": "no"}, IN_PROGRESS, ""),
    ("conditions", {"police.conditions_signed_on": DAY}, WAITING, "police"),
    ("conditions", {"police.conditions_signed_on": DAY, "police.case_opened": "yes"}, DONE, ""),
    ("funding", {"rows.cost_lines": 2}, IN_PROGRESS, ""),
    ("funding", {"form.F12": "finished", "form.F12.finished_on": DAY}, WAITING, "police"),
    ("funding", {"form.F12": "finished", "events.funding_decided_on": DAY}, DONE, ""),
    ("provider", {"events.provider_checked_on": DAY}, IN_PROGRESS, ""),
    ("provider", {"events.provider_checked_on": DAY, "events.provider_agreed_on": DAY}, DONE, ""),
    ("plan", {"events.plan_made_on": DAY}, DONE, ""),
    ("follow_up", {"events.next_follow_up_on": DAY}, IN_PROGRESS, ""),
    ("follow_up", {"events.closed_on": DAY}, DONE, ""),
    ("move", {"events.transfer_asked_on": DAY}, WAITING, "municipality"),
    ("move", {"events.transfer_asked_on": DAY, "events.transfer_referred_on": DAY}, WAITING, "inspectorate"),
    ("move", {"events.transfer_answered_on": DAY, "events.transfer_referred_on": DAY}, WAITING, "inspectorate"),
    ("move", {"events.transfer_decided_on": DAY}, DONE, ""),
    ("closing", {"events.closing_reason": "completed"}, IN_PROGRESS, ""),
    ("closing", {"events.closed_on": DAY}, DONE, ""),
    ("accounts", {"events.accounts_made_on": DAY}, DONE, ""),
    ("archive", {"events.closed_on": DAY}, WAITING, "disposal"),
    ("archive", {"events.archived_on": DAY}, DONE, ""),
]  # fmt: skip


def steps_of(facts: dict[str, Any], **marks: Marked) -> CaseSteps:
    return case_steps(GUIDE, facts.get, marks)


def standing(steps: CaseSteps, step_id: str) -> StepStanding:
    return next(one for one in steps.steps if one.step.id == step_id)


def test_there_are_twenty_steps_in_five_phases_and_all_are_told_below():
    assert len(GUIDE.steps) == 20
    assert [phase.id for phase in GUIDE.phases] == [
        "contact", "assessment", "investigation", "support", "end",
    ]  # fmt: skip
    assert {step_id for step_id, *_ in CASES} == {step.id for step in GUIDE.steps}
    assert {step_id for step_id, _, status, _ in CASES if status is DONE} == {s.id for s in GUIDE.steps}


@pytest.mark.parametrize("step", [step.id for step in GUIDE.steps])
def test_nothing_known_is_nothing_begun(step: str):
    assert standing(steps_of({}), step).status is NOT_STARTED


@pytest.mark.parametrize(("step", "facts", "status", "who"), CASES)
def test_each_step_stands_as_what_is_known_says(step: str, facts: dict, status: StepStatus, who: str):
    found = standing(steps_of(facts), step)
    assert (found.status, found.waits_for) == (status, who)
    assert bool(found.missing) == (status is not DONE)
    # The control: with all of it taken away the step is not begun.
    assert standing(steps_of(dict.fromkeys(facts)), step).status is NOT_STARTED


def test_whoever_is_waited_for_has_been_since_the_day_they_were_asked():
    found = standing(steps_of({"form.F04": "finished", "form.F04.finished_on": DAY}), "threat")
    assert found.since == DAY
    assert standing(steps_of({"form.F04": "finished"}), "threat").since is None


def test_a_refused_decision_leads_to_the_end_and_not_to_support():
    facts = {"last.decisions.outcome": "refused"}
    ids = {one.step.id for one in steps_of(facts).steps}
    assert ids.isdisjoint({"conditions", "funding", "provider", "plan", "follow_up"})
    assert "closing" in ids
    assert {"conditions", "plan"} <= {one.step.id for one in steps_of({}).steps}, "unknown is not refused"


def test_who_is_no_leaver_has_the_steps_of_the_law_and_not_those_of_the_police():
    relative = {one.step.id for one in steps_of({"case.kind": "relative"}).steps}
    assert relative.isdisjoint({"criteria", "conditions", "funding"})
    assert {"open_investigation", "investigation", "decision", "follow_up"} <= relative
    outside = {
        one.step.id for one in steps_of({"case.kind": "leaver", "assessment.decided": "ej_avhoppare"}).steps
    }
    assert outside.isdisjoint({"conditions", "funding"})
    assert {"investigation", "decision"} <= outside, "outside the criteria goes on under the law"
    begun = steps_of({"case.kind": "relative", "form.F07": "finished", "assessment.decided": "anhorig"})
    assert standing(begun, "criteria").status is DONE, "what was done is shown whatever the case has become"


def test_the_next_step_is_the_first_one_can_act_on_and_it_says_why():
    first = steps_of({}).next
    assert first is not None
    assert (first.standing.step.id, first.reason) == ("first_contact", NextReason.IN_ORDER)
    facts = {**FIRST_CONTACT, "form.F01": "finished", "form.F02": "finished", "form.F03": "finished"}
    then = steps_of(facts).next
    assert then is not None
    assert then.waiting is not None
    assert (then.standing.step.id, then.reason) == ("threat", NextReason.MEANWHILE)
    assert then.waiting.step.id == "referral"
    begun = steps_of({**facts, "form.F04": "draft"}).next
    assert begun is not None
    assert begun.reason is NextReason.BEGUN


def test_an_urgent_step_that_is_put_first_is_next_until_it_is_done():
    early = Marked(StepMark.EARLY, "Behöver tak över huvudet i natt")
    upcoming = steps_of({}, interim_support=early).next
    assert upcoming is not None
    assert (upcoming.standing.step.id, upcoming.reason) == ("interim_support", NextReason.EARLY)
    done = steps_of({"cells.decisions.kind": ("during_investigation",)}, interim_support=early).next
    assert done is not None
    assert done.standing.step.id == "first_contact", "once it is done the order is the usual one again"


def test_an_optional_step_is_proposed_only_once_it_is_begun():
    facts = {**FIRST_CONTACT, "form.F01": "finished", "form.F02": "finished"}
    facts |= {
        "police.referral_answered_on": DAY,
        "form.F03": "finished",
        "form.F04": "finished",
        "fact.threat.level": "low",
        "form.F07": "finished",
    }
    facts |= {
        "assessment.decided": "avhoppare",
        "events.investigation_opened_on": DAY,
        "events.applied_on": DAY,
    }
    facts |= {"form.F08": "finished"}
    plain = steps_of(facts).next
    begun = steps_of({**facts, "events.interim_decided_on": DAY}).next
    assert plain is not None
    assert begun is not None
    assert (plain.standing.step.id, begun.standing.step.id) == ("decision", "interim_support")


def test_a_step_the_case_does_without_counts_as_done_unless_it_is_begun():
    mark = Marked(StepMark.NOT_NEEDED, "Söker inga pengar")
    assert standing(steps_of({}, funding=mark), "funding").status is DONE
    assert standing(steps_of({"form.F12": "draft"}, funding=mark), "funding").status is IN_PROGRESS


def test_unknown_never_makes_a_step_done():
    for step in GUIDE.steps:
        for status in (None, "unknown"):
            known = {key: status for key in step.done_when.asked() if status is None}
            assert standing(steps_of(known), step.id).status is not DONE


@pytest.mark.parametrize(
    ("facts", "stored", "stage"),
    [
        ({}, Stage.INTAKE, Stage.INTAKE),
        ({"form.F02": "draft"}, Stage.INTAKE, Stage.INTAKE),
        ({"form.F03": "draft"}, Stage.INTAKE, Stage.ASSESSMENT),
        ({"form.F07": "finished"}, Stage.INTAKE, Stage.ASSESSMENT),
        ({"events.applied_on": DAY}, Stage.INTAKE, Stage.INVESTIGATION),
        ({"form.F12": "draft"}, Stage.INTAKE, Stage.INVESTIGATION),
        ({"criteria.interventions_decided": "no"}, Stage.INTAKE, Stage.INTAKE),
        ({"criteria.interventions_decided": "yes"}, Stage.INTAKE, Stage.SUPPORT),
        ({"support.decision_on": DAY}, Stage.INTAKE, Stage.SUPPORT),
        ({"events.closing_reason": "completed", "support.decision_on": DAY}, Stage.INTAKE, Stage.SUPPORT),
        ({"events.closed_on": DAY}, Stage.INTAKE, Stage.CLOSED),
        ({"criteria.interventions_decided": "yes"}, Stage.CLOSED, Stage.CLOSED),
    ],
)
def test_where_a_case_stands_follows_from_what_is_done_and_only_a_person_closes_it(facts, stored, stage):
    assert steps_of(facts).stage(stored) is stage


def test_a_closed_case_proposes_only_what_belongs_to_the_end():
    closed = {"events.closed_on": DAY}
    assert steps_of(closed).next is None
    paid = steps_of({**closed, "events.funding_decided_on": DAY}).next
    assert paid is not None
    assert paid.standing.step.id == "accounts"
    early = steps_of(closed, first_contact=Marked(StepMark.EARLY, "x"))
    assert early.next is None
