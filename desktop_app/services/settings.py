"""Settings: who keeps the cases, which model, where backups go."""

from __future__ import annotations

from desktop_app.domain.changes import ChangeSet, Kind, changed
from desktop_app.domain.profile import Profile, profile_from_settings
from desktop_app.services.library import DEFAULT_MODEL
from desktop_app.services.session import Session

DEFAULTS = {
    "model": DEFAULT_MODEL,
    "backup_place": "",
    "theme": "system",
    "zoom": "100",
    "idle_minutes": "5",
}
"""Every setting a person can change besides the profile, with what it is from the start."""


IDLE_MINUTES = tuple(range(1, 16))
"""After how many minutes the program may lock itself. "Never" is not among them."""


def profile(session: Session) -> Profile:
    """Return the municipality and caseworker as they stand at the head of forms."""
    with session.reading() as read:
        return profile_from_settings(read.settings.all())


def save_profile(session: Session, new: Profile) -> ChangeSet:
    """Change the municipality or caseworker. Finished forms keep what they were finished with."""
    with session.act() as work:
        work.settings.put(new.as_settings())
        work.audit("settings.profile_changed", fields=tuple(new.as_settings()))
        work.commit()
    return changed(Kind.SETTING)


def get(session: Session, key: str) -> str:
    """Return a setting; ``KeyError`` for one that does not exist."""
    with session.reading() as read:
        return read.settings.all().get(key, DEFAULTS[key])


def idle_minutes(session: Session) -> int:
    """Return after how many minutes the program locks itself: 1 to 15, whatever stands in the store."""
    stored = get(session, "idle_minutes")
    least, most = IDLE_MINUTES[0], IDLE_MINUTES[-1]
    return min(max(int(stored), least), most) if stored.isdecimal() else int(DEFAULTS["idle_minutes"])


def put(session: Session, key: str, value: str) -> ChangeSet:
    """Change a setting; ``KeyError`` for one that does not exist, ``ValueError`` for minutes that are no choice."""
    if key not in DEFAULTS:
        raise KeyError(key)
    if key == "idle_minutes" and value not in map(str, IDLE_MINUTES):
        raise ValueError(key)
    with session.act() as work:
        work.settings.put({key: value})
        work.audit("settings.changed", fields=(key,))
        work.commit()
    return changed(Kind.SETTING)
