"""P4.4: no error, wherever and of whatever kind, takes a word of a case into a log, a dialog or a file."""

import functools
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from desktop_app.start_faults import FILE_NAME, MOST_BYTES
from tests.architecture.source_tree import ROOT
from tests.helpers.figures import tell
from tests.helpers.forced_faults import CANARY, KINDS, LEAST, PLACES, pairs
from tests.helpers.leak_scan import found_in


class Ran:
    """What a run left behind for somebody to read."""

    def __init__(self, folder: Path, *words: str) -> None:
        (folder / "config").mkdir(parents=True)
        environment = {**os.environ, "XDG_CONFIG_HOME": str(folder / "config"), "PYTHONPATH": str(ROOT)}
        script = Path(ROOT) / "tests" / "helpers" / "forced_faults.py"
        ran = subprocess.run(
            [sys.executable, str(script), str(folder), *words],
            env=environment,
            capture_output=True,
            timeout=600,
        )
        self.terminal = ran.stdout + ran.stderr
        assert ran.returncode == 0, self.terminal.decode()[-2_000:]
        self.report: dict[str, Any] = json.loads((folder / "report.json").read_text(encoding="utf-8"))
        self.start_file = next((folder / "config").rglob(FILE_NAME)).read_bytes()

    @functools.cached_property
    def everything(self) -> bytes:
        """All of it as bytes."""
        return self.terminal + json.dumps(self.report, ensure_ascii=False).encode() + self.start_file


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    return Ran(tmp_path_factory.mktemp("forced"))


def test_every_place_and_every_kind_is_among_the_forced_ones(ran: Ran):
    forced = pairs(ran.report["forced"])
    assert len(forced) >= LEAST
    assert {place for place, _ in forced} == set(PLACES)
    assert {kind for _, kind in forced} == set(KINDS)


def test_no_word_of_a_case_is_left_anywhere(ran: Ran):
    assert found_in(ran.everything, [CANARY]) == set()
    assert ran.terminal == b""
    tell(
        "P4.4",
        f"{ran.report['forced']} forced errors, 0 with a word of a case in log, dialog, terminal or file",
    )


def test_the_errors_were_told_all_the_same(ran: Ran):
    remembered, kept = ran.report["remembered"], ran.report["kept"]
    assert len(remembered) >= LEAST
    assert len(kept) >= LEAST
    assert any("[KeyError forced_faults.py:" in line for line in remembered)
    assert any("KeyError forced_faults.py:" in line for line in kept)
    assert any("Qt warned" in line for line in kept)
    assert any("a thread ended with an error" in line for line in kept)
    assert any("an error in a finalizer" in line for line in kept)
    assert any("Något gick fel i programmet" in words for words in ran.report["shown"])


def test_the_file_of_start_errors_holds_codes_and_places(ran: Ran):
    lines = ran.start_file.decode().splitlines()
    assert len(lines) >= LEAST / 2
    assert len(ran.start_file) <= MOST_BYTES
    assert any(line.split(" ")[3:5] == ["vault.database_damaged", "DatabaseDamaged"] for line in lines)
    assert all(len(line.split(" ")) >= 5 for line in lines)


def test_a_plain_log_would_have_told_everything(tmp_path: Path):
    assert found_in(Ran(tmp_path, "plain").terminal, [CANARY]) == {CANARY}
