#!/usr/bin/env python3
"""The one door for whoever builds Utväg: run it, test it, build it, measure it.

    python3 dev.py run      opens Utväg; without a screen, does the main job on the practice store
    python3 dev.py test     format, lint, types, import contracts and tests: all that CI runs

Each command first makes ``.venv`` and fills it from a lock file, when that is not already done.

Over 400 lines, for a reason: it runs before anything is installed, so it is one file of the
standard library alone. It also parses on Python 3.8, to be able to say that 3.8 is too old.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import functools
import hashlib
import importlib.metadata
import importlib.util
import io
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path
from typing import Any, Callable, Iterable, Iterator, Mapping, NamedTuple, NoReturn, Sequence  # noqa: UP035 (must parse on 3.8)

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "utvag-stamp.txt"
RUN_LOCK = "requirements.lock"
DEV_LOCK = "requirements-dev.lock"
PRACTICE = ROOT / "practice-output"
PRACTICE_MARK = ".made-by-utvag-dev"
PRACTICE_FORMS = ("F02", "F03", "F04", "F07", "F12")
OLDEST_PYTHON = (3, 11)
WINDOWS = os.name == "nt"
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it
#: Bytes of memory that must be free for the tests to write there instead of on the disk.
ROOM_FOR_TESTS = 4 << 30

#: What Qt itself needs of the system, and the Debian package that has it.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libxcb.so.1": "libxcb1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfreetype.so.6": "libfreetype6",
    "libfontconfig.so.1": "libfontconfig1",
}
#: What a window on a real screen needs besides, and printing through the system's queue.
WINDOW_LIBRARIES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libcups.so.2": "libcups2",
}
#: Programs that some tests call (or a file of Java, by its path), the Debian package of each, and what is not
#: checked without it.
TEST_TOOLS = {
    "pdftotext": ("poppler-utils", "the words of printed forms, read back by another program"),
    "qpdf": ("qpdf", "the inner order of printed PDF files"),
    "strace": ("strace", "that no call to the network is made"),
    "cc": ("gcc", "power cuts and failing disks, by a library between the program and the disk"),
    "java": ("default-jre-headless", "printed forms against PDF/A-2a and PDF/UA-1, by veraPDF"),
    "/usr/share/java/jaxb-runtime.jar": ("libjaxb-java", "the same: veraPDF reads its rules with it"),
}
BUILD_TOOLS = {"objdump": "binutils"}
#: Where the system's own libraries lie, which a bundle for Linux takes along.
SYSTEM_PLACES = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib")
#: Licences of packages whose own description does not tell all, read in their source.
LICENCES_READ = {
    "sqlcipher3": "Zlib; SQLCipher: BSD-3-Clause; OpenSSL: Apache-2.0",
    "pyinstaller": "GPL-2.0-or-later with an exception for what it builds",
}
PARTS_LIST = "sbom.cdx.json"
#: In the bundle without being in the lock of what the program runs on.
MAKES_THE_BUNDLE = {"python", "pyinstaller"}
#: Python's and Qt's own doors to a network. (Qt's network library itself stays: its PDF library is linked to it.)
CONNECTS = re.compile(
    r"_(?:socket|ssl|asyncio|multiprocessing)\b.*\.(?:so|pyd)$|QtNetwork\.|(?:lib)?ssl[-.\d]*.*\.(?:so|dll)"
)

QT_PROBE = """
from PySide6 import QtPdf, QtPrintSupport, QtSvg
from PySide6.QtWidgets import QApplication
QApplication([])
"""

NO_NETWORK_WORDS = (
    "NewConnectionError",
    "NameResolutionError",
    "Temporary failure in name resolution",
    "Failed to establish a new connection",
    "Network is unreachable",
    "getaddrinfo failed",
    "Connection refused",
    "ConnectTimeoutError",
    "ProxyError",
)
ANSI = re.compile(r"\x1b\[[0-9;]*m")
PYTEST_CLOSING = re.compile(
    r"^=* ?(?:\d+ (?:failed|passed|skipped|deselected|xfailed|xpassed|warnings?|errors?)(?:, )?)+ in \d[\d.]*s\b.*$"
)


class Refused(Exception):
    """A step that cannot go on, said in one plain line, with the exit code it ends in."""

    def __init__(self, text: str, code: int = 1) -> None:
        super().__init__(text)
        self.code = code


class Step(NamedTuple):
    """One thing that was done, for the closing lines."""

    name: str
    outcome: str  # OK, FAILED or SKIPPED
    seconds: float | None = None
    note: str = ""
    code: int = 0


def ended(name: str, code: int, started: float) -> Step:
    """Return the step that a program ended with this exit code was."""
    seconds = time.monotonic() - started
    return Step(name, "FAILED", seconds, f"exit code {code}", code) if code else Step(name, "OK", seconds)


def first_failure(steps: Sequence[Step]) -> int:
    """Return the exit code of the first failing step, 0 when none failed."""
    return next((step.code or 1 for step in steps if step.outcome == "FAILED"), 0)


# What is said


def say(text: str = "") -> None:
    """Print one line at once, also when the output goes to a file."""
    print(text, flush=True)


def closing_lines(steps: Sequence[Step]) -> list[str]:
    """One line for each step: how it went, its name, its seconds, a note."""
    width = max((len(step.name) for step in steps), default=0)
    lines = []
    for step in steps:
        seconds = "" if step.seconds is None else f"{step.seconds:.1f} s"
        lines.append(f"  {step.outcome:<8}{step.name:<{width}}  {seconds:>8}  {step.note}".rstrip())
    return lines


def pytest_closing(output: str) -> str:
    """Return pytest's own last line (``12 passed in 3.4s``), or nothing if it never came so far."""
    lines = (ANSI.sub("", line).strip() for line in output.splitlines())
    found = [line for line in lines if PYTEST_CLOSING.match(line)]
    return found[-1].strip("= ") if found else ""


