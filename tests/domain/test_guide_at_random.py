"""Whatever is known of a case, in whatever order it came: there is a next step, or words for why there is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from desktop_app.definitions.conditions import comparisons
from desktop_app.domain.conditions import Condition
from desktop_app.domain.guide import CaseSteps, Guide, Marked, StepMark, StepStatus, case_steps
from desktop_app.domain.hold_points import raised_holds
from desktop_app.services.guide_words import missing_words, status_words, why_next, why_none
from desktop_app.services.library import load_library

LIBRARY = load_library()
GUIDE, HOLDS = LIBRARY.definitions.guide, LIBRARY.definitions.hold_points
DAY = date(2026, 11, 22)


def conditions() -> list[Condition]:
    found = [GUIDE.closed_when, *(phase.reached_when for phase in GUIDE.phases)]
    for step in GUIDE.steps:
        found += [step.done_when, step.begun_when, step.applies_when, step.offered_when]
        found += [wait.when for wait in step.waits]
    found += [each for hold in HOLDS for each in (hold.when, hold.clears_when)]
    return [one for one in found if one is not None]


def values() -> dict[str, set[Any]]:
    """Every key the guide asks for, with the values it is compared with and one that is none of them."""
    found: dict[str, set[Any]] = {}
    for condition in conditions():
        for each in comparisons(condition):
            known = found.setdefault(each.key, {None})
            operand = each.operand
            many = set(operand) if isinstance(operand, tuple) else {operand}
            known |= {DAY, None} if each.operator == "exists" else many
            if each.operator in (">", ">="):
                known |= {0, 15, 17, 18}
    return found


VALUES = values()
FACTS = st.fixed_dictionaries(
    {}, optional={key: st.sampled_from(sorted(known, key=repr)) for key, known in VALUES.items()}
)
MARKS = st.dictionaries(
    st.sampled_from([step.id for step in GUIDE.steps]),
    st.builds(Marked, st.sampled_from(list(StepMark)), st.just("Ett skäl")),
    max_size=4,
)


def steps_of(facts: dict[str, Any], marks: dict[str, Marked], guide: Guide = GUIDE) -> CaseSteps:
    return case_steps(guide, facts.get, marks)


def is_dead_end(steps: CaseSteps) -> bool:
    all_done = all(one.status is StepStatus.DONE for one in steps.steps if not one.step.optional)
    return steps.next is None and not (steps.is_closed or steps.waiting or all_done)


@given(FACTS, MARKS)
@example({}, {})
@example({"events.closed_on": DAY}, {})
def test_there_is_always_a_next_step_or_words_for_why_not(facts: dict, marks: dict):
    steps = steps_of(facts, marks)
    assert not is_dead_end(steps)
    upcoming = steps.next
    if upcoming is None:
        assert why_none(LIBRARY, steps, DAY)
    else:
        assert upcoming.standing.is_open
        assert why_next(LIBRARY, upcoming, DAY)
        assert upcoming.standing.step.forms
    for one in steps.steps:
        assert status_words(LIBRARY, one, DAY)
        assert (one.status is StepStatus.DONE) or missing_words(LIBRARY, one)


def test_a_guide_that_forgets_to_propose_steps_is_found():
    """The control: without the steps after the first two a case ends in silence."""
    never = GUIDE.step("accounts").offered_when
    assert never is not None
    steps = tuple(replace(step, offered_when=never) for step in GUIDE.steps)
    assert is_dead_end(steps_of({}, {}, Guide(GUIDE.phases, steps, GUIDE.closed_when)))


@given(FACTS, st.randoms(use_true_random=False))
def test_the_order_in_which_it_became_known_never_matters(facts: dict, random):
    keys = list(facts)
    random.shuffle(keys)
    turned = {key: facts[key] for key in keys}
    assert steps_of(facts, {}).steps == steps_of(turned, {}).steps
    assert raised_holds(HOLDS, facts.get) == raised_holds(HOLDS, turned.get)


@given(FACTS, st.sampled_from(sorted(VALUES)))
def test_forgetting_an_answer_never_finishes_a_step_nor_raises_a_hold(facts: dict, key: str):
    before, after = steps_of(facts, {}), steps_of({**facts, key: None}, {})
    done = {one.step.id for one in before.steps if one.status is StepStatus.DONE}
    absent_counts = {
        "move",
        "criteria",
    }  # done unless it is known that the matter went further or somebody decides
    now = {one.step.id for one in after.steps if one.status is StepStatus.DONE}
    assert now <= done | absent_counts
    raised = {one.hold.id for one in raised_holds(HOLDS, facts.get)}
    assert {one.hold.id for one in raised_holds(HOLDS, {**facts, key: None}.get)} <= raised
