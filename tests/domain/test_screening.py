"""Each value and each way of having none is counted apart."""

from __future__ import annotations

from desktop_app.domain.answers import (
    EMPTY,
    NO_VALUE_STATES,
    Answer,
    AnswerState,
    answered,
    as_typed,
    without_value,
)
from desktop_app.domain.case_file import CaseFile
from desktop_app.domain.cases import Case, CaseKind, Stage
from desktop_app.domain.screening import COUNTED, count_screening
from desktop_app.domain.values import ItemType
from desktop_app.services.library import load_library
from tests.helpers.clock import StillClock
from tests.helpers.figures import tell

FACTS = load_library().schema.facts


def case_file(**facts: Answer) -> CaseFile:
    case = Case(id="c", code="K-2026-001", opened_at=StillClock()(), stage=Stage.INTAKE, kind=CaseKind.LEAVER)
    return CaseFile(case=case, facts={f"screening.{key}": answer for key, answer in facts.items()})


def test_no_answer_is_never_counted_as_no():
    asked: list[Answer] = [answered("yes"), answered("no"), EMPTY, as_typed("kanske")]
    asked += [without_value(state) for state in NO_VALUE_STATES]
    counts = {
        each.key: each for each in count_screening((case_file(violence_used=each) for each in asked), FACTS)
    }
    one = counts["screening.violence_used"]
    assert (one.cases, one.with_value, one.values) == (8, 2, {"yes": 1, "no": 1})
    assert one.states == dict.fromkeys(NO_VALUE_STATES, 1)
    assert one.left_open == 2
    assert one.with_value + sum(one.states.values()) + one.left_open == one.cases
    nobody = counts["screening.debts"]
    assert (nobody.values, nobody.left_open) == ({"yes": 0, "no": 0}, 8)
    tell(
        "screening",
        f"{len(counts)} questions counted, each with its values and its 4 ways of having none apart",
    )


def test_of_several_choices_each_is_counted_once():
    files = [case_file(debts_to=answered(("environment", "bank"))), case_file(debts_to=answered(("bank",)))]
    [one] = [each for each in count_screening(files, FACTS) if each.key == "screening.debts_to"]
    assert (one.with_value, one.values["bank"], one.values["environment"], one.values["family"]) == (
        2,
        2,
        1,
        0,
    )


def test_what_people_said_is_never_counted():
    counted = {each.key for each in count_screening([], FACTS)}
    asked = {key: item.type for key, item in FACTS.items() if key.startswith("screening.")}
    assert counted == {key for key, kind in asked.items() if kind in COUNTED}
    assert ItemType.PARAGRAPH in asked.values()


def test_the_control_finds_one_who_counts_unknown_as_no():
    answers = [answered("no"), without_value(AnswerState.UNKNOWN)]
    careless = sum(1 for each in answers if each.value != "yes")
    [one] = [
        each
        for each in count_screening((case_file(debts=each) for each in answers), FACTS)
        if each.key == "screening.debts"
    ]
    assert one.values["no"] == 1 != careless
