"""Starts a program of ``kill_targets.py`` and kills it in the middle of its work."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def running(action: str, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Start a program, wait until it is at work, and make sure it ends."""
    program = subprocess.Popen(
        [sys.executable, "-m", "tests.helpers.kill_targets", action, str(folder)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with program:
        assert program.stdout is not None
        assert program.stdout.readline() == "open\n", program.stderr and program.stderr.read()
        try:
            yield program
        finally:
            program.kill()


def killed(action: str, folder: Path, seconds: float) -> list[str]:
    """Let a program work for a while, kill it, and return what it said it had finished."""
    with running(action, folder) as program:
        time.sleep(seconds)
        program.send_signal(signal.SIGKILL)
        assert program.stdout is not None
        said = [line.strip() for line in program.stdout.readlines() if line.endswith("\n")]
        assert program.wait() == -signal.SIGKILL, program.stderr and program.stderr.read()
    return said
