"""Removes backups that newer ones have made superfluous; the last step of a backup, and only of one that is proved.

A file goes only when its own sealed list says that this store made it. What is damaged, foreign, of another store
or of an older data key is never touched.
"""

from collections.abc import Container
from pathlib import Path

from desktop_app.domain.retention_of_copies import Copy, may_go
from desktop_app.storage.durable import sync_folder
from desktop_app.storage.own_backups import own_backups_at
from desktop_app.storage.vault import Vault


def thin_out(vault: Vault, place: Path, verified: Container[str]) -> tuple[int, ...]:
    """Remove what may go at a place and return the numbers; ``verified`` holds the names of copies read back whole.

    What cannot be removed now is left for the next time.
    """
    copies = {
        found.path: Copy(found.sequence, found.path.name, found.made_at, found.path.name in verified)
        for found in own_backups_at(vault, place)
        if found.authentic
    }
    paths = {copy: path for path, copy in copies.items()}
    return tuple(copy.sequence for copy in may_go(paths) if _removed(paths[copy]))


def _removed(path: Path) -> bool:
    try:
        path.unlink()
        sync_folder(path.parent)
    except OSError:
        return False
    return True
