"""What the person should hear when a store has been opened: how it was found, and what was mended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum

from desktop_app.domain.errors import AppError
from desktop_app.domain.progress import NoProgress, Progress
from desktop_app.services import last_copy
from desktop_app.services.backup_states import backup_state
from desktop_app.services.last_copy import Missed
from desktop_app.services.session import Session
from desktop_app.storage.file_seal import SealVerdict
from desktop_app.storage.place_facts import place_kind
from desktop_app.storage.place_kinds import PlaceKind
from desktop_app.storage.unit_of_work import Reading

UNLOCKED = ("store.unlocked", "store.unlocked_with_recovery_key", "store.unlocked_with_cards")
CHECKING = "progress.opening.checking"
FAILED_ON_THE_LINE = "backup_state.failed"
"""What the bottom line says, as long as it is so, of an automatic copy that failed."""


class Gravity(StrEnum):
    """How grave a line is: told in passing, to be acted on, or the data may not be what one believes."""

    NOTE = "note"
    WARNING = "warning"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class OpeningLine:
    """One thing to hear, as a text key and what to fill in: counts and moments, never anything of a case."""

    gravity: Gravity
    text_key: str
    params: dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningReport:
    """How the store was found. ``changes`` is the number of the newest line of the log before this opening."""

    changes: int
    changed_at: datetime | None
    lines: tuple[OpeningLine, ...]

    @property
    def gravest(self) -> Gravity | None:
        """The gravest of the lines, None when there is nothing to hear."""
        order = list(Gravity)
        return max((line.gravity for line in self.lines), key=order.index, default=None)


def examine_opening(
    session: Session, remembered_changes: int | None = None, progress: Progress | None = None
) -> OpeningReport:
    """Find out how the store was found; to be asked first of all after unlocking.

    ``remembered_changes`` is what this computer noted, outside the store, when it was last closed here: a store
    with fewer changes is an older one put back. The check of every page is made only where the seal cannot vouch.
    """
    seal = session.vault.examine_seal()
    with session.reading() as read:
        if _is_just_made(read):
            return OpeningReport(changes=0, changed_at=None, lines=())
        changes, changed_at, opened_at = _before_opening(read, session.clock().tzinfo)
    lines = [
        *_about_age(changes, remembered_changes),
        *_about_seal(session, seal, changes, progress or NoProgress()),
        *_about_clock(changed_at, opened_at),
        *_about_place(session),
        *_about_mending(session),
        *_about_copy(session),
    ]
    return OpeningReport(changes=changes, changed_at=changed_at, lines=tuple(lines))


def _is_just_made(read: Reading) -> bool:
    """Tell whether nobody has ever unlocked the store: it has been open since it was made."""
    return all(read.audit_log.newest_of_kind(kind) is None for kind in UNLOCKED)


def _before_opening(read: Reading, zone: tzinfo | None) -> tuple[int, datetime | None, datetime | None]:
    """Return number and moment of the last line before this opening's own, and the moment of that."""
    newest = list(read.audit_log.each(after=max(0, read.audit_log.head()[0] - 2)))
    if len(newest) < 2:
        return 0, None, None
    last, opening = newest
    return last.event.seq, last.event.at.astimezone(zone), opening.event.at.astimezone(zone)


def _about_age(changes: int, remembered: int | None) -> Iterator[OpeningLine]:
    if remembered is not None and changes < remembered:
        yield OpeningLine(
            Gravity.DANGER, "opening.older_store", {"changes": changes, "remembered": remembered}
        )


def _about_seal(
    session: Session, seal: SealVerdict, changes: int, progress: Progress
) -> Iterator[OpeningLine]:
    if seal is SealVerdict.UNTOUCHED or (seal is SealVerdict.LEFT_OPEN and not changes):
        return
    progress.step(0, 1, CHECKING)
    found = session.vault.check()
    unused_alone = found.database.only_unused_pages and found.audit is not None and found.audit.whole
    if unused_alone:
        yield _mended(session, progress)
    elif not found.sound:
        # Reading a bad page spoils the connection for all that comes after.
        session.vault.renew()
        yield OpeningLine(Gravity.DANGER, "opening.damaged", {})
        return
    if seal is SealVerdict.CHANGED_OUTSIDE:
        yield OpeningLine(Gravity.DANGER, "opening.changed_outside", {})
    elif found.sound:
        yield OpeningLine(Gravity.NOTE, "opening.left_open_sound", {})


def _mended(session: Session, progress: Progress) -> OpeningLine:
    try:
        session.vault.heal(actor=session.actor, now=session.clock(), progress=progress)
    except AppError:
        return OpeningLine(Gravity.WARNING, "opening.unused_pages", {})
    return OpeningLine(Gravity.NOTE, "opening.healed", {})


def _about_place(session: Session) -> Iterator[OpeningLine]:
    """Say where a store lies badly. It opens all the same: what is in it must be within reach."""
    found = place_kind(session.folder)
    if found.kind is PlaceKind.NETWORK:
        yield OpeningLine(Gravity.WARNING, "opening.place_on_network", {"by": found.by})
    if found.kind is PlaceKind.SYNCED:
        yield OpeningLine(Gravity.WARNING, "opening.place_synced", {"by": found.by})


def _about_clock(changed_at: datetime | None, opened_at: datetime | None) -> Iterator[OpeningLine]:
    if changed_at is not None and opened_at is not None and opened_at < changed_at:
        yield OpeningLine(Gravity.WARNING, "opening.clock_behind", {"last": f"{changed_at:%Y-%m-%d %H:%M}"})


def _about_mending(session: Session) -> Iterator[OpeningLine]:
    notice = session.vault.notice
    if notice.mended_key_files:
        yield OpeningLine(Gravity.NOTE, "opening.key_file_mended", {})
    if notice.migrated_from is not None:
        yield OpeningLine(Gravity.NOTE, "opening.migrated", {"schema": notice.migrated_from})


def _about_copy(session: Session) -> Iterator[OpeningLine]:
    """Say once what kept the automatic copy from being made at the last lock, unless the bottom line says it."""
    try:
        last = last_copy.taken(session)
        if last is None or (
            last.missed is Missed.FAILED and backup_state(session).text_key == FAILED_ON_THE_LINE
        ):
            return
    except AppError:  # a store that can hardly be read has graver things to tell
        return
    names = f" {session.library.texts.get('opening.copy_or')} ".join(last.media)
    gravity = Gravity.WARNING if last.missed is Missed.FAILED else Gravity.NOTE
    yield OpeningLine(gravity, f"opening.copy_{last.missed.value}", {"media": names})
