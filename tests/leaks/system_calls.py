"""Runs a program and has the system write down what it hands over: bytes written, files named, talk to a network."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop_app.paths import RESOURCES

ROOT = RESOURCES.parent
WRITES = ("write", "pwrite64", "writev", "pwritev", "pwritev2", "sendto", "sendmsg", "sendmmsg", "vmsplice")
NAMES = (
    "open", "openat", "openat2", "creat", "mkdir", "mkdirat", "rename", "renameat", "renameat2", "link", "linkat",
    "symlink", "symlinkat", "memfd_create", "execve", "execveat",
)  # fmt: skip
NETWORK = (
    "socket", "socketpair", "connect", "bind", "listen", "accept", "accept4", "getsockname", "getpeername", "sendto",
    "recvfrom", "sendmsg", "recvmsg", "sendmmsg", "recvmmsg", "setsockopt", "getsockopt", "shutdown",
)  # fmt: skip
UNSEEN = ("copy_file_range", "sendfile", "splice", "io_uring_setup")
"""Ways to write that show no bytes to the watch: none of them may be used."""

_CALL = re.compile(r"^(?:\d+ +)?(\w+)\(")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_FILE = re.compile(r"^(?:\d+ +)?\w+\((\d+)<((?:\\x[0-9a-f]{2})*)")
_OWN_PIPE = re.compile(r"pipe:\[\d+\]")
_REFUSED = re.compile(r"= -1 E[A-Z]+")
_FOR_WRITING = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC")


@dataclass(frozen=True)
class Watched:
    """What a program did: its exit status, what it said, and the lines of the watch."""

    status: int
    said: str
    lines: tuple[str, ...]

    def written(self, *, but_for: Path | None = None) -> bytes:
        """Every byte handed to the system, file by file in the order of writing, and every name given to it.

        ``but_for`` is the one file a person asked for by name. A pipe to a process of the program's own is no
        disk; what goes to standard output and error is looked at all the same.
        """
        streams: dict[str, bytearray] = {}
        for call, line in self._calls():
            if call in WRITES:
                where = _FILE.match(line)
                path = _plain(where[2]) if where else call
                if _OWN_PIPE.match(path) and where is not None and where[1] not in ("1", "2"):
                    continue
                if but_for is None or path not in (str(but_for), f"{but_for}.part"):
                    streams.setdefault(path, bytearray()).extend(b"".join(_texts(line)))
            elif call in NAMES:
                streams.setdefault("names", bytearray()).extend(b"\n".join(_texts(line)) + b"\n")
        return b"\n".join(bytes(each) for each in streams.values())

    def opened_for_writing(self) -> set[str]:
        """The paths of files that were opened so that they could be changed, or that were made or renamed."""
        found: set[str] = set()
        for call, line in self._calls():
            if call not in NAMES or call in ("execve", "memfd_create") or _REFUSED.search(line):
                continue
            if not call.startswith("open") or _FOR_WRITING.search(line):
                found.update(text.decode(errors="replace") for text in _texts(line))
        return found

    def _calls(self) -> Iterator[tuple[str, str]]:
        for line in self.lines:
            call = _CALL.match(line)
            if call is not None:
                yield call[1], line

    def network_calls(self) -> list[str]:
        """Every call of the network's family that was made."""
        return [line for call, line in self._calls() if call in NETWORK]

    def unseen_writes(self) -> list[str]:
        """Calls that write without showing what, and memory shared with a file that can be written."""
        shared = ("MAP_SHARED", "PROT_WRITE")
        return [
            line
            for call, line in self._calls()
            if call in UNSEEN
            or (call == "mmap" and all(word in line for word in shared) and "MAP_ANONYMOUS" not in line)
        ]


def _texts(line: str) -> list[bytes]:
    return [bytes.fromhex(text[1].replace("\\x", "")) for text in _TEXT.finditer(line)]


def _plain(escaped: str) -> str:
    return bytes.fromhex(escaped.replace("\\x", "")).decode(errors="replace")


def own_world(folder: Path) -> dict[str, str]:
    """Return an environment with home, settings, caches and temporary files of its own below ``folder``."""
    places = {
        "HOME": folder / "hem",
        "XDG_CONFIG_HOME": folder / "hem" / ".config",
        "XDG_DATA_HOME": folder / "hem" / ".local" / "share",
        "XDG_STATE_HOME": folder / "hem" / ".local" / "state",
        "XDG_CACHE_HOME": folder / "hem" / ".cache",
        "XDG_RUNTIME_DIR": folder / "run",
        "TMPDIR": folder / "tmp",
    }
    for place in places.values():
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
    own = {name: str(place) for name, place in places.items()}
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("DISPLAY", "WAYLAND", "DBUS"))
    }
    more = {"TEMP": own["TMPDIR"], "TMP": own["TMPDIR"], "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}
    return {**kept, **own, **more, "QT_QPA_PLATFORM": "offscreen"}


def watched(folder: Path, *command: str, trace: Path) -> Watched:
    """Run a Python command in a world of its own below ``folder`` and watch it and all its children."""
    calls = ",".join((*WRITES, *NAMES, *UNSEEN, "mmap", "%network"))
    strace = shutil.which("strace") or "strace"
    watch = (
        strace,
        "-f",
        "-y",
        "--seccomp-bpf",
        "-qq",
        "-xx",
        "-s",
        "20000000",
        "-e",
        f"trace={calls}",
        "-o",
        str(trace),
    )
    done = subprocess.run(
        [*watch, sys.executable, *command],
        env=own_world(folder),
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if "ptrace" in done.stderr.lower() and "not permitted" in done.stderr.lower():
        pytest.skip("this machine does not let one program watch another")
    lines = tuple(trace.read_text("ascii").splitlines())
    return Watched(done.returncode, done.stdout + done.stderr, lines)
