"""The watch over the window, put together: the system's word locks, and a lock leaves nothing lying about."""

import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit

from desktop_app import logs
from desktop_app.services import log_lines, vault
from desktop_app.start_faults import FILE_NAME
from tests.architecture.source_tree import ROOT
from tests.helpers.practice import PASSPHRASE
from tests.ui.conftest import Stage
from ui.system import clipboard_guard
from ui.system.watch import CODES
from ui.windows.safeguards import Safeguards

WORDS = "Klara Zebraqvist"


@pytest.fixture
def guarded(empty: Stage, monkeypatch: pytest.MonkeyPatch) -> Iterator[Safeguards]:
    # The screen of the tests does not know who copied last: here it is always the program.
    monkeypatch.setattr(clipboard_guard, "_owns", lambda _clipboard, _mode: True)
    made = Safeguards(empty.window, empty.desk)
    made.start()
    yield made
    made.stop()
    QApplication.clipboard().clear()


def copied() -> str:
    """Copy from a field as a person does, and say what lies on the clipboard then."""
    field = QLineEdit(WORDS)
    field.selectAll()
    field.copy()
    field.deleteLater()
    return QApplication.clipboard().text()


@pytest.mark.parametrize("code", CODES)
def test_whatever_the_system_says_locks(guarded: Safeguards, empty: Stage, code: str):
    assert empty.desk.session is not None
    assert copied() == WORDS
    guarded.watch.must_lock.emit(code)
    # Sleep waits only until the word has been taken: by then it is done.
    assert empty.desk.session is None
    assert empty.window.frame is None
    assert QApplication.clipboard().text() == ""


def test_the_words_of_the_system_do_nothing_when_nothing_is_open(guarded: Safeguards, empty: Stage):
    empty.window.lock()
    empty.work()
    shown = empty.window.shown
    for code in CODES:
        guarded.watch.must_lock.emit(code)
    assert empty.window.shown is shown


def test_the_end_of_the_program_clears_the_clipboard(guarded: Safeguards):
    assert copied() == WORDS
    guarded.stop()
    assert QApplication.clipboard().text() == ""


def test_a_lock_moves_the_log_into_the_store(guarded: Safeguards, empty: Stage):
    root = logging.getLogger()
    before, level = root.handlers, root.level
    logs.begin()
    logs.take()
    try:
        logging.getLogger("ui.somewhere").error("something to remember")
        assert empty.desk.session is not None
        folder = empty.desk.session.folder
        assert empty.window.lock()
        assert logs.lines() == ()
        session = vault.unlock(empty.desk.library, folder, PASSPHRASE, empty.clock)
        assert next(line.words for line in log_lines.newest(session)) == "something to remember"
        vault.lock(session)
    finally:
        root.handlers, root.level = before, level


# The whole program, as it is started

SECOND = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLabel
from ui import app as program
app = program.make_app()
def look():
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QDialog) and widget.isVisible():
            print(*[each.text() for each in widget.findChildren(QLabel)], flush=True)
            widget.accept()
            return
    QTimer.singleShot(20, look)
QTimer.singleShot(0, look)
sys.exit(program.main())
"""


@pytest.fixture
def surroundings(tmp_path: Path) -> dict[str, str]:
    return {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "HOME": str(tmp_path),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "XDG_DATA_HOME": str(tmp_path / "data"),
    }


@pytest.mark.skipif(sys.platform != "linux", reason="the folders are set by Linux's variables")
def test_a_second_start_says_that_the_program_is_open(surroundings: dict[str, str], tmp_path: Path):
    first = subprocess.Popen(
        [sys.executable, "-m", "desktop_app"], cwd=ROOT, env=surroundings, stderr=subprocess.DEVNULL
    )
    lock = tmp_path / "config" / "Utväg" / "oppen.lock"
    try:
        while not lock.exists():
            assert first.poll() is None
            QApplication.processEvents()
        second = subprocess.run(
            [sys.executable, "-c", SECOND],
            cwd=ROOT,
            env=surroundings,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
        )
        assert second.returncode == 1, second.stderr
        assert "Utväg är redan öppet." in second.stdout
        assert first.poll() is None
    finally:
        first.kill()
        first.communicate()


@pytest.mark.skipif(sys.platform != "linux", reason="the folders are set by Linux's variables")
def test_a_program_that_cannot_start_leaves_a_code_and_a_place(surroundings: dict[str, str], tmp_path: Path):
    code = (
        "from unittest import mock; from desktop_app import __main__ as doorstep; import sys; sys.argv = ['utvag'];"
        f"mock.patch('ui.app.make_desk', side_effect=ValueError('{WORDS}')).start(); sys.exit(doorstep.main())"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=surroundings,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    assert ran.returncode == 1
    told = (tmp_path / "config" / "Utväg" / FILE_NAME).read_text(encoding="utf-8")
    assert " unexpected ValueError app.py:" in told
    assert WORDS not in told + ran.stdout + ran.stderr
    assert "Något gick fel i programmet" in ran.stderr
