"""How a case stands in the guide: reckoned from its file, or taken up again as it was kept, code for code.

What is kept says nothing in words and nothing about a day but the days of the case itself, so that it holds until the
case is written to or one of its ``turning_keys`` turns.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from desktop_app.domain.conditions import Condition, Lookup, Truth
from desktop_app.domain.guide import (
    CaseSteps,
    Guide,
    GuideStep,
    Marked,
    StepMark,
    StepStanding,
    StepStatus,
    case_steps,
)
from desktop_app.domain.guide_facts import turns_with_the_days
from desktop_app.domain.hold_points import HoldPoint, HoldStanding, raised_holds

_ID, _STATUS, _FOR, _SINCE, _OFFERED = "id", "status", "for", "since", "offered"
_MARK, _FORMS, _MISSING, _DATED = "mark", "forms", "missing", "dated"
_STATUSES = {status.value: status for status in StepStatus}
_STEPS, _CLOSED, _REACHED, _HOLDS = "steps", "closed", "reached", "holds"


@dataclass(frozen=True, slots=True)
class GuideStanding:
    """The steps of a case as they stand, and the hold points it has raised."""

    steps: CaseSteps
    holds: tuple[HoldStanding, ...]


def guide_standing(
    guide: Guide, holds: Iterable[HoldPoint], lookup: Lookup, marks: Mapping[str, Marked]
) -> GuideStanding:
    """Return how a case stands, as ``lookup`` tells it."""
    lookup = cache(lookup)  # conditions ask for the same few things over and over
    return GuideStanding(case_steps(guide, lookup, marks), raised_holds(holds, lookup))


def turning_keys(guide: Guide, holds: Iterable[HoldPoint]) -> tuple[str, ...]:
    """Return the keys that some condition asks for and whose value may change with time alone."""
    asked = (key for condition in conditions_of(guide, holds) for key in condition.asked())
    return tuple(dict.fromkeys(key for key in asked if turns_with_the_days(key)))


def conditions_of(guide: Guide, holds: Iterable[HoldPoint]) -> Iterator[Condition]:
    """Yield every condition of the guide, of the forms its steps lead to, and of the hold points."""
    yield guide.closed_when
    yield from (phase.reached_when for phase in guide.phases if phase.reached_when)
    for step in guide.steps:
        own = (step.done_when, step.begun_when, step.applies_when, step.offered_when)
        yield from (condition for condition in own if condition)
        yield from (wait.when for wait in step.waits)
        yield from step.forms_when.values()
    for hold in holds:
        yield from (hold.when, hold.clears_when)


def to_kept(standing: GuideStanding) -> str:
    """Return a standing as JSON: ids, codes, days, and the reasons given for marks.

    A step that stands as in a case of which nothing is known is told by its id alone.
    """
    steps = standing.steps
    kept = {
        _STEPS: [
            one.step.id if one == steps.guide.at_first[one.step.id] else _kept_step(one)
            for one in steps.steps
        ],
        _CLOSED: steps.is_closed,
        _REACHED: steps.reached,
        _HOLDS: {one.hold.id: one.is_open for one in standing.holds},
    }
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def from_kept(kept: str, guide: Guide, holds: Iterable[HoldPoint]) -> GuideStanding:
    """Return a standing as it was kept; ``KeyError`` when it was made by other steps or hold points than these."""
    raw: dict[str, Any] = json.loads(kept)
    at_first, points = guide.at_first, {hold.id: hold for hold in holds}
    return GuideStanding(
        CaseSteps(
            guide=guide,
            steps=tuple(
                [
                    at_first[each] if isinstance(each, str) else _step(each, at_first[each[_ID]].step)
                    for each in raw[_STEPS]
                ]
            ),
            is_closed=raw[_CLOSED],
            reached={phase: Truth(truth) for phase, truth in raw[_REACHED].items()},
        ),
        tuple([HoldStanding(points[name], is_open) for name, is_open in raw[_HOLDS].items()]),
    )


def _kept_step(one: StepStanding) -> dict[str, Any]:
    """Return a step with what differs from a step that nothing is to be said of."""
    marked, dated = one.marked, one.dated
    said: dict[str, Any] = {
        _STATUS: "" if one.status is StepStatus.NOT_STARTED else one.status,
        _FOR: one.waits_for,
        _SINCE: one.since.isoformat() if one.since else "",
        _MARK: [marked.mark, marked.reason, marked.row_id] if marked else "",
        _FORMS: () if one.forms == one.step.forms else one.forms,
        _MISSING: one.missing,
        _DATED: [dated[0], dated[1].isoformat()] if dated else "",
    }
    kept = {_ID: one.step.id, **{key: value for key, value in said.items() if value}}
    return kept if one.is_offered else {**kept, _OFFERED: False}


def _step(kept: Mapping[str, Any], step: GuideStep) -> StepStanding:
    get = kept.get
    since, mark, forms, dated = get(_SINCE), get(_MARK), get(_FORMS), get(_DATED)
    return StepStanding(
        step,
        _STATUSES[get(_STATUS, StepStatus.NOT_STARTED)],
        get(_FOR, ""),
        date.fromisoformat(since) if since else None,
        get(_OFFERED, True),
        _marked(*mark) if mark else None,
        tuple(forms) if forms else step.forms,
        tuple(get(_MISSING, ())),
        (dated[0], date.fromisoformat(dated[1])) if dated else None,
    )


def _marked(mark: str, reason: str, row_id: str) -> Marked:
    return Marked(StepMark(mark), reason, row_id)
