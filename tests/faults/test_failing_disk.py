"""P3.4: the disk fills up, breaks or is pulled at each of its calls in turn: a typed error, nothing saved is lost,
and the same work goes well once the disk does.
"""

import json
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.faults.watched_disk import run_watched
from tests.helpers.figures import rounds, tell

pytestmark = [
    pytest.mark.needs("cc"),
    pytest.mark.skipif(sys.platform != "linux", reason="the shim is loaded the way Linux does it"),
]

RUNS = "tests.faults.fault_runs"
WORKS = {
    "saving": "acts saved",
    "changing_passphrase": "passphrase changed",
    "backing_up": "backup, the store's disk and the stick",
    "backing_up_to_stick": "backup, the stick alone",
    "creating": "store made",
    "restoring": "backup restored",
    "healing": "bad page healed",
    "replacing_data_key": "data key replaced",
    "migrating": "store of schema 1 migrated",
}
# What may be said, and what must have been said at least once: the message for exactly this fault.
MAY_SAY = {
    "full": ("DiskFull", {"FolderNotWritable"}),
    "broken": ("MediumFailed", {"FolderNotWritable", "BackupFailed"}),
    "broken_once": ("MediumFailed", {"FolderNotWritable", "BackupFailed"}),
    "gone": ("MediumFailed", {"FolderNotWritable", "BackupFailed"}),
    "read_only": ("MediumReadOnly", {"MediumFailed", "FolderNotWritable", "BackupFailed"}),
}


def tries(work: str, folder: Path, count: int, *faults: str) -> list[dict]:
    """Let a work meet each fault at ``count`` of its calls; return what came of those that were met."""
    said = run_watched(RUNS, work, ",".join(faults), folder, count)
    return [each for each in map(json.loads, said.splitlines()) if each["was_hit"]]


@pytest.mark.parametrize("work", WORKS)
def test_a_failing_disk_is_told_and_loses_nothing(tmp_path: Path, work: str):
    met = tries(work, tmp_path, rounds(3, 40), *MAY_SAY)
    assert [each for each in met if each["wrong"]] == []
    for fault, (typical, others) in MAY_SAY.items():
        said = Counter(each["error"] for each in met if each["fault"] == fault)
        assert set(said) <= {"", typical, *others}, fault
        assert said[typical] or fault == "read_only", fault
    tell(
        "P3.4",
        f"{WORKS[work]}: {len(met)} failing calls (full, broken, pulled, read-only), 0 lost, all done again",
    )


def test_the_control_that_calls_saved_what_was_not_is_found(tmp_path: Path):
    met = tries("saving_heedless", tmp_path, 8, "broken")
    found = [each for each in met if any("lost" in words for words in each["wrong"])]
    assert found
    tell("P3.4", f"control, errors passed over: {len(found)} of {len(met)} found to have lost acts")
