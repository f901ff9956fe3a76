"""Somebody may have the key: everything is copied into a new database under a new data key.

Two database files stand side by side for a while, and the first key file says which of them counts, since it names
the generation. So the one renaming of that file decides: killed before it, the store opens with the old secrets and
the old file; killed after it, with the new. SQLCipher's own change of key is never used: it rewrites the only copy
in place and leaves nobody knowing which key fits.
"""

import os
import re
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final, Self

from desktop_app.domain.errors import AppError, DatabaseDamaged, KeyFileDamaged, KeyFileTooNew
from desktop_app.domain.progress import NoProgress, Progress
from desktop_app.storage import durable
from desktop_app.storage.connection import Database, open_database
from desktop_app.storage.content import content_of
from desktop_app.storage.integrity import check_database
from desktop_app.storage.key_files import (
    KEY_FILE_NAMES,
    PreparedKeyFiles,
    part_of,
    prepare_key_files,
    read_key_files,
)
from desktop_app.storage.keys import (
    KdfCost,
    KeyFile,
    Passphrase,
    RecoveryKey,
    database_name,
    decode_key_file,
    make_key_file,
    new_data_key,
)
from desktop_app.storage.recovery_holder_store import SHEET_NUMBER
from desktop_app.storage.unit_of_work import UnitOfWork

COPYING: Final = "progress.data_key.copying"
CHECKING: Final = "progress.data_key.checking"

_DATABASE: Final = re.compile(r"data-(\d{1,4})\.db")
_SIDE_FILES: Final = ("", "-wal", "-journal", "-shm")


@dataclass(frozen=True)
class Successor:
    """A new data key and the key file that leads to it; nothing of it counts yet."""

    key_file: KeyFile
    data_key: bytes = field(repr=False)
    secrets: tuple[Passphrase, RecoveryKey] = field(repr=False)

    @classmethod
    def of(
        cls, former: KeyFile, folder: Path, passphrase: Passphrase, recovery_key: RecoveryKey, cost: KdfCost
    ) -> Self:
        """Draw a new data key and lock it with both new secrets. Takes two derivations."""
        data_key = new_data_key()
        generation = _next_generation(folder, former.generation)
        key_file = make_key_file(data_key, passphrase, recovery_key, cost, generation=generation)
        return cls(key_file, data_key, (passphrase, recovery_key))


def put_in_place(
    successor: Successor, source: Database, *, actor: str, now: datetime, progress: Progress | None
) -> Database:
    """Copy ``source`` under the new key, prove the copy, let it count, and return it open.

    Raises DiskFull, FolderNotWritable, MediumFailed, DatabaseDamaged or Cancelled; ``source`` then still counts and
    nothing is left of the copy.
    """
    folder = source.path.parent
    final = folder / successor.key_file.database_name
    part = part_of(final)
    _remove_database(part)
    durable.require_room(folder, source.path.stat().st_size)
    told = progress or NoProgress()
    opened: Database | None = None
    try:
        _copy(source, part, successor.data_key, told)
        _prove(source, part, successor.data_key, told)
        _sign(part, successor, actor, now)
        # The new key files stand ready before the database has its name: what a kill leaves can then be told.
        prepared = prepare_key_files(folder, successor.key_file, successor.data_key, successor.secrets)
        try:
            with durable.writing_in(folder):
                durable.replace(part, final)
            opened = open_database(final, successor.data_key)
            _decide(prepared, folder, successor.key_file)
        except BaseException:
            prepared.discard()
            raise
    except BaseException:
        if opened is not None:
            opened.close()
        _remove_database(part)
        if _named_in(folder) not in (None, successor.key_file.generation):
            _remove_database(final)
        raise
    return opened


