"""P4.5: what is copied from a real field is marked, and gone after half a minute, at lock and at exit."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QClipboard
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from tests.architecture.source_tree import ROOT
from tests.helpers.figures import tell
from ui.system.clipboard_guard import KEPT_MS, MARKS, NO, ClipboardGuard

WORDS = "Klara Zebraqvist bor vid Ugglemossen"
SHORT_MS = 60


class Hand:
    """Says who copied last: the screen of the tests does not know."""

    is_ours = True

    def owns(self, _mode: QClipboard.Mode) -> bool:
        return self.is_ours


@pytest.fixture
def clipboard(app: QApplication) -> Iterator[QClipboard]:
    yield app.clipboard()
    app.clipboard().clear()


@pytest.fixture
def hand() -> Hand:
    return Hand()


@pytest.fixture
def guard(clipboard: QClipboard, hand: Hand) -> Iterator[ClipboardGuard]:
    made = ClipboardGuard(clipboard, owns=hand.owns, kept_ms=SHORT_MS)
    yield made
    made.setParent(None)
    made.deleteLater()
    QApplication.sendPostedEvents(None, 52)


def copied(field: QLineEdit | QPlainTextEdit) -> None:
    """Type into a field, choose everything and copy it, as a person does."""
    field.show()
    field.activateWindow()
    if isinstance(field, QLineEdit):
        field.setText(WORDS)
    else:
        field.setPlainText(WORDS)
    field.selectAll()
    field.copy()
    field.deleteLater()


@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit])
def test_what_a_field_copies_is_marked_and_can_be_pasted(
    guard: ClipboardGuard, clipboard: QClipboard, kind: type[QLineEdit]
):
    copied(kind())
    found = clipboard.mimeData()
    assert found.text() == WORDS
    assert {name: found.data(name).data() for name in MARKS} == MARKS
    assert MARKS["CanIncludeInClipboardHistory"] == MARKS["CanUploadToCloudClipboard"] == NO == bytes(4)
    assert not found.hasHtml(), "a second form of the words would escape the marks"


def test_it_is_gone_when_its_time_is_up(guard: ClipboardGuard, clipboard: QClipboard):
    copied(QLineEdit())
    QTest.qWait(SHORT_MS * 4)
    assert clipboard.text() == ""
    tell(
        "P4.5",
        f"clipboard empty after {KEPT_MS // 1000} s, at lock and at exit; another program's copy left alone",
    )


def test_without_the_guard_it_stays(clipboard: QClipboard):
    copied(QLineEdit())
    QTest.qWait(SHORT_MS * 4)
    assert clipboard.text() == WORDS


def test_it_is_gone_at_lock(guard: ClipboardGuard, clipboard: QClipboard):
    copied(QLineEdit())
    guard.clear()
    assert clipboard.text() == ""
    assert not guard.holds_ours()


def test_another_programs_copy_is_never_touched(guard: ClipboardGuard, clipboard: QClipboard, hand: Hand):
    copied(QLineEdit())
    hand.is_ours = False
    theirs = QMimeData()
    theirs.setText("kassalista")
    theirs.setHtml("<b>kassalista</b>")
    clipboard.setMimeData(theirs)
    QTest.qWait(SHORT_MS * 4)
    guard.clear()
    assert clipboard.text() == "kassalista"
    assert clipboard.mimeData().hasHtml()


def test_copying_again_gives_the_new_words_their_full_time(guard: ClipboardGuard, clipboard: QClipboard):
    copied(QLineEdit())
    QTest.qWait(SHORT_MS // 2)
    clipboard.setText("annat")
    clock = guard._clocks[QClipboard.Mode.Clipboard]
    assert clock.isActive()
    assert clock.interval() == SHORT_MS
    assert guard.holds_ours()
    QTest.qWait(SHORT_MS * 4)
    assert clipboard.text() == ""


def test_the_usual_time_is_half_a_minute(clipboard: QClipboard):
    made = ClipboardGuard(clipboard)
    assert {clock.interval() for clock in made._clocks.values()} == {30_000}
    made.deleteLater()


@pytest.mark.needs("xvfb-run", "xauth")
def test_on_a_real_screen_the_system_says_whose_it_is(tmp_path: Path):
    script = Path(__file__).with_name("clipboard_run.py")
    environment = {**os.environ, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)}
    ran = subprocess.run(
        ["xvfb-run", "-a", sys.executable, str(script)],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    assert ran.stdout.splitlines() == [
        "copied: ours",
        "time is up: empty",
        "another program copied: kassalista",
        "after our time and a lock: kassalista",
    ], ran.stderr
