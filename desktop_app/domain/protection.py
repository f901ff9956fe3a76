"""How far a person's identity data are protected, and what that keeps from being shown.

The three levels are Skatteverket's. Unknown is a level of its own: it is named as what it is, and shown as protected.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Protection(StrEnum):
    """The codes of ``client.protected_identity``; empty while nobody knows."""

    NONE = "none"
    CONFIDENTIALITY_MARK = "confidentiality_mark"
    PROTECTED_REGISTRATION = "protected_registration"
    ASSUMED_IDENTITY = "assumed_identity"
    UNKNOWN = ""

    @classmethod
    def read(cls, code: object) -> Protection:
        """Return the level with a code; whatever is no known code is unknown, never none."""
        return _LEVELS.get(code, cls.UNKNOWN)

    @property
    def hides(self) -> bool:
        """True unless it is known that nothing is protected."""
        return self is not Protection.NONE

    @property
    def is_known_protected(self) -> bool:
        """True for the three levels that somebody has found."""
        return self not in (Protection.NONE, Protection.UNKNOWN)

    @property
    def name_of_words(self) -> str:
        """The last part of the keys of its words: its code, or ``unknown``."""
        return self.value or "unknown"


_LEVELS: Mapping[object, Protection] = {level.value: level for level in Protection}
