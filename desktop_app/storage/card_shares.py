"""Three paper cards of which any two lead to the card secret: Shamir's scheme as SLIP-39 writes it down.

The library does the sharing and the checking of words; the secret itself then goes through Argon2id like the others.
SLIP-39 also encrypts the secret with a passphrase of its own. None is used here, and its cost is kept at the least:
it would guard nothing, since 128 random bits cannot be guessed.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol, cast

import shamir_mnemonic  # pyright: ignore[reportMissingTypeStubs] - untyped
from shamir_mnemonic.wordlist import WORDLIST  # pyright: ignore[reportMissingTypeStubs] - untyped

from desktop_app.domain.errors import CardMistyped, CardsOfTwoSets
from desktop_app.storage.unlock_secrets import CARD_SECRET_BYTES, CardSecret

CARDS: Final = 3
CARDS_NEEDED: Final = 2
WORDS_ON_A_CARD: Final = 20

_LEAST_ITERATIONS: Final = 0
_TELLING_LETTERS: Final = 4
_SEPARATORS: Final = str.maketrans(dict.fromkeys("0123456789.,;:-–—()", " "))

_library = cast(Any, shamir_mnemonic)
_MnemonicError = cast(type[Exception], _library.MnemonicError)
_WORDS: Final = {str(word)[:_TELLING_LETTERS]: str(word) for word in cast(Sequence[str], WORDLIST)}


class _Share(Protocol):
    """The part of the library's share that is looked at; the module's own types are not read."""

    index: int
    value: bytes
    member_threshold: int
    group_threshold: int
    group_count: int
    iteration_exponent: int


@dataclass(frozen=True)
class CardShare:
    """The words of one card, and its number from 1 as the words themselves say it."""

    number: int
    words: tuple[str, ...] = field(repr=False)


def split_secret(secret: CardSecret) -> tuple[CardShare, ...]:
    """Return three cards, proved: each pair of them leads back to the secret."""
    made = _library.generate_mnemonics(
        group_threshold=1,
        groups=[(CARDS_NEEDED, CARDS)],
        master_secret=secret.raw,
        iteration_exponent=_LEAST_ITERATIONS,
    )
    cards = tuple(read_card(words, number) for number, words in enumerate(cast(list[str], made[0]), start=1))
    for left_out in cards:
        if combine_cards([card for card in cards if card is not left_out]) != secret:
            raise RuntimeError("the cards do not lead back to their secret")
    return cards


def read_card(typed: str, which: int = 1) -> CardShare:
    """Read one card as typed: any case, any separators, numbers before the words, four letters of each are enough.

    Raises CardMistyped (``card``: ``which``) when a word is unknown or the card's own check words do not fit.
    """
    words = tuple(
        _whole(word) for word in unicodedata.normalize("NFKC", typed).translate(_SEPARATORS).split()
    )
    try:
        if len(words) != WORDS_ON_A_CARD:
            raise CardMistyped(card=which)
        share: _Share = _library.Share.from_mnemonic(" ".join(words))
    except _MnemonicError:
        # The library's error quotes words of the card: it must not be seen, not even as a cause.
        raise CardMistyped(card=which) from None
    if not _is_one_of_ours(share):
        raise CardMistyped(card=which)
    return CardShare(share.index + 1, words)


def combine_cards(cards: Sequence[CardShare]) -> CardSecret:
    """Return the secret that two cards lead to. Raises CardsOfTwoSets when they do not belong together."""
    if len({card.number for card in cards}) != CARDS_NEEDED:
        raise CardsOfTwoSets
    try:
        raw = bytes(_library.combine_mnemonics([" ".join(card.words) for card in cards]))
    except _MnemonicError:
        raise CardsOfTwoSets from None
    return CardSecret(raw)


def read_cards(typed: Sequence[str]) -> CardSecret:
    """Return the secret of two cards as typed. Raises CardMistyped or CardsOfTwoSets."""
    return combine_cards([read_card(text, which) for which, text in enumerate(typed, start=1)])


def known_words() -> tuple[str, ...]:
    """Return every word that can stand on a card, in the order of the list."""
    return tuple(_WORDS.values())


def whole_word(typed: str) -> str:
    """Return the word that was typed or shortened to its first four letters; unchanged when it is none."""
    return _whole(unicodedata.normalize("NFKC", typed).strip())


def _whole(word: str) -> str:
    low = word.casefold()
    known = _WORDS.get(low[:_TELLING_LETTERS])
    return known if known is not None and known.startswith(low) else low


def _is_one_of_ours(share: _Share) -> bool:
    return (
        len(share.value) == CARD_SECRET_BYTES
        and share.member_threshold == CARDS_NEEDED
        and share.group_threshold == share.group_count == 1
        and share.index < CARDS
        # A foreign card could ask for hours of work.
        and share.iteration_exponent == _LEAST_ITERATIONS
    )
