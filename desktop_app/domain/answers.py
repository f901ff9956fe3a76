"""An answer: a value, or one of the words that stand for not having one. Unknown is never no."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

Value = str | int | Decimal | date | datetime | tuple[str, ...]
"""What a read answer may be. Codes of a table are ``str``; several codes are a tuple in table order."""


class AnswerState(StrEnum):
    """How a question stands. Only ``ANSWERED`` carries a value that rules and sums may use."""

    ANSWERED = "answered"
    UNKNOWN = "unknown"
    NOT_ASKED = "not_asked"
    DECLINED = "declined"
    NOT_APPLICABLE = "not_applicable"
    AS_TYPED = "as_typed"


NO_VALUE_STATES = (
    AnswerState.UNKNOWN,
    AnswerState.NOT_ASKED,
    AnswerState.DECLINED,
    AnswerState.NOT_APPLICABLE,
)
"""The quiet choices beside a field: vet inte, ej frågat, vill inte svara, ej aktuellt."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. ``typed`` holds text that could not be read, so that nothing typed is thrown away."""

    state: AnswerState
    value: Value | None = None
    typed: str = ""

    @property
    def is_value(self) -> bool:
        """True when there is a value to use."""
        return self.state is AnswerState.ANSWERED and self.value is not None

    @property
    def is_given(self) -> bool:
        """True when the question needs no more asking: a value, or a deliberate word for having none."""
        return self.is_value or self.state in NO_VALUE_STATES


def answered(value: Value) -> Answer:
    """Return an answer that holds a value."""
    return Answer(AnswerState.ANSWERED, value)


def as_typed(text: str) -> Answer:
    """Return text that could not be read as what was asked for; it is shown again and saved, never used."""
    return Answer(AnswerState.AS_TYPED, None, text)


def without_value(state: AnswerState) -> Answer:
    """Return one of the words for having no value; ``ValueError`` for a state that is not such a word."""
    if state not in NO_VALUE_STATES:
        raise ValueError(state)
    return Answer(state)


EMPTY = Answer(AnswerState.AS_TYPED)
"""Nothing answered yet: also what an erased field becomes."""
