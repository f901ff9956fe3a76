"""What a finished assessment was made with, and what has become different since."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from desktop_app.domain.answers import NO_VALUE_STATES, Answer
from desktop_app.domain.forms import Address, FilledForm, FormDefinition, Item
from desktop_app.domain.texts import Texts, label_of
from desktop_app.domain.values import VALUE_TYPES, ItemType

KEPT = "kept."
"""Under link ids that no form can declare, a finished assessment keeps what it was made with."""

RULES, WORDS, FINDINGS = f"{KEPT}rules", f"{KEPT}words", f"{KEPT}findings"
RULE_SET = f"{KEPT}rule_set"
"""Under this, id and version of the rule set that a finished form rests on (``stockholm_2024 3``)."""
NOTE_OF = f"{KEPT}note_of"
"""Under this, by the place of an answer, the note that explains why it is another than in the last assessment."""

_RESTS_ON = (
    "derived.model",
    "derived.model_version",
    "derived.outcome",
    "derived.because",
    "derived.missing",
)

_NOT_COMPARED = (ItemType.INFO, ItemType.SIGNATURE)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerAssessment:
    """A finished assessment: which rule set, which version of it, and what it came to, in the words of its day."""

    response_id: str
    finished_at: datetime
    model: str
    version: int
    title: str
    outcome: str
    decided: str
    motivation: str
    rules: str


@dataclass(frozen=True, slots=True)
class Told:
    """One answer of a form in words: its question, its row if it has one, and what it says."""

    address: Address
    question: str
    row: str
    words: str
    follows: bool
    """True for what is reckoned from other answers."""


@dataclass(frozen=True, slots=True)
class Difference:
    """An answer that is another than in the last finished assessment, in words; empty words for none."""

    address: Address
    question: str
    row: str
    before: str
    now: str
    follows: bool


def rests_on_rules(definition: FormDefinition) -> bool:
    """Tell whether a form says what a rule set points at: its prints then keep which one, in which version."""
    return any(key in _RESTS_ON for item in definition.items() for key in (item.binds, item.fills_from))


def differences(before: tuple[Told, ...], now: tuple[Told, ...]) -> tuple[Difference, ...]:
    """Return what differs between two tellings of a form, in the order of the newer one; what went away comes last."""
    former = {each.address: each for each in before}
    present = {each.address: each for each in now}
    found = [
        _difference(each, former[address].words if address in former else "", each.words)
        for address, each in present.items()
    ]
    found += [_difference(each, each.words, "") for address, each in former.items() if address not in present]
    return tuple(each for each in found if each.before != each.now)


def _difference(told: Told, before: str, now: str) -> Difference:
    return Difference(told.address, told.question, told.row, before, now, told.follows)


def told(filled: FilledForm, texts: Texts) -> tuple[Told, ...]:
    """Return every answer a form shows, in words, in reading order."""
    return tuple(_told(filled, texts))


def _told(filled: FilledForm, texts: Texts) -> Iterator[Told]:
    for entry in filled.items():
        item = entry.item
        if item.type in _NOT_COMPARED:
            continue
        if item.type is not ItemType.REPEAT:
            words = answer_words(item, entry.answer, texts)
            yield Told(Address(item.link_id), _label(item, texts), "", words, item.read_only)
            continue
        for row in entry.rows:
            name = _row_name(item, row.id, texts)
            for column in item.columns:
                address = Address(item.link_id, row.id, column.link_id)
                words = answer_words(column, row.cell(column.link_id), texts, row.id)
                yield Told(address, _label(column, texts), name, words, column.read_only)


def answer_words(item: Item, answer: Answer, texts: Texts, row_id: str | None = None) -> str:
    """Return an answer in words, empty when there is none."""
    if answer.state in NO_VALUE_STATES:
        return texts.get(f"answers.states.{answer.state.value}")
    if answer.value is None or not answer.is_value:
        return answer.typed
    table = item.codes_for(row_id)[0] or ""
    return VALUE_TYPES[item.type].to_text(answer.value, lambda code: label_of(texts, table, code))


def _label(item: Item, texts: Texts) -> str:
    key = f"{item.text_key}.label"
    return texts.get(key) if texts.has(key) else item.link_id


def _row_name(item: Item, row_id: str, texts: Texts) -> str:
    key = f"tables.{item.fixed_rows}.{row_id}"
    if item.fixed_rows and texts.has(key):
        return texts.get(key)
    return _label(item, texts)
