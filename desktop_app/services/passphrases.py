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
_MOST_LOOKED_AT = 256
_LEAST_NAME = 3
_LEAST_REPEAT = 4
_LEAST_RUN = 3
_ROWS = ("abcdefghijklmnopqrstuvwxyzåäö", "01234567890", "qwertyuiopå", "asdfghjklöä", "zxcvbnm,.-")
_PAIRS = {row[at : at + 2] for row in _ROWS for at in range(len(row) - 1)}
_NEIGHBOURS = _PAIRS | {pair[::-1] for pair in _PAIRS} | {letter * 2 for row in _ROWS for letter in row}
_DISGUISES = str.maketrans("0134578@$!€", "oieastbasie")
# fmt: off
_TIMES = (
    "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober",
    "november", "december", "måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag", "sommar",
    "höst", "vinter", "vår", "midsommar", "julafton", "julen", "påsken", "semester", "helgen",
)
# fmt: on
_BITS_PER_OTHER_CHARACTER = 2.2
"""What a person's own text is worth a character: well below random, as published guessing studies find."""


@dataclass(frozen=True, slots=True)
class PassphraseJudgement:
    """``bits`` of guessing work (rough), ``level`` 0–4, words under ``text_key``, and whether it may be used.

    When it may not, ``reason_key`` has the words for why; they never repeat what was typed.
    """

    bits: int
    level: int
    text_key: str
    acceptable: bool
    reason_key: str = ""


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
    # Strength is found early in a text or not at all, and a whole book may be pasted.
    head = normal[:_MOST_LOOKED_AT]
    if len(normal) < PASSPHRASE_LEAST_CHARACTERS:
        key = "passphrase.too_short"
        return PassphraseJudgement(_bits(library, head, profile), 0, key, acceptable=False, reason_key=key)
    if _bare(normal) in library.definitions.blocked_passphrases or _is_made_of_names(library, head, profile):
        reason = f"passphrase.why.{_why_blocked(library, head, profile)}"
        return PassphraseJudgement(0, 0, "passphrase.blocked", acceptable=False, reason_key=reason)
    bits = _bits(library, head, profile)
    level = sum(bits >= limit for limit in _LEVELS)
    reason = "" if level else "passphrase.why.few"
    return PassphraseJudgement(
        bits, level, f"passphrase.level_{level}", acceptable=level >= 1, reason_key=reason
    )


def blocked(library: Library, text: str, profile: Profile | None) -> frozenset[str]:
    """Return the bare passphrases that must not be used: common ones, and the text itself unless it is acceptable."""
    fixed = frozenset(library.definitions.blocked_passphrases)
    return fixed if judge_passphrase(library, text, profile).acceptable else fixed | {_bare(text)}


def _is_made_of_names(library: Library, text: str, profile: Profile | None) -> bool:
    return len(set(_without_known(library, text, profile))) <= _FEW


def _why_blocked(library: Library, text: str, profile: Profile | None) -> str:
    """Return what a blocked text is made of: one's own names first, since they are the first to be guessed."""
    bare = _bare(text)
    if len(set(bare)) <= _FEW:
        return "same"
    for reason, names in (
        ("own", _own_names(profile)),
        ("place", {_bare(place.name) for place in library.municipalities}),
        ("time", set(_TIMES)),
    ):
        if any(len(name) > _LEAST_NAME and name in bare for name in names):
            return reason
    return "common"


def _bits(library: Library, text: str, profile: Profile | None) -> int:
    words = library.definitions.passphrase_words
    known = set(words)
    tokens = text.split()
    if tokens and all(token in known for token in tokens):
        return int(len(set(tokens)) * math.log2(len(words)))
    # Written with 0 for o and $ for s it is the same name; what is left of the two is the lesser.
    return min(
        _bits_of(_without_known(library, each, profile)) for each in (text, text.translate(_DISGUISES))
    )


def _bits_of(left: str) -> int:
    new = without_runs(without_repeats(left))
    return int(len(new) * _BITS_PER_OTHER_CHARACTER * min(1.0, len(set(new)) / 8))


def without_repeats(text: str) -> str:
    """Return a text without what has stood in it before, four characters and more at a time."""
    new, place = "", 0
    while place < len(text):
        length = _LEAST_REPEAT
        while place + length <= len(text) and text[place : place + length] in text[:place]:
            length += 1
        if length > _LEAST_REPEAT:
            place += length - 1
        else:
            new, place = new + text[place], place + 1
    return new


def without_runs(text: str) -> str:
    """Return a text where runs along the alphabet, the digits or the keyboard are cut to their first character."""
    new, run = "", 0
    for before, letter in zip(" " + text, text, strict=False):
        run = run + 1 if before + letter in _NEIGHBOURS else 0
        new += letter
        if run >= _LEAST_RUN:
            new = new[:-_LEAST_RUN] if run == _LEAST_RUN else new[:-1]
    return new


def _without_known(library: Library, text: str, profile: Profile | None) -> str:
    left = _bare(text)
    for name in sorted(_known_names(library, profile), key=len, reverse=True):
        left = left.replace(name, "")
    return left


def _known_names(library: Library, profile: Profile | None) -> set[str]:
    names = set(library.definitions.blocked_passphrases)
    names |= {_bare(place.name) for place in library.municipalities} | _own_names(profile)
    return {name for name in names if len(name) >= _LEAST_NAME}


def _own_names(profile: Profile | None) -> set[str]:
    if profile is None:
        return set()
    own = (profile.caseworker, profile.title, profile.unit, profile.committee, profile.municipality)
    names = {_bare(part) for text in own for part in (text, *text.split())}
    names |= {_bare(part) for part in profile.email.replace("@", ".").split(".")}
    return names | {"".join(letter for letter in profile.phone if letter.isdecimal())}


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).casefold().split())
