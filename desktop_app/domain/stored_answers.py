"""How an answer stands in the store: a state, the value as text, and what was typed when it could not be read."""

from __future__ import annotations

from typing import NamedTuple

from desktop_app.domain.answers import Answer, AnswerState
from desktop_app.domain.forms import Address, Item
from desktop_app.domain.values import VALUE_TYPES

HIDDEN = "hidden."
"""Beginning of the link ids under which a finished form notes which of its answers it did not show."""
CASE_HOLDER = "case"
"""Holder of the facts and registers that all forms of a case share; other holders are response ids."""


class StoredAnswer(NamedTuple):
    """An answer as text. ``value`` is ``None`` unless the state is ``answered``."""

    state: str
    value: str | None = None
    typed: str = ""


class PlacedAnswer(NamedTuple):
    """A stored answer and where it stands."""

    holder: str
    address: Address
    answer: StoredAnswer


class PlacedRow(NamedTuple):
    """A row of a repeat or register and where it stands."""

    holder: str
    link_id: str
    row_id: str


_STATES = {state.value: state for state in AnswerState}


def to_stored(item: Item, answer: Answer) -> StoredAnswer:
    """Return an answer to an item as it is stored."""
    if answer.value is None:
        return StoredAnswer(answer.state.value, None, answer.typed)
    return StoredAnswer(answer.state.value, VALUE_TYPES[item.type].to_stored(answer.value), answer.typed)


def from_stored(item: Item, stored: StoredAnswer) -> Answer:
    """Return a stored answer to an item; a text that no longer reads as the item's type is kept as typed."""
    state = _STATES[stored.state]
    if stored.value is None:
        return Answer(state, None, stored.typed)
    try:
        return Answer(state, VALUE_TYPES[item.type].from_stored(stored.value), stored.typed)
    except (ValueError, ArithmeticError):
        return Answer(AnswerState.AS_TYPED, None, stored.value)
