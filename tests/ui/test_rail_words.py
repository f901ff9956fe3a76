"""Which step of the rail a form is shown at when one comes to it by its name alone."""

from dataclasses import dataclass
from typing import cast

import pytest

from desktop_app.domain.guide import StepStatus
from desktop_app.services.guide import GuideView
from ui.presenters.rail_words import step_with_form

TO_DO, DONE = StepStatus.NOT_STARTED, StepStatus.DONE


@dataclass(frozen=True)
class Step:
    id: str
    forms: tuple[str, ...]
    status: StepStatus
    urgent: bool = False


@dataclass(frozen=True)
class View:
    steps: tuple[Step, ...]


@pytest.mark.parametrize(
    ("urgent", "usual", "liked", "expected"),
    [
        (TO_DO, TO_DO, "", "decision"),
        (TO_DO, DONE, "", "decision"),
        (DONE, TO_DO, "", "interim"),
        (TO_DO, DONE, "interim", "interim"),
        (TO_DO, DONE, "consent", "decision"),
    ],
)
def test_a_form_of_two_steps_is_shown_at_the_one_it_was_used_for(
    urgent: StepStatus, usual: StepStatus, liked: str, expected: str
):
    steps = (
        Step("consent", ("F02",), DONE),
        Step("interim", ("F09",), urgent, urgent=True),
        Step("decision", ("F09",), usual),
    )
    assert step_with_form(cast(GuideView, View(steps)), "F09", liked) == expected


def test_a_form_of_no_step_stands_at_none():
    assert step_with_form(cast(GuideView, View(())), "F18b") == ""
