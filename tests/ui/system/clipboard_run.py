"""Two programs and one clipboard, on a screen of their own. Run by test_clipboard_guard.py."""

import subprocess
import sys

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from ui.system.clipboard_guard import ClipboardGuard

SHORT_MS = 300


def say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def other() -> None:
    """Be another program: copy something, and stay as long as somebody may ask for it."""
    app.clipboard().setText("kassalista")
    QTest.qWait(100)
    say("copied")
    QTest.qWait(SHORT_MS * 20)


def ours() -> None:
    """Be the program: copy, wait, and see what another program's copy becomes."""
    guard = ClipboardGuard(app.clipboard(), kept_ms=SHORT_MS)
    field = QLineEdit("Klara Zebraqvist")
    field.show()
    field.selectAll()
    field.copy()
    QTest.qWait(20)
    say("copied: " + ("ours" if guard.holds_ours() else "not ours"))
    QTest.qWait(SHORT_MS * 2)
    say("time is up: " + (app.clipboard().text() or "empty"))
    field.copy()
    stranger = subprocess.Popen([sys.executable, __file__, "other"], stdout=subprocess.PIPE, encoding="utf-8")
    assert stranger.stdout is not None
    stranger.stdout.readline()
    QTest.qWait(50)
    say("another program copied: " + app.clipboard().text())
    QTest.qWait(SHORT_MS * 2)
    guard.clear()
    say("after our time and a lock: " + app.clipboard().text())
    stranger.kill()
    stranger.communicate()


app = QApplication(sys.argv)
other() if "other" in sys.argv else ours()
