"""Which step of the rail a form is shown at when one comes to it by its name alone."""

from dataclasses import dataclass
from typing import cast

import pytest

from desktop_app.services.guide import GuideView
from ui.presenters.rail_words import step_with_form


@dataclass(frozen=True)
class Step:
    id: str
    forms: tuple[str, ...]
    status: str
    urgent: bool = False


@dataclass(frozen=True)
class View:
    steps: tuple[Step, ...]


@pytest.mark.parametrize(
    ("urgent", "usual", "liked", "expected"),
    [
        ("not_started", "not_started", "", "decision"),
        ("not_started", "done", "", "decision"),
        ("done", "not_started", "", "interim"),
        ("not_started", "done", "interim", "interim"),
        ("not_started", "done", "consent", "decision"),
    ],
)
def test_a_form_of_two_steps_is_shown_at_the_one_it_was_used_for(
    urgent: str, usual: str, liked: str, expected: str
):
    steps = (
        Step("consent", ("F02",), "done"),
        Step("interim", ("F09",), urgent, urgent=True),
        Step("decision", ("F09",), usual),
    )
    assert step_with_form(cast(GuideView, View(steps)), "F09", liked) == expected


def test_a_form_of_no_step_stands_at_none():
    assert step_with_form(cast(GuideView, View(())), "F18b") == ""
