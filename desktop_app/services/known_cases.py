"""Who is known already: what the search answers before a case is opened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop_app.domain.protection import Protection
from desktop_app.domain.search_kinds import Rank, SearchPart
from desktop_app.domain.search_words import Question, read_question
from desktop_app.services.search_fields import search_fields
from desktop_app.services.search_index import answer_at, catch_up
from desktop_app.services.session import Session
from desktop_app.storage.search_store import FoundText

MOST_KNOWN = 40
SHORTEST_NAME = 2
_NAMES = (Rank.PERSONS, Rank.PERSONS)
_CODES = (Rank.CASES, Rank.CASES)
_ANYWHERE = (Rank.PERSONS, Rank.TEXTS)
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
    """A case that may be about the same person, and why: the names of the fields where it was found.

    ``protection`` is the code of the level, empty while nobody knows.
    """

    case_id: str
    code: str
    kind: str
    protected: bool
    protection: str
    name: str | None
    why: tuple[str, ...]


def who_is_known(session: Session, asked: Asked) -> tuple[KnownCase, ...]:
    """Return the cases that may be about the same person: what most speaks for first. Never raises on what is typed.

    A code, an identity number or a phone number is found wherever it was written, in any spelling; a name or alias
    among the names.
    """
    with session.reading() as stores:
        is_behind = stores.search.behind() > 0
    if is_behind:
        catch_up(session)
    with session.reading() as stores:
        found = [
            text
            for question, ranks in _questions(asked)
            for text in stores.search.shelf(question.expression(stores.search.terms), ranks, MOST_KNOWN)
        ]
    by_case: dict[str, list[FoundText]] = {}
    for text in found:
        by_case.setdefault(text.case_id, []).append(text)
    known = [_known(session, texts) for texts in by_case.values()]
    # The sort is stable: what stands alike stays as asked, codes and numbers before names.
    return tuple(sorted(known, key=lambda each: -len(each.why)))


def _known(session: Session, texts: Sequence[FoundText]) -> KnownCase:
    first, heading = texts[0], texts[0].heading
    protection = Protection.UNKNOWN if first.is_behind else heading.protection
    return KnownCase(
        case_id=first.case_id,
        code=heading.code,
        kind=heading.kind,
        protected=protection.is_known_protected,
        protection=protection.value,
        name=None if protection.hides else heading.name or None,
        why=tuple(dict.fromkeys(_words(session, text) for text in texts)),
    )


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
    if text.part is SearchPart.NOTES:
        return words.get("search.places.journal")
    if text.part is not SearchPart.ANSWERS:
        return words.get(f"search.places.{text.part}")
    field = search_fields(session.library).of(answer_at(text.ref, text.about))
    return field.label if field is not None else words.get("search.places.answer")
