"""The lock and the death of real processes: what is left in memory, on disk, and of what was being typed."""

import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop_app.domain.journal import Note
from desktop_app.services import cases, desk_notes, forms, journal
from desktop_app.services.session import Session
from desktop_app.services.vault import lock
from tests.helpers.clock import StillClock
from tests.helpers.desk_driver import CANARY, FIELD
from tests.helpers.figures import rounds, tell
from tests.helpers.leak_scan import dressed
from tests.helpers.practice import closed_practice, opened
from ui.windows.lock_reason import LockReason

ROOT = Path(__file__).resolve().parents[3]
MOST_LOST = 2.0
MANY_KEYS = 20
LUCK = random.Random()
PATIENCE = 90.0
UNLOCK_WORDS = "Lås upp Utväg"
AT_REST = {"data.db", "data.lock", "data.seal", "nyckel.json", "nyckel-kopia.json"}

linux_only = pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="looks into /proc")


@contextmanager
def driven(work: str, store: Path) -> Iterator[subprocess.Popen[str]]:
    """Start a window that types, with a home of its own."""
    home = store.parent / "home"
    home.mkdir(exist_ok=True)
    places = {name: str(home) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")}
    program = subprocess.Popen(
        [sys.executable, "-m", "tests.helpers.desk_driver", work, str(store)],
        cwd=ROOT,
        env={**os.environ, **places, "QT_QPA_PLATFORM": "offscreen"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with program:
        try:
            yield program
        finally:
            program.kill()


# P3.5: killed while typing


@dataclass(frozen=True)
class Death:
    """When each key was pressed, when the process was killed, and the notes told as signed: id and length."""

    pressed: tuple[float, ...]
    killed_at: float
    signed: tuple[tuple[str, int], ...] = ()

    def lost(self, saved: int) -> float:
        """Seconds of typing that are gone when ``saved`` keys are there."""
        return max(0.0, self.killed_at - self.pressed[saved]) if saved < len(self.pressed) else 0.0


def killed_while_typing(program: subprocess.Popen[str], seconds: float) -> Death:
    assert program.stdout is not None
    begun = [program.stdout.readline() for _key in range(MANY_KEYS)]
    assert begun[-1], program.stderr and program.stderr.read()
    time.sleep(seconds)
    program.send_signal(signal.SIGKILL)
    killed_at = time.monotonic()
    lines = [*begun, *(line for line in program.stdout.readlines() if line.endswith("\n"))]
    told = [line.split() for line in lines]
    signed = tuple((words[1], int(words[2])) for words in told if words[0] == "signed")
    return Death(tuple(float(words[1]) for words in told if words[0] != "signed"), killed_at, signed)


def text_in_the_form(session: Session) -> str:
    case = sorted(cases.list_cases(session), key=lambda each: each.code)[2]
    view = forms.open_form(session, case.case_id, "F01")
    entry = next(each for each in view.filled.items() if each.item.link_id == FIELD)
    return str(entry.answer.value or entry.answer.typed or "")


def keys_in_the_note(session: Session) -> int:
    kept = desk_notes.kept(session)
    texts = json.loads(kept.note)["half"]["texts"] if kept is not None else {}
    return max((len(re.findall("x", text)) for text in texts.values()), default=0)


def notes_in_the_journal(session: Session) -> list[Note]:
    case = sorted(cases.list_cases(session), key=lambda each: each.code)[2]
    return [thread.note for thread in journal.view(session, case.case_id).threads]


def keys_in_notes(session: Session) -> int:
    typed = (note.content.body for note in notes_in_the_journal(session))
    return sum(body.count("x") for body in typed if set(body) <= {"x"})


KEYS_SAVED = {
    "settings": keys_in_the_note,
    "journal": keys_in_notes,
    "form": lambda session: text_in_the_form(session).count("x"),
    "without": lambda session: text_in_the_form(session).count("x"),
}


def keys_saved(work: str, store: Path) -> int:
    """How many of the keys that were pressed are in the store."""
    session = opened(store, StillClock())
    saved = KEYS_SAVED[work](session)
    lock(session)
    return saved


def signed_notes(store: Path) -> dict[str, int]:
    """The notes that stand signed in the store: id and length."""
    session = opened(store, StillClock())
    found = {
        n.id: n.content.body.count("x") for n in notes_in_the_journal(session) if n.signed_at is not None
    }
    lock(session)
    return found


def lost_seconds(work: tuple[str, ...], folder: Path, seconds: float) -> list[float]:
    """Kill windows that type at the same time and return how many seconds of typing are gone in each."""
    stores = [closed_practice(folder / str(number) / "store") for number in range(len(work))]
    with ExitStack() as running:
        programs = [running.enter_context(driven(*each)) for each in zip(work, stores, strict=True)]
        deaths = [killed_while_typing(program, seconds) for program in programs]
    return [
        death.lost(keys_saved(each, store)) for each, store, death in zip(work, stores, deaths, strict=True)
    ]


def test_a_death_while_typing_takes_two_seconds_of_it_at_most(tmp_path: Path):
    times = rounds(4, 50)
    lost: list[float] = []
    for number in range(times // 2):
        work = ("form", "settings" if number % 3 == 2 else "form")
        lost += lost_seconds(work, tmp_path / str(number), LUCK.uniform(1.6, 3.0))
    tell("P3.5", f"{times} kills while typing without a pause, at most {max(lost):.2f} s lost")
    assert max(lost) <= MOST_LOST


def test_the_control_without_autosave_loses_more(tmp_path: Path):
    (lost,) = lost_seconds(("without",), tmp_path, 2.4)
    tell("P3.5", f"control without autosave: {lost:.2f} s lost")
    assert lost > MOST_LOST


def test_a_death_while_notes_are_written_never_takes_a_signed_one(tmp_path: Path):
    times = rounds(2, 200)
    lost: list[float] = []
    signed = 0
    for number in range(times // 2):
        stores = [closed_practice(tmp_path / f"{number}-{side}" / "store") for side in range(2)]
        with ExitStack() as running:
            programs = [running.enter_context(driven("journal", store)) for store in stores]
            deaths = [killed_while_typing(program, LUCK.uniform(0.5, 4.0)) for program in programs]
        for store, death in zip(stores, deaths, strict=True):
            kept = signed_notes(store)
            assert {note_id: kept.get(note_id) for note_id, _length in death.signed} == dict(death.signed)
            signed += len(death.signed)
            lost.append(death.lost(keys_saved("journal", store)))
    tell(
        "4",
        f"{times} kills while notes are written: 0 of {signed} signed notes lost, {max(lost):.2f} s of typing",
    )
    assert signed
    assert max(lost) <= MOST_LOST


# P4.3 and P3.6: the process after the lock


def canaries_in(pid: int) -> int:
    """How often the canary stands, in any dress, in the memory of a process."""
    forms_of_it = sorted(set().union(*dressed(CANARY).values()))
    return sum(part.count(form) for part in memory_of(pid) for form in forms_of_it)


def memory_of(pid: int) -> Iterator[bytes]:
    """Every readable and writable part of a process's memory: what lies in files is the program, not its data."""
    with Path(f"/proc/{pid}/maps").open() as maps, Path(f"/proc/{pid}/mem").open("rb", 0) as memory:
        for line in maps:
            found = re.match(r"([0-9a-f]+)-([0-9a-f]+) (rw..)", line)
            if found is None:
                continue
            start, end = int(found[1], 16), int(found[2], 16)
            try:
                memory.seek(start)
                yield memory.read(end - start)
            except (OSError, ValueError, OverflowError):
                continue


def shows(pid: int, words: str) -> bool:
    """Whether words stand in memory as Qt holds what it shows."""
    return any(words.encode("utf-16-le") in part for part in memory_of(pid))


def wait_until(found, what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not found():
        assert time.monotonic() < end, what
        time.sleep(0.2)


@linux_only
def test_nothing_of_a_case_is_in_the_memory_of_the_process_after_the_lock(tmp_path: Path):
    store = closed_practice(tmp_path / "store")
    with driven("lock", store) as program:
        assert program.stdout is not None
        assert program.stdin is not None
        assert program.stdout.readline() == "typed\n", program.stderr and program.stderr.read()
        pid, command = program.pid, Path(f"/proc/{program.pid}/cmdline")
        try:
            before = canaries_in(pid)
        except PermissionError:
            pytest.skip("this user may not read the memory of its own processes")
        former = command.read_bytes()
        program.stdin.write("go\n")
        program.stdin.flush()
        wait_until(lambda: b"--locked" in command.read_bytes(), "the process was not replaced")
        wait_until(lambda: shows(pid, UNLOCK_WORDS), "no lock screen came")
        words = command.read_bytes().split(b"\0")
        after = canaries_in(pid)
    tell("P4.3", f"{before} canaries in the process before the lock (control), {after} in the one after")
    assert before > 0
    assert after == 0
    assert former != b"\0".join(words), "the same number, another image"
    assert words[1:3] == [b"-m", b"desktop_app"]
    assert words[3:7] == [b"--store", str(store).encode(), b"--locked", LockReason.ASKED.encode()]
    assert CANARY.encode() not in b"".join(words)
    assert {path.name for path in store.iterdir()} <= AT_REST
    assert len(list(store.glob("*.db"))) == 1
    tell("P3.6", "after the lock one database file, no -wal, no -journal")
    session = opened(store, StillClock())
    kept = text_in_the_form(session)
    lock(session)
    assert kept.startswith(CANARY), "what was typed is there"
