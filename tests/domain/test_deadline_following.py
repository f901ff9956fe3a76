"""Deadlines follow their events: once, in any order, and never without asking."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.domain.answers import answered
from desktop_app.domain.case_file import CaseFile
from desktop_app.domain.cases import Case, CaseKind
from desktop_app.domain.deadline_events import FundingWindow, Situation
from desktop_app.domain.deadline_following import followed
from desktop_app.domain.deadlines import Deadline, DeadlineRules, DeadlineState, Proposal, Shift
from desktop_app.domain.forms import Row
from desktop_app.services.library import load_library
from tests.helpers.clock import NOON
from tests.helpers.figures import rounds, tell

RULES = DeadlineRules(load_library().definitions.deadlines)
TODAY = date(2026, 11, 22)
CASE = Case(id="c", code="K-2026-001", opened_at=NOON)
_ids = count()


def case_file(kind: CaseKind = CaseKind.LEAVER, **facts: object) -> CaseFile:
    return CaseFile(
        case=replace(CASE, kind=kind),
        facts={key.replace("__", "."): answered(value) for key, value in facts.items()},
    )


def follow(rows: Sequence[Deadline], file: CaseFile | None, **situation: object) -> list[Deadline]:
    """The rows as they stand after following."""
    now = Situation(today=TODAY, file=file, **situation)
    following = followed(RULES.in_use(), now, rows, lambda: f"d{next(_ids)}")
    by_id = {row.id: row for row in rows}
    by_id.update((row.id, row) for row in (*following.changed, *following.made))
    return list(by_id.values())


def seen(rows: Sequence[Deadline]) -> set[tuple[object, ...]]:
    """What a row says, but for its chance id."""
    return {(row.rule_id, row.event, row.event_on, row.due, row.act_by, row.words, row.state) for row in rows}


def of_rule(rows: Sequence[Deadline], rule_id: str) -> list[Deadline]:
    return [row for row in rows if row.rule_id == rule_id]


def only(rows: Sequence[Deadline], rule_id: str) -> Deadline:
    [row] = of_rule(rows, rule_id)
    return row


# What each row of the trade's table gives.

GIVEN = [
    (
        "first_contact",
        {"intake__contacted_at": datetime.fromisoformat("2026-11-22 09:15")},
        datetime.fromisoformat("2026-11-23 09:15"),
    ),
    ("child_protection", {"events__report_received_on": date(2026, 11, 22)}, date(2026, 11, 22)),
    ("preliminary_assessment", {"events__report_received_on": date(2026, 11, 22)}, date(2026, 12, 6)),
    ("report_feedback", {"events__report_received_on": date(2026, 11, 22)}, date(2026, 11, 29)),
    (
        "child_investigation",
        {"events__investigation_opened_on": date(2026, 8, 1), "client__identity_number": "201205052380"},
        date(2026, 12, 1),
    ),
    ("care_submission", {"events__care_decided_on": date(2026, 11, 22)}, date(2026, 11, 29)),
    ("care_application", {"events__care_carried_out_on": date(2026, 11, 22)}, date(2026, 12, 20)),
    ("appeal", {"events__decision_told_on": date(2026, 12, 3)}, date(2026, 12, 24)),
    ("not_carried_out", {"support__decision_on": date(2026, 11, 30)}, date(2027, 2, 28)),
    ("follow_up", {"support__decision_on": date(2026, 11, 22)}, date(2026, 12, 20)),
    ("transfer_answer", {"events__transfer_asked_on": date(2026, 11, 22)}, date(2026, 12, 22)),
    ("transfer_decision", {"events__transfer_referred_on": date(2026, 11, 22)}, date(2027, 2, 22)),
    ("threat_ages", {"fact__threat.assessed_on": date(2026, 11, 22)}, date(2026, 12, 22)),
    ("threat_ends", {"fact__threat.valid_until": date(2027, 1, 7)}, date(2027, 1, 7)),
    ("next_step", {"intake__next_step_by": date(2026, 11, 25)}, date(2026, 11, 25)),
    ("custody_release", {"hold__custody_release_on": date(2027, 3, 1)}, date(2027, 3, 1)),
    ("custody_ask", {"hold__custody_ask_again_on": date(2026, 12, 22)}, date(2026, 12, 22)),
    ("interim_ends", {"events__interim_ends_on": date(2027, 1, 7)}, date(2027, 1, 7)),
    ("next_follow_up", {"events__next_follow_up_on": date(2026, 12, 20)}, date(2026, 12, 20)),
    (
        "disposal",
        {"events__closed_on": date(2028, 2, 29), "client__identity_number": "199705162387"},
        date(2033, 2, 28),
    ),
    (
        "disposal_child",
        {"events__closed_on": date(2026, 11, 22), "client__identity_number": "201205052380"},
        date(2042, 5, 5),
    ),
]


@pytest.mark.parametrize(("rule_id", "facts", "due"), GIVEN, ids=[given[0] for given in GIVEN])
def test_each_event_gives_its_deadline(rule_id: str, facts: dict[str, object], due: date):
    assert only(follow([], case_file(**facts)), rule_id).due == due


def test_every_rule_is_told_of_here():
    elsewhere = {
        rule.id for rule in RULES.rules if rule.event.kind in ("row", "form", "window", "yearly", "hand")
    }
    assert {rule.id for rule in RULES.rules} == {given[0] for given in GIVEN} | elsewhere
    tell("P4.7", f"{len(RULES.rules)} rules, each with its source")


def test_an_appeal_that_ends_on_christmas_eve_may_wait_but_our_own_duty_may_not():
    appeal = only(follow([], case_file(events__decision_told_on=date(2026, 12, 3))), "appeal")
    assert (appeal.due, appeal.act_by) == (date(2026, 12, 24), date(2026, 12, 28))
    submitted = only(follow([], case_file(events__care_decided_on=date(2026, 12, 17))), "care_submission")
    assert (submitted.due, submitted.act_by) == (date(2026, 12, 24), date(2026, 12, 23))


@pytest.mark.parametrize(
    ("facts", "kind", "made"),
    [
        ({"client__identity_number": "199705162387"}, CaseKind.LEAVER, False),
        ({"client__identity_number": "201205052380"}, CaseKind.LEAVER, True),
        ({}, CaseKind.CHILD, True),
        ({}, CaseKind.LEAVER, True),  # nobody knows the age: better asked once too often
    ],
)
def test_four_months_are_for_children(facts: dict[str, object], kind: CaseKind, made: bool):
    file = case_file(kind, events__investigation_opened_on=date(2026, 8, 1), **facts)
    assert bool(of_rule(follow([], file), "child_investigation")) is made


# Consents


def consent(row_id: str, **cells: object) -> Row:
    given = {"recipient": "police", "may_disclose": "yes", **cells}
    return Row(row_id, {key: answered(value) for key, value in given.items()})


def with_consents(*rows: Row) -> CaseFile:
    return case_file().with_rows("consents", rows)


def test_a_consent_ends_unless_it_was_refused_withdrawn_or_renewed():
    until = date(2026, 12, 1)
    ends = only(follow([], with_consents(consent("r1", valid_until=until))), "consent_ends")
    assert (ends.due, ends.words) == (until, "police")
    refused = consent("r1", valid_until=until, may_disclose="no", may_obtain="no")
    assert follow([], with_consents(refused)) == []
    withdrawn = consent("r1", valid_until=until, withdrawn_on=TODAY)
    assert only(follow([], with_consents(withdrawn)), "consent_ends").state is DeadlineState.SETTLED
    renewed = with_consents(consent("r1", valid_until=until), consent("r2", valid_until=date(2027, 6, 1)))
    states = {row.event: row.state for row in of_rule(follow([], renewed), "consent_ends")}
    assert states == {"row:consents:r1": DeadlineState.SETTLED, "row:consents:r2": DeadlineState.OPEN}


def test_a_consent_without_an_end_is_gone_through_after_half_a_year():
    rows = follow([], with_consents(consent("r1", valid_from=date(2026, 8, 31))))
    assert only(rows, "consent_review").due == date(2027, 2, 28)
    ended = with_consents(consent("r1", valid_from=date(2026, 8, 31), valid_until=date(2027, 1, 1)))
    assert only(follow(rows, ended), "consent_review").proposal is Proposal.WITHDRAW


# The life of a deadline


def test_a_moved_event_asks_and_moves_nothing_by_itself():
    rows = follow([], case_file(events__care_decided_on=date(2026, 11, 2)))
    moved = follow(rows, case_file(events__care_decided_on=date(2026, 11, 4)))
    asked = only(moved, "care_submission")
    assert (asked.due, asked.proposal, asked.proposed_due) == (
        date(2026, 11, 9), Proposal.MOVE, date(2026, 11, 11),
    )  # fmt: skip
    assert (
        only(follow(moved, case_file(events__care_decided_on=date(2026, 11, 2))), "care_submission")
        == rows[0]
    )
    taken = asked.answered(accept=True, shift=Shift.BEFORE, on=TODAY)
    assert follow([taken], case_file(events__care_decided_on=date(2026, 11, 4))) == [taken]
    kept = asked.answered(accept=False, shift=Shift.BEFORE, on=TODAY)
    assert follow([kept], case_file(events__care_decided_on=date(2026, 11, 4))) == [kept], (
        "asked once, not again"
    )


def test_an_event_that_goes_asks_before_the_deadline_goes():
    rows = follow([], case_file(events__care_decided_on=date(2026, 11, 2)))
    asked = only(follow(rows, case_file()), "care_submission")
    assert (asked.is_open, asked.proposal) == (True, Proposal.WITHDRAW)
    kept = asked.answered(accept=False, shift=Shift.BEFORE, on=TODAY)
    assert follow([kept], case_file()) == [kept]
    gone = asked.answered(accept=True, shift=Shift.BEFORE, on=TODAY)
    assert follow([gone], case_file()) == [gone]
    back = follow([gone], case_file(events__care_decided_on=date(2026, 11, 2)))
    assert [row.state for row in back] == [DeadlineState.WITHDRAWN, DeadlineState.OPEN]


def test_what_the_case_says_is_done_is_settled_and_opens_again_when_it_no_longer_says_so():
    contacted = datetime.fromisoformat("2026-11-22 09:00")
    rows = follow([], case_file(intake__contacted_at=contacted))
    answered_too = case_file(intake__contacted_at=contacted, intake__first_contact_at=contacted)
    settled = follow(rows, answered_too)
    assert only(settled, "first_contact").state is DeadlineState.SETTLED
    assert follow(settled, case_file(intake__contacted_at=contacted)) == rows


def test_what_a_person_closed_stays_closed_until_there_is_another_event():
    file = case_file(events__care_decided_on=date(2026, 11, 2))
    [row] = follow([], file)
    for closed in (row.closed(DeadlineState.DONE, TODAY), row.withdrawn(TODAY, "gäller inte")):
        assert follow([closed], file) == [closed]
        anew = follow([closed], case_file(events__care_decided_on=date(2026, 11, 20)))
        assert [each.due for each in anew] == [date(2026, 11, 9), date(2026, 11, 27)]


def test_following_up_comes_again_every_fourth_week_then_every_twelfth():
    decided = date(2026, 1, 5)
    file = case_file(support__decision_on=decided)
    rows, days = [row for row in follow([], file) if row.rule_id == "follow_up"], []
    for _time in range(9):
        is_open = next(row for row in rows if row.is_open)
        days.append((is_open.due - decided).days)
        done = is_open.closed(DeadlineState.DONE, is_open.due)
        rows = [row for row in rows if row.id != is_open.id] + [done]
        rows = of_rule(follow(rows, file), "follow_up")
    assert days == [28, 56, 84, 112, 140, 168, 196, 196 + 84, 196 + 168]
    over = follow(rows, case_file(support__decision_on=decided, events__closed_on=TODAY))
    assert not any(row.is_open for row in of_rule(over, "follow_up"))


# Without a case


def test_a_window_gives_its_days_and_asks_when_it_goes():
    window = FundingWindow(
        id="w", opens=date(2027, 1, 11), closes=date(2027, 3, 31), report_on=date(2028, 2, 1)
    )
    rows = follow([], None, windows=(window,))
    assert {row.rule_id: row.due for row in rows} == {
        "window_opens": date(2027, 1, 11),
        "window_closes": date(2027, 3, 31),
        "window_report": date(2028, 2, 1),
    }
    assert {row.proposal for row in follow(rows, None)} == {Proposal.WITHDRAW}


def test_a_day_of_each_year_comes_once_it_is_chosen():
    rules = replace(RULES, chosen=frozenset({"crime_prevention_grant"}))
    first = followed(rules.in_use(), Situation(today=TODAY), (), lambda: "a").made
    assert [row.due for row in first] == [date(2026, 11, 30)]
    new_year = Situation(today=date(2026, 12, 1))
    following = followed(rules.in_use(), new_year, first, lambda: "b")
    assert ([row.due for row in following.made], following.changed) == ([date(2027, 11, 30)], ())
    assert not followed(RULES.in_use(), Situation(today=TODAY), (), lambda: "c"), "off until it is chosen"


# Properties

FACTS = {
    "intake.contacted_at": st.datetimes(
        datetime.fromisoformat("2020-01-01 00:00"), datetime.fromisoformat("2030-01-01 00:00")
    ),
    "intake.first_contact_at": st.datetimes(
        datetime.fromisoformat("2020-01-01 00:00"), datetime.fromisoformat("2030-01-01 00:00")
    ),
    **{
        key: st.dates(date(2000, 1, 1), date(2040, 1, 1))
        for key in load_library().schema.facts
        if key.startswith(
            ("events.", "support.decision_on", "fact.threat.assessed_on", "intake.next_step_by")
        )
    },
    "client.identity_number": st.sampled_from(["199705162387", "201205052380"]),
}
WRITTEN = st.lists(st.sampled_from(sorted(FACTS)), unique=True, max_size=8).flatmap(
    lambda keys: st.tuples(*(st.tuples(st.just(key), FACTS[key]) for key in keys))
)


@settings(max_examples=rounds(60, 1_000), deadline=None)
@given(WRITTEN, st.randoms(use_true_random=False))
def test_events_in_any_order_give_the_same_deadlines_and_twice_is_once(
    written: tuple[tuple[str, object], ...], chance: object
):
    # Whether somebody is a child decides which rules there are: it is known before the events or not at all.
    born = [each for each in written if each[0].startswith("client.")]
    events = [each for each in written if not each[0].startswith("client.")]
    shuffled = list(events)
    chance.shuffle(shuffled)

    def at_end(order: Sequence[tuple[str, object]]) -> list[Deadline]:
        rows: list[Deadline] = []
        for number in range(len(order) + 1):
            file = case_file(**{key.replace(".", "__", 1): value for key, value in (*born, *order[:number])})
            rows = follow(rows, file)
            assert follow(rows, file) == rows, "following twice must do nothing"
        return rows

    assert seen(at_end(events)) == seen(at_end(shuffled))


@settings(max_examples=rounds(40, 500), deadline=None)
@given(st.lists(st.dates(date(2020, 1, 1), date(2030, 1, 1)), min_size=1, max_size=6))
def test_however_an_event_moves_the_deadline_stands_until_somebody_answers(days: list[date]):
    rows = follow([], case_file(events__care_decided_on=days[0]))
    for day in days:
        rows = follow(rows, case_file(events__care_decided_on=day))
        row = only(rows, "care_submission")
        assert row.due == days[0] + timedelta(weeks=1)
        assert (row.proposal is Proposal.MOVE) == (day != days[0])
