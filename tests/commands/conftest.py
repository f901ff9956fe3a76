"""``utvag`` run as a person or a script runs it: a process of its own."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.commands.run import run
from desktop_app.paths import RESOURCES
from tests.helpers.practice import PASSPHRASE, closed_practice, closed_store

Done = subprocess.CompletedProcess[str]
Utvag = Callable[..., Done]

ONE_LINE = re.compile(r"[A-ZÅÄÖ0-9][^\n]*[.:] [^\n]*\[[a-z_]+(\.[a-z_]+)?\]\n")


@pytest.fixture
def utvag() -> Utvag:
    """Run a command and return what it said."""

    def run_apart(*words: object, typed: str | bytes = "", **env: str) -> Done:
        done = subprocess.run(
            [sys.executable, "-W", "error", "-m", "desktop_app", *map(str, words)],
            input=typed if isinstance(typed, bytes) else typed.encode(),
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **env},
            cwd=RESOURCES.parent,
            capture_output=True,
            timeout=120,
            check=False,
        )
        return subprocess.CompletedProcess(
            done.args, done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
        )

    return run_apart


@pytest.fixture
def here(capsys: pytest.CaptureFixture[str]) -> Utvag:
    """Run a command in this very process: quicker, where only the words matter."""

    def run_here(*words: object) -> Done:
        status = run([str(word) for word in words], lambda _asked: 99)
        said = capsys.readouterr()
        return subprocess.CompletedProcess(list(words), status, said.out, said.err)

    return run_here


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file with the passphrase of the stores below."""
    path = tmp_path / "fras.txt"
    path.write_text(PASSPHRASE + "\nandra raden\n", encoding="utf-8")
    return path


@pytest.fixture
def practice(tmp_path: Path) -> Path:
    """A locked practice store."""
    return closed_practice(tmp_path / "ovning")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A locked store without cases."""
    return closed_store(tmp_path / "valv")


def code_of_refusal(done: Done, status: int = 1) -> str:
    """Check that a refusal is one plain line and nothing else; return its code."""
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert ONE_LINE.fullmatch(done.stderr), done.stderr
    assert "{" not in done.stderr
    assert done.returncode == status, done.stderr
    code = done.stderr.rstrip("\n]").rpartition("[")[2]
    assert not code.startswith("unexpected"), done.stderr
    return code
