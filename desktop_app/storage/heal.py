"""Mends a database whose only damage lies in pages that hold nothing.

A power cut or a worn disk may spoil a page on the free list. Nobody loses a word, but a full check complains for
ever, and a rebuild in place fails. A copy to a new file leaves such pages behind; it is proved before it counts.
"""

from pathlib import Path
from typing import Final

from desktop_app.domain.errors import DatabaseDamaged, MediumFailed
from desktop_app.domain.progress import NoProgress, Progress
from desktop_app.storage import durable
from desktop_app.storage.connection import Database, open_database
from desktop_app.storage.content import Content, content_of
from desktop_app.storage.integrity import check_database
from desktop_app.storage.key_files import part_of

MENDING: Final = "progress.opening.mending"


def heal(database: Database, data_key: bytes, progress: Progress | None = None) -> Database:
    """Copy a database into a new file, prove the copy, let it take the place of the old, and return it open.

    Every row is compared. Raises DatabaseDamaged when more than unused pages is bad, DiskFull, MediumFailed or
    FolderNotWritable; the old file then stands as it was, and ``database`` must be renewed.
    """
    told = progress or NoProgress()
    path, part = database.path, part_of(database.path)
    durable.remove_quietly(part)
    durable.require_room(path.parent, path.stat().st_size)
    # Before the copying: reading the bad page spoils the connection for all that comes after.
    held = content_of(database)
    try:
        target = open_database(part, data_key, create=True, journal="OFF")
        try:
            database.copy_to(target, lambda done, total: told.step(done, total, MENDING))
            target.keep_journal("DELETE")
        finally:
            target.close()
        with durable.writing_in(path.parent):
            durable.sync_file(part)
        _prove(part, data_key, held)
        database.close()
        if path.with_name(path.name + "-wal").exists():
            # The disk would not take what was saved last: it must not be parted from the old file.
            raise MediumFailed(place=str(path.parent))
        with durable.writing_in(path.parent):
            durable.replace(part, path)
    finally:
        durable.remove_quietly(part, part.with_name(part.name + "-journal"))
    return open_database(path, data_key)


def _prove(part: Path, data_key: bytes, held: Content) -> None:
    copy = open_database(part, data_key, journal="DELETE")
    try:
        if not check_database(copy).sound or content_of(copy) != held:
            raise DatabaseDamaged(place=str(part.parent))
    finally:
        copy.close()
