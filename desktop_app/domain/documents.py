"""Documents that others made, or that the caseworker brings: what they are, and what is told about them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final

MOST_BYTES: Final = 50 * 1024 * 1024
"""The largest document. What is larger belongs in a system for recordings and archives."""

PART_BYTES: Final = 512 * 1024
"""The bytes are kept in parts of this size, so that taking in and reading out can tell how far they have come."""

MOST_TITLE: Final = 200


class MediaType(StrEnum):
    """What a document is, by its bytes alone."""

    PDF = "application/pdf"
    PNG = "image/png"
    JPEG = "image/jpeg"
    WEBP = "image/webp"
    TEXT = "text/plain"

    @property
    def suffix(self) -> str:
        """The ending of a copy's file name."""
        return {"PDF": ".pdf", "PNG": ".png", "JPEG": ".jpg", "WEBP": ".webp", "TEXT": ".txt"}[self.name]

    @property
    def is_picture(self) -> bool:
        """Tell a picture from paper and text."""
        return self.value.startswith("image/")


class Direction(StrEnum):
    """Whether it came from somebody or is our own."""

    RECEIVED = "received"
    OWN = "own"


class DocumentKind(StrEnum):
    """What sort of document it is to the caseworker."""

    DECISION = "decision"
    OPINION = "opinion"
    CERTIFICATE = "certificate"
    LETTER = "letter"
    AGREEMENT = "agreement"
    BILL = "bill"
    PICTURE = "picture"
    OTHER = "other"


class Mark(StrEnum):
    """What a file holds beside what can be seen. Nothing of it is run, opened or followed."""

    SCRIPT = "script"
    LAUNCH = "launch"
    ATTACHMENT = "attachment"
    LINK = "link"
    FORM = "form"
    MEDIA = "media"
    LOCATION = "location"
    MOVING = "moving"
    TRAILING = "trailing"
    CUT_OFF = "cut_off"
    HIDDEN_SIGNS = "hidden_signs"


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What the caseworker tells about a document. ``sender`` is empty when nobody is named."""

    title: str
    direction: Direction = Direction.RECEIVED
    kind: DocumentKind = DocumentKind.OTHER
    sender: str = ""
    dated_on: date | None = None

    def tidied(self, otherwise: str) -> About:
        """Return it with its words on one line each, and a title: ``otherwise`` when none is given."""
        title = " ".join(self.title.split())[:MOST_TITLE]
        return replace(self, title=title or otherwise, sender=" ".join(self.sender.split())[:MOST_TITLE])

    def differs(self, other: About) -> tuple[str, ...]:
        """Return the names of what is told otherwise."""
        names = ("title", "direction", "kind", "sender", "dated_on")
        return tuple(name for name in names if getattr(self, name) != getattr(other, name))


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDocument:
    """One document of a case, without its bytes. ``number`` counts those of the case from 1."""

    document_id: str
    case_id: str
    number: int
    about: About
    media_type: MediaType
    size_bytes: int
    sha256: str
    added_at: datetime
    removed_at: datetime | None = None

    def copy_name(self, case_code: str) -> str:
        """Return the neutral name of a copy: case code and number, never the title."""
        return f"{case_code}-H{self.number:02d}{self.media_type.suffix}"
