"""What opens the store, who holds the papers that do, and the answer to "somebody may have the key"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Literal

from desktop_app.domain.changes import ChangeSet
from desktop_app.domain.errors import AppError
from desktop_app.domain.progress import Progress
from desktop_app.services.session import Session
from desktop_app.services.vault import set_new_passphrase

PaperKind = Literal["sheet", "card"]


class PaperVerdict(StrEnum):
    """The three answers about a paper that was typed in."""

    RIGHT = "right"
    OTHER_STORE = "other_store"
    """Whole and well read, but it does not open this store: another store's, or one that has been replaced."""
    NOT_VALID = "not_valid"
    """Wrongly typed: what was typed is no recovery key and no card."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds the recovery sheet (``card_number`` 0) or one of the cards; texts are empty until noted."""

    holder_id: str
    kind: PaperKind
    card_number: int
    holder: str
    place: str
    handed_on: date | None
    checked_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeysView:
    """What opens the store, since when, who holds it on paper, and what one try at it costs.

    ``cards`` is empty, or one for each card in the order of their numbers.
    """

    passphrase_since: date | None
    sheet_since: date | None
    cards_since: date | None
    sheet: Holder | None
    cards: tuple[Holder, ...]
    rehearsal_due_on: date
    rehearsal_overdue: bool
    memory_mib: int
    passes: int
    data_key_number: int


@dataclass(frozen=True, slots=True)
class PaperChecked:
    """The answer about a paper, and for all but ``RIGHT`` the error that says it in words."""

    verdict: PaperVerdict
    changes: ChangeSet | None = None
    error: AppError | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """One of the cards: any two of them open the store. The words are shown once."""

    number: int
    words: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class CardDraft:
    """A set of cards that opens nothing yet."""

    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class CopyToDestroy:
    """A backup that the older key opens."""

    path: Path
    made_at: datetime
    medium: str


@dataclass(frozen=True, slots=True)
class DataKeyReplaced:
    """The new data key counts; ``to_destroy`` is what an older one still opens."""

    changes: ChangeSet
    to_destroy: tuple[CopyToDestroy, ...]


def keys_view(session: Session) -> KeysView:
    """Return what opens the store, as one looks at it in the window."""
    raise NotImplementedError


def note_holder(
    session: Session, kind: PaperKind, card_number: int, holder: str, place: str, handed_on: date | None
) -> ChangeSet:
    """Note who holds the present sheet (``card_number`` 0) or card, over what was noted before."""
    raise NotImplementedError


def check_sheet(session: Session, typed: str) -> PaperChecked:
    """Tell whether a recovery key typed from the sheet opens this store; a right answer is noted."""
    raise NotImplementedError


def check_cards(session: Session, typed: Sequence[str]) -> PaperChecked:
    """Tell whether two cards open this store; a right answer is noted on both."""
    raise NotImplementedError


def draft_cards(session: Session, current: str) -> CardDraft:
    """Return three cards that open nothing yet. Raises ``WrongPassphrase``; cards in use stand."""
    raise NotImplementedError


def card_sheet(session: Session, draft: CardDraft, number: int) -> bytes:
    """Return one card as a PDF of one page."""
    raise NotImplementedError


def card_challenge(draft: CardDraft, number: int) -> tuple[int, ...]:
    """Return which words of a card, counted from 1, must be typed back before the cards count."""
    raise NotImplementedError


def card_challenge_met(draft: CardDraft, number: int, typed: Sequence[str]) -> bool:
    """Tell whether the words asked for by ``card_challenge`` were typed back right, whatever the case."""
    raise NotImplementedError


def adopt_cards(session: Session, current: str, draft: CardDraft) -> ChangeSet:
    """Let two of these cards open the store, instead of any older ones. Raises ``WrongPassphrase``."""
    raise NotImplementedError


def withdraw_cards(session: Session, current: str) -> ChangeSet:
    """Let no cards open the store any more; older backups still open. Raises ``WrongPassphrase``."""
    raise NotImplementedError


def change_passphrase(session: Session, current: str, new: str) -> ChangeSet:
    """Let a new passphrase open the store; see ``services.vault.set_new_passphrase``."""
    return set_new_passphrase(session, current, new)


def replace_data_key(
    session: Session, current: str, new_passphrase: str, recovery_key: str, progress: Progress | None = None
) -> DataKeyReplaced:
    """Give the store a new data key, so that whoever has the old one can open nothing written from now on.

    ``recovery_key`` is one drafted by ``vault.draft_recovery_sheet`` and typed back. Cards fall away. Raises
    ``WrongPassphrase``, ``PassphraseTooWeak``, ``DiskFull``, ``FolderNotWritable``, ``DatabaseDamaged`` or
    ``Cancelled``; the old key then stands, with every row.
    """
    raise NotImplementedError
