"""Counts what the first questions gave, over many cases: each value, and each way of having none, apart.

Unknown is never no, and not asked is not unknown: whoever reads a figure sees how many it does not speak of.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desktop_app.domain.answers import NO_VALUE_STATES, AnswerState
from desktop_app.domain.case_file import CaseFile
from desktop_app.domain.forms import Item
from desktop_app.domain.values import ItemType

SCREENING = "screening."
"""The facts of the first questions begin with this."""

COUNTED = (ItemType.YES_NO, ItemType.CHOICE, ItemType.MULTI_CHOICE)
"""What people wrote in their own words is never counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionCount:
    """One question over ``cases`` cases. Of several choices each is counted, so that ``values`` may come to more.

    ``states`` are the four words for having no value; ``left_open`` are those that have neither value nor word.
    """

    key: str
    cases: int
    with_value: int
    values: Mapping[str, int]
    states: Mapping[AnswerState, int]
    left_open: int


def count_screening(files: Iterable[CaseFile], facts: Mapping[str, Item]) -> tuple[QuestionCount, ...]:
    """Return the count of each question with codes, in the order of ``facts`` (the facts a case may hold)."""
    asked = tuple(files)
    return tuple(
        _count(key, item, asked)
        for key, item in facts.items()
        if key.startswith(SCREENING) and item.type in COUNTED
    )


def _count(key: str, item: Item, files: tuple[CaseFile, ...]) -> QuestionCount:
    answers = [file.fact(key) for file in files]
    given = [answer for answer in answers if answer.is_value]
    codes = Counter(
        code
        for answer in given
        for code in (answer.value if isinstance(answer.value, tuple) else (str(answer.value),))
    )
    states = Counter(answer.state for answer in answers if not answer.is_value)
    return QuestionCount(
        key=key,
        cases=len(answers),
        with_value=len(given),
        values={code: codes[code] for code in item.codes},
        states={state: states[state] for state in NO_VALUE_STATES},
        left_open=len(answers) - len(given) - sum(states[state] for state in NO_VALUE_STATES),
    )
