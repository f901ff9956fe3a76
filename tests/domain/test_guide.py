"""Where a case stands follows from what has been done in it; only a person closes it."""

import pytest

from desktop_app.domain.answers import answered
from desktop_app.domain.case_file import CaseFile
from desktop_app.domain.cases import Case, Stage
from desktop_app.domain.forms import Row
from desktop_app.domain.guide import GuideStep, StepStatus, stage_now
from tests.helpers.clock import NOON

INTAKE, CONSENT = GuideStep("intake", "F01"), GuideStep("consent", "F02")


def file(decided: str | None = None) -> CaseFile:
    cells = {"answer": answered(decided)} if decided else {}
    return CaseFile(
        case=Case(id="1", code="K-2026-001", opened_at=NOON),
        registers={"criteria": (Row("interventions_decided", cells),)},
    )


@pytest.mark.parametrize(
    ("consent", "decided", "stage"),
    [
        (StepStatus.NOT_STARTED, None, Stage.INTAKE),
        (StepStatus.IN_PROGRESS, None, Stage.ASSESSMENT),
        (StepStatus.DONE, "no", Stage.ASSESSMENT),
        (StepStatus.NOT_STARTED, "yes", Stage.SUPPORT),
    ],
)
def test_a_case_moves_on_with_what_is_done(consent: StepStatus, decided: str | None, stage: Stage):
    steps = [(INTAKE, StepStatus.DONE), (CONSENT, consent)]
    assert stage_now(Stage.INTAKE, steps, file(decided)) is stage


def test_a_closed_case_stays_closed():
    assert stage_now(Stage.CLOSED, [(INTAKE, StepStatus.DONE)], file("yes")) is Stage.CLOSED
