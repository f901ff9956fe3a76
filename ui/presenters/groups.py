"""The groups of a recovery key as they are typed: capitals, four and four, what looks alike made one. No Qt."""

from __future__ import annotations

import unicodedata

GROUP = 4
GROUPS = 9
ALL = GROUP * GROUPS
_LOOKALIKES = str.maketrans({"I": "1", "L": "1", "O": "0"})


def letters_of(text: str) -> str:
    """Return the letters and digits of what was typed or pasted, as the paper has them; nothing else.

    A letter too many, or one that no paper has, stays: it is for the check group to find, not for the field
    to swallow.
    """
    plain = unicodedata.normalize("NFKC", text).upper().translate(_LOOKALIKES)
    return "".join(letter for letter in plain if letter.isalnum())


def grouped(text: str) -> str:
    """Return what was typed with a hyphen after each full group that has something after it."""
    letters = letters_of(text)
    return "-".join(letters[at : at + GROUP] for at in range(0, len(letters), GROUP))


def caret_after(text: str, letters: int) -> int:
    """Return where in the grouped ``text`` the caret stands after this many letters.

    At the end of a full group that is followed by another, it stands before the hyphen.
    """
    if letters <= 0:
        return 0
    return min(len(text), letters + (letters - 1) // GROUP)
