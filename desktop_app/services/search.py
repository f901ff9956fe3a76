"""The search: what was typed is looked for in everything that is written in the store, as it is typed.

No line in the audit log: every letter would be one, and what a person opens from the hits is logged where it is opened.
What was typed stands nowhere afterwards.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from desktop_app.domain.protection import Protection
from desktop_app.domain.search_kinds import SHELF, SearchKind
from desktop_app.domain.search_snippets import Part, parts_of, without
from desktop_app.domain.search_words import Question, read_question
from desktop_app.services.search_index import GUARDED, bring_up_to_date, catch_up, rebuild
from desktop_app.services.search_places import SearchPlaces, Target, search_places
from desktop_app.services.session import Session
from desktop_app.storage.search_store import FoundText
from desktop_app.storage.unit_of_work import StoreSet

__all__ = [
    "USUAL_LIMIT",
    "WIDE_LIMIT",
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

USUAL_LIMIT = 24
"""So many fill the panel one and a half times; ``WIDE_LIMIT`` when somebody asks for more of them."""

WIDE_LIMIT = 120
MOST_WHO = 3
"""At most a third of what is shown is who somebody is, when there is more."""


class _About(NamedTuple):
    """What the hits of one case share: what was asked, and how much of them may be read."""

    places: SearchPlaces
    question: Question
    protection: Protection
    hidden: str


class Hit(NamedTuple):
    """One text that was found. What its line says is made when it is asked for: as one types, most lines never are."""

    text: FoundText
    about: _About

    @property
    def kind(self) -> SearchKind:
        """What was found."""
        return self.text.kind

    @property
    def label(self) -> str:
        """Where it stands, in words."""
        return self.about.places.of(self.text)[0]

    @property
    def target(self) -> Target:
        """What opens it."""
        return self.about.places.of(self.text)[1]

    @property
    def parts(self) -> tuple[Part, ...]:
        """Its words as far as they may be read; none when it may not be quoted."""
        about, text = self.about, self.text
        if not about.protection.hides:
            return parts_of(text.words, about.question)
        if text.kind in GUARDED or text.is_behind:
            return ()
        return without(parts_of(text.words, about.question), frozenset(about.hidden.split()))


class CaseHits(NamedTuple):
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
        found = _found(session, stores, question, limit)
    if not found.behind:
        return found
    catch_up(session)
    with session.reading() as stores:
        return _found(session, stores, question, limit)


def _found(session: Session, stores: StoreSet, question: Question, limit: int) -> Found:
    # Persons first, but never so many that nothing else is seen.
    texts, more = stores.search.found(question.expression(stores.search.terms), limit, limit // MOST_WHO)
    behind = texts[0].behind if texts else stores.search.behind()
    places = search_places(session.library)
    groups = [_group(places, question, of_case) for of_case in _by_case(texts)]
    return Found(tuple(groups), sum([len(group.hits) for group in groups]), more, behind)


def _by_case(texts: Sequence[FoundText]) -> list[list[FoundText]]:
    """Group by case: the one with the hit of first rank first, then the one with most hits, then as found."""
    groups: dict[str, list[FoundText]] = defaultdict(list)
    for text in texts:
        groups[text.case_id].append(text)
    # Each group begins with its best hit: that is the order they were asked for in.
    return sorted(groups.values(), key=_place_in_line)


def _place_in_line(group: Sequence[FoundText]) -> tuple[int, int]:
    return group[0].number >> SHELF, -len(group)


def _group(places: SearchPlaces, question: Question, texts: Sequence[FoundText]) -> CaseHits:
    first = texts[0]
    # What was written since may have made the person protected, or known by another name.
    protection = Protection.read(None if first.is_behind else first.protection)
    about = _About(places, question, protection, first.hidden or "")
    if len(texts) > 1 and len({text.words for text in texts}) < len(texts):
        # The same words in an older and a newer response of a form are one hit.
        texts = list({(places.sort_of(text), text.words): text for text in reversed(texts)}.values())[::-1]
    name = None if protection.hides else first.name or None
    hits = tuple([Hit(text, about) for text in texts])
    return CaseHits(first.case_id, first.code or "", first.case_kind or "", protection, name, hits)
