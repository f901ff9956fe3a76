"""One window for each person: real processes, a real kill, and what a second start does."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from tests.architecture.source_tree import ROOT
from ui.system.instance import CALL_NAME, LOCK_NAME, bring_forward, the_only_instance

FIRST = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from ui.system.instance import the_only_instance
app = QCoreApplication([])
instance = the_only_instance(Path(sys.argv[1]), patience=0)
def say(words):
    sys.stdout.write(words + "\\n"); sys.stdout.flush()
if instance is None:
    say("already open")
    sys.exit(1)
instance.called.connect(lambda: say("called"))
say("alone")
app.exec()
"""
# Deaf: it holds the lock a moment longer and hears no call, as a program that is being replaced by its successor.
ENDING = """
import sys, time
from pathlib import Path
from desktop_app.file_lock import FileLock
lock = FileLock.take(Path(sys.argv[1]))
print("on its way out", flush=True)
time.sleep(0.3)
"""


def start(folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", FIRST, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8"
    )


def next_line(program: subprocess.Popen[str]) -> str:
    assert program.stdout is not None
    return program.stdout.readline().strip()


@pytest.fixture
def first(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    program = start(tmp_path)
    assert next_line(program) == "alone"
    yield program
    program.kill()
    program.communicate()


def test_a_second_start_calls_the_first_and_ends(first: subprocess.Popen[str], tmp_path: Path):
    for _time in range(2):
        second = start(tmp_path)
        assert (second.communicate(timeout=30)[0].strip(), second.returncode) == ("already open", 1)
        assert next_line(first) == "called"
    assert first.poll() is None


def test_a_killed_program_keeps_nobody_out(first: subprocess.Popen[str], tmp_path: Path):
    first.kill()
    first.wait()
    assert (tmp_path / LOCK_NAME).exists(), "what a kill leaves behind"
    third = start(tmp_path)
    assert next_line(third) == "alone"
    third.kill()
    third.communicate()


def test_another_person_has_another_window(first: subprocess.Popen[str], tmp_path: Path):
    other = start(tmp_path / "another")
    assert next_line(other) == "alone"
    other.kill()
    other.communicate()


def test_a_start_waits_for_one_that_is_on_its_way_out(app: QApplication, tmp_path: Path):
    ending = subprocess.Popen(
        [sys.executable, "-c", ENDING, str(tmp_path / LOCK_NAME)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    assert next_line(ending) == "on its way out"
    instance = the_only_instance(tmp_path, patience=30)
    assert instance is not None
    ending.communicate()
    instance.close()


def test_a_call_nobody_heard_does_not_reach_the_next_one(app: QApplication, tmp_path: Path):
    (tmp_path / CALL_NAME).touch()
    heard: list[bool] = []
    instance = the_only_instance(tmp_path)
    assert instance is not None
    instance.called.connect(lambda: heard.append(True))
    QApplication.processEvents()
    assert not (tmp_path / CALL_NAME).exists()
    assert heard == []
    instance.close()


def test_no_file_of_it_says_anything(first: subprocess.Popen[str], tmp_path: Path):
    start(tmp_path).communicate(timeout=30)
    assert {path.read_bytes() for path in tmp_path.iterdir()} == {b""}
    assert all(path.stat().st_mode & 0o077 == 0 for path in tmp_path.iterdir())


def test_a_folder_that_cannot_be_made_is_told(app: QApplication, tmp_path: Path):
    (tmp_path / "file").touch()
    with pytest.raises(FileExistsError):
        the_only_instance(tmp_path / "file")


@pytest.mark.qt_log_ignore("does not support raise")
def test_the_window_comes_forward_from_where_it_was_put_away(app: QApplication):
    window = QWidget()
    window.showMinimized()
    bring_forward(window)
    QApplication.processEvents()
    assert window.isVisible()
    assert not window.windowState() & Qt.WindowState.WindowMinimized
    window.close()
    window.deleteLater()
