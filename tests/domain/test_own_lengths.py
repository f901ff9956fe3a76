"""How often one follows up is practice and no law: the municipality's own rhythm, and a case's own."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import count

import pytest

from desktop_app.domain.answers import answered
from desktop_app.domain.case_file import CaseFile
from desktop_app.domain.cases import Case
from desktop_app.domain.deadline_events import Situation
from desktop_app.domain.deadline_following import followed
from desktop_app.domain.deadlines import Deadline, DeadlineRules, DeadlineState, Proposal
from desktop_app.services.library import load_library
from tests.helpers.clock import NOON

RULES = load_library().definitions.deadlines
DECIDED, TODAY = date(2026, 11, 22), date(2026, 11, 23)
CASE = Case(id="c", code="K-2026-001", opened_at=NOON)
_ids = count()


def follow(rows: list[Deadline], weeks: object = None, *counts: int) -> list[Deadline]:
    """The follow-ups of a case as they stand after following; ``counts`` are the municipality's."""
    facts = {"support.decision_on": answered(DECIDED)}
    if weeks is not None:
        facts["plan.follow_up_weeks"] = answered(weeks)
    as_set = DeadlineRules(RULES, {"follow_up": counts} if counts else {})
    rule = as_set.find("follow_up")
    assert rule is not None
    situation = Situation(today=TODAY, file=CaseFile(case=CASE, facts=facts))
    following = followed([rule], situation, rows, lambda: f"d{next(_ids)}")
    by_id = {row.id: row for row in (*rows, *following.changed, *following.made)}
    return list(by_id.values())


def days(weeks: object, *counts: int) -> list[date]:
    """The days of the first follow-ups, each done on its day."""
    rows, found = follow([], weeks, *counts), []
    for _ in range(9):
        row = next(each for each in rows if each.is_open)
        assert isinstance(row.due, date)
        found.append(row.due)
        done = row.closed(DeadlineState.DONE, row.due)
        rows = follow([done if each.id == row.id else each for each in rows], weeks, *counts)
    return found


def weeks_between(found: list[date]) -> list[int]:
    return [(later - former).days // 7 for former, later in zip([DECIDED, *found], found, strict=False)]


def test_the_usual_rhythm_a_municipalitys_and_a_cases() -> None:
    assert weeks_between(days(None)) == [4, 4, 4, 4, 4, 4, 4, 12, 12]
    assert weeks_between(days(None, 2, 3, 3, 8)) == [2, 3, 3, 3, 3, 8, 8, 8, 8]
    assert weeks_between(days(None, 1)) == [1, 4, 4, 4, 4, 4, 4, 4, 12], "with fewer numbers the rest stays"
    assert weeks_between(days(Decimal(2), 6, 6, 6, 6)) == [2] * 9, "what the case says goes before all"


@pytest.mark.parametrize("unusable", [Decimal(0), Decimal("2.5"), Decimal(1000), Decimal(-1)])
def test_a_number_no_rhythm_has_changes_nothing(unusable: Decimal) -> None:
    assert days(unusable) == days(None)


def test_a_rhythm_that_comes_later_asks_about_what_is_planned_and_no_more_than_once() -> None:
    [planned] = follow([])
    [asked] = follow([planned], Decimal(2))
    assert (asked.proposal, asked.proposed_due) == (Proposal.MOVE, date(2026, 12, 6))
    assert asked.due == planned.due, "only a person moves it"
    assert follow([asked], Decimal(2)) == [asked]
    [withdrawn] = follow([asked])
    assert withdrawn.proposal is Proposal.NONE, "the number was taken away again"
    moved = asked.answered(accept=True, shift=RULES[0].shift, on=TODAY)
    [after] = follow([moved], Decimal(2))
    assert (after.due, after.count, after.proposal) == (date(2026, 12, 6), 2, Proposal.NONE)
    kept = asked.answered(accept=False, shift=RULES[0].shift, on=TODAY)
    [stays] = follow([kept], Decimal(2))
    assert (stays.due, stays.proposal) == (planned.due, Proposal.NONE)


def test_what_follows_on_a_done_one_is_asked_about_too() -> None:
    [planned] = follow([])
    done = planned.closed(DeadlineState.DONE, date(2026, 12, 20))
    _done, coming = follow([done])
    asked = next(each for each in follow([done, coming], Decimal(1)) if each.is_open)
    assert (coming.due, asked.proposed_due) == (date(2027, 1, 17), date(2026, 12, 27))
