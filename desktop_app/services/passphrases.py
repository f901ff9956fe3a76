"""Judges a passphrase and suggests one: length and surprise, no rules about kinds of characters."""

from __future__ import annotations

import math
import secrets
import unicodedata
from dataclasses import dataclass

from desktop_app.domain.errors import RecoveryKeyMistyped
from desktop_app.domain.profile import Profile
from desktop_app.services.library import Library
from desktop_app.storage.card_shares import read_cards
from desktop_app.storage.unlock_secrets import (
    PASSPHRASE_LEAST_CHARACTERS,
    Passphrase,
    RecoveryKey,
    Secret,
)

SUGGESTED_WORDS = 6
_LEVELS = (40, 56, 64, 77)
_FEW = 3
_BITS_PER_OTHER_CHARACTER = 2.2
"""What a person's own text is worth a character: well below random, as published guessing studies find."""


@dataclass(frozen=True, slots=True)
class PassphraseJudgement:
    """``bits`` of guessing work (rough), ``level`` 0–4, words under ``text_key``, and whether it may be used."""

    bits: int
    level: int
    text_key: str
    acceptable: bool


def generate_passphrase(library: Library) -> str:
    """Return six Swedish words drawn by the system's random generator."""
    words = library.definitions.passphrase_words
    return " ".join(secrets.choice(words) for _ in range(SUGGESTED_WORDS))


def secret_from(typed: str) -> Secret:
    """Return two lines as two cards, what has the form of a recovery key as one, and all else as a passphrase.

    Raises CardMistyped or CardsOfTwoSets.
    """
    cards = [line for line in typed.split("\n") if line.strip()]
    if len(cards) > 1:
        return read_cards(cards)
    try:
        return RecoveryKey.parse(typed)
    except RecoveryKeyMistyped:
        return Passphrase(typed)


def judge_passphrase(library: Library, text: str, profile: Profile | None = None) -> PassphraseJudgement:
    """Return how well a text stands against guessing; names of the program, the place and the user weigh nothing."""
    normal = unicodedata.normalize("NFC", text)
    if len(normal) < PASSPHRASE_LEAST_CHARACTERS:
        return PassphraseJudgement(
            _bits(library, normal, profile), 0, "passphrase.too_short", acceptable=False
        )
    if _bare(normal) in library.definitions.blocked_passphrases or _is_made_of_names(
        library, normal, profile
    ):
        return PassphraseJudgement(0, 0, "passphrase.blocked", acceptable=False)
    bits = _bits(library, normal, profile)
    level = sum(bits >= limit for limit in _LEVELS)
    return PassphraseJudgement(bits, level, f"passphrase.level_{level}", acceptable=level >= 1)


def blocked(library: Library, text: str, profile: Profile | None) -> frozenset[str]:
    """Return the bare passphrases that must not be used: common ones, and the text itself unless it is acceptable."""
    fixed = frozenset(library.definitions.blocked_passphrases)
    return fixed if judge_passphrase(library, text, profile).acceptable else fixed | {_bare(text)}


def _is_made_of_names(library: Library, text: str, profile: Profile | None) -> bool:
    return len(set(_without_known(library, text, profile))) <= _FEW


def _bits(library: Library, text: str, profile: Profile | None) -> int:
    words = library.definitions.passphrase_words
    known = set(words)
    tokens = text.split()
    if tokens and all(token in known for token in tokens):
        return int(len(set(tokens)) * math.log2(len(words)))
    left = _without_known(library, text, profile)
    surprise = len(left) * _BITS_PER_OTHER_CHARACTER
    return int(surprise * min(1.0, len(set(left)) / 8))


def _without_known(library: Library, text: str, profile: Profile | None) -> str:
    left = _bare(text)
    for name in sorted(_known_names(library, profile), key=len, reverse=True):
        left = left.replace(name, "")
    return left


def _known_names(library: Library, profile: Profile | None) -> set[str]:
    names = set(library.definitions.blocked_passphrases)
    names |= {_bare(place.name) for place in library.municipalities}
    if profile is not None:
        names |= {_bare(part) for part in (*profile.caseworker.split(), profile.unit, profile.committee)}
    return {name for name in names if len(name) >= 4}


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).casefold().split())