def pytest_skips(output: str) -> list[str]:
    """Return the tests that pytest skipped, one line each, as pytest's short summary gives them."""
    lines = (ANSI.sub("", line).strip() for line in output.splitlines())
    return [line[len("SKIPPED ") :] for line in lines if line.startswith("SKIPPED [")]


# The Python that runs this, and the one in .venv


def too_old(version: Sequence[int]) -> str:
    """Return the line to say when this Python is too old, else nothing."""
    if tuple(version[:2]) >= OLDEST_PYTHON:
        return ""
    needed = ".".join(map(str, OLDEST_PYTHON))
    return f"Utväg needs Python {needed} or newer; this is {'.'.join(map(str, version[:3]))}."


def venv_python(venv: Path = VENV) -> Path:
    """Return where the environment's own Python lies."""
    return venv / ("Scripts/python.exe" if WINDOWS else "bin/python")


def child_environment(**more: str) -> dict[str, str]:
    """Return the environment for our own Python: nothing of another Python leaks in."""
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}
    return {**kept, "PYTHONUTF8": "1", **more}


def stamp_line(lock: Path, version: Sequence[int]) -> str:
    """Return the line that says *this lock is installed for this Python*."""
    digest = hashlib.sha256(lock.read_bytes().replace(b"\r\n", b"\n")).hexdigest()
    return f"{lock.name} {digest} python {'.'.join(map(str, version[:3]))}"


def is_installed(lock: Path, stamp: Path, version: Sequence[int]) -> bool:
    """Tell whether the environment was filled from just this lock by just this Python."""
    if not stamp.is_file():
        return False
    return stamp_line(lock, version) in stamp.read_text(encoding="utf-8").splitlines()


def locked_names(lock: Path) -> list[str]:
    """Return the names of the packages in a lock file that are meant for this system."""
    names = []
    for line in lock.read_text(encoding="utf-8").splitlines():
        found = re.match(r"([A-Za-z0-9][A-Za-z0-9._-]*)==", line)
        system = re.search(r"sys_platform == '(\w+)'", line)
        if found and (system is None or system[1] == sys.platform):
            names.append(normal_name(found[1]))
    return names


def normal_name(name: str) -> str:
    """Return a package's name in the one spelling that indexes compare by."""
    return re.sub(r"[-_.]+", "-", name).lower()


# What the system itself must have


