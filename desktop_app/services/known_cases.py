"""Who is known already: what the search answers before a case is opened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from desktop_app.domain.protection import Protection
from desktop_app.domain.search_kinds import Rank, SearchKind
from desktop_app.domain.search_words import Question, read_question
from desktop_app.services.search import heading_facts
from desktop_app.services.search_fields import search_fields
from desktop_app.services.search_index import answer_at, catch_up_quietly
from desktop_app.services.session import Session
from desktop_app.storage.search_store import FoundText

MOST_KNOWN = 40
SHORTEST_NAME = 2
_NAMES = (Rank.PERSONS, Rank.PERSONS)
_CODES = (Rank.CASES, Rank.CASES)
_ANYWHERE = (Rank.NOTES, Rank.PERSONS)
_NUMBER_DIGITS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is known of somebody; every part may be empty."""

    identity_number: str = ""
    phone: str = ""
    alias: str = ""
    name: str = ""
    case_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCase:
    """A case that may be about the same person, and why: the names of the fields where it was found."""

    case_id: str
    code: str
    kind: str
    protected: bool
    name: str | None
    why: tuple[str, ...]


def who_is_known(session: Session, asked: Asked) -> tuple[KnownCase, ...]:
    """Return the cases that may be about the same person: what most speaks for first. Never raises on what is typed.

    A code, an identity number or a phone number is found wherever it was written, in any spelling; a name or alias
    among the names.
    """
    catch_up_quietly(session)
    with session.reading() as stores:
        why: dict[str, dict[str, None]] = {}
        for question, ranks in _questions(asked):
            expression = question.expression(stores.search.terms)
            for text in stores.search.shelf(expression, ranks, MOST_KNOWN):
                why.setdefault(text.case_id, {}).setdefault(_words(session, text))
        facts = heading_facts(stores, why)
    known = [
        KnownCase(
            case_id=case_id,
            code=facts[case_id].code,
            kind=facts[case_id].kind,
            protected=(level := Protection.read(facts[case_id].protection)).is_known_protected,
            name=None if level.hides else facts[case_id].name or facts[case_id].alias or None,
            why=tuple(fields),
        )
        for case_id, fields in why.items()
    ]
    # The sort is stable: what stands alike stays as asked, codes and numbers before names.
    return tuple(sorted(known, key=lambda each: -len(each.why)))


def _questions(asked: Asked) -> Iterator[tuple[Question, tuple[Rank, Rank]]]:
    if question := read_question(asked.case_code):
        yield question, _CODES
    for number in (asked.identity_number, asked.phone):
        question = read_question(number)
        # A few digits would be found everywhere, and tell nothing.
        if sum(sign.isdigit() for sign in number) >= _NUMBER_DIGITS and question:
            yield question, _ANYWHERE
    for name in (asked.name, asked.alias):
        question = read_question(name)
        if len(name.strip()) >= SHORTEST_NAME and question:
            yield question, _NAMES


def _words(session: Session, text: FoundText) -> str:
    words = session.library.texts
    if text.kind is SearchKind.CASE:
        return words.get("search.places.case")
    if text.kind is SearchKind.NOTE:
        return words.get("search.places.journal")
    if text.part != "answers":
        return words.get(f"search.places.{text.part}")
    field = search_fields(session.library).of(answer_at(text.ref, text.about))
    return field.label if field is not None else words.get("search.places.answer")
