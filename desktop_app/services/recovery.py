"""What opens the store, who holds the papers that do, and the answer to "somebody may have the key"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from desktop_app.domain.changes import ChangeSet, Kind, changed
from desktop_app.domain.errors import (
    AppError,
    CardMistyped,
    CardsNotInUse,
    CardsOfTwoSets,
    CardsWrong,
    RecoveryKeyMistyped,
    RecoveryKeyWrong,
)
from desktop_app.domain.profile import profile_from_settings
from desktop_app.domain.progress import Progress
from desktop_app.services.known_backups import to_destroy
from desktop_app.services.passphrases import blocked, secret_from
from desktop_app.services.recovery_cards import (
    Card,
    CardDraft,
    card_challenge,
    card_challenge_met,
    card_sheet,
    draft_cards,
)
from desktop_app.services.session import Session
from desktop_app.services.vault import confirm_recovery_sheet, set_new_passphrase
from desktop_app.storage.card_shares import (
    CARDS,
    combine_cards,
    read_card,
    read_cards,
)
from desktop_app.storage.key_era_store import EraKind
from desktop_app.storage.keys import KeyMarks, Passphrase, RecoveryKey
from desktop_app.storage.recovery_holder_store import SHEET_NUMBER, PaperKind, RecoveryHolder
from desktop_app.storage.unit_of_work import Reading

__all__ = [
    "Card",
    "CardDraft",
    "CopyToDestroy",
    "DataKeyReplaced",
    "Holder",
    "KeysView",
    "PaperChecked",
    "PaperKind",
    "PaperVerdict",
    "adopt_cards",
    "card_challenge",
    "card_challenge_met",
    "card_sheet",
    "change_passphrase",
    "check_cards",
    "check_sheet",
    "draft_cards",
    "keys_view",
    "note_holder",
    "replace_data_key",
    "withdraw_cards",
]


class PaperVerdict(StrEnum):
    """The three answers about a paper that was typed in."""

    RIGHT = "right"
    OTHER_STORE = "other_store"
    """Whole and well read, but it does not open this store: another store's, or one that has been replaced."""
    NOT_VALID = "not_valid"
    """Wrongly typed: what was typed is no recovery key and no card."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds the recovery sheet (``card_number`` 0) or one of the cards; texts are empty until noted."""

    holder_id: str
    kind: PaperKind
    card_number: int
    holder: str
    place: str
    handed_on: date | None
    checked_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeysView:
    """What opens the store, since when, who holds it on paper, and what one try at it costs.

    ``cards`` is empty, or one for each card in the order of their numbers.
    """

    passphrase_since: date | None
    sheet_since: date | None
    cards_since: date | None
    sheet: Holder | None
    cards: tuple[Holder, ...]
    rehearsal_due_on: date
    rehearsal_overdue: bool
    memory_mib: int
    passes: int
    data_key_number: int


@dataclass(frozen=True, slots=True)
class PaperChecked:
    """The answer about a paper, and for all but ``RIGHT`` the error that says it in words."""

    verdict: PaperVerdict
    changes: ChangeSet | None = None
    error: AppError | None = None


@dataclass(frozen=True, slots=True)
class CopyToDestroy:
    """A backup that the older key opens."""

    path: Path
    made_at: datetime
    medium: str


@dataclass(frozen=True, slots=True)
class DataKeyReplaced:
    """The new data key counts; ``to_destroy`` is what an older one still opens."""

    changes: ChangeSet
    to_destroy: tuple[CopyToDestroy, ...]