def install_door() -> list[str]:
    """Return how system packages may be installed here (``apt-get``, maybe through sudo), or nothing."""
    if sys.platform != "linux" or not shutil.which("apt-get"):
        return []
    if os.geteuid() == 0:
        return ["apt-get"]
    if shutil.which("sudo") and quiet(["sudo", "-n", "true"]).returncode == 0:
        return ["sudo", "-n", "apt-get"]
    return []


def quiet(command: Sequence[str], env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command and keep what it says."""
    return subprocess.run(
        list(command),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        env=env,
        check=False,
    )


def install_packages(packages: Sequence[str], door: Sequence[str]) -> bool:
    """Install system packages; tell whether it went well."""
    say(f"  installing from the system's packages: {' '.join(packages)} …")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = [*door, "install", "-y", "--no-install-recommends", *packages]
    with contextlib.suppress(OSError):
        if quiet(install, env=environment).returncode == 0:
            return True
        quiet([*door, "update"], env=environment)
        return quiet(install, env=environment).returncode == 0
    return False


def missing_libraries(libraries: dict[str, str]) -> list[str]:
    """Return the Debian packages of the shared libraries that do not load here."""
    if sys.platform != "linux":
        return []
    missing = []
    for library, package in libraries.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(package)
    return missing


def ensure_libraries(*, window: bool) -> None:
    """See that Qt's system libraries are there; install them where that is allowed, else name them."""
    missing = missing_libraries({**QT_LIBRARIES, **(WINDOW_LIBRARIES if window else {})})
    if not missing:
        return
    door = install_door()
    if door and install_packages(missing, door):
        return
    raise Refused(f"Qt lacks system libraries. Install them with: sudo apt-get install {' '.join(missing)}")


def is_here(tool: str) -> bool:
    """Tell whether a program, or a file by its whole path, is on this machine."""
    return os.path.isfile(tool) if os.path.isabs(tool) else shutil.which(tool) is not None


def ensure_tools(tools: dict[str, tuple[str, str]]) -> list[Step]:
    """Install the programs that tests call; what cannot be had becomes a SKIPPED line with its reason."""
    missing = [tool for tool in tools if not is_here(tool)]
    door = install_door()
    if missing and door:
        install_packages([tools[tool][0] for tool in missing], door)
        missing = [tool for tool in tools if not is_here(tool)]
    reason = "its package could not be installed" if door else "and this user may not install it"
    return [
        Step(f"tool {tool}", "SKIPPED", None, f"not checked: {tools[tool][1]} ({tool} is not here, {reason})")
        for tool in missing
    ]


# The environment


def ensure_environment(lock_name: str, *, window: bool = False) -> None:
    """Make ``.venv`` and fill it from a lock file; at once done when that stands already."""
    lock = ROOT / lock_name
    version = sys.version_info[:3]
    ready = venv_python().exists() and is_installed(lock, STAMP, version)
    if not ready:
        say(f"Getting ready (only the first time, or when {lock_name} has changed)")
    started = time.monotonic()
    ensure_libraries(window=window)
    if ready:
        return
    make_venv()
    install_lock(lock)
    remove_strangers(lock)
    write_launcher()
    probe_qt()
    done = [lock] if lock_name == RUN_LOCK else [lock, ROOT / RUN_LOCK]
    STAMP.write_text("".join(stamp_line(each, version) + "\n" for each in done), encoding="utf-8")
    say(f"  ready after {time.monotonic() - started:.0f} s")


def make_venv() -> None:
    """Make ``.venv``, or make it anew if it is half made or of another Python."""
    if venv_is_whole():
        return
    ensure_venv_module()
    say(f"  making .venv with Python {'.'.join(map(str, sys.version_info[:3]))} …")
    made = quiet([sys.executable, "-m", "venv", "--clear", str(VENV)], env=child_environment())
    if made.returncode != 0:
        raise Refused(f"Python could not make .venv: {last_line(made.stdout)}")


def write_launcher() -> None:
    """Put the command ``utvag`` beside the Python of ``.venv``, so that it works from any folder."""
    start = "from desktop_app.__main__ import main; sys.exit(main())"
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); {start}"
    if WINDOWS:
        launcher = venv_python().with_name("utvag.cmd")
        launcher.write_text(f'@"{venv_python()}" -c "{code}" %*\n', encoding="utf-8")
        return
    launcher = venv_python().with_name("utvag")
    launcher.write_text(f'#!/bin/sh\nexec \'{venv_python()}\' -c "{code}" "$@"\n', encoding="utf-8")
    launcher.chmod(0o755)


