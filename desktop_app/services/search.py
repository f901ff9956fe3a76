"""The search: what was typed is looked for in everything that is written in the store, as it is typed.

No line in the audit log: every letter would be one, and what a person opens from the hits is logged where it is opened.
What was typed stands nowhere afterwards.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop_app.domain.protection import Protection
from desktop_app.domain.search_kinds import Rank, SearchKind
from desktop_app.domain.search_snippets import Part, hidden_words, marked_where, parts_of, without
from desktop_app.domain.search_words import Question, read_question
from desktop_app.services.search_fields import search_fields
from desktop_app.services.search_index import (
    ADDENDUM,
    DRAFT,
    answer_at,
    bring_up_to_date,
    catch_up_quietly,
    rebuild,
)
from desktop_app.services.session import Session
from desktop_app.storage.search_store import CaseFacts, FoundText
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
MOST_COUNTED = 500

SHELVES = (
    (Rank.PERSONS, Rank.CASES),
    (Rank.NOTES, Rank.NOTES),
    (Rank.ANSWERS, Rank.DOCUMENTS),
    (Rank.CHOICES, Rank.CHOICES),
)
"""In the order they are asked; each may take an even share of the room that is left."""

HEADING_FACTS = ("client.protected_identity", "client.name", "client.alias")
_GUARDED = (SearchKind.PERSON, SearchKind.PLACE)


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
    """What was found, the best case first. ``total`` is more than the hits shown when there are more (500 at most).

    ``behind``: so many parts of cases are not read into the index yet.
    """

    groups: tuple[CaseHits, ...] = ()
    total: int = 0
    behind: int = 0


def find(session: Session, typed: str, *, limit: int = USUAL_LIMIT) -> Found:
    """Return what is found by the words typed, the last one taken for a beginning. Any text may be typed."""
    question = read_question(typed)
    if not question:
        return Found()
    behind = catch_up_quietly(session)
    with session.reading() as stores:
        expression = question.expression(stores.search.terms)
        texts, is_cut = look_up(stores, expression, limit)
        facts = heading_facts(stores, (text.case_id for text in texts))
        groups = [
            _group(session, stores, question, facts[case_id], of_case) for case_id, of_case in _by_case(texts)
        ]
        shown = sum(len(group.hits) for group in groups)
        total = max(shown, stores.search.count(expression, MOST_COUNTED)) if is_cut else shown
    return Found(tuple(groups), total, behind)


def look_up(stores: StoreSet, expression: str, limit: int) -> tuple[list[FoundText], bool]:
    """Return the texts an expression finds, shelf by shelf, and whether any shelf had more."""
    texts: list[FoundText] = []
    is_cut = False
    for number, ranks in enumerate(SHELVES):
        room = (limit - len(texts)) // (len(SHELVES) - number)
        found = stores.search.shelf(expression, ranks, room)
        is_cut = is_cut or len(found) == room
        texts += found
    return texts, is_cut


def heading_facts(stores: StoreSet, case_ids: Iterable[str]) -> dict[str, CaseFacts]:
    """Return what the headings of some cases need."""
    return stores.search.facts(json.dumps(sorted(set(case_ids))), HEADING_FACTS)


def _by_case(texts: Sequence[FoundText]) -> list[tuple[str, list[FoundText]]]:
    """Group by case: the one with the hit of highest rank first, then the one with most hits, then as found."""
    groups: dict[str, list[FoundText]] = {}
    for text in texts:
        groups.setdefault(text.case_id, []).append(text)
    best = {case_id: max(Rank.of_row(text.text_id) for text in found) for case_id, found in groups.items()}
    return sorted(groups.items(), key=lambda group: (-best[group[0]], -len(group[1])))


def _group(
    session: Session, stores: StoreSet, question: Question, facts: CaseFacts, texts: Sequence[FoundText]
) -> CaseHits:
    protection = Protection.read(facts.protection)
    hidden: frozenset[str] = frozenset()
    if protection.hides and any(text.kind not in _GUARDED for text in texts):
        hidden = hidden_words(
            (words, kind is SearchKind.PERSON) for kind, words in stores.search.guarded_words(facts.case_id)
        )
    hits: dict[tuple[str, tuple[Part, ...]], Hit] = {}
    for text in texts:
        hit = _hit(session, stores, question, text, protection, hidden)
        # The same words in an older and a newer response of a form are one hit.
        hits.setdefault((hit.label, hit.parts or (Part(text.ref, False),)), hit)
    name = (facts.name or facts.alias or None) if not protection.hides else None
    return CaseHits(
        case_id=facts.case_id,
        code=facts.code,
        kind=facts.kind,
        protection=protection,
        name=name,
        hits=tuple(hits.values()),
    )


def _hit(
    session: Session,
    stores: StoreSet,
    question: Question,
    text: FoundText,
    protection: Protection,
    hidden: frozenset[str],
) -> Hit:
    label, target = _place(session, text)
    if protection.hides and text.kind in _GUARDED:
        return Hit(text.kind, label, (), target)
    parts = parts_of(text.snippet)
    if not any(part.marked for part in parts):
        # Found by another spelling of a number: the words that say it are not those that were typed.
        parts = marked_where(stores.search.words_of(text.text_id), question)
    if protection.hides:
        parts = without(parts, hidden)
    return Hit(text.kind, label, parts, target)


def _place(session: Session, text: FoundText) -> tuple[str, Target]:
    texts = session.library.texts
    if text.part == "answers":
        answer = answer_at(text.ref, text.about)
        field = search_fields(session.library).of(answer)
        if field is None:
            return texts.get("search.places.answer"), Target()
        return field.label, Target(field.form_id, field.link_id, answer.row_id, answer.column)
    if text.part == "notes":
        state, day, *rest = text.about.split()
        key = "addendum" if ADDENDUM in rest else "note"
        label = texts.get(f"search.places.{key}", day=day)
        return (texts.get("search.places.draft", note=label) if state == DRAFT else label), Target(
            thing="journal", thing_ref=text.ref
        )
    if text.part == "case":
        return texts.get("search.places.case"), Target()
    return texts.get(f"search.places.{text.part}"), Target(thing=text.part, thing_ref=text.ref)