def keys_view(session: Session) -> KeysView:
    """Return what opens the store, as one looks at it in the window."""
    marks, cost = session.vault.key_marks(), session.vault.kdf_cost()
    with session.reading() as read:
        since = {kind: _since(read, kind, mark) for kind, mark in _eras(marks)}
        sheet = next((_view(paper) for paper in read.recovery_holders.of_mark(marks.recovery_key)), None)
        cards = _cards(read.recovery_holders.of_mark(marks.cards)) if marks.cards else ()
    due = _rehearsal_due(
        session.today,
        since["recovery_key"],
        sheet.checked_on if sheet else None,
        since["cards"] if cards else None,
        [card.checked_on for card in cards],
    )
    return KeysView(
        passphrase_since=since["passphrase"],
        sheet_since=since["recovery_key"],
        cards_since=since["cards"],
        sheet=sheet,
        cards=cards,
        rehearsal_due_on=due,
        rehearsal_overdue=due < session.today,
        memory_mib=cost.memory_kib // 1024,
        passes=cost.passes,
        data_key_number=int(marks.data_key),
    )


def note_holder(
    session: Session, kind: PaperKind, card_number: int, holder: str, place: str, handed_on: date | None
) -> ChangeSet:
    """Note who holds the present sheet (``card_number`` 0) or card, over what was noted before.

    Raises ``CardsNotInUse`` for a card of a store that has none.
    """
    marks = session.vault.key_marks()
    mark = marks.recovery_key if kind == "sheet" else marks.cards
    if not mark:
        raise CardsNotInUse
    if not _is_number_of(kind, card_number):
        raise ValueError("no such card")
    with session.act() as work:
        holder_id = work.recovery_holders.note(
            kind, mark, card_number, holder=holder.strip(), place=place.strip(), handed_on=handed_on
        )
        fields = ("holder", "place", "handed_on")
        work.audit("recovery.holder_noted", entity="recovery_holder", entity_id=holder_id, fields=fields)
        work.commit()
    return changed(Kind.SETTING)


def check_sheet(session: Session, typed: str) -> PaperChecked:
    """Tell whether a recovery key typed from the sheet opens this store; a right answer is noted."""
    try:
        session.vault.prove(RecoveryKey.parse(typed))
    except RecoveryKeyMistyped as error:
        return PaperChecked(PaperVerdict.NOT_VALID, error=error)
    except RecoveryKeyWrong as error:
        return PaperChecked(PaperVerdict.OTHER_STORE, error=error)
    return PaperChecked(PaperVerdict.RIGHT, confirm_recovery_sheet(session))


def check_cards(session: Session, typed: Sequence[str]) -> PaperChecked:
    """Tell whether two cards open this store; a right answer is noted on both. Raises ``CardsNotInUse``."""
    try:
        cards = [read_card(text, which) for which, text in enumerate(typed, start=1)]
        session.vault.prove(combine_cards(cards))
    except CardMistyped as error:
        return PaperChecked(PaperVerdict.NOT_VALID, error=error)
    except (CardsOfTwoSets, CardsWrong) as error:
        return PaperChecked(PaperVerdict.OTHER_STORE, error=error)
    mark = session.vault.key_marks().cards
    with session.act() as work:
        for card in cards:
            work.recovery_holders.note_checked("card", mark, card.number, session.today)
        work.audit("recovery.cards_checked", fields=tuple(f"card_{card.number}" for card in cards))
        work.commit()
    return PaperChecked(PaperVerdict.RIGHT, changed(Kind.SETTING))


def adopt_cards(session: Session, current: str, draft: CardDraft) -> ChangeSet:
    """Let two of these cards open the store, instead of any older ones. Raises ``WrongPassphrase``.

    Each card has been typed back (``card_challenge``), so each counts as checked today.
    """
    secret = read_cards([" ".join(card.words) for card in draft.cards[:2]])
    session.vault.replace_cards(secret_from(current), secret, actor=session.actor, now=session.clock())
    mark = session.vault.key_marks().cards
    with session.act() as work:
        for card in draft.cards:
            work.recovery_holders.note_checked("card", mark, card.number, session.today)
        work.audit("recovery.cards_checked", fields=tuple(f"card_{card.number}" for card in draft.cards))
        work.commit()
    return changed(Kind.SETTING)