def venv_is_whole() -> bool:
    """Tell whether ``.venv`` has a working pip and is of this very Python."""
    if not venv_python().exists():
        return False
    look = "import sys, pip; print(sys.version_info[:3])"
    seen = quiet([str(venv_python()), "-c", look], env=child_environment())
    return seen.returncode == 0 and last_line(seen.stdout) == str(sys.version_info[:3])


def ensure_venv_module() -> None:
    """See that this Python can make environments; Debian keeps that in a package of its own."""
    if all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        return
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    door = install_door()
    if not (door and install_packages([package], door)):
        raise Refused(f"This Python cannot make environments. Install: sudo apt-get install {package}")


def install_lock(lock: Path) -> None:
    """Install exactly what the lock says, each file checked against its hash, with a line per package."""
    total = len(locked_names(lock))
    say(f"  installing {total} packages from {lock.name}")
    command = [str(venv_python()), "-m", "pip", "install", "--require-hashes", "--no-deps", "--retries", "2"]
    command += ["--only-binary", ":all:", "--disable-pip-version-check", "--no-input", "-r", str(lock)]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=child_environment(PYTHONUNBUFFERED="1"),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as process:
        heard = "".join(told_progress(process.stdout or (), total))
    if process.returncode != 0:
        raise Refused(pip_trouble(heard), process.returncode)


def told_progress(lines: Iterable[str], total: int) -> Iterator[str]:
    """Pass pip's lines on and print a short one of our own for each package."""
    count = 0
    for line in lines:
        found = re.match(r"(?:Collecting|Processing|Requirement already satisfied:) (\S+)", line)
        if found:
            count += 1
            name = re.split(r"==|-\d", found[1].rsplit("/", 1)[-1])[0]
            say(f"    {min(count, total):>2}/{total} {name}")
        elif line.startswith("Installing collected"):
            say("    all fetched; putting them in place …")
        yield line


def pip_trouble(output: str) -> str:
    """Say in one line why pip failed."""
    if "DO NOT MATCH THE HASHES" in output:
        return "A fetched package does not match the lock file's hash; nothing was installed from it."
    if any(word in output for word in NO_NETWORK_WORDS):
        return "The packages could not be fetched: no network, or the package index cannot be reached."
    if "No space left on device" in output:
        return "The disk is full; the packages could not be installed."
    errors = [line for line in output.splitlines() if line.startswith("ERROR:")]
    return f"pip could not install the packages: {errors[0] if errors else last_line(output)}"


def remove_strangers(lock: Path) -> None:
    """Uninstall what the lock does not name, so that a forgotten requirement shows at once."""
    listed = quiet([str(venv_python()), "-m", "pip", "list", "--format=freeze"], env=child_environment())
    found = [line.split("==")[0] for line in listed.stdout.splitlines() if "==" in line]
    keep = {*locked_names(lock), "pip", "setuptools"}
    strangers = [name for name in found if normal_name(name) not in keep]
    if strangers:
        say(f"  removing what {lock.name} does not name: {' '.join(strangers)}")
        quiet([str(venv_python()), "-m", "pip", "uninstall", "-y", *strangers], env=child_environment())


def probe_qt() -> None:
    """Start Qt once without a screen; what it lacks is told in one line."""
    seen = quiet([str(venv_python()), "-c", QT_PROBE], env=child_environment(QT_QPA_PLATFORM="offscreen"))
    if seen.returncode != 0:
        raise Refused(f"Qt does not start here: {last_line(seen.stdout)}")


def last_line(text: str) -> str:
    """Return the last line that says something."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "it said nothing"


# Running programs


def run_and_hear(command: Sequence[str], env: dict[str, str]) -> tuple[int, str]:
    """Run a program in the open: print what it says as it says it, and keep it too."""
    heard = bytearray()
    with subprocess.Popen(
        list(command), cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        while process.stdout and (piece := os.read(process.stdout.fileno(), 65536)):
            heard += piece
            sys.stdout.buffer.write(piece)
            sys.stdout.buffer.flush()
    return process.returncode, heard.decode("utf-8", errors="replace").replace("\r\n", "\n")


def module(*words: str) -> list[str]:
    """Return the command that runs a module with the environment's Python."""
    return [str(venv_python()), "-m", *words]


