"""Writes a backup: one encrypted file that has its final name only when it has been read back and proved.

The order is the promise. A damaged store is refused, so that damage never takes the place of good copies; the copy
is made under a key of its own; the finished file is read from the medium by the code that restores; only then is it
given its name. A kill, a full disk or a pulled stick leaves at most a ``.part`` file, which the next backup removes.
"""

from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from dataclasses import replace as changed
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from desktop_app.domain.errors import (
    BackupDamaged,
    BackupFailed,
    BackupForeign,
    BackupPlaceMissing,
    FolderNotWritable,
    MediumFailed,
    SourceNotReadable,
)
from desktop_app.domain.progress import Progress
from desktop_app.storage import durable
from desktop_app.storage.backup_container import (
    DATA_CEILING_BYTES,
    Facts,
    facts_of_bytes,
    write_container,
)
from desktop_app.storage.backup_copy import copy_store
from desktop_app.storage.backup_manifest import (
    BACKUP_FORMAT,
    BackupKeys,
    Manifest,
    Member,
    encode_manifest,
    lock_data_key,
)
from desktop_app.storage.backup_names import SUFFIX, backup_name, highest_sequence
from desktop_app.storage.backup_reading import (
    CHECKING,
    BackupReport,
    inspect_backup,
    prove_written,
    told_by,
    verify_backup,
)
from desktop_app.storage.backup_restore import restore_backup
from desktop_app.storage.content import Summary
from desktop_app.storage.keys import new_data_key
from desktop_app.storage.vault import Vault
from desktop_app.version import VERSION

__all__ = ["BackupReport", "inspect_backup", "restore_backup", "verify_backup", "write_backup"]

WRITING: Final = "progress.backup.writing"
_COPY: Final = "backup-copy.part"


def write_backup(
    vault: Vault,
    target_folder: Path,
    *,
    now: datetime,
    progress: Progress | None = None,
    actor: str = "system",
) -> BackupReport:
    """Write ``kopia-<date>-<number>.sakb`` into a folder and return its report, fully checked.

    ``now`` carries the local time zone. The number only grows, whatever the clock says. Two lines stand in the
    audit log afterwards, ``backup.started`` and ``backup.written``; of a failed backup only the first. Raises
    BackupPlaceMissing, FolderNotWritable, DiskFull, MediumFailed, DatabaseDamaged, BackupFailed or Cancelled;
    earlier backups are never opened, and nothing is left of this one.
    """
    if not target_folder.is_dir():
        raise BackupPlaceMissing(place=str(target_folder))
    told_by(progress, CHECKING)(0, 1)
    _remove_unfinished(vault, target_folder)
    sequence = _begin(vault, target_folder, actor, now)
    final = target_folder / backup_name(now, sequence)
    part = final.with_name(final.name + ".part")
    copy = vault.folder / _COPY
    with ExitStack() as stack:
        stack.enter_context(_pulled_out_told(target_folder))
        stack.callback(durable.remove_quietly, part, *_scratch(vault))
        key = new_data_key()
        held = copy_store(vault, copy, key, progress)
        _write(vault, part, copy, _Draft(key, held, sequence, now), progress)
        report = _prove(vault, part, copy, progress)
        with durable.writing_in(target_folder):
            if final.exists():
                raise BackupFailed(place=str(final))
            durable.replace(part, final)
    _end(vault, sequence, actor, now)
    return changed(report, path=final)


@dataclass(frozen=True)
class _Draft:
    """What goes into the list of a backup: its own key, what the store holds, its number and its moment."""

    key: bytes
    held: Summary
    sequence: int
    now: datetime


@contextmanager
def _pulled_out_told(folder: Path) -> Generator[None]:
    """Call it what it is when the place for backups is gone all of a sudden, whatever went wrong first."""
    try:
        yield
    except (FolderNotWritable, SourceNotReadable, BackupFailed) as error:
        if folder.is_dir():
            raise
        raise MediumFailed(place=str(folder)) from error


def _remove_unfinished(vault: Vault, target_folder: Path) -> None:
    durable.remove_quietly(*_scratch(vault))
    with durable.writing_in(target_folder):
        durable.remove_quietly(*target_folder.glob(f"kopia-*{SUFFIX}.part"))


def _scratch(vault: Vault) -> list[Path]:
    return [vault.folder / (_COPY + journal) for journal in ("", "-journal")]


def _begin(vault: Vault, target_folder: Path, actor: str, now: datetime) -> int:
    """Take the next number: higher than any taken before, also where an older store was restored."""
    with durable.writing_in(target_folder):
        seen = highest_sequence(target_folder)
    with vault.unit_of_work(actor=actor, now=now) as work:
        sequence = max(work.meta.backup_sequence, seen) + 1
        work.meta.set_backup_sequence(sequence)
        work.audit("backup.started", entity="backup", entity_id=str(sequence))
        work.commit()
    return sequence


def _end(vault: Vault, sequence: int, actor: str, now: datetime) -> None:
    with vault.unit_of_work(actor=actor, now=now) as work:
        work.audit("backup.written", entity="backup", entity_id=str(sequence))
        work.commit()


def _write(vault: Vault, part: Path, copy: Path, draft: _Draft, progress: Progress | None) -> None:
    size = copy.stat().st_size
    if size > DATA_CEILING_BYTES:
        raise BackupFailed(size=size, ceiling=DATA_CEILING_BYTES)
    durable.require_room(part.parent, size)
    keys = BackupKeys.derived_by(vault.derived_key)
    key_file = vault.key_file_bytes()
    locked_key = lock_data_key(draft.key, keys, vault.vault_id, draft.sequence)

    def manifest_for(facts: Facts) -> bytes:
        manifest = Manifest(
            format=BACKUP_FORMAT,
            program=VERSION,
            vault_id=vault.vault_id,
            sequence=draft.sequence,
            made_local=draft.now.isoformat(timespec="seconds"),
            made_utc=draft.now.astimezone(UTC).isoformat(timespec="seconds"),
            content=draft.held,
            key_file=_listed(facts_of_bytes(key_file)),
            data=_listed(facts),
            data_key=locked_key,
        )
        return encode_manifest(manifest, keys)

    with durable.writing_in(part.parent):
        write_container(part, manifest_for, key_file, copy, told_by(progress, WRITING))


def _prove(vault: Vault, part: Path, copy: Path, progress: Progress | None) -> BackupReport:
    try:
        return prove_written(part, BackupKeys.derived_by(vault.derived_key), copy, progress)
    except (BackupDamaged, BackupForeign, SourceNotReadable) as error:
        raise BackupFailed(place=str(part)) from error


def _listed(facts: Facts) -> Member:
    return Member(facts.size, facts.sha256)
