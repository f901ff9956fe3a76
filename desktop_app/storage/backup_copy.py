"""The first half of a backup: the store's database, page for page, in a new file under a key of its own.

Copying reads every page of the store and notices each whose seal is wrong, so the store need not be read through
beforehand. Only when something is wrong is it examined, and then thoroughly: damage must never pass for content.
"""

from pathlib import Path

from desktop_app.domain.errors import DatabaseDamaged
from desktop_app.domain.progress import Progress
from desktop_app.storage import durable
from desktop_app.storage.backup_reading import COPYING, told_by
from desktop_app.storage.connection import open_database
from desktop_app.storage.content import Summary, content_of, summary_of
from desktop_app.storage.integrity import has_met_bad_page
from desktop_app.storage.vault import Vault


def copy_store(vault: Vault, copy: Path, key: bytes, progress: Progress | None) -> Summary:
    """Copy the store's database into a new file under ``key``, and return what the store holds.

    The file is not yet safely on any disk, nor proved. Raises DatabaseDamaged when anything the store holds is bad;
    damage in a page that holds nothing is left behind by the copy. Raises DiskFull, FolderNotWritable, MediumFailed.
    """
    durable.require_room(copy.parent, vault.database.path.stat().st_size)
    try:
        vault.database.checkpoint()
        # What the connection still holds in memory would be copied from there: the file is what must be read.
        vault.database.rows("PRAGMA shrink_memory")
        _copy(vault, copy, key, progress)
        if not has_met_bad_page(vault.database):
            return summary_of(vault.database)
    except DatabaseDamaged:
        pass
    vault.renew()
    return _copy_past_unused_pages(vault, copy, key, progress)


def _copy_past_unused_pages(vault: Vault, copy: Path, key: bytes, progress: Progress | None) -> Summary:
    if not vault.check().database.only_unused_pages:
        raise DatabaseDamaged(place=str(vault.folder))
    durable.remove_quietly(copy)
    _copy(vault, copy, key, progress)
    # Reading a bad page in copying spoils the connection.
    vault.renew()
    held = content_of(vault.database)
    copied = open_database(copy, key, journal="DELETE")
    try:
        # The check believes the bad page to hold nothing. Every row is compared before that is taken for true.
        if content_of(copied) != held:
            raise DatabaseDamaged(place=str(vault.folder))
    finally:
        copied.close()
    return summary_of(vault.database)


def _copy(vault: Vault, copy: Path, key: bytes, progress: Progress | None) -> None:
    target = open_database(copy, key, create=True, journal="OFF")
    try:
        vault.database.copy_to(target, told_by(progress, COPYING))
        # A copy that remembers WAL cannot be opened from a medium that is read-only.
        target.keep_journal("DELETE")
    finally:
        target.close()