def remove_superseded(folder: Path, key_file: KeyFile) -> None:
    """Remove databases, and snapshots of them, under data keys before this one.

    Only to be called with the key file that has opened the store. Nothing happens while a copy of the key file
    still names an older one; what cannot be removed now is removed at the next opening.
    """
    try:
        if read_key_files(folder).to_mend:
            return
        for generation in range(1, key_file.generation):
            older = folder / database_name(generation)
            _remove_database(older)
            durable.remove_quietly(*folder.glob(f"{older.stem}-before-schema-*{older.suffix}"))
    except (AppError, OSError):
        return


def remove_unfinished(folder: Path, key_file: KeyFile) -> None:
    """Remove the database of a change of data key that was killed before it counted.

    It is known by the key file that stood ready for it. A later database without one is left alone: somebody may
    have put older key files back beside it.
    """
    for name in KEY_FILE_NAMES:
        try:
            ready = decode_key_file(part_of(folder / name).read_bytes())
        except (OSError, KeyFileDamaged, KeyFileTooNew):
            continue
        if ready.generation > key_file.generation:
            _remove_database(folder / ready.database_name)


def database_names_in(folder: Path) -> list[str]:
    """Return the names of database files after the first in a folder, whether they count or not."""
    try:
        return [name for name in os.listdir(folder) if _DATABASE.fullmatch(name)]
    except OSError:
        return []


def _next_generation(folder: Path, present: int) -> int:
    found = [int(match[1]) for name in database_names_in(folder) if (match := _DATABASE.fullmatch(name))]
    return max([present, *found]) + 1


def _copy(source: Database, part: Path, data_key: bytes, progress: Progress) -> None:
    target = open_database(part, data_key, create=True, journal="OFF")
    try:
        source.copy_to(target, lambda done, total: progress.step(done, total, COPYING))
        target.keep_journal("DELETE")
    finally:
        target.close()
    with durable.writing_in(part.parent):
        durable.sync_file(part)


def _prove(source: Database, part: Path, data_key: bytes, progress: Progress) -> None:
    """Raise DatabaseDamaged unless the written file is sound and holds exactly the same."""
    copy = open_database(part, data_key, journal="DELETE")
    try:
        progress.step(0, 3, CHECKING)
        sound = check_database(copy).sound
        progress.step(1, 3, CHECKING)
        there = content_of(copy)
        progress.step(2, 3, CHECKING)
        if not sound or there != content_of(source):
            raise DatabaseDamaged(place=str(part.parent))
        progress.step(3, 3, CHECKING)
    finally:
        copy.close()


def _sign(part: Path, successor: Successor, actor: str, now: datetime) -> None:
    """Note in the copy, and only there, that this is the time of the new key."""
    copy = open_database(part, successor.data_key, journal="DELETE")
    try:
        with UnitOfWork(copy, actor=actor, now=now) as work:
            work.key_eras.change(None, successor.key_file.marks(), now)
            work.recovery_holders.end("sheet", now)
            work.recovery_holders.end("card", now)
            # The new recovery key was typed back before it came here.
            mark = successor.key_file.marks().recovery_key
            work.recovery_holders.note_checked("sheet", mark, SHEET_NUMBER, now.date())
            work.audit("vault.data_key_replaced")
            work.commit()
    finally:
        copy.close()
    with durable.writing_in(part.parent):
        durable.sync_file(part)


def _decide(prepared: PreparedKeyFiles, folder: Path, key_file: KeyFile) -> None:
    try:
        prepared.put_in_place()
    except BaseException:
        # The renaming may have happened and only the waiting for the disk failed. Then the copy counts already,
        # and must not be removed.
        if _named_in(folder) != key_file.generation:
            raise


def _named_in(folder: Path) -> int | None:
    """Return the generation the key files name, None when they cannot be read just now."""
    try:
        return read_key_files(folder).key_file.generation
    except AppError:
        return None


def _remove_database(*paths: Path) -> None:
    durable.remove_quietly(*(path.with_name(path.name + side) for path in paths for side in _SIDE_FILES))