# Command: run


def has_screen(platform: str, environment: dict[str, str]) -> bool:
    """Tell whether a window can be shown: on Linux that takes a display; elsewhere there is one."""
    if not platform.startswith("linux"):
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def command_run(arguments: argparse.Namespace) -> int:
    """Open Utväg, or do the main job without a window where there is no screen."""
    window = has_screen(sys.platform, dict(os.environ))
    ensure_environment(RUN_LOCK, window=window)
    if window:
        say("Opening Utväg. Close its window to come back here.")
        return subprocess.call(module("desktop_app", *arguments.words), cwd=ROOT, env=child_environment())
    say("There is no screen here, so Utväg does its main job on the practice store instead.")
    return practice_run()


def fresh_practice_folder(folder: Path) -> None:
    """Empty the folder for practice output; a folder that is not our own is left alone."""
    if folder.exists() and any(folder.iterdir()) and not (folder / PRACTICE_MARK).is_file():
        raise Refused(f"{folder.name} holds files that dev.py did not make; move it away first.", 2)
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir()
    (folder / PRACTICE_MARK).write_text("Made by dev.py; a new run replaces this folder.\n", encoding="utf-8")


def read_practice(output: str) -> tuple[str, list[str]]:
    """Read the passphrase and the case codes from what ``utvag practice`` said."""
    passphrase = ""
    codes = []
    for line in output.splitlines():
        if line.startswith("lösenfras:"):
            passphrase = line.split(":", 1)[1].strip()
        else:
            found = re.match(r"\s*([A-ZÅÄÖ]-\d{4}-\d{3,})\b", line)
            codes += [found[1]] if found else []
    return passphrase, codes


def practice_run() -> int:
    """Do the main job without a window: practice store, pages, printed forms, backup and its check."""
    fresh_practice_folder(PRACTICE)
    steps: list[Step] = []
    env = child_environment(QT_QPA_PLATFORM="offscreen")
    store = "practice-output/store"

    def do(name: str, *words: str) -> str:
        started = time.monotonic()
        code, output = run_and_hear(module("desktop_app", *words), env)
        steps.append(ended(name, code, started))
        return output

    passphrase, codes = read_practice(do("practice store", "practice", "--store", store))
    if not codes:
        return finish([*steps, Step("printed forms", "FAILED", None, "no practice case to print", 1)])
    key_file = PRACTICE / "passphrase.txt"
    key_file.write_text(passphrase + "\n", encoding="utf-8")
    key = ("--passphrase-file", str(key_file))
    do("pages", "tour", "--out", "practice-output/pages")
    for form in PRACTICE_FORMS:
        out = f"practice-output/{form}.pdf"
        do(out, "print", form, "--store", store, "--case", codes[0], "--out", out, "--read", *key)
    (PRACTICE / "backup").mkdir()
    do("backup", "backup", "--store", store, "--to", "practice-output/backup", *key)
    for copy in sorted((PRACTICE / "backup").glob("*.sakb")):
        do(f"check of {copy.name}", "verify", f"practice-output/backup/{copy.name}", *key)
    return finish(steps)


def finish(steps: Sequence[Step]) -> int:
    """Print the closing lines; return the exit code they amount to."""
    say()
    for line in closing_lines(steps):
        say(line)
    return first_failure(steps)


def command_tour(arguments: argparse.Namespace) -> int:
    """Save a picture of each page of the program, on the practice store, without a screen."""
    ensure_environment(RUN_LOCK)
    env = child_environment(QT_QPA_PLATFORM="offscreen")
    return subprocess.call(module("desktop_app", "tour", "--out", arguments.out), cwd=ROOT, env=env)


# Command: test


def side_by_side(words: Sequence[str]) -> list[str]:
    """Return pytest's words for a process on each core, a file's tests together; none where words are given."""
    cores = str(max(2, os.cpu_count() or 1))
    return [] if words else ["-n", cores, "--dist", "loadfile", "--no-loadscope-reorder"]


