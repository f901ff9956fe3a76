"""Protected identity in words, the same wherever it is shown. No Qt."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.protection import Protection
from desktop_app.domain.texts import Texts


@dataclass(frozen=True, slots=True)
class MarkWords:
    """The mark of one level: its icon, its words, what it means, and its tone."""

    icon: str
    words: str
    means: str
    tone: str


@dataclass(frozen=True, slots=True)
class CaseInView:
    """The case that a page, or a dialog over it, is about: its code, and the code of its level of protection."""

    code: str
    protection: str


def mark_words(code: str, texts: Texts) -> MarkWords | None:
    """Return the mark for a level's code; ``None`` for a person who is known not to be protected.

    Unknown is said to be unknown, never to be protected or not.
    """
    level = Protection.read(code)
    if not level.hides:
        return None
    return MarkWords(
        icon="shield" if level.is_known_protected else "shield-unknown",
        words=texts.get(f"protection.levels.{level.name_of_words}"),
        means=texts.get(f"protection.means.{level.name_of_words}"),
        tone="danger" if level.is_known_protected else "waiting",
    )


def is_lowered(before: str, after: str) -> bool:
    """Tell whether a changed answer means that what was hidden is now shown."""
    return Protection.read(before).is_known_protected and not Protection.read(after).hides
