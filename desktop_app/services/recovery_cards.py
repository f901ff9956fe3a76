"""The cards as they are made: drawn, printed, typed back. They open nothing before ``recovery.adopt_cards``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from desktop_app.domain.profile import profile_from_settings
from desktop_app.printing.recovery_cards import render_recovery_card
from desktop_app.services.passphrases import secret_from
from desktop_app.services.session import Session
from desktop_app.storage.card_shares import split_secret, whole_word
from desktop_app.storage.keys import CardSecret

_WORDS_TO_TYPE_BACK = 4


@dataclass(frozen=True, slots=True)
class Card:
    """One of the cards: any two of them open the store. The words are shown once."""

    number: int
    words: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class CardDraft:
    """A set of cards that opens nothing yet."""

    cards: tuple[Card, ...]


def draft_cards(session: Session, current: str) -> CardDraft:
    """Return three cards that open nothing yet. Raises ``WrongPassphrase``; cards in use stand."""
    session.vault.prove(secret_from(current))
    return CardDraft(tuple(Card(share.number, share.words) for share in split_secret(CardSecret.new())))


def card_sheet(session: Session, draft: CardDraft, number: int) -> bytes:
    """Return one card as a PDF of one page."""
    with session.reading() as read:
        profile = profile_from_settings(read.settings.all())
    return render_recovery_card(
        _card(draft, number).words,
        number=number,
        municipality=profile.municipality,
        made_on=session.today,
        store_mark=session.vault.vault_id[:8],
        texts=session.library.texts,
    )


def card_challenge(draft: CardDraft, number: int) -> tuple[int, ...]:
    """Return which words of a card, counted from 1, must be typed back before the cards count: one of each fourth.

    The same words are asked each time, and others on each card.
    """
    words = _card(draft, number).words
    seed, part = sum("".join(words).encode()), len(words) // _WORDS_TO_TYPE_BACK
    return tuple(place * part + 1 + (seed >> (3 * place)) % part for place in range(_WORDS_TO_TYPE_BACK))


def card_challenge_met(draft: CardDraft, number: int, typed: Sequence[str]) -> bool:
    """Tell whether the words asked for by ``card_challenge`` were typed back right, whatever the case."""
    words = _card(draft, number).words
    wanted = [words[place - 1] for place in card_challenge(draft, number)]
    return [whole_word(text) for text in typed] == wanted


def _card(draft: CardDraft, number: int) -> Card:
    return next(card for card in draft.cards if card.number == number)
