"""Programs to be killed or stopped at any moment, forked from one that has loaded everything: milliseconds each.

``python -m tests.faults.writers`` reads lines ``ACTION FOLDER`` and answers each with ``pid N``, then with what
the new program says it has finished (``done N``), and with ``dead`` when it has ended.
"""

import itertools
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from desktop_app.storage.backup_file import write_backup
from desktop_app.storage.backup_names import backup_name
from desktop_app.storage.unit_of_work import UnitOfWork
from desktop_app.storage.vault_file import open_vault
from tests.faults import old_store
from tests.faults.acts import act, next_act
from tests.helpers.kill_targets import FIRST
from tests.helpers.vaults import NOW, quick_derivation

ROOT = Path(__file__).resolve().parents[2]


# In the program that is killed


def said(words: object) -> None:
    os.write(1, f"{words}\n".encode())


def write(folder: Path) -> None:
    """Acts without end, each told of when it is committed."""
    vault = open_vault(folder, FIRST)
    number = next_act(vault)
    said("open")
    while True:
        act(vault, number, random.Random(number))
        said(f"done {number}")
        number += 1


def write_too_eagerly(folder: Path) -> None:
    """The control: each act is told of before it is committed."""
    vault = open_vault(folder, FIRST)
    number = next_act(vault)
    said("open")
    commit = UnitOfWork.commit

    def told_first(work: UnitOfWork) -> None:
        said(f"done {number}")
        commit(work)

    UnitOfWork.commit = told_first
    while True:
        act(vault, number, random.Random(number))
        number += 1


def back_up(folder: Path) -> None:
    """One backup into the folder ``backups`` beside the store; then wait."""
    vault = open_vault(folder, FIRST)
    said("open")
    said(f"done {write_backup(vault, folder.parent / 'backups', now=NOW).sequence}")
    time.sleep(600)


def back_up_on_and_on(folder: Path) -> None:
    """Backups without end into the folder ``backups`` beside the store, each told of when it is finished."""
    vault = open_vault(folder, FIRST)
    said("open")
    while True:
        said(f"done {write_backup(vault, folder.parent / 'backups', now=NOW).sequence}")


def back_up_in_place(folder: Path) -> None:
    """The control: a copy of a whole backup, written straight to its final name as a plain program does it."""
    whole = next(folder.glob("*.whole")).read_bytes()
    said("open")
    for number in itertools.count(1):
        with (folder / "backups" / backup_name(NOW, number)).open("wb", buffering=0) as file:
            for at in range(0, len(whole), 4096):
                file.write(whole[at : at + 4096])
                time.sleep(0.0005)
        said(f"done {number}")


def migrate(folder: Path) -> None:
    """A store of schema 1 is brought up to date."""
    said("open")
    old_store.opened(folder)
    said("done 1")
    time.sleep(600)


def hold(folder: Path) -> None:
    """Keep the store open and do nothing."""
    open_vault(folder, FIRST)
    said("open")
    time.sleep(600)


ACTIONS = {
    action.__name__: action
    for action in (write, write_too_eagerly, back_up, back_up_on_and_on, back_up_in_place, migrate, hold)
}


def serve() -> None:
    old_store.key()
    with quick_derivation():
        for line in sys.stdin:
            action, folder = line.rstrip("\n").split(" ", 1)
            ready, told = os.pipe()
            child = os.fork()
            if not child:
                os.read(ready, 1)
                try:
                    ACTIONS[action](Path(folder))
                finally:
                    os._exit(1)
            said(f"pid {child}")
            os.write(told, b"1")
            os.waitpid(child, 0)
            os.close(ready)
            os.close(told)
            said("dead")


# In the test


class Writer:
    """One program at work, as the test sees it."""

    def __init__(self, pid: int, lines: IO[str]) -> None:
        self.pid = pid
        self._lines = lines
        self._over = False

    def send(self, number: signal.Signals) -> None:
        os.kill(self.pid, number)

    def wait_for(self, word: str) -> str:
        """Read until a line begins with ``word``; return the line."""
        for line in self._lines:
            if line.startswith(word):
                return line.strip()
            assert line != "dead\n", f"died before {word}"
        raise AssertionError("the programs' parent is gone")

    def killed(self) -> list[int]:
        """Kill it; return the numbers of all it had said it had done and nobody had read."""
        self.send(signal.SIGKILL)
        numbers = []
        for line in self._lines:
            if line == "dead\n":
                break
            numbers += [int(line.split()[1])] if line.startswith("done ") else []
        self._over = True
        return numbers

    def end(self) -> None:
        if not self._over:
            self.killed()


class Writers:
    """Starts programs."""

    def __init__(self, parent: subprocess.Popen[str]) -> None:
        self._parent = parent

    @contextmanager
    def at_work(self, action: str, folder: Path) -> Iterator[Writer]:
        """Start one and wait until it is at work; it is dead afterwards."""
        assert self._parent.stdin
        assert self._parent.stdout
        self._parent.stdin.write(f"{action} {folder}\n")
        self._parent.stdin.flush()
        writer = Writer(int(self._parent.stdout.readline().removeprefix("pid ")), self._parent.stdout)
        try:
            writer.wait_for("open")
            yield writer
        finally:
            writer.end()


@contextmanager
def writers() -> Iterator[Writers]:
    """Have a parent of programs ready."""
    command = [sys.executable, "-m", "tests.faults.writers"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as parent:
        try:
            yield Writers(parent)
        finally:
            parent.kill()


if __name__ == "__main__":
    serve()
