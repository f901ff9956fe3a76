"""How moments stand in the store: UTC, ISO 8601, whole seconds."""

from datetime import UTC, datetime


def moment_text(moment: datetime) -> str:
    """Return a moment with a time zone as UTC text."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def moment_of(text: str) -> datetime:
    """Return the moment a text of the store stands for."""
    return datetime.fromisoformat(text)
