"""The words of an answer as they stand on paper."""

from __future__ import annotations

from desktop_app.domain.answers import NO_VALUE_STATES, Answer, AnswerState
from desktop_app.domain.filling import NOT_FOR_READER, UNSEEN, WITHHELD
from desktop_app.domain.forms import Item
from desktop_app.domain.texts import label_of
from desktop_app.domain.values import VALUE_TYPES
from desktop_app.printing.setting import Setting, Stage

_ASIDE = {WITHHELD: "withheld", NOT_FOR_READER: "not_for_reader", UNSEEN: "unseen"}
"""Their words below ``paper``."""


def is_withheld(answer: Answer) -> bool:
    """Tell whether the answer is handed over apart from the form or not at all, or not to be seen on the screen."""
    return isinstance(answer.value, str) and answer.value in _ASIDE


def is_empty(answer: Answer) -> bool:
    """Tell whether nothing has been answered at all."""
    return not answer.is_given and not answer.typed


def aside(answer: Answer, setting: Setting) -> str:
    """Return the words that stand in for a value, empty when there is a value or nothing at all."""
    if is_withheld(answer):
        return setting.word(_ASIDE[str(answer.value)])
    if answer.state in NO_VALUE_STATES:
        return setting.word(f"states.{answer.state.value}")
    if answer.state is AnswerState.AS_TYPED and answer.typed:
        return f"{answer.typed} {setting.word('check')}"
    return ""


def words_of(answer: Answer, item: Item, setting: Setting, row_id: str | None = None) -> str:
    """Return what is printed for an answer: several codes under one another.

    A gap is empty, and a dash in a finished form.
    """
    if instead := aside(answer, setting):
        return instead
    if answer.value is None:
        return setting.word("nothing") if setting.stage is Stage.FINISHED else ""
    table, _ = item.codes_for(row_id)

    def label(code: str) -> str:
        return label_of(setting.texts, table or item.type.value, code)

    if isinstance(answer.value, tuple):
        return "\n".join(label(code) for code in answer.value)
    return VALUE_TYPES[item.type].to_text(answer.value, label)


def chosen_codes(answer: Answer) -> tuple[str, ...]:
    """Return the codes that are ticked."""
    if isinstance(answer.value, tuple):
        return answer.value
    return () if answer.value is None or is_withheld(answer) else (str(answer.value),)
