"""Closes a store's folder to other users of the computer, and to Windows' search."""

import ctypes
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

FOLDER_MODE: Final = 0o700
FILE_MODE: Final = 0o600
FILE_ATTRIBUTE_NOT_CONTENT_INDEXED: Final = 0x2000
_NO_SUCH_FILE: Final = 0xFFFFFFFF


def make_private(folder: Path) -> None:
    """Close a folder and the files in it. A medium that knows no rights (a stick) is left as it is.

    On Windows the rights are left alone: a profile's folders are already closed to others, and rights written wrong
    could lock the owner out. There the folder is kept out of the search index.
    """
    if sys.platform == "win32":
        kernel = ctypes.windll.kernel32
        mark_not_indexed(str(folder), kernel.GetFileAttributesW, kernel.SetFileAttributesW)
        return
    with suppress(OSError):
        _close(folder)


def _close(folder: Path) -> None:
    for path, mode in (
        (folder, FOLDER_MODE),
        *((each, FILE_MODE) for each in folder.iterdir() if each.is_file() and not each.is_symlink()),
    ):
        with suppress(OSError):
            if path.stat().st_mode & 0o777 & ~mode:
                path.chmod(mode)


def mark_not_indexed(place: str, read: Callable[[str], int], write: Callable[[str, int], object]) -> None:
    """Add the mark to a folder's attributes; files made in it later inherit it."""
    present = read(place) & _NO_SUCH_FILE
    if present != _NO_SUCH_FILE and not present & FILE_ATTRIBUTE_NOT_CONTENT_INDEXED:
        write(place, present | FILE_ATTRIBUTE_NOT_CONTENT_INDEXED)
