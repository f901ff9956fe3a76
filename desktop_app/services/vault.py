"""Making, unlocking and locking the store, and what opens it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from desktop_app.domain.changes import ChangeSet, Kind, changed
from desktop_app.domain.errors import FolderNotWritable
from desktop_app.domain.profile import PRACTICE, Profile, is_for_practice, profile_from_settings
from desktop_app.printing.recovery_sheet import render_recovery_sheet
from desktop_app.services.library import DEFAULT_MODEL, Library
from desktop_app.services.passphrases import (
    PassphraseJudgement,
    blocked,
    generate_passphrase,
    judge_passphrase,
    secret_from,
)
from desktop_app.services.session import Clock, Session, local_now
from desktop_app.storage.calibration import calibrated_cost
from desktop_app.storage.card_shares import read_cards
from desktop_app.storage.keys import KdfCost
from desktop_app.storage.place_facts import require_own_disk
from desktop_app.storage.recovery_holder_store import SHEET_NUMBER
from desktop_app.storage.unlock_secrets import Passphrase, RecoveryKey
from desktop_app.storage.vault_file import (
    create_vault,
    holds_vault,
    open_vault,
    open_vault_with,
    open_vault_with_recovery_key,
)

__all__ = [
    "Clock",
    "KdfCost",
    "NewStore",
    "PassphraseJudgement",
    "RecoverySheet",
    "Session",
    "StoreState",
    "adopt_recovery_sheet",
    "challenge",
    "challenge_met",
    "confirm_recovery_sheet",
    "create_store",
    "draft_recovery_sheet",
    "generate_passphrase",
    "holds_store",
    "judge_passphrase",
    "local_now",
    "lock",
    "set_new_passphrase",
    "store_state",
    "unlock",
    "unlock_with_cards",
    "unlock_with_recovery_key",
]

FAST_COST = KdfCost(memory_kib=64 * 1024)
"""The floor of what a key file may have; for the practice store and for checks, never for real cases."""

_GROUPS_TO_TYPE_BACK = 3


@dataclass(frozen=True, slots=True)
class NewStore:
    """A store just made: open, with its recovery key (shown once) and the sheet it is printed on."""

    session: Session
    recovery_key: str
    recovery_sheet: bytes


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """A recovery key, shown once, and the sheet it is printed on."""

    recovery_key: str
    pdf: bytes


@dataclass(frozen=True, slots=True)
class StoreState:
    """Where the store lies and what was done about its recovery sheet."""

    folder: Path
    recovery_checked_on: date | None
    is_practice: bool


def holds_store(folder: Path) -> bool:
    """Tell whether a folder holds a store, without opening it."""
    return holds_vault(folder)


def create_store(
    library: Library,
    folder: Path,
    profile: Profile,
    passphrase: str,
    clock: Clock,
    *,
    cost: KdfCost | None = None,
    is_practice: bool = False,
) -> NewStore:
    """Make a store and open it; without ``cost`` the computer is measured first, which takes some seconds.

    Raises:
        PassphraseTooWeak: see ``judge_passphrase``.
        VaultExists: the folder already holds one; it is left as it is.
        FolderNotWritable: the folder cannot be written.
        DiskFull: no room was left; no half store is left behind.
        MemoryShort: the computer has not even the least memory a passphrase must cost.
        PlaceOnNetwork, PlaceSynced: the folder is not on the computer's own disk.

    """
    now = clock()
    require_own_disk(folder)
    make_way_to(folder)
    vault, recovery_key = create_vault(
        folder,
        Passphrase(passphrase),
        now=now,
        cost=cost or calibrated_cost(),
        block_list=blocked(library, passphrase, profile),
    )
    session = Session(library, vault, clock)
    try:
        with session.act() as work:
            settings = {"model": DEFAULT_MODEL, PRACTICE: "yes" if is_practice else "no"}
            work.settings.put({**settings, **profile.as_settings()})
            work.audit("store.made", fields=tuple(profile.as_settings()))
            work.commit()
    except BaseException:
        # Else the store would stay locked to whoever tries once more.
        vault.close()
        raise
    return NewStore(session, recovery_key.text(), _sheet(session, recovery_key, profile, now))


def make_way_to(folder: Path) -> None:
    """Make the folders above a new store; raises ``FolderNotWritable``."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise FolderNotWritable(place=str(folder)) from None


def _sheet(session: Session, key: RecoveryKey, profile: Profile, now: datetime) -> bytes:
    *groups, check = key.text().split("-")
    return render_recovery_sheet(
        groups,
        check,
        municipality=profile.municipality,
        made_on=now.date(),
        store_mark=session.vault.vault_id[:8],
        texts=session.library.texts,
    )


