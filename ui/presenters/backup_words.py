"""What is said of backups: the state in one sentence, what opens a copy, where it is. No Qt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from desktop_app.domain.errors import (
    AppError,
    CardMistyped,
    CardsNotInUse,
    CardsOfTwoSets,
    CardsWrong,
    RecoveryKeyMistyped,
    RecoveryKeyWrong,
    WrongPassphrase,
)
from desktop_app.services.messages import message_for
from ui.presenters.days import when

if TYPE_CHECKING:
    from desktop_app.domain.texts import Texts
    from desktop_app.services.backups import BackupState, BackupView, Medium, Rehearsal, RestoreView

GOOD, REMIND, URGENT = "good", "remind", "urgent"
GROUNDS = {GOOD: "card", REMIND: "waiting", URGENT: "danger"}
"""The ground of what tells the state; the icon and the words say the same."""

ICONS = {GOOD: ("done", "accent"), REMIND: ("attention", "waiting"), URGENT: ("attention", "danger")}

ABOUT_SECRET = (
    WrongPassphrase,
    RecoveryKeyMistyped,
    RecoveryKeyWrong,
    CardMistyped,
    CardsNotInUse,
    CardsOfTwoSets,
    CardsWrong,
)
"""Errors that are mended in the field where a secret is typed."""

KINDS: Mapping[str, tuple[str, ...]] = {
    "cases": ("client_case",),
    "forms": ("form_response",),
    "answers": ("answer", "answer_row", "answer_revision"),
    "documents": ("issued_document",),
    "log": ("audit_event",),
}
"""What people call the tables of the store; all that is not named here is *other*."""

OTHER = "other"


@dataclass(frozen=True, slots=True)
class StateWords:
    """The state of the backups: how grave, the newest copy, what there is to know, and its one button."""

    level: str
    newest: str
    reasons: tuple[str, ...]
    act: str
    button: str


@dataclass(frozen=True, slots=True)
class KindRow:
    """One kind of thing in a comparison: what one side holds, what the other does."""

    words: str
    left: int
    right: int

    @property
    def is_equal(self) -> bool:
        """Whether both sides hold as many."""
        return self.left == self.right


def state_words(state: BackupState, now: datetime, texts: Texts) -> StateWords:
    """Return what stands at the top of the page of copies."""
    newest = state.newest
    moment = texts.get("window.backups.none") if newest is None else copy_words(newest, now, texts)
    reasons = tuple(texts.get(reason.text_key, **reason.params) for reason in state.reasons)
    act = act_of(state)
    return StateWords(state.level.value, moment, reasons, act, texts.get(f"window.backups.acts.{act}"))


def act_of(state: BackupState) -> str:
    """Return what the one button does: it answers the gravest reason."""
    if not state.media:
        return "add_medium"
    reason = state.text_key.rpartition(".")[2]
    return {"rehearsal_due": "rehearse", "same_disk": "add_medium"}.get(reason, "make")


def copy_words(view: BackupView, now: datetime, texts: Texts) -> str:
    """Return when a copy was made, and on what."""
    return texts.get("window.backups.copy", when=when(view.made_at, now, texts), place=medium_name(view))


def medium_name(view: BackupView) -> str:
    """Return what the medium of a copy is called: its own name, or the folder's where it has none."""
    return view.medium_name or view.path.parent.name or str(view.path.parent)


def status_words(state: BackupState, now: datetime, texts: Texts) -> str:
    """Return what the bottom line says of the copies; it grows as they age."""
    if state.newest is None:
        return texts.get("window.status.no_copy")
    copy = texts.get("window.status.copy", copy=copy_words(state.newest, now, texts))
    key = f"window.status.reasons.{state.text_key.rpartition('.')[2]}"
    return f"{texts.get(key, **state.params)} {copy}" if texts.has(key) else copy


def seen_words(medium: Medium, now: datetime, texts: Texts) -> str:
    """Return whether a medium is there now, else when it last was."""
    if medium.is_present:
        return texts.get("window.backups.media.present")
    if medium.seen_at is None:
        return texts.get("window.backups.media.never_seen")
    return texts.get("window.backups.media.seen", when=when(medium.seen_at, now, texts))


def copy_moment(newest: BackupView | None, now: datetime, texts: Texts) -> str:
    """Return when the newest copy on a medium was made."""
    if newest is None:
        return texts.get("window.backups.media.no_copy")
    return texts.get("window.backups.media.newest", when=when(newest.made_at, now, texts))


def opening_words(view: BackupView, texts: Texts) -> str:
    """Return what opens a copy, said with the days the person knows it by."""
    key = f"window.backups.opening.{view.opens_with.value}"
    until = view.passphrase_to
    if until is not None and texts.has(f"{key}_until"):
        return texts.get(f"{key}_until", day=until.isoformat())
    return texts.get(key)


def there_words(view: BackupView, texts: Texts) -> str:
    """Return whether the file of a copy is where it was put."""
    if view.removed_at is not None:
        return texts.get("window.backups.there.removed", day=f"{view.removed_at:%Y-%m-%d}")
    if view.is_damaged:
        return texts.get("window.backups.there.damaged")
    known = {True: "yes", False: "missing", None: "absent"}[view.is_there]
    return texts.get(f"window.backups.there.{known}")


