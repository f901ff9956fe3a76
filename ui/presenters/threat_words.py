"""The assessments of the threat side by side, in words. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop_app.domain.answers import Answer
from desktop_app.domain.forms import Item, Sensitivity
from desktop_app.domain.texts import Texts, label_of
from desktop_app.domain.threats import ThreatChange
from desktop_app.services.threats import AssessmentColumn, ThreatHistory
from ui.presenters.answer_words import reading_text

MOST = 4
"""How many assessments stand side by side; the form of the register has them all."""

ORDER = (
    *("level", "level_words", "nature", "lethal", "measures", "places_to_avoid"),
    *("method", "assessed_by", "assessed_on", "valid_until", "asked_on", "reminded_on", "answered_on"),
)
"""What the police say stands before how and when they came to say it."""

IN_A_SENTENCE = ("level", "level_words", "nature", "lethal")
"""What is also told in a sentence when it has changed; the rest is marked where it stands."""

ALWAYS = ("level", "method", "valid_until")
"""Told even when nobody has said it: that it was not said is worth knowing."""

Cover = Callable[[Item, str], str]
"""Returns an answer as it may be read now."""


@dataclass(frozen=True, slots=True)
class ThreatCell:
    """What one assessment says of one thing. ``before`` is what the answer before it said, where that differs."""

    words: str
    changed: bool = False
    before: str = ""


@dataclass(frozen=True, slots=True)
class ThreatRow:
    """One thing, said by each assessment."""

    aspect: str
    cells: tuple[ThreatCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreatWords:
    """All that is shown: the newest assessment stands first. ``older`` counts those that have no room."""

    heads: tuple[str, ...]
    rows: tuple[ThreatRow, ...]
    changes: tuple[str, ...]
    older: int


def threat_words(history: ThreatHistory, texts: Texts, cover: Cover) -> ThreatWords:
    """Return the assessments in words."""
    shown = history.assessments[:MOST]
    items = {item.link_id: item for item in history.items}
    rows = tuple(
        _row(items[name], shown, texts, cover)
        for name in ORDER
        if name in ALWAYS or any(_is_written(each.row.cell(name)) for each in shown)
    )
    newest = next((each for each in history.assessments if each.answered), None)
    changes = newest.changes if newest is not None else ()
    return ThreatWords(
        heads=tuple(_head(each, texts) for each in shown),
        rows=rows if shown else (),
        changes=tuple(
            _change(change, items[change.column], texts, cover)
            for change in changes
            if change.column in IN_A_SENTENCE
        ),
        older=len(history.assessments) - len(shown),
    )


def _head(each: AssessmentColumn, texts: Texts) -> str:
    kind = each.row.cell("kind").value
    return (
        label_of(texts, "request_kind", str(kind))
        if kind
        else texts.get("window.threats.number", number=each.number)
    )


def _row(item: Item, shown: tuple[AssessmentColumn, ...], texts: Texts, cover: Cover) -> ThreatRow:
    return ThreatRow(
        texts.get(f"window.threats.aspects.{item.link_id}"),
        tuple(_cell(item, each, texts, cover) for each in shown),
    )


def _cell(item: Item, each: AssessmentColumn, texts: Texts, cover: Cover) -> ThreatCell:
    words = _words(item, each.row.cell(item.link_id), texts, cover)
    if item.link_id == "level" and not each.answered and not words:
        words = texts.get("window.threats.waits")
    change = next((change for change in each.changes if change.column == item.link_id), None)
    before = _words(item, change.before, texts, cover) if change is not None else ""
    nothing = texts.get("window.threats.no_answer")
    return ThreatCell(words or nothing, change is not None, before or nothing)


def _change(change: ThreatChange, item: Item, texts: Texts, cover: Cover) -> str:
    key = "window.threats.changes.one" if change.since else "window.threats.changes.one_undated"
    nothing = texts.get("window.threats.no_answer")
    return texts.get(
        key,
        aspect=texts.get(f"window.threats.aspects.{change.column}"),
        before=_words(item, change.before, texts, cover) or nothing,
        now=_words(item, change.now, texts, cover) or nothing,
        day=change.since or "",
    )


def _is_written(answer: Answer) -> bool:
    return answer.is_given or bool(answer.typed)


def _words(item: Item, answer: Answer, texts: Texts, cover: Cover) -> str:
    words = reading_text(item, answer, texts)
    return cover(item, words) if words and (answer.is_value or answer.typed) else words


def hidden_or_not(item: Item, words: str, *, hides: bool, hidden: str) -> str:
    """Return an answer, or the word for its being hidden where it tells a place that is protected."""
    return hidden if hides and item.sensitivity is Sensitivity.PLACE else words
