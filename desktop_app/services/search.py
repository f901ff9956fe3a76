"""The search: what was typed is looked for in everything that is written in the store, as it is typed.

No line in the audit log: every letter would be one, and what a person opens from the hits is logged where it is opened.
What was typed stands nowhere afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.domain.protection import Protection
from desktop_app.domain.search_kinds import Rank, SearchKind
from desktop_app.domain.search_snippets import Part, parts_of, without
from desktop_app.domain.search_words import Question, read_question
from desktop_app.domain.texts import Texts
from desktop_app.services.search_fields import SearchFields, search_fields
from desktop_app.services.search_index import (
    ADDENDUM,
    DRAFT,
    GUARDED,
    answer_at,
    bring_up_to_date,
    catch_up,
    rebuild,
)
from desktop_app.services.session import Session
from desktop_app.storage.search_store import FoundText
from desktop_app.storage.unit_of_work import StoreSet

__all__ = [
    "CaseHits",
    "Found",
    "Hit",
    "Part",
    "SearchKind",
    "Target",
    "bring_up_to_date",
    "find",
    "rebuild",
]

USUAL_LIMIT = 60
WHO = (Rank.CASES, Rank.PERSONS)
WHAT = (Rank.TEXTS, Rank.CHOICES)


@dataclass(frozen=True, slots=True)
class Target:
    """What a hit opens: a field of a form, or a thing of the case's rail (``thing_ref`` is which of them)."""

    form_id: str | None = None
    link_id: str = ""
    row_id: str = ""
    column: str = ""
    thing: str = ""
    thing_ref: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """One text that was found. ``label`` says where it stands; without ``parts`` it may not be quoted."""

    kind: SearchKind
    label: str
    parts: tuple[Part, ...]
    target: Target


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseHits:
    """The hits of one case. ``name`` is ``None`` when it is unknown, or not known to be unprotected."""

    case_id: str
    code: str
    kind: str
    protection: Protection
    name: str | None
    hits: tuple[Hit, ...]

    @property
    def protected(self) -> bool:
        """Whether the person is known to have protected identity data."""
        return self.protection.is_known_protected


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, the best case first; ``total`` hits are shown, ``more``: there are others.

    ``behind``: so many parts of cases are not read into the index yet.
    """

    groups: tuple[CaseHits, ...] = ()
    total: int = 0
    more: bool = False
    behind: int = 0


def find(session: Session, typed: str, *, limit: int = USUAL_LIMIT) -> Found:
    """Return what is found by the words typed, the last one taken for a beginning. Any text may be typed."""
    question = read_question(typed)
    if not question:
        return Found()
    with session.reading() as stores:
        behind = stores.search.behind()
        if not behind:
            return _found(session, stores, question, limit, behind)
    catch_up(session)
    with session.reading() as stores:
        return _found(session, stores, question, limit, stores.search.behind())


def _found(session: Session, stores: StoreSet, question: Question, limit: int, behind: int) -> Found:
    expression = question.expression(stores.search.terms)
    # Persons first, but never so many that nothing else is seen.
    who = stores.search.shelf(expression, WHO, limit // 3)
    what = stores.search.shelf(expression, WHAT, limit - len(who))
    fields = search_fields(session.library)
    groups = tuple(_group(fields, question, of_case) for of_case in _by_case([*who, *what]))
    more = len(who) == limit // 3 or len(who) + len(what) == limit
    return Found(groups, sum(len(group.hits) for group in groups), more, behind)


def _by_case(texts: Sequence[FoundText]) -> list[list[FoundText]]:
    """Group by case: the one with the hit of first rank first, then the one with most hits, then as found."""
    groups: dict[str, list[FoundText]] = {}
    for text in texts:
        groups.setdefault(text.case_id, []).append(text)
    # Each group begins with its best hit: that is the order they were asked for in.
    return sorted(groups.values(), key=lambda group: (group[0].rank, -len(group)))


def _group(fields: SearchFields, question: Question, texts: Sequence[FoundText]) -> CaseHits:
    first, heading = texts[0], texts[0].heading
    # What was written since may have made the person protected, or known by another name.
    protection = Protection.UNKNOWN if first.is_behind else heading.protection
    hits: dict[tuple[str, str], Hit] = {}
    for text in texts:
        label, target = _place(fields, text)
        # The same words in an older and a newer response of a form are one hit.
        key = (label, text.words)
        if key not in hits:
            hits[key] = Hit(text.kind, label, _quoted(question, text, protection), target)
    return CaseHits(
        case_id=first.case_id,
        code=heading.code,
        kind=heading.kind,
        protection=protection,
        name=None if protection.hides else heading.name or None,
        hits=tuple(hits.values()),
    )


def _quoted(question: Question, text: FoundText, protection: Protection) -> tuple[Part, ...]:
    """Return the words of a hit as far as they may be read."""
    if not protection.hides:
        return parts_of(text.words, question)
    if text.kind in GUARDED or text.is_behind:
        return ()
    return without(parts_of(text.words, question), text.heading.hidden)


def _place(fields: SearchFields, text: FoundText) -> tuple[str, Target]:
    texts = fields.library.texts
    if text.part == "answers":
        answer = answer_at(text.ref, text.about)
        field = fields.of(answer)
        if field is None:
            return texts.get("search.places.answer"), Target()
        return field.label, Target(field.form_id, field.link_id, answer.row_id, answer.column)
    if text.part == "notes":
        return _note_label(texts, text.about), Target(thing="journal", thing_ref=text.ref)
    if text.part == "case":
        return texts.get("search.places.case"), Target()
    return texts.get(f"search.places.{text.part}"), Target(thing=text.part, thing_ref=text.ref)


def _note_label(texts: Texts, about: str) -> str:
    state, day, *rest = about.split()
    label = texts.get(f"search.places.{'addendum' if ADDENDUM in rest else 'note'}", day=day)
    return texts.get("search.places.draft", note=label) if state == DRAFT else label
