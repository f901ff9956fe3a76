"""The words that can stand on a recovery card, for the fields they are typed in."""

from __future__ import annotations

from desktop_app.storage.card_shares import WORDS_ON_A_CARD, known_words

__all__ = ["WORDS_ON_A_CARD", "card_words"]


def card_words() -> tuple[str, ...]:
    """Return every word, each told from all others by its first four letters."""
    return known_words()
