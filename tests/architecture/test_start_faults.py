"""The file of start errors: where it lies, how large it grows, and who may read it."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QApplication

from desktop_app import start_faults
from desktop_app.logs import Line

MOMENT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
LINE = Line(MOMENT, "ERROR", "ui.app", "words", "DatabaseDamaged", "vault.py:88", "vault.database_damaged")


def test_a_line_holds_moment_version_code_class_and_place(tmp_path: Path):
    start_faults.note(tmp_path / "made", "1.2.3", LINE)
    start_faults.note(tmp_path / "made", "1.2.3", Line(MOMENT, "ERROR", "a", "b", "KeyError", "c.py:1"))
    file = tmp_path / "made" / start_faults.FILE_NAME
    lines = file.read_text(encoding="utf-8").splitlines()
    assert [line.split(" ", 2)[2] for line in lines] == [
        "1.2.3 vault.database_damaged DatabaseDamaged vault.py:88",
        "1.2.3 unexpected KeyError c.py:1",
    ]
    if os.name == "posix":
        assert file.stat().st_mode & 0o077 == 0


def test_it_never_grows_beyond_its_bound_and_keeps_whole_lines(tmp_path: Path):
    file = tmp_path / start_faults.FILE_NAME
    file.write_bytes(b"an older line\n" * 10_000)
    start_faults.note(tmp_path, "1.2.3", LINE)
    lines = file.read_text(encoding="utf-8").splitlines()
    assert file.stat().st_size <= start_faults.MOST_BYTES
    assert set(lines[:-1]) == {"an older line"}
    assert lines[-1].endswith("vault.py:88")


def test_a_folder_that_cannot_be_written_is_passed_over(tmp_path: Path):
    (tmp_path / "file").touch()
    start_faults.note(tmp_path / "file", "1.2.3", LINE)


@pytest.mark.skipif(sys.platform != "linux", reason="the place differs from system to system")
def test_it_lies_where_qt_keeps_settings(qapp: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    former = qapp.applicationName()
    qapp.setApplicationName(start_faults.PROGRAM)
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppConfigLocation)
    qapp.setApplicationName(former)
    assert start_faults.config_folder() == Path(place)


def test_a_window_that_does_not_load_leaves_its_line(tmp_path: Path):
    blocked = tmp_path / "blocked" / "PySide6"
    blocked.mkdir(parents=True)
    (blocked / "__init__.py").write_text("raise ImportError('libEGL.so.1')", encoding="utf-8")
    home = tmp_path / "home"
    places = ("XDG_CONFIG_HOME", "LOCALAPPDATA")
    root = Path(start_faults.__file__).parents[1]
    done = subprocess.run(
        [sys.executable, "-m", "desktop_app"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(blocked.parent), **dict.fromkeys(places, str(home))},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "libEGL" not in done.stderr, "what an error says is never told"
    [line] = (home / start_faults.PROGRAM / start_faults.FILE_NAME).read_text(encoding="utf-8").splitlines()
    assert line.split()[3:5] == ["unexpected", "ImportError"]
