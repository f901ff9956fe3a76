"""Reads a backup file and believes nothing in it before it is proved. Writing and restoring stand on the same code."""

import tempfile
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from desktop_app.domain.errors import (
    BackupDamaged,
    BackupTooNew,
    DatabaseDamaged,
    DatabaseEmpty,
    DatabaseForeign,
    KeyFileDamaged,
    KeyFileTooNew,
)
from desktop_app.domain.progress import NoProgress, Progress
from desktop_app.storage import durable
from desktop_app.storage.backup_container import (
    DATA,
    KEY_FILE,
    Container,
    facts_of_bytes,
    open_container,
)
from desktop_app.storage.backup_manifest import (
    BackupKeys,
    Manifest,
    Member,
    SealedManifest,
    decode_manifest,
    unlock_data_key,
)
from desktop_app.storage.connection import Database, open_database
from desktop_app.storage.content import Content, content_of, summary_of
from desktop_app.storage.integrity import check_database, pages_and_structure_sound
from desktop_app.storage.keys import KeyFile, KeyMarks, Secret, decode_key_file, unlock
from desktop_app.storage.migrations.runner import newest_schema

NOT_CHECKED_WITHOUT_SECRET: Final = ("authenticity", "database", "rows", "audit_chain")

_SCRATCH: Final = "backup-rehearsal.part"

CHECKING: Final = "progress.backup.checking"
READING: Final = "progress.backup.reading"
COPYING: Final = "progress.backup.copying"


@dataclass(frozen=True)
class BackupReport:
    """What a backup holds. ``not_checked`` names what nobody has vouched for; empty after a full check.

    Times are ISO texts as they stand in the manifest. ``rows`` is the number of rows per table.
    ``audit_first_bad`` is not None when the chain was followed and found to have been broken already in the store.
    ``marks`` are those of the key file inside: which passphrase and which paper open it.
    """

    path: Path
    size_bytes: int
    program: str
    schema: int
    vault_id: str
    sequence: int
    made_local: str
    made_utc: str
    rows: dict[str, int]
    audit_seq: int
    audit_hash: str
    audit_first_bad: int | None
    marks: KeyMarks
    not_checked: tuple[str, ...] = field(default=())

    @property
    def made_at(self) -> datetime:
        """When it was made, in the time zone of the computer that made it."""
        return datetime.fromisoformat(self.made_local)


@dataclass(frozen=True)
class ReadBackup:
    """A backup whose frame, manifest text and key file can be read; see ``SealedManifest`` for what that means."""

    container: Container
    sealed: SealedManifest
    key_file: KeyFile

    @property
    def manifest(self) -> Manifest:
        """What the backup says about itself."""
        return self.sealed.manifest

    def report(self, path: Path, not_checked: tuple[str, ...] = ()) -> BackupReport:
        """Return what the manifest says as a report about the file at ``path``."""
        manifest = self.manifest
        return BackupReport(
            path=path,
            size_bytes=self.container.size,
            program=manifest.program,
            schema=manifest.content.schema,
            vault_id=manifest.vault_id,
            sequence=manifest.sequence,
            made_local=manifest.made_local,
            made_utc=manifest.made_utc,
            rows=manifest.content.rows,
            audit_seq=manifest.content.audit_seq,
            audit_hash=manifest.content.audit_hash,
            audit_first_bad=None,
            marks=self.key_file.marks(),
            not_checked=not_checked,
        )


def read_backup(path: Path) -> ReadBackup:
    """Read all but the database. Raises SourceNotReadable, BackupForeign, BackupDamaged or BackupTooNew."""
    container = open_container(path)
    sealed = decode_manifest(container.manifest)
    if sealed.manifest.content.schema > newest_schema():
        raise BackupTooNew(schema=sealed.manifest.content.schema, known=newest_schema())
    _require_same(KEY_FILE, facts_of_bytes(container.key_file).sha256, sealed.manifest.key_file)
    _require_size(container, sealed.manifest.data)
    try:
        return ReadBackup(container, sealed, decode_key_file(container.key_file))
    except KeyFileDamaged as error:
        raise BackupDamaged(member=KEY_FILE) from error
    except KeyFileTooNew as error:
        raise BackupTooNew from error


def inspect_backup(path: Path, *, progress: Progress | None = None) -> BackupReport:
    """Check a backup without any secret: frame, checksums, and that the list fits the members.

    That finds damage, not forgery, and says nothing of the database inside; the report's ``not_checked`` says so.
    Raises as ``read_backup``.
    """
    backup = read_backup(path)
    facts = backup.container.data_facts(told_by(progress, READING))
    _require_same(DATA, facts.sha256, backup.manifest.data)
    return backup.report(path, NOT_CHECKED_WITHOUT_SECRET)


