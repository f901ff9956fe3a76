"""The program, watched from outside while it tests itself, never speaks to a network."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source_tree import ROOT


def watched(log: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a command and have the system write down every call it makes to the network."""
    return subprocess.run(
        ["strace", "-f", "--seccomp-bpf", "-qq", "-e", "trace=network", "-o", str(log), *command],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "calls.txt"
    if watched(path, sys.executable, "-c", "").returncode != 0:
        pytest.skip("strace may not watch programs on this machine")
    return path


def outward(log: Path) -> list[str]:
    """The calls that could leave the machine; talk between programs on it (AF_UNIX) is no network."""
    return [line for line in log.read_text(encoding="utf-8").splitlines() if "AF_INET" in line]


@pytest.mark.needs("strace")
def test_the_self_test_makes_no_call_to_a_network(log: Path) -> None:
    tested = watched(log, sys.executable, "-m", "desktop_app", "--self-test")
    assert tested.returncode == 0, tested.stdout + tested.stderr
    assert not outward(log)


@pytest.mark.needs("strace")
def test_the_watch_sees_a_call_to_a_network(log: Path) -> None:
    watched(log, sys.executable, "-c", "import socket; socket.socket(socket.AF_INET)")
    assert outward(log)
