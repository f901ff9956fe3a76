"""Writes a backup: one encrypted file that has its final name only when it has been read back and proved.

The order is the promise. The store is checked first, so that damage never replaces good copies; the copy is made
under a key of its own; the finished file is read from the medium by the code that restores; only then is it given
its name. A kill, a full disk or a pulled stick leaves at most a ``.part`` file, which the next backup removes.
"""

from contextlib import ExitStack
from dataclasses import replace as changed
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from desktop_app.domain.errors import (
    BackupDamaged,
    BackupFailed,
    BackupForeign,
    BackupPlaceMissing,
    DatabaseDamaged,
    SourceNotReadable,
)
from desktop_app.domain.progress import Progress
from desktop_app.storage import durable
from desktop_app.storage.backup_container import (
    DATA_CEILING_BYTES,
    Facts,
    facts_of_bytes,
    facts_of_file,
    write_container,
)
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
    COPYING,
    BackupReport,
    inspect_backup,
    prove,
    read_backup,
    told_by,
    verify_backup,
)
from desktop_app.storage.backup_restore import restore_backup
from desktop_app.storage.connection import open_database
from desktop_app.storage.content import content_of
from desktop_app.storage.keys import new_data_key
from desktop_app.storage.vault import Vault
from desktop_app.version import VERSION

__all__ = ["BackupReport", "inspect_backup", "restore_backup", "verify_backup", "write_backup"]

WRITING: Final = "progress.backup.writing"
_COPY: Final = "backup-copy.part"
_PROOF: Final = "backup-proof.part"


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
    sound = _require_usable(vault, progress)
    _remove_unfinished(vault, target_folder)
    sequence = _begin(vault, target_folder, actor, now)
    final = target_folder / backup_name(now, sequence)
    part = final.with_name(final.name + ".part")
    copy, proof = vault.folder / _COPY, vault.folder / _PROOF
    with ExitStack() as stack:
        stack.callback(durable.remove_quietly, part, *_scratch(vault))
        key = new_data_key()
        _copy_database(vault, copy, key, progress)
        if not sound:
            vault.renew()
        report = _write(vault, part, copy, key, sequence, now, progress)
        _prove(vault, part, proof, progress)
        with durable.writing_in(target_folder):
            if final.exists():
                raise BackupFailed(place=str(final))
            durable.replace(part, final)
    _end(vault, sequence, actor, now)
    return changed(report, path=final)


def _require_usable(vault: Vault, progress: Progress | None) -> bool:
    """Return whether the store is wholly sound; raise DatabaseDamaged when what it holds is not."""
    told_by(progress, CHECKING)(0, 1)
    found = vault.check().database
    # A bad page that holds nothing is no reason to go without a backup: the copy heals it, and is proved.
    # Reading it in copying spoils the connection for writing, which must then be renewed.
    if not found.sound and not found.only_unused_pages:
        raise DatabaseDamaged(place=str(vault.folder))
    return found.sound


def _remove_unfinished(vault: Vault, target_folder: Path) -> None:
    durable.remove_quietly(*_scratch(vault))
    with durable.writing_in(target_folder):
        durable.remove_quietly(*target_folder.glob(f"kopia-*{SUFFIX}.part"))


def _scratch(vault: Vault) -> list[Path]:
    return [vault.folder / (name + journal) for name in (_COPY, _PROOF) for journal in ("", "-journal")]


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


def _write(
    vault: Vault, part: Path, copy: Path, key: bytes, sequence: int, now: datetime, progress: Progress | None
) -> BackupReport:
    facts = _facts_of_copy(copy, part.parent)
    keys = _keys_of(vault)
    key_file = vault.key_file_bytes()
    manifest = Manifest(
        format=BACKUP_FORMAT,
        program=VERSION,
        vault_id=vault.vault_id,
        sequence=sequence,
        made_local=now.isoformat(timespec="seconds"),
        made_utc=now.astimezone(UTC).isoformat(timespec="seconds"),
        content=content_of(vault.database),
        key_file=_listed(facts_of_bytes(key_file)),
        data=_listed(facts),
        data_key=lock_data_key(key, keys, vault.vault_id, sequence),
    )
    told = told_by(progress, WRITING)
    with durable.writing_in(part.parent):
        write_container(part, encode_manifest(manifest, keys), key_file, copy, facts, told)
    durable.remove_quietly(copy)
    return read_backup(part).report(part)


def _copy_database(vault: Vault, copy: Path, key: bytes, progress: Progress | None) -> None:
    size = vault.database.path.stat().st_size
    # First the copy, then beside it nothing or the file taken out again to be proved.
    durable.require_room(vault.folder, size)
    target = open_database(copy, key, create=True, journal="OFF")
    try:
        vault.database.copy_to(target, told_by(progress, COPYING))
        # A copy that remembers WAL cannot be opened from a medium that is read-only.
        target.keep_journal("DELETE")
    finally:
        target.close()


def _facts_of_copy(copy: Path, target_folder: Path) -> Facts:
    with durable.writing_in(copy.parent):
        facts = facts_of_file(copy, lambda _done, _total: None)
    if facts.size > DATA_CEILING_BYTES:
        raise BackupFailed(size=facts.size, ceiling=DATA_CEILING_BYTES)
    durable.require_room(target_folder, facts.size)
    return facts


def _prove(vault: Vault, part: Path, proof: Path, progress: Progress | None) -> None:
    try:
        prove(read_backup(part), _keys_of(vault), proof, progress)
    except (BackupDamaged, BackupForeign, SourceNotReadable) as error:
        raise BackupFailed(place=str(part)) from error


def _keys_of(vault: Vault) -> BackupKeys:
    return BackupKeys.derived_by(vault.derived_key)


def _listed(facts: Facts) -> Member:
    return Member(facts.size, facts.sha256)