def checks(words: Sequence[str]) -> dict[str, list[str]]:
    """Return what CI runs, by name, in order; the words go to pytest."""
    colour = ["--color=yes"] if sys.stdout.isatty() else []
    return {
        "format": module("ruff", "format", "--check", "."),
        "lint": module("ruff", "check", "."),
        "types": module("basedpyright"),
        "imports": [str(venv_python().with_name("lint-imports")), "--no-logo", "--no-cache"],
        "tests": module("pytest", *colour, *side_by_side(words), *words),
    }


def command_test(arguments: argparse.Namespace) -> int:
    """Run all that CI runs, go on after a failure, and close with a line for each step."""
    steps: list[Step] = []
    started = time.monotonic()
    ensure_environment(DEV_LOCK)
    steps.append(Step("environment", "OK", time.monotonic() - started))
    wanted = arguments.only or list(checks(()))
    skipped = ensure_tools(TEST_TOOLS) if "tests" in wanted else []
    compile_ahead()
    heard = ""
    env = child_environment(QT_QPA_PLATFORM="offscreen", **({"UTVAG_LONG": "yes"} if arguments.long else {}))
    with place_in_memory(arguments.words) as place:
        for name, command in checks(arguments.words).items():
            if name not in wanted:
                steps.append(Step(name, "SKIPPED", None, "not asked for (--only)"))
                continue
            say(f"\n--- {name}")
            started = time.monotonic()
            more = place if name == "tests" else []
            code, heard = run_and_hear([*command, *more], env)
            steps.append(ended(name, code, started))
    close_tests([*steps, *skipped], heard)
    return first_failure(steps)


@contextlib.contextmanager
def place_in_memory(words: Sequence[str], memory: Path = MEMORY) -> Iterator[list[str]]:
    """Give pytest's word for a folder in memory, gone afterwards; none where words are given or room is short.

    The stores of the tests are many, and each waits for the disk at every save.
    """
    if words or not memory.is_dir() or room_in_memory(memory) < ROOM_FOR_TESTS:
        yield []
        return
    place = tempfile.mkdtemp(prefix="utvag-tests-", dir=memory)
    try:
        yield [f"--basetemp={place}", "--override-ini=tmp_path_retention_policy=failed"]
    finally:
        shutil.rmtree(place, ignore_errors=True)


def room_in_memory(memory: Path) -> int:
    """Return how many bytes may be written there: no more than there is memory that nobody uses."""
    try:
        told = Path("/proc/meminfo").read_text(encoding="ascii")
        free = re.search(r"MemAvailable:\s+(\d+) kB", told)
        return min(shutil.disk_usage(memory).free, int(free[1]) * 1024 if free else 0)
    except OSError:
        return 0


def compile_ahead() -> None:
    """Compile our modules once: the tests start hundreds of programs, and each would else do it by itself."""
    quiet([*module("compileall", "-q", "-j", "0"), "desktop_app", "ui", "tests"], env=child_environment())


def close_tests(steps: Sequence[Step], pytest_output: str) -> None:
    """Print the closing lines, the skipped tests, and last of all pytest's own closing line."""
    say("\nWhat was done")
    for line in closing_lines(steps):
        say(line)
    skips = pytest_skips(pytest_output)
    if skips:
        say("\nTests that were skipped, and why")
        for line in skips:
            say(f"  {line}")
    closing = pytest_closing(pytest_output)
    if closing:
        say(f"\n{closing}")


# Command: build


def command_build(_: argparse.Namespace) -> int:
    """Build the one-folder program, let it test itself, and tell its size."""
    ensure_environment(DEV_LOCK)
    missing = [tool for tool in BUILD_TOOLS if sys.platform == "linux" and not shutil.which(tool)]
    packages = [BUILD_TOOLS[tool] for tool in missing]
    if packages and not (install_door() and install_packages(packages, install_door())):
        raise Refused(f"The build needs: sudo apt-get install {' '.join(packages)}")
    words = ("PyInstaller", "--noconfirm", "--log-level", "WARN", "build.spec")
    built = timed("build", module(*words))
    if built.outcome == "FAILED":
        return finish([built])
    folder = ROOT / "dist" / "utvag"
    program = folder / ("utvag.exe" if WINDOWS else "utvag")
    tested = timed("self-test of the built program", [str(program), "--self-test"])
    code = finish([built, tested, parts_step(folder)])
    for line in size_lines(folder):
        say(line)
    return code


