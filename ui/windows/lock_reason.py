"""Why the program locks. The reason decides how long the lock may take and what is said afterwards."""

from __future__ import annotations

from enum import StrEnum


class LockReason(StrEnum):
    """Neutral words: they may stand on a command line."""

    ASKED = "asked"
    IDLE = "idle"
    SESSION_LOCKED = "session_locked"
    SLEEP = "sleep"
    LID = "lid"
    USER_SWITCH = "user_switch"
    SHUTDOWN = "shutdown"

    @property
    def is_urgent(self) -> bool:
        """Whether the computer waits for nobody: no backup is begun, and one under way is stopped."""
        return self in _URGENT

    @property
    def text_key(self) -> str:
        """The key of what the unlock page says."""
        return f"window.lock.after.{self.value}"


_URGENT = frozenset({LockReason.SLEEP, LockReason.LID, LockReason.USER_SWITCH, LockReason.SHUTDOWN})


def reason_named(code: str) -> LockReason:
    """Return the reason with this code; one that is not known is the user's own lock, and locks all the same."""
    try:
        return LockReason(code)
    except ValueError:
        return LockReason.ASKED