def verify_backup(
    path: Path, secret: Secret, *, progress: Progress | None = None, scratch: Path | None = None
) -> BackupReport:
    """Prove that a backup opens with ``secret`` and holds exactly what it held when it was made.

    The database is copied, encrypted as it is, into ``scratch`` (a store's folder, else the system's for temporary
    files) and removed again. Raises WrongPassphrase or RecoveryKeyWrong, and as ``read_backup``.
    """
    backup = read_backup(path)
    keys = BackupKeys.of(unlock(backup.key_file, secret))
    with _scratch_file(scratch) as extracted:
        proved = prove(backup, keys, extracted, progress)
    return replace(backup.report(path), audit_first_bad=proved.content.audit_first_bad)


@contextmanager
def _scratch_file(folder: Path | None) -> Generator[Path]:
    if folder is None:
        with tempfile.TemporaryDirectory(prefix="utvag-") as passing:
            yield Path(passing) / DATA
        return
    # A kill leaves it lying; the next opening of the store takes away what is called .part.
    file = folder / _SCRATCH
    leftovers = (file, file.with_name(file.name + "-journal"))
    durable.remove_quietly(*leftovers)
    try:
        yield file
    finally:
        durable.remove_quietly(*leftovers)


@dataclass(frozen=True)
class Proved:
    """A backup's own key, and what was found in its database by reading all of it."""

    key: bytes
    content: Content


def prove_written(path: Path, keys: BackupKeys, copy: Path, progress: Progress | None) -> BackupReport:
    """Read a backup just written back from its medium, and prove it; ``copy`` is the database it was made of.

    What the medium gives back must be, byte for byte, what ``copy`` holds (by the checksum taken when it was
    written), so the database can be opened and checked where it lies, with the key that the backup itself gives out.
    Raises BackupDamaged, BackupForeign, SourceNotReadable or MediumFailed.
    """
    backup = read_backup(path)
    backup.sealed.require_authentic(keys)
    key = unlock_data_key(backup.manifest, keys)
    facts = backup.container.data_facts(told_by(progress, READING))
    _require_same(DATA, facts.sha256, backup.manifest.data)
    told = told_by(progress, CHECKING)
    with _opened(copy, key) as database:
        told(0, 2)
        if not pages_and_structure_sound(database):
            raise BackupDamaged(member=DATA)
        told(1, 2)
        if summary_of(database) != backup.manifest.content:
            raise BackupDamaged(member=DATA)
        told(2, 2)
    return backup.report(path)


def prove(backup: ReadBackup, keys: BackupKeys, extracted: Path, progress: Progress | None) -> Proved:
    """Extract a backup's database to ``extracted``, and prove all of it: pages, structure, references, rows, chain.

    The file is left for the caller to use and remove. Raises BackupDamaged, FolderNotWritable or DiskFull.
    """
    backup.sealed.require_authentic(keys)
    key = unlock_data_key(backup.manifest, keys)
    with durable.writing_in(extracted.parent), extracted.open("xb") as out:
        facts = backup.container.data_facts(told_by(progress, READING), out)
        out.flush()
        durable.sync(out.fileno())
    _require_same(DATA, facts.sha256, backup.manifest.data)
    with _opened(extracted, key) as database:
        return Proved(key, require_content(database, backup.manifest, progress))


def require_content(database: Database, manifest: Manifest, progress: Progress | None) -> Content:
    """Read all of a database, and return what it holds.

    Raises BackupDamaged unless it is sound and holds what the manifest says, the audit chain followed to its end.
    """
    told = told_by(progress, CHECKING)
    told(0, 2)
    if not check_database(database).sound:
        raise BackupDamaged(member=DATA)
    told(1, 2)
    content = content_of(database)
    # Of a chain that was broken in the store format 1 listed the last whole line, format 2 the last of all.
    if manifest.content not in (content.summary, summary_of(database)):
        raise BackupDamaged(member=DATA)
    told(2, 2)
    return content


@contextmanager
def _opened(path: Path, key: bytes) -> Generator[Database]:
    try:
        database = open_database(path, key, journal="DELETE")
        try:
            yield database
        finally:
            database.close()
    except (DatabaseDamaged, DatabaseEmpty, DatabaseForeign) as error:
        raise BackupDamaged(member=DATA) from error


def _require_same(member: str, sha256: str, listed: Member) -> None:
    if sha256 != listed.sha256:
        raise BackupDamaged(member=member)


def _require_size(container: Container, listed: Member) -> None:
    if container.data_size != listed.size:
        raise BackupDamaged(member=DATA)


def told_by(progress: Progress | None, text_key: str) -> Callable[[int, int], None]:
    """Return what the steps of one stretch are told to."""
    receiver = progress or NoProgress()
    return lambda done, total: receiver.step(done, total, text_key)