def rehearsed_words(state: BackupState, today: date, texts: Texts) -> str:
    """Return when a copy was last read back by hand."""
    if state.rehearsed_on is None:
        return texts.get("window.backups.rehearsal.never")
    days = (today - state.rehearsed_on).days
    day = state.rehearsed_on.isoformat()
    if days <= 0:
        return texts.get("window.backups.rehearsal.today")
    key = "one_day" if days == 1 else "days"
    return texts.get(f"window.backups.rehearsal.{key}", days=days, day=day)


def newest_on(name: str, known: Iterable[BackupView]) -> BackupView | None:
    """Return the newest copy on the medium of a name that has not been removed."""
    there = (view for view in known if view.medium_name == name and view.removed_at is None)
    return max(there, key=lambda view: view.sequence, default=None)


def next_medium(media: Sequence[Medium], known: Sequence[BackupView]) -> Medium | None:
    """Return the medium the next copy goes to: of those that are there, the one whose copy is oldest."""

    def age(medium: Medium) -> int:
        newest = newest_on(medium.name, known)
        return newest.sequence if newest is not None else -1

    return min((medium for medium in media if medium.is_present), key=age, default=None)


def goes_to_words(media: Sequence[Medium], medium: Medium | None, texts: Texts) -> str:
    """Return where the next copy goes, or which medium must be put in first."""
    if medium is not None:
        return texts.get("window.backups.goes_to", name=medium.name)
    names = f" {texts.get('window.backups.insert_or')} ".join(each.name for each in media)
    return texts.get("window.backups.insert", names=names) if names else ""


def medium_faults(medium: Medium, texts: Texts) -> tuple[str, ...]:
    """Return what speaks against a medium: it lies on the store's own disk, or the last copy to it failed."""
    found: list[str] = []
    if medium.on_store_disk:
        found.append(texts.get("window.backups.media.same_disk"))
    if medium.failed_at is not None:
        why = f"errors.{medium.failed_code}.happened"
        words = texts.get(why, place=medium.place) if texts.has(why) else ""
        moment = f"{medium.failed_at:%Y-%m-%d %H:%M}"
        found.append(texts.get("window.backups.media.failed", when=moment, why=words).strip())
    return tuple(found)


def compared(left: Mapping[str, int], right: Mapping[str, int], texts: Texts) -> tuple[KindRow, ...]:
    """Return two counts of rows side by side, by the kinds people know."""
    named = {table: kind for kind, tables in KINDS.items() for table in tables}
    sums: dict[str, list[int]] = {kind: [0, 0] for kind in (*KINDS, OTHER)}
    for side, counts in enumerate((left, right)):
        for table, count in counts.items():
            sums[named.get(table, OTHER)][side] += count
    return tuple(
        KindRow(texts.get(f"window.backups.kinds.{kind}"), one, other) for kind, (one, other) in sums.items()
    )


def is_about_secret(error: AppError) -> bool:
    """Tell whether an error is mended by typing the secret again."""
    return isinstance(error, ABOUT_SECRET)


def about_paper(error: AppError, mode: str) -> AppError:
    """Return the error as whoever typed a paper understands it: what is no recovery key was read as a passphrase."""
    return RecoveryKeyMistyped() if mode == "paper" and isinstance(error, WrongPassphrase) else error


def restore_refusal(error: AppError, made_at: datetime | None, texts: Texts) -> str:
    """Return why a copy does not open, with the day whose secret it asks for."""
    message = message_for(error, texts)
    lines = [message.happened]
    kind = {WrongPassphrase: "passphrase", RecoveryKeyWrong: "paper", CardsWrong: "cards"}.get(type(error))
    if kind is not None and made_at is not None:
        lines.append(texts.get(f"window.first_run.restore.older_{kind}", day=f"{made_at:%Y-%m-%d}"))
    else:
        lines.append(message.do)
    return " ".join(lines)


def restored_rows(view: RestoreView, texts: Texts) -> tuple[KindRow, ...]:
    """Return what the copy promised beside what was found in the restored store."""
    return compared(view.comparison.promised, view.comparison.found, texts)


def rehearsed_rows(rehearsal: Rehearsal, texts: Texts) -> tuple[KindRow, ...]:
    """Return what the copy holds beside what the store holds now."""
    return compared(rehearsal.view.counts, rehearsal.now, texts)


def rehearsal_lines(rehearsal: Rehearsal, opened_with: str, texts: Texts) -> tuple[str, ...]:
    """Return the answer of a rehearsal: a heading, and what it means."""
    area = "window.backups.rehearse"
    if not rehearsal.is_whole:
        return texts.get(f"{area}.bad_title"), texts.get(f"{area}.bad")
    what = texts.get(f"{area}.what.{opened_with}")
    as_now = "older" if rehearsal.differences else "same"
    good = texts.get(f"{area}.good", what=what)
    return texts.get(f"{area}.good_title"), good, texts.get(f"{area}.{as_now}")


def copy_line(view: BackupView, now: datetime, texts: Texts) -> str:
    """Return one copy in a line: when, on what, and its number."""
    moment, medium = when(view.made_at, now, texts), medium_name(view)
    return texts.get("window.backups.rehearse.copy_line", when=moment, medium=medium, number=view.sequence)
