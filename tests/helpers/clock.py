"""A clock that stands still until a test moves it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

SWEDEN = ZoneInfo("Europe/Stockholm")
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=SWEDEN)


class StillClock:
    """Gives the same moment each time it is asked."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """Return the present moment."""
        return self.now

    def pass_by(self, **time: float) -> None:
        """Let time pass, as ``timedelta`` counts it."""
        self.now += timedelta(**time)