def challenge(recovery_key: str) -> tuple[int, ...]:
    """Return which groups, counted from 1, must be typed back from the sheet: early, late and the check group."""
    count = len(recovery_key.split("-"))
    seed = sum(recovery_key.encode())
    first, second = 1 + seed % (count // 2), count // 2 + 1 + seed % (count // 2 - 1)
    return tuple(sorted({first, second, count}))[:_GROUPS_TO_TYPE_BACK]


def challenge_met(recovery_key: str, typed: Sequence[str]) -> bool:
    """Tell whether the groups asked for by ``challenge`` were typed back right, whatever the case."""
    groups = recovery_key.split("-")
    wanted = [groups[number - 1] for number in challenge(recovery_key)]
    return [_as_printed(text) for text in typed] == wanted


def _as_printed(text: str) -> str:
    return text.strip().upper().replace("I", "1").replace("L", "1").replace("O", "0")


def draft_recovery_sheet(session: Session, current: str) -> RecoverySheet:
    """Return a new recovery sheet that opens nothing yet. Raises ``WrongPassphrase``; the old sheet stands."""
    session.vault.prove(secret_from(current))
    with session.reading() as read:
        profile = profile_from_settings(read.settings.all())
    key = RecoveryKey.new()
    return RecoverySheet(key.text(), _sheet(session, key, profile, session.clock()))


def adopt_recovery_sheet(
    session: Session, current: str, recovery_key: str, *, cost: KdfCost | None = None
) -> ChangeSet:
    """Let a sheet that was typed back open the store instead of the old one. Raises ``WrongPassphrase``."""
    session.vault.replace_recovery_key(
        secret_from(current),
        RecoveryKey.parse(recovery_key),
        actor=session.actor,
        now=session.clock(),
        cost=cost,
    )
    return confirm_recovery_sheet(session)


def confirm_recovery_sheet(session: Session) -> ChangeSet:
    """Remember that the recovery sheet was typed back today."""
    mark = session.vault.key_marks().recovery_key
    with session.act() as work:
        work.recovery_holders.note_checked("sheet", mark, SHEET_NUMBER, session.today)
        work.audit("recovery.sheet_checked")
        work.commit()
    return changed(Kind.SETTING)


def unlock(library: Library, folder: Path, passphrase: str, clock: Clock) -> Session:
    """Open the store with the passphrase. Raises what ``open_vault`` raises; nothing is changed by a refusal."""
    return _opened(Session(library, open_vault(folder, Passphrase(passphrase)), clock), "store.unlocked")


def unlock_with_recovery_key(library: Library, folder: Path, typed: str, clock: Clock) -> Session:
    """Open the store with the recovery key. Raises ``RecoveryKeyMistyped`` or ``RecoveryKeyWrong``, told apart."""
    key = RecoveryKey.parse(typed)
    session = Session(library, open_vault_with_recovery_key(folder, key), clock)
    return _opened(session, "store.unlocked_with_recovery_key")


def unlock_with_cards(library: Library, folder: Path, typed: Sequence[str], clock: Clock) -> Session:
    """Open the store with two cards, as typed.

    Raises ``CardMistyped``, ``CardsOfTwoSets``, ``CardsWrong`` or ``CardsNotInUse``, told apart.
    """
    session = Session(library, open_vault_with(folder, read_cards(typed)), clock)
    return _opened(session, "store.unlocked_with_cards")


def _opened(session: Session, kind: str) -> Session:
    try:
        with session.act() as work:
            work.audit(kind)
            work.commit()
    except BaseException:
        session.vault.close()
        raise
    return session


def lock(session: Session) -> int:
    """Note the lock, empty the write-ahead log and close: at rest there is one database file.

    Returns the number of the last line of the log: whoever opens a store with a lower one has an older store.
    """
    try:
        with session.act() as work:
            work.audit("store.locked")
            work.commit()
            return work.audit_log.head()[0]
    finally:
        session.vault.close()


def set_new_passphrase(session: Session, current: str, new: str, *, cost: KdfCost | None = None) -> ChangeSet:
    """Let a new passphrase open the store; ``current`` is what opens it now, see ``passphrases.secret_from``.

    Without ``cost`` it costs what the old one did. Raises ``WrongPassphrase``, ``RecoveryKeyWrong``, ``CardsWrong``
    or ``PassphraseTooWeak``; the old one then stands.
    """
    with session.reading() as read:
        settings = read.settings.all()
    session.vault.change_passphrase(
        secret_from(current),
        Passphrase(new),
        actor=session.actor,
        now=session.clock(),
        cost=cost,
        block_list=blocked(session.library, new, profile_from_settings(settings)),
    )
    return changed(Kind.SETTING)


def store_state(session: Session) -> StoreState:
    """Return where the store lies, when its recovery sheet was checked, and whether it is for practice."""
    with session.reading() as read:
        settings = read.settings.all()
        papers = read.recovery_holders.of_mark(session.vault.key_marks().recovery_key)
    # A store of schema 1 kept the day among its settings.
    former = settings.get("recovery_checked_on")
    checked = next((paper.checked_on for paper in papers), None)
    return StoreState(
        folder=session.folder,
        recovery_checked_on=checked or (date.fromisoformat(former) if former else None),
        is_practice=is_for_practice(settings),
    )
