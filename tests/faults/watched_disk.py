"""Runs programs with the shim between them and the disk: compiled once, loaded before them, driven from inside."""

import atexit
import ctypes
import errno
import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = Path(__file__).with_name("power_cut_shim.c")

WRITES, SYNCS, NAMES, READS, REMOVALS = 1, 2, 4, 8, 16
FULL, BROKEN, GONE, READ_ONLY = errno.ENOSPC, errno.EIO, errno.ENODEV, errno.EROFS
FOR_EVER = 0


@cache
def shim() -> Path:
    """Compile the shim; the caller is marked ``needs("cc")``."""
    folder = Path(tempfile.mkdtemp(prefix="utvag-shim-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    library = folder / "shim.so"
    command = ["cc", "-shared", "-fPIC", "-O2", "-Wall", "-o", str(library), str(SOURCE), "-ldl", "-lpthread"]
    subprocess.run(command, check=True)
    return library


def run_watched(module: str, *words: object) -> str:
    """Run a module of the tests with the shim loaded; return what it says. It must end well."""
    done = subprocess.run(
        [sys.executable, "-m", module, *map(str, words)],
        cwd=ROOT,
        env={**os.environ, "LD_PRELOAD": str(shim())},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    return done.stdout


class WatchedDisk:
    """The shim, from inside a program it was loaded into."""

    def __init__(self, folder: Path) -> None:
        self._shim = ctypes.CDLL(None)
        self.watch(folder)

    def watch(self, folder: Path) -> None:
        """Watch what happens below one folder, and nothing else."""
        self._shim.shim_watch(os.fsencode(folder))

    def record_to(self, path: Path) -> None:
        """Write down every call from now on."""
        assert self._shim.shim_log_to(os.fsencode(path)) >= 0

    def mark(self, words: object) -> None:
        """Write down that something was called done."""
        self._shim.shim_mark(str(words).encode())

    def fail(self, first: int, last: int, reason: int, kinds: int) -> None:
        """Let the calls of these kinds fail, from the ``first`` to the ``last`` (counted from 1; 0 for ever)."""
        long = ctypes.c_long
        self._shim.shim_fail(long(first), long(last), reason, kinds, int(reason == FULL))

    def count(self, kinds: int) -> None:
        """Begin to count the calls of these kinds."""
        self.fail(0, FOR_EVER, 0, kinds)

    def counted(self) -> int:
        """Return how many calls there were since ``count`` or ``fail``."""
        self._shim.shim_count.restype = ctypes.c_long
        return self._shim.shim_count()

    def mend(self) -> None:
        """Let everything work again."""
        self.fail(0, FOR_EVER, 0, 0)
