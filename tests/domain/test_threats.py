"""Which assessment of the threat holds, what it lacks, what it changed, and the fear that stands beside it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.answers import EMPTY, Answer, AnswerState, answered, without_value
from desktop_app.domain.case_file import CaseFile
from desktop_app.domain.cases import Case, CaseKind, Stage
from desktop_app.domain.forms import Row
from desktop_app.domain.threats import (
    GIVEN_FACTS,
    THREATS,
    Fear,
    Limits,
    Mark,
    changes_of,
    fear_beside,
    in_order,
    marks_of,
    newest_answered,
    with_newest_threat,
)
from tests.helpers.clock import StillClock
from tests.helpers.figures import tell

TODAY = date(2026, 11, 22)


def row(row_id: str, **cells: object) -> Row:
    return Row(
        row_id, {key: value if isinstance(value, Answer) else answered(value) for key, value in cells.items()}
    )


def file_with(*rows: Row, **facts: Answer) -> CaseFile:
    case = Case(id="c", code="K-2026-001", opened_at=StillClock()(), stage=Stage.INTAKE, kind=CaseKind.LEAVER)
    return CaseFile(
        case=case,
        facts={key.replace("__", "."): answer for key, answer in facts.items()},
        registers={THREATS: rows},
    )


FULL = {"method": "Samtal", "valid_until": date(2027, 2, 1), "assessed_on": date(2026, 11, 20)}


def test_the_newest_answer_holds_and_what_it_does_not_say_is_not_known():
    old = row("a", level="high", nature="concrete", method="Strukturerad", assessed_on=date(2026, 5, 1))
    new = row("b", level="low", assessed_on=date(2026, 11, 1))
    file = with_newest_threat(file_with(new, old))
    assert file.value("fact.threat.level") == "low"
    assert file.value("fact.threat.assessed_on") == date(2026, 11, 1)
    assert file.fact("fact.threat.nature") == EMPTY
    assert file.fact("fact.threat.method") == EMPTY


def test_a_request_without_answer_leaves_the_former_answer_standing():
    answer = row("a", level="high", assessed_on=date(2026, 5, 1))
    for waiting in (
        row("b", asked_on=TODAY),
        row("c", asked_on=TODAY, level=without_value(AnswerState.UNKNOWN)),
    ):
        assert newest_answered((answer, waiting)) == answer


def test_without_any_answer_the_file_is_left_as_it_is():
    file = file_with(row("a", asked_on=TODAY), fact__threat__felt=answered("strong"))
    assert with_newest_threat(file) is file


def test_an_answer_without_a_day_came_after_those_written_before_it():
    dated = row("a", level="high", assessed_on=date(2026, 5, 1))
    undated = row("b", level="low")
    later = row("c", level="none", assessed_on=date(2026, 6, 1))
    assert newest_answered((dated, undated)) == undated
    assert newest_answered((dated, undated, later)) == later
    assert [each.id for each in in_order((undated, dated))] == ["b", "a"]


@given(
    st.lists(
        st.tuples(st.sampled_from(["none", "low", "high"]), st.dates(date(2020, 1, 1), TODAY)),
        min_size=1,
        max_size=6,
    ),
    st.data(),
)
def test_dated_answers_give_the_same_whatever_the_order_they_were_written_in(answers, data):
    days = [day for _, day in answers]
    if len(set(days)) < len(days):
        return
    rows = [row(str(number), level=level, assessed_on=day) for number, (level, day) in enumerate(answers)]
    mixed = data.draw(st.permutations(rows))
    waiting = row("waits", asked_on=TODAY)
    facts = [with_newest_threat(file_with(*each)).facts for each in (rows, mixed, [*mixed, waiting])]
    assert facts[0] == facts[1] == facts[2]
    assert facts[0]["fact.threat.assessed_on"].value == max(days)


def test_every_fact_of_the_threat_comes_from_a_column():
    whole = row("a", **{column: answered(column) for column in GIVEN_FACTS.values()})
    facts = with_newest_threat(file_with(whole)).facts
    assert {key: str(facts[key].value) for key in GIVEN_FACTS} == GIVEN_FACTS
    tell("threat", f"{len(GIVEN_FACTS)} facts of the threat come from the newest answered assessment")


MARKS = [
    ({}, set()),
    ({"method": EMPTY}, {Mark.NO_METHOD}),
    ({"valid_until": without_value(AnswerState.UNKNOWN)}, {Mark.NO_END}),
    ({"assessed_on": EMPTY}, {Mark.NO_DAY}),
    ({"valid_until": TODAY - timedelta(days=1)}, {Mark.ENDED}),
    ({"valid_until": TODAY}, set()),
    ({"assessed_on": TODAY - timedelta(days=29)}, set()),
    ({"assessed_on": TODAY - timedelta(days=30)}, {Mark.AGEING}),
    ({"assessed_on": TODAY - timedelta(days=90)}, {Mark.AGEING}),
    ({"assessed_on": TODAY - timedelta(days=91)}, {Mark.OLD}),
]


@pytest.mark.parametrize(("change", "marks"), MARKS)
def test_an_answer_is_marked_for_what_it_lacks_and_counts_all_the_same(
    change: dict[str, object], marks: set[Mark]
):
    answer = row("a", level="high", **{**FULL, **change})
    assert {each.mark for each in marks_of(answer, TODAY, Limits())} == marks
    assert newest_answered((answer,)) == answer


def test_a_municipality_may_ask_again_sooner():
    answer = row("a", level="high", **{**FULL, "assessed_on": TODAY - timedelta(days=14)})
    assert marks_of(answer, TODAY, Limits(warn_after=30)) == ()
    [marked] = marks_of(answer, TODAY, Limits(warn_after=14))
    assert (marked.mark, marked.days) == (Mark.AGEING, 14)


def test_what_changed_and_since_when():
    first = row("a", level="low", nature="latent", measures="Larm", assessed_on=date(2026, 5, 1))
    waiting = row("b", asked_on=date(2026, 6, 1))
    second = row(
        "c",
        level="high",
        nature="latent",
        lethal=without_value(AnswerState.UNKNOWN),
        assessed_on=date(2026, 7, 1),
    )
    changes = changes_of((first, waiting, second))
    assert [(each.column, each.before.value, each.now.value, each.since) for each in changes["c"]] == [
        ("level", "low", "high", date(2026, 7, 1)),
        ("lethal", None, None, date(2026, 7, 1)),
    ]
    assert changes["c"][1].now.state is AnswerState.UNKNOWN, "that they cannot say is an answer"
    assert set(changes) == {"c"}, "nothing is compared with a request"


FEARS = {
    ("strong", "low"): Fear.MORE,
    ("some", "none"): Fear.MORE,
    ("strong", "high"): Fear.ALIKE,
    ("none", "high"): Fear.LESS,
    ("some", "high"): Fear.LESS,
}


@pytest.mark.parametrize(("pair", "fear"), FEARS.items(), ids=lambda each: str(each))
def test_fear_and_judgement_stand_side_by_side_and_neither_changes_the_other(
    pair: tuple[str, str], fear: Fear
):
    felt, level = pair
    file = with_newest_threat(file_with(row("a", level=level), fact__threat__felt=answered(felt)))
    file = file.with_facts({"fact.threat.felt": answered(felt)})
    assert fear_beside(file) is fear
    assert (file.value("fact.threat.felt"), file.value("fact.threat.level")) == pair


@pytest.mark.parametrize("state", [EMPTY, without_value(AnswerState.DECLINED)])
def test_a_fear_nobody_has_told_of_is_compared_with_nothing(state: Answer):
    file = with_newest_threat(file_with(row("a", level="low"))).with_facts({"fact.threat.felt": state})
    assert fear_beside(file) is None


def test_the_control_a_changed_level_is_found():
    rows = (
        row("a", level="low", assessed_on=date(2026, 5, 1)),
        row("b", level="low", assessed_on=date(2026, 6, 1)),
    )
    assert changes_of(rows)["b"] == ()
    changed = (rows[0], row("b", level="none", assessed_on=date(2026, 6, 1)))
    assert [each.column for each in changes_of(changed)["b"]] == ["level"]
