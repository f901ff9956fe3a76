"""Runs the sessions at the window and the commands, one after the other on one store, each watched from outside."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from desktop_app.services.library import load_library
from desktop_app.services.session import local_now
from tests.helpers.figures import LONG
from tests.leaks.canaries import PASSPHRASE, WORDS
from tests.leaks.system_calls import Watched, watched

FALLEN = -9
NAMED_EXPORTS = ("sparad.pdf", "utskrift.pdf")
FIRST = "the first day" if LONG else "a short day"
SESSIONS = (FIRST, "a fall", "the day after")
PLAYED = (FIRST, f"{FIRST}, after the lock", "a fall", "the day after")
"""The processes: a lock ends one and begins the next."""


@dataclass(frozen=True)
class Run:
    """One process that was watched: its name, what it did, the scenes it told of, and its one named export."""

    name: str
    watch: Watched
    scenes: tuple[dict[str, object], ...]
    export: Path


@dataclass(frozen=True)
class World:
    """The folder everything happened in, what happened, and the words that must be found nowhere."""

    folder: Path
    runs: tuple[Run, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The canaries, and the recovery keys the sheets were made of, as printed and without their hyphens."""
        keys = [
            str(notes["recovery key, backwards"])[::-1]
            for run in self.runs
            for scene in run.scenes
            if (notes := scene["notes"]) and isinstance(notes, dict) and "recovery key, backwards" in notes
        ]
        return (*WORDS, *keys, *(key.replace("-", "") for key in keys))

    @property
    def exports(self) -> set[Path]:
        """The files that were asked for by name."""
        return {self.folder / name for name in NAMED_EXPORTS}


def live_through(folder: Path) -> World:
    """Do everything once. What the watch writes itself lies beside the world, not in it."""
    world = folder / "värld"
    (world / "minne").mkdir(parents=True)
    runs = [_session(name, world, folder) for name in SESSIONS]
    runs += [_command(name, words, world, folder) for name, words in commands(world, folder).items()]
    return World(world, tuple(runs))


def _session(name: str, world: Path, folder: Path) -> Run:
    report = world / "report.jsonl"
    report.unlink(missing_ok=True)
    watch = watched(world, "-m", "tests.leaks.window_day", name, str(world), trace=folder / "trace")
    told = report.read_text("utf-8").splitlines() if report.exists() else []
    report.unlink(missing_ok=True)
    return Run(name, watch, tuple(json.loads(line) for line in told), world / NAMED_EXPORTS[0])


def _command(name: str, words: tuple[str, ...], world: Path, folder: Path) -> Run:
    watch = watched(world, "-m", "desktop_app", *words, trace=folder / "trace")
    return Run(name, watch, (), world / NAMED_EXPORTS[1])


def commands(world: Path, folder: Path) -> dict[str, tuple[str, ...]]:
    """What is asked for on the command line, on the store the window left."""
    key = folder / "fras.txt"
    key.write_text(PASSPHRASE + "\n", encoding="utf-8")
    store = world / "hem" / ".local" / "share" / "Utväg" / "Valv"
    opens, secret = ("--store", str(store)), ("--passphrase-file", str(key))
    backup = str(min((world / "minne").glob("*.sakb"), default=world))
    form, case = load_library().forms[0].id, f"K-{local_now().year}-001"
    asked = {
        "check": ("check", *opens, *secret),
        "print": ("print", form, *opens, "--case", case, "--out", str(world / NAMED_EXPORTS[1]), *secret),
        "verify": ("verify", backup, *secret),
        "restore": ("restore", backup, "--to", str(world / "åter"), *secret),
    }
    more = {
        "backup": ("backup", *opens, "--to", str(world / "minne"), *secret),
        "self-test": ("--self-test",),
    }
    return {**asked, **more} if LONG else asked
