"""Files that are either wholly there or not there at all, whatever happens in between."""

import errno
import os
import shutil
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from desktop_app.domain.errors import AppError, DiskFull, FolderNotWritable, MediumFailed, MediumReadOnly

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_GONE = frozenset({errno.EIO, errno.ENODEV, errno.ENXIO, errno.ESTALE})

# A virus scanner or an indexer on Windows may hold a file for a moment: 10 tries over 5 seconds.
_REPLACE_TRIES = 10
_READ_BYTES = 1 << 20
_REPLACE_WAIT_SECONDS = 0.5


@contextmanager
def writing_in(place: Path) -> Generator[None]:
    """Turn the operating system's errors about writing in ``place`` into the program's own."""
    try:
        yield
    except OSError as error:
        raise_typed(error, place)


def raise_typed(error: OSError, place: Path) -> NoReturn:
    """Raise DiskFull, MediumFailed, MediumReadOnly or FolderNotWritable for what the operating system said."""
    raise typed(error, place) from error


def typed(error: OSError, place: Path) -> AppError:
    """Return the program's own error for what the operating system said."""
    if error.errno in _FULL:
        return DiskFull(place=str(place))
    if error.errno in _GONE:
        return MediumFailed(place=str(place))
    if error.errno == errno.EROFS:
        return MediumReadOnly(place=str(place))
    return FolderNotWritable(place=str(place))


def require_readable(path: Path) -> None:
    """Raise MediumFailed or FolderNotWritable unless every byte of a file can be read.

    A stick that has been pulled makes a database look damaged; this tells the two apart.
    """
    with writing_in(path.parent), path.open("rb") as file:
        while file.read(_READ_BYTES):
            pass


def require_medium(*paths: Path) -> None:
    """Raise MediumFailed when a file cannot be read because its medium stopped answering; say nothing else."""
    for path in paths:
        try:
            require_readable(path)
        except FolderNotWritable:
            continue


def why_not_writable(folder: Path) -> AppError:
    """Return the reason why nothing can be written in a folder, as far as the system tells."""
    try:
        free = shutil.disk_usage(folder).free
        read_only = os.name == "posix" and bool(os.statvfs(folder).f_flag & os.ST_RDONLY)
    except OSError as error:
        return typed(error, folder)
    if read_only:
        return MediumReadOnly(place=str(folder))
    return FolderNotWritable(place=str(folder)) if free else DiskFull(place=str(folder))


def write_synced(path: Path, content: bytes) -> None:
    """Write a file and wait until the disk has it. An older file of this name is overwritten."""
    with path.open("wb") as file:
        file.write(content)
        # Else what is synchronised is the empty file, and the words follow when it is closed.
        file.flush()
        sync(file.fileno())


def sync(descriptor: int) -> None:
    """Wait until the disk has what was written to an open file."""
    os.fsync(descriptor)


def sync_file(path: Path) -> None:
    """Wait until the disk has a file that is already written and closed. Raises MediumFailed and the like."""
    # Windows flushes only what is opened for writing.
    with writing_in(path.parent), path.open("r+b") as file:
        sync(file.fileno())


def forget_cached(descriptor: int) -> None:
    """Ask that the next reading of a file comes from the medium, not from memory. Only a request."""
    if sys.platform == "linux":
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)


def sync_folder(folder: Path) -> None:
    """Wait until the disk has the folder's list of names. Windows cannot and need not."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def require_room(folder: Path, size_bytes: int) -> None:
    """Raise DiskFull when a medium has clearly less room than will be needed: earlier than in the middle."""
    with writing_in(folder):
        free = shutil.disk_usage(folder).free
    if free < size_bytes + size_bytes // 10:
        raise DiskFull(place=str(folder))


def replace(source: Path, target: Path) -> None:
    """Give a finished file its final name and wait until the disk has the name."""
    rename(source, target)
    sync_folder(target.parent)


def rename(source: Path, target: Path) -> None:
    """Give a finished file its final name, patiently where another program holds the old one."""
    for left in reversed(range(_REPLACE_TRIES)):
        try:
            os.replace(source, target)
        except PermissionError:
            if not left:
                raise
            time.sleep(_REPLACE_WAIT_SECONDS)
        else:
            break


def remove_quietly(*paths: Path) -> None:
    """Remove unfinished files; what cannot be removed now is removed by the next run."""
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError:
            continue