# What the built program is made of


def licence_of(said: Mapping[str, Any]) -> str:
    """Return a package's licence in as few words as its own description (as JSON) says it."""
    classed = [line for line in said.get("classifier") or () if line.startswith("License ::")]
    free = str(said.get("license") or "").strip().splitlines()
    short = "; ".join(line.split(" :: ")[-1] for line in classed if not line.endswith("OSI Approved"))
    return str(said.get("license_expression") or "") or short or (free[0] if free else "")


def parts_list(sources: Iterable[Path], program_version: str) -> dict[str, object]:
    """Return the packages that files in the bundle come from, as a CycloneDX document (its bill of materials).

    Run by the environment's own Python. A package's hash is that of the list of its installed files, which holds
    the hash of each. Raises Refused for a file from nowhere known.
    """
    owners = installed_files()
    known_places = [
        ROOT,
        Path(sysconfig.get_paths()["stdlib"]),
        *map(Path, SYSTEM_PLACES),
        Path(sys.base_prefix),
    ]
    found = {}
    for source in {Path(each).resolve() for each in sources}:
        owner = owners.get(source)
        if owner is not None:
            found[normal_name(owner.metadata["Name"])] = owner
        elif VENV.resolve() in source.parents or not any(
            place.resolve() in source.parents for place in known_places
        ):
            raise Refused(f"{source.name} would be in the bundle, and no package says it is its own.")
    components = [part_entry(name, found[name]) for name in sorted(found)]
    python = {
        "type": "framework",
        "name": "python",
        "version": platform.python_version(),
        "licenses": [{"license": {"name": "Python-2.0"}}],
    }
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "utvag", "version": program_version}},
        "components": [python, *components],
    }


@functools.lru_cache(maxsize=1)
def installed_files() -> dict[Path, importlib.metadata.Distribution]:
    """Return the package that each installed file belongs to."""
    owners = {}
    for each in importlib.metadata.distributions():
        base = os.path.realpath(str(each.locate_file("")))
        owners.update((Path(os.path.normpath(os.path.join(base, file))), each) for file in each.files or ())
    return owners


def bundle_faults(folder: Path, lock: Path) -> list[str]:
    """Return what is wrong with a bundle: packages that the lock does not name just so, files that can connect."""
    listed = json.loads((folder / PARTS_LIST).read_text(encoding="utf-8"))["components"]
    locked = dict(re.findall(r"^([A-Za-z0-9._-]+)==([^ \\;]+)", lock.read_text(encoding="utf-8"), re.M))
    expected = {normal_name(name): version for name, version in locked.items()}
    strangers = [
        f"{part['name']} {part['version']} is in the bundle and not in {lock.name}"
        for part in listed
        if part["name"] not in MAKES_THE_BUNDLE and expected.get(part["name"]) != part["version"]
    ]
    connecting = [path.name for path in folder.rglob("*") if CONNECTS.match(path.name)]
    return strangers + [f"{name} can connect to a network" for name in sorted(connecting)]


def parts_step(folder: Path) -> Step:
    """Compare the bundle's list of parts with the lock."""
    faults = bundle_faults(folder, ROOT / RUN_LOCK)
    for fault in faults:
        say(f"  {fault}")
    return Step("parts of the bundle", "FAILED" if faults else "OK", None, f"{PARTS_LIST} against {RUN_LOCK}")


def part_entry(name: str, owner: importlib.metadata.Distribution) -> dict[str, object]:
    """Return one package of the list."""
    record = (owner.read_text("RECORD") or "").encode()
    licence = LICENCES_READ.get(name) or licence_of(owner.metadata.json)
    if not licence:
        raise Refused(f"{name} does not say its licence; look it up and name it in dev.py.")
    return {
        "type": "library",
        "name": name,
        "version": owner.version,
        "purl": f"pkg:pypi/{name}@{owner.version}",
        "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(record).hexdigest()}],
        "licenses": [{"license": {"name": licence}}],
    }


