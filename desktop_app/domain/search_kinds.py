"""What can be found, and in which order it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Final

from desktop_app.domain.protection import Protection

SHELF: Final = 40
"""Rows of one rank have the numbers from ``rank << SHELF`` on."""


class SearchPart(StrEnum):
    """A part of a case that is read into the index at once: what was written in it since is marked as one."""

    CASE = "case"
    ANSWERS = "answers"
    NOTES = "notes"
    DOCUMENTS = "documents"
    PRINTS = "prints"


class SearchKind(StrEnum):
    """What a hit is: a case by its code, a person, a note, a document's name, an answer, or a place."""

    CASE = "case"
    PERSON = "person"
    NOTE = "note"
    DOCUMENT = "document"
    ANSWER = "answer"
    PLACE = "place"


class Rank(IntEnum):
    """On which shelf a text stands; the lower, the earlier it is shown."""

    CASES = 1
    PERSONS = 2
    TEXTS = 3
    CHOICES = 4

    @classmethod
    def of_row(cls, number: int) -> Rank:
        """Return the rank a row stands on by its number."""
        return cls(number >> SHELF)

    @property
    def first_row(self) -> int:
        """The number below all rows of this rank."""
        return self.value << SHELF

    @property
    def last_row(self) -> int:
        """The highest number a row of this rank may have."""
        return (self.value + 1 << SHELF) - 1


@dataclass(frozen=True, slots=True)
class SearchText:
    """One text that can be found. Two are the same when they would stand alike in the index."""

    rank: Rank
    kind: SearchKind
    about: str
    words: str
    forms: str


@dataclass(frozen=True, slots=True)
class CaseHeading:
    """What stands above the hits of a case, whole: it says who the person is whether or not that may be shown."""

    code: str
    kind: str
    protection: Protection
    name: str
    hidden: frozenset[str]
    """The words of who and where people are; see ``search_snippets.without``."""
