"""What was written in a form's fields by another program, read as answers. An empty field is no answer at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from desktop_app.domain.answers import NO_VALUE_STATES, Answer, AnswerState, answered, as_typed, without_value
from desktop_app.domain.field_names import SEPARATOR, STATE_PREFIX
from desktop_app.domain.forms import Item
from desktop_app.domain.texts import Texts, label_of
from desktop_app.domain.values import ItemType, storable

Values = Mapping[str, tuple[str, ...]]
"""What stands in the fields that are not empty, by their own names."""

_CHOICES = (ItemType.YES_NO, ItemType.CHOICE)


@dataclass(frozen=True, slots=True)
class FieldReader:
    """``read_text`` reads what was typed for an item, as the screen does."""

    values: Values
    texts: Texts
    read_text: Callable[[Item, str], Answer]

    def names(self, item: Item) -> frozenset[str]:
        """Return the names of the fields that belong to an item."""
        below = f"{item.link_id}{SEPARATOR}"
        return frozenset(name for name in self.values if name == item.link_id or name.startswith(below))

    def answer(self, item: Item) -> Answer | None:
        """Return what was answered, ``None`` when nothing was."""
        written = " ".join(self.values.get(item.link_id, ())).strip()
        ticked = self._ticked(item)
        if ticked:
            return self._of_ticks(item, ticked)
        if not written:
            return None
        if (state := self._state(written)) is not None:
            return without_value(state)
        if item.type in _CHOICES:
            return self._of_choice(item, written)
        if item.type is ItemType.MULTI_CHOICE:
            return as_typed(storable(written))
        return self.read_text(item, written)

    def _ticked(self, item: Item) -> tuple[str, ...]:
        below = f"{item.link_id}{SEPARATOR}"
        return tuple(name.removeprefix(below) for name in self.values if name.startswith(below))

    def _of_ticks(self, item: Item, ticked: tuple[str, ...]) -> Answer | None:
        codes = tuple(code for code in item.codes if code in ticked)
        if codes:
            return answered(codes)
        states = (self._state(each) for each in ticked)
        state = next((each for each in states if each is not None), None)
        return without_value(state) if state is not None else None

    def _of_choice(self, item: Item, written: str) -> Answer:
        """Return the code that was chosen; some programs give its words instead."""
        if written in item.codes:
            return answered(written)
        for code in item.codes:
            if item.table and _same(label_of(self.texts, item.table, code), written):
                return answered(code)
        return as_typed(storable(written))

    def _state(self, written: str) -> AnswerState | None:
        for state in NO_VALUE_STATES:
            words = self.texts.get(f"answers.states.{state.value}")
            if written == f"{STATE_PREFIX}{state.value}" or _same(words, written):
                return state
        return None


def _same(words: str, written: str) -> bool:
    return words.casefold() == written.strip().rstrip(".").casefold()
