"""What every test stands on: no screen, no network, nothing left behind, the same luck in CI each time."""

import functools
import os
import shutil
import socket
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before anything imports Qt

import pytest
from hypothesis import settings

from desktop_app.paths import RESOURCES
from desktop_app.storage import key_slots
from tests.helpers import figures
from tests.helpers.vaults import quick_derivation, unwiped_memory

if TYPE_CHECKING:
    from tests.faults.writers import Writers

settings.register_profile("desk", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "desk")

LOCAL_ADDRESSES = ("127.", "::1", "localhost")
SECONDS_FOR_THREADS_TO_END = 5.0
LONG_FOLDERS = {"faults", "lock", "leaks", "commands", "storage"}
LONG_FILES = {
    *(
        "archival",
        "case_documents",
        "case_guide",
        "case_page",
        "case_persons",
        "commands",
        "discretion",
        "drawing",
    ),
    *("every_place", "guide_pages", "printing", "protection", "real_forms", "search_panel", "whole_job"),
}
"""What takes a quarter of a minute or more is begun first, so that no process is left alone with it at the end."""


@pytest.fixture(autouse=True)
def whole_forms(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a form be built at once: how it comes a few fields at a time has tests of its own."""
    form_view = sys.modules.get("ui.forms.form_view")
    if form_view is not None:
        monkeypatch.setattr(form_view, "SLICE_SECONDS", 60.0)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest; within them, and after them, the order stays as it was drawn."""
    items.sort(key=lambda item: not is_long(item.path))


def is_long(path: Path) -> bool:
    """Tell whether the tests of a file take long."""
    return path.stem.removeprefix("test_") in LONG_FILES or not LONG_FOLDERS.isdisjoint(path.parts)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test by name when a program it calls, or a file by its path, is not on this machine."""
    for marker in item.iter_markers("needs"):
        missing = [tool for tool in marker.args if not (shutil.which(tool) or Path(tool).is_file())]
        if missing:
            pytest.skip(f"needs {', '.join(missing)}, which is not installed here")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In one of several processes of a run: hand the figures to the one that prints them."""
    handed = getattr(session.config, "workeroutput", None)
    if handed is not None:
        handed["figures"] = figures.told()


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: object) -> None:
    """Take in the figures of a process that has ended."""
    figures.take_over(getattr(node, "workeroutput", {}).get("figures", []))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print every figure that a promise is held with."""
    if figures.told():
        terminalreporter.section("figures, long counts" if figures.LONG else "figures, short counts")
        for promise, words in figures.told():
            terminalreporter.write_line(f"{promise}  {words}")


@pytest.fixture(scope="session")
def resources() -> Path:
    """The folder of forms, texts, rules and fonts."""
    return RESOURCES


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Any connection that would leave this machine fails the test that makes it."""
    honest = {name: getattr(socket.socket, name) for name in ("connect", "connect_ex")}

    def guarded(name: str):
        def connect(self: socket.socket, address: object) -> object:
            outward = self.family in (socket.AF_INET, socket.AF_INET6)
            if outward and not str(address[0]).startswith(LOCAL_ADDRESSES):
                raise AssertionError("The program tried to reach the network.")
            return honest[name](self, address)

        return connect

    with pytest.MonkeyPatch.context() as patch:
        for name in honest:
            patch.setattr(socket.socket, name, guarded(name))
        yield


@pytest.fixture(autouse=True, scope="session")
def derived_once() -> Iterator[None]:
    """The same secret with the same salt is stretched once in a run: most stores here are copies of a few."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(key_slots, "wrapping_key", functools.cache(key_slots.wrapping_key))
        yield


@pytest.fixture(autouse=True, scope="session")
def memory_unwiped() -> Iterator[None]:
    """SQL in half the time: what SQLCipher does with its memory is held by the programs that tests start."""
    with unwiped_memory():
        yield


@pytest.fixture(scope="module")
def programs() -> "Iterator[Writers]":
    """Programs to be killed at any moment, which stretch no secret; nor does the test while it has them."""
    from tests.faults import old_store
    from tests.faults.writers import writers

    old_store.key()  # derived in earnest, before it is made quick
    with writers() as ready, quick_derivation():
        yield ready


@pytest.fixture(autouse=True)
def nothing_left_behind() -> Iterator[None]:
    """A test that leaves a thread running, or a file in the folder it was started in, fails."""
    threads_before = set(threading.enumerate())
    folder = Path.cwd()
    files_before = visible_names(folder)
    yield
    left = threads_left(threads_before)
    assert not left, f"Threads were left running: {left}"
    if Path.cwd() == folder:
        new = visible_names(folder) - files_before
        assert not new, f"Files were left in the folder the tests run in: {sorted(new)}"


def visible_names(folder: Path) -> set[str]:
    """What a person sees in a folder; tools keep their own notes under a dot or in __pycache__."""
    return {path.name for path in folder.iterdir() if not path.name.startswith((".", "__pycache__"))}


def threads_left(before: set[threading.Thread]) -> list[str]:
    """The threads a test began and did not end, after a short wait; Qt's own are not ours to end."""
    deadline = time.monotonic() + SECONDS_FOR_THREADS_TO_END
    while True:
        now = [each for each in threading.enumerate() if each not in before]
        ours = [each.name for each in now if not isinstance(each, threading._DummyThread)]
        if not ours or time.monotonic() > deadline:
            return ours
        time.sleep(0.01)