def timed(name: str, command: Sequence[str]) -> Step:
    """Run one step in the open and time it."""
    say(f"--- {name}")
    started = time.monotonic()
    code = subprocess.call(list(command), cwd=ROOT, env=child_environment(QT_QPA_PLATFORM="offscreen"))
    return ended(name, code, started)


def size_lines(folder: Path, largest: int = 12) -> list[str]:
    """Return the size of a built folder: in all, and its largest files."""
    plain = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    files = [(path.stat().st_size, path) for path in plain]
    total = sum(size for size, _ in files)
    lines = [f"  {total / 1e6:8.1f} MB in {len(files)} files in {folder.relative_to(ROOT).as_posix()}"]
    for size, path in sorted(files, key=lambda pair: pair[0], reverse=True)[:largest]:
        lines.append(f"  {size / 1e6:8.1f} MB  {path.relative_to(folder).as_posix()}")
    return lines


# Commands: bench, lock


def command_bench(arguments: argparse.Namespace) -> int:
    """Measure the program against a floor timed in the same run."""
    ensure_environment(DEV_LOCK)
    env = child_environment(QT_QPA_PLATFORM="offscreen")
    return subprocess.call(module("tests.bench", *arguments.words), cwd=ROOT, env=env)


def command_lock(arguments: argparse.Namespace) -> int:
    """Write both lock files anew from pyproject.toml, with the newest versions that fit."""
    uv = shutil.which("uv") or str(venv_python().with_name("uv"))
    base = [uv, "pip", "compile", "pyproject.toml", "--universal", "--python-version", "3.11", "--quiet"]
    base += ["--generate-hashes", "--no-header", "--no-annotate", "--no-config"]
    base += ["--no-emit-index-url", "--no-emit-find-links", *(["--upgrade"] if arguments.upgrade else [])]
    try:
        subprocess.check_call([*base, "-o", RUN_LOCK], cwd=ROOT)
        subprocess.check_call([*base, "--extra", "dev", "-c", RUN_LOCK, "-o", DEV_LOCK], cwd=ROOT)
    except OSError:
        raise Refused("Lock files are made with uv, which is not here: pip install uv") from None
    say(f"{RUN_LOCK} and {DEV_LOCK} are written.")
    return 0


# The door itself


def parser() -> argparse.ArgumentParser:
    """Return the commands and their words."""
    top = argparse.ArgumentParser(prog="dev.py", description="Runs, tests and builds Utväg.")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)

    def add(name: str, act: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        one = commands.add_parser(name, help=text, description=text)
        one.set_defaults(act=act)
        return one

    run = add("run", command_run, "open Utväg; without a screen: the main job, into practice-output/")
    run.add_argument("words", nargs="*", help="words passed on to the program")
    test = add("test", command_test, "format, lint, types, import contracts and tests: what CI runs")
    test.add_argument("--only", action="append", choices=list(checks(())), help="one step; may be repeated")
    test.add_argument("--long", action="store_true", help="the long counts of kills, flips and power cuts")
    test.add_argument("words", nargs="*", help="words passed on to pytest (put -- before options)")
    add("build", command_build, "make the one-folder program, run its self-test, tell its size")
    bench = add("bench", command_bench, "measure against a floor timed in the same run")
    bench.add_argument("words", nargs="*", help="words passed on to the measurements")
    tour = add("tour", command_tour, "save a picture of each page of the program")
    tour.add_argument("--out", default="practice-output/pages", help="folder for the pictures")
    lock = add("lock", command_lock, "write the lock files anew from pyproject.toml (needs uv)")
    lock.add_argument("--upgrade", action="store_true", help="take newer versions than those locked now")
    return top


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; a refusal is one plain line, never a traceback."""
    trouble = too_old(sys.version_info[:3])
    if trouble:
        say(trouble)
        return 2
    arguments = parser().parse_args(words)
    try:
        return arguments.act(arguments)
    except Refused as refusal:
        say(str(refusal))
        return refusal.code
    except BrokenPipeError:  # whoever read our lines has gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as trouble_of_the_system:
        say(f"That did not go: {trouble_of_the_system}")
        return 1
    except KeyboardInterrupt:
        say("\nStopped.")
        return 130


def start() -> NoReturn:
    """Start from the command line."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    sys.exit(main())


if __name__ == "__main__":
    start()
