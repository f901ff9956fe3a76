"""Work that meets a failing disk, run with the shim loaded: ``… WORK FAULTS FOLDER TRIES``.

The work is done once to count its calls to the disk, then again and again with the fault beginning at one call
after another. Each time is told as one line of JSON: the error that came, and everything that was wrong afterwards.
"""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop_app.domain.errors import AppError
from tests.faults.fault_works import WORKS, Work
from tests.faults.watched_disk import (
    BROKEN,
    FOR_EVER,
    FULL,
    GONE,
    NAMES,
    READ_ONLY,
    READS,
    REMOVALS,
    SYNCS,
    WRITES,
    WatchedDisk,
)
from tests.helpers.vaults import quick_derivation, unwiped_memory


@dataclass(frozen=True)
class Fault:
    """What fails, with which reason, and whether it works again at the next call."""

    reason: int
    kinds: int
    once: bool = False


FAULTS = {
    "full": Fault(FULL, WRITES | NAMES),
    "broken": Fault(BROKEN, WRITES | SYNCS | NAMES | REMOVALS),
    "broken_once": Fault(BROKEN, WRITES | SYNCS | NAMES | REMOVALS, once=True),
    "gone": Fault(GONE, WRITES | SYNCS | NAMES | REMOVALS | READS),
    "read_only": Fault(READ_ONLY, WRITES | NAMES | REMOVALS),
}


def spread(calls: int, tries: int) -> list[int]:
    """Choose calls to fail: all of them, or so many spread evenly, first and last among them."""
    if calls <= tries:
        return list(range(1, calls + 1))
    return sorted({1 + round(number * (calls - 1) / (tries - 1)) for number in range(tries)})


def attempted(act: Callable[[], None]) -> str:
    """Return the name of the error that came, or nothing; an error that is not the program's own is marked."""
    try:
        act()
    except AppError as error:
        return type(error).__name__
    except Exception as error:
        return f"!{type(error).__name__}: {error}"
    return ""


def run(work: Work, disk: WatchedDisk, name: str, call: int) -> dict[str, object]:
    """Let the work meet a fault at one of its calls."""
    fault = FAULTS[name]
    work.prepare(call)
    disk.fail(call, call if fault.once else FOR_EVER, fault.reason, fault.kinds)
    error = attempted(work.act)
    was_hit = disk.counted() >= call
    disk.mend()
    wrong = work.wrong(failed=bool(error))
    return {"fault": name, "call": call, "error": error, "was_hit": was_hit, "wrong": wrong}


def calls_of(work: Work, disk: WatchedDisk, fault: Fault) -> int:
    """Do the work undisturbed; return how many calls it makes that the fault would meet."""
    work.prepare(0)
    disk.count(fault.kinds)
    assert not attempted(work.act)
    calls = disk.counted()
    disk.mend()
    assert work.wrong(failed=False) == []
    return calls


def main(name: str, faults: list[str], folder: Path, tries: int) -> None:
    """Let one work meet each fault at each of its calls, or at ``tries`` of them."""
    with unwiped_memory():  # before the first store is opened
        work = WORKS[name](folder)
    disk = WatchedDisk(work.watched)
    with quick_derivation():
        for fault in faults:
            for call in spread(calls_of(work, disk, FAULTS[fault]), tries):
                sys.stdout.write(json.dumps(run(work, disk, fault, call)) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2].split(","), Path(sys.argv[3]), int(sys.argv[4]))
