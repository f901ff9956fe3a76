"""Makes a folder that is either not there or whole, however the making ends.

The content is built in a sibling folder and renamed at the end. A kill leaves only the sibling, which the next
making of the same folder empties; nobody takes it for a store, and nobody was told that it was one.
"""

import os
import shutil
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

from desktop_app.domain.errors import AppError, FolderNotWritable
from desktop_app.storage import durable
from desktop_app.storage.vault_lock import LOCK_FILE_NAME, VaultLock


@contextmanager
def staged_folder(target: Path, occupied: Callable[[Path], AppError]) -> Generator[Path]:
    """Yield an empty folder that becomes ``target`` when the block ends well, and is removed when it does not.

    ``target`` must be missing or empty, else the error made by ``occupied`` is raised; its parent must exist.
    Raises FolderNotWritable, and VaultInUse when another program is making the same folder.
    """
    target = Path(os.path.realpath(target))
    _require_vacant(target, occupied)
    stage = target.with_name(f".{target.name}.part")
    with durable.writing_in(target):
        stage.mkdir(mode=0o700, exist_ok=True)
    lock = VaultLock.take(stage)
    try:
        _empty(stage)
        yield stage
        with durable.writing_in(target):
            durable.sync_folder(stage)
        # Windows does not rename a folder with an open file in it. The lock file itself goes along.
        lock.release()
        _publish(stage, target, occupied)
    except BaseException:
        lock.release()
        shutil.rmtree(stage, ignore_errors=True)
        raise


def _require_vacant(target: Path, occupied: Callable[[Path], AppError]) -> None:
    # The root of a disk has no siblings to build in, and no name.
    if not target.name or not target.parent.is_dir():
        raise FolderNotWritable(place=str(target))
    with durable.writing_in(target):
        if target.exists() and any(target.iterdir()):
            raise occupied(target)


def _publish(stage: Path, target: Path, occupied: Callable[[Path], AppError]) -> None:
    with durable.writing_in(target):
        if target.exists():
            if any(target.iterdir()):
                raise occupied(target)
            target.rmdir()
        os.rename(stage, target)
        try:
            durable.sync_folder(target.parent)
        except OSError:
            # It is there, but who is told that it failed must not find it: taken back, if that can be done.
            os.rename(target, stage)
            raise


def _empty(stage: Path) -> None:
    with durable.writing_in(stage):
        for path in stage.iterdir():
            if path.is_dir():
                shutil.rmtree(path)
            elif path.name != LOCK_FILE_NAME:
                path.unlink()
