"""Rehearsal: a person opens a copy with what they would open it with the day it is needed, and gets a receipt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from desktop_app.domain.changes import ChangeSet, Kind, changed
from desktop_app.domain.errors import BackupDamaged, BackupOfOtherStore
from desktop_app.domain.profile import profile_from_settings
from desktop_app.domain.progress import Progress
from desktop_app.printing.rehearsal_receipt import Receipt, render_rehearsal_receipt
from desktop_app.services.backup_views import BackupView, TableRows, side_by_side
from desktop_app.services.known_backups import known
from desktop_app.services.passphrases import secret_from
from desktop_app.services.session import Session
from desktop_app.storage.backup_file import BackupReport, verify_backup
from desktop_app.storage.backup_names import sequence_of
from desktop_app.storage.backup_reading import read_backup
from desktop_app.storage.backup_rehearsal_store import BackupRehearsal, OpenedWith
from desktop_app.storage.known_backup_store import KnownBackup
from desktop_app.storage.unit_of_work import UnitOfWork
from desktop_app.storage.unlock_secrets import Passphrase, RecoveryKey, Secret


class RehearsalOutcome(StrEnum):
    """How it went."""

    WHOLE = "whole"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """``differences`` are the tables that hold another number of rows in the copy (left) than in the store now (right).

    Those are what has been written, or taken away, since the copy was made; they say nothing against it.
    """

    outcome: RehearsalOutcome
    view: BackupView
    now: Mapping[str, int]
    differences: tuple[TableRows, ...]
    receipt: bytes
    file_name: str
    changes: ChangeSet

    @property
    def is_whole(self) -> bool:
        """Whether the copy could be restored."""
        return self.outcome is RehearsalOutcome.WHOLE


@dataclass(frozen=True, slots=True, kw_only=True)
class PastRehearsal:
    """A rehearsal that was made: when, which copy, on which medium, opened with what, and how it went."""

    rehearsal_id: str
    at: datetime
    sequence: int
    medium_name: str
    opened_with: OpenedWith
    outcome: RehearsalOutcome
    file_name: str

    @property
    def is_whole(self) -> bool:
        """Whether the copy could be restored."""
        return self.outcome is RehearsalOutcome.WHOLE


def rehearse(
    session: Session, path: Path, typed: str | Sequence[str], progress: Progress | None = None
) -> Rehearsal:
    """Open a copy of this store with a secret typed now, read all of it, compare, and keep a dated receipt.

    ``typed`` is the passphrase, the recovery key, or two cards (on two lines, or as two texts). The copy is unpacked
    into the store's own folder, encrypted as it is, and taken away again. A damaged copy is an outcome, with a
    receipt; a wrong secret is not: raises WrongPassphrase, RecoveryKeyWrong, CardsWrong, CardMistyped,
    BackupOfOtherStore, BackupForeign, BackupTooNew, SourceNotReadable, DiskFull or Cancelled.
    """
    secret = secret_from(typed if isinstance(typed, str) else "\n".join(typed))
    view = next((view for view in known(session) if view.path == path), None)
    try:
        if read_backup(path).manifest.vault_id != session.vault.vault_id:
            raise BackupOfOtherStore
        report = verify_backup(path, secret, progress=progress, scratch=session.folder)
    except BackupDamaged:
        return _told(session, RehearsalOutcome.DAMAGED, path, view, None, secret)
    return _told(session, RehearsalOutcome.WHOLE, path, view, report, secret)


def rehearsals(session: Session) -> tuple[PastRehearsal, ...]:
    """Return the rehearsals that were made, the newest first, with the moments that stand on their receipts."""
    zone = session.clock().tzinfo
    with session.reading() as stores:
        return tuple(
            PastRehearsal(
                rehearsal_id=each.rehearsal_id,
                at=each.at.astimezone(zone),
                sequence=each.sequence,
                medium_name=each.medium,
                opened_with=each.opened_with,
                outcome=RehearsalOutcome(each.outcome),
                file_name=_file_name(each.at.astimezone(zone), each.sequence),
            )
            for each in stores.rehearsals.all()
        )


def rehearsal_receipt(session: Session, rehearsal_id: str) -> bytes:
    """Return the receipt of a rehearsal as it was given; ``KeyError`` for one that does not exist."""
    with session.reading() as stores:
        receipt = stores.rehearsals.receipt(rehearsal_id)
    if receipt is None:
        raise KeyError(rehearsal_id)
    return receipt


def _told(
    session: Session,
    outcome: RehearsalOutcome,
    path: Path,
    view: BackupView | None,
    report: BackupReport | None,
    secret: Secret,
) -> Rehearsal:
    """Compare with the store as it is now, make the receipt, and write all of it down in one act."""
    with session.reading() as stores:
        now = stores.row_counts()
        profile = profile_from_settings(stores.settings.all())
        rehearsal_id = f"{stores.audit_log.head()[0] + 1:012d}"
    view = _seen(path, view, report)
    rehearsal = BackupRehearsal(
        rehearsal_id=rehearsal_id,
        at=session.clock(),
        sequence=view.sequence,
        medium=view.medium_name,
        opened_with=_kind_of(secret),
        outcome=outcome.value,
    )
    receipt = render_rehearsal_receipt(
        _on_paper(rehearsal, view, report, now, store_mark=session.vault.vault_id[:8]),
        municipality=profile.municipality,
        caseworker=profile.caseworker,
        texts=session.library.texts,
    )
    with session.act() as work:
        work.rehearsals.add(rehearsal, receipt)
        _remember(work, view, report)
        work.audit("backup.rehearsed", entity="backup", entity_id=str(view.sequence), fields=(outcome.value,))
        work.commit()
    compared = side_by_side(view.counts, now) if report else ()
    return Rehearsal(
        outcome=outcome,
        view=view,
        now=now,
        differences=tuple(row for row in compared if not row.is_equal),
        receipt=receipt,
        file_name=_file_name(rehearsal.at, view.sequence),
        changes=changed(Kind.BACKUP),
    )


def _on_paper(
    rehearsal: BackupRehearsal,
    view: BackupView,
    report: BackupReport | None,
    now: Mapping[str, int],
    *,
    store_mark: str,
) -> Receipt:
    """Return what the receipt says; a copy that could not be read through is not compared with anything."""
    return Receipt(
        outcome=rehearsal.outcome,
        at=rehearsal.at,
        number=rehearsal.sequence,
        made_at=view.made_at,
        medium=rehearsal.medium,
        store_mark=store_mark,
        opened_with=rehearsal.opened_with,
        in_copy=report.rows if report else {},
        now=now if report else {},
        log_lines=report.audit_seq if report else 0,
        log_whole=report is not None and report.audit_first_bad is None,
    )


def _seen(path: Path, view: BackupView | None, report: BackupReport | None) -> BackupView:
    """Return the copy as it is known, or, of one that is not, as it says itself (by its name if it says nothing)."""
    if report is None:
        unread = BackupView(
            path=path,
            made_at=datetime.fromtimestamp(path.stat().st_mtime).astimezone(),
            verified_at=None,
            sequence=sequence_of(path.name) or 0,
            size=path.stat().st_size,
            counts={},
            is_there=True,
        )
        return replace(view or unread, is_damaged=True)
    read = view or BackupView(
        path=path,
        made_at=report.made_at,
        verified_at=None,
        sequence=report.sequence,
        size=report.size_bytes,
        counts=report.rows,
        is_there=True,
    )
    return replace(read, counts=report.rows, is_damaged=False)


def _remember(work: UnitOfWork, view: BackupView, report: BackupReport | None) -> None:
    """Let the store know how the copy stands; one that was not known becomes known by having been read back."""
    copies = {copy.sequence: copy for copy in work.backups.all()}
    copy = copies.get(view.sequence)
    if copy is not None and copy.file_name != view.path.name:
        # Two copies bear one number: an older store was restored, and went on counting from there.
        return
    if report is None:
        if copy is not None:
            work.backups.note_damaged(view.sequence, work.now)
        return
    fresh = KnownBackup(
        sequence=report.sequence,
        place=str(view.path.parent),
        file_name=view.path.name,
        made_at=report.made_at,
        verified_at=work.now,
        size_bytes=report.size_bytes,
        medium_id=_medium_id(work, view.path.parent),
        audit_seq=report.audit_seq,
        marks=report.marks,
    )
    work.backups.put(replace(copy, verified_at=work.now) if copy else fresh)


def _medium_id(work: UnitOfWork, place: Path) -> str:
    here = (medium.medium_id for medium in work.backup_media.in_use() if medium.place == str(place))
    return next(here, "")


def _kind_of(secret: Secret) -> OpenedWith:
    if isinstance(secret, Passphrase):
        return "passphrase"
    return "recovery_key" if isinstance(secret, RecoveryKey) else "cards"


def _file_name(at: datetime, sequence: int) -> str:
    return f"provlasning-{at:%Y-%m-%d}-kopia-{sequence:04d}.pdf"