def withdraw_cards(session: Session, current: str) -> ChangeSet:
    """Let no cards open the store any more; older backups still open with them. Raises ``WrongPassphrase``."""
    session.vault.withdraw_cards(secret_from(current), actor=session.actor, now=session.clock())
    return changed(Kind.SETTING)


def change_passphrase(session: Session, current: str, new: str) -> ChangeSet:
    """Let a new passphrase open the store; see ``services.vault.set_new_passphrase``."""
    return set_new_passphrase(session, current, new)


def replace_data_key(
    session: Session, current: str, new_passphrase: str, recovery_key: str, progress: Progress | None = None
) -> DataKeyReplaced:
    """Give the store a new data key, so that whoever has the old one can open nothing written from now on.

    ``recovery_key`` is one drafted by ``vault.draft_recovery_sheet`` and typed back. Cards fall away. Raises
    ``WrongPassphrase``, ``PassphraseTooWeak``, ``DiskFull``, ``FolderNotWritable``, ``DatabaseDamaged`` or
    ``Cancelled``; the old key then stands, with every row.
    """
    with session.reading() as read:
        profile = profile_from_settings(read.settings.all())
    session.vault.replace_data_key(
        secret_from(current),
        Passphrase(new_passphrase),
        RecoveryKey.parse(recovery_key),
        actor=session.actor,
        now=session.clock(),
        block_list=blocked(session.library, new_passphrase, profile),
        progress=progress,
    )
    older = tuple(CopyToDestroy(copy.path, copy.made_at, copy.medium_name) for copy in to_destroy(session))
    return DataKeyReplaced(changed(Kind.SETTING, Kind.BACKUP), older)


def _eras(marks: KeyMarks) -> tuple[tuple[EraKind, str], ...]:
    return (("passphrase", marks.passphrase), ("recovery_key", marks.recovery_key), ("cards", marks.cards))


_FORMER_ACTS: dict[EraKind, str] = {
    "passphrase": "vault.passphrase_changed",
    "recovery_key": "vault.recovery_key_replaced",
}


def _since(read: Reading, kind: EraKind, mark: str) -> date | None:
    era = read.key_eras.find(kind, mark) if mark else None
    if era is not None:
        return era.began_at.astimezone().date()
    if kind not in _FORMER_ACTS:
        return None
    # A store of schema 1 has no eras, but its log has the act.
    act = read.audit_log.newest_of_kind(_FORMER_ACTS[kind]) or read.audit_log.newest_of_kind("vault.created")
    return None if act is None else act.event.at.astimezone().date()


def _view(paper: RecoveryHolder) -> Holder:
    return Holder(
        paper.holder_id,
        paper.kind,
        paper.card_number,
        paper.holder,
        paper.place,
        paper.handed_on,
        paper.checked_on,
    )


def _cards(papers: list[RecoveryHolder]) -> tuple[Holder, ...]:
    noted = {paper.card_number: _view(paper) for paper in papers}
    empty = (Holder("", "card", number, "", "", None, None) for number in range(1, CARDS + 1))
    return tuple(noted.get(card.card_number, card) for card in empty)


def _rehearsal_due(
    today: date,
    sheet_since: date | None,
    sheet_checked: date | None,
    cards_since: date | None,
    cards_checked: Sequence[date | None],
) -> date:
    """Return the day a year after the sheet, or a pair of cards, was last typed in: the earlier of the two."""
    days = [sheet_checked or sheet_since or today]
    if cards_since is not None:
        days.append(max((day for day in cards_checked if day is not None), default=cards_since))
    return min(_a_year_after(day) for day in days)


def _a_year_after(day: date) -> date:
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1, day=28 if is_leap_day else day.day)


def _is_number_of(kind: PaperKind, number: int) -> bool:
    return number == SHEET_NUMBER if kind == "sheet" else 1 <= number <= CARDS
