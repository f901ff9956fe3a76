"""A real window in a process of its own: ``python -m tests.helpers.desk_driver WORK STORE``.

It unlocks the practice store, opens a case, and types without a pause, telling after each key how many there were
and when; ``journal`` also signs a note now and then, and tells that too. ``lock`` waits for a line on standard input
and then locks as a person would, with Ctrl+L: the process then becomes the program itself at its lock screen.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from desktop_app.domain.forms import Address
from desktop_app.services import cases
from desktop_app.services.journal import Written
from tests.helpers.practice import PASSPHRASE
from ui import app as program
from ui.desk import Desk
from ui.pages.case_journal import JournalView
from ui.pages.case_page import CasePage
from ui.pages.unlock import UnlockPage
from ui.windows.main_window import MainWindow

FIELD = "own_words"
KEY = Qt.Key.Key_X
KEY_EVERY_MS = 25
KEYS_IN_A_NOTE = 30
RESTING: list[str] = []
"""The note that is being signed: nobody writes on while they sign."""
CANARY = "zebraqvist"
PATIENCE = 60.0


def tell(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def wait_for(found: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not found():
        QApplication.processEvents()
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.002)


def at_the_field(desk: Desk, window: MainWindow) -> QWidget:
    """Unlock, open a case, and put the caret in a long text of its first form."""
    page = window.shown
    assert isinstance(page, UnlockPage)
    page.field.line.setText(PASSPHRASE)
    page.take()
    wait_for(lambda: window.frame is not None and desk.jobs.idle)
    found: list[cases.CaseSummary] = []
    desk.run(window, cases.list_cases, done=found.extend)
    wait_for(lambda: bool(found) and desk.jobs.idle)
    case_id = sorted(found, key=lambda case: case.code)[2].case_id
    window.show_page("case", case_id=case_id, form_id="F01")
    page = window.frame.page
    assert isinstance(page, CasePage)
    wait_for(lambda: page.form is not None and page.form.presenter.is_open and desk.jobs.idle)
    page.form.view.go_to(Address(FIELD))
    box = window.focusWidget()
    assert isinstance(box, QPlainTextEdit)
    return box


def at_the_settings(desk: Desk, window: MainWindow) -> QWidget:
    """Unlock and put the caret in a field that is saved by its button alone."""
    at_the_field(desk, window)
    window.show_page("settings")
    wait_for(lambda: desk.jobs.idle and window.frame.page.isVisible())
    line = window.frame.page.profile_fields.lines["unit"]
    line.clear()
    line.setFocus()
    return line


def type_on(window: MainWindow) -> None:
    """Press a key every few milliseconds for ever, through the window as the system would."""
    count = 0

    def press() -> None:
        nonlocal count
        if RESTING:
            return
        QTest.keyClick(window.windowHandle(), KEY)
        count += 1
        tell(f"{count} {time.monotonic()}")

    timer = QTimer(window, interval=KEY_EVERY_MS)
    timer.timeout.connect(press)
    timer.start()


def at_the_journal(desk: Desk, window: MainWindow) -> QWidget:
    """Unlock and put the caret in a new note of the journal."""
    at_the_field(desk, window)
    page = window.frame.page
    assert isinstance(page, CasePage)
    page._rail._things["journal"].click()
    wait_for(lambda: desk.jobs.idle and page.journal.isVisible())
    choose_in_the_note(page.journal)
    page.journal.fields.body.setFocus()
    return page.journal.fields.body


def choose_in_the_note(view: JournalView) -> None:
    """Say what a note must say before it can be signed."""
    for field, code in ((view.fields.kind, "fact"), (view.fields.source, "person")):
        field.setCurrentIndex(field.findData(code))


def sign_now_and_then(desk: Desk, window: MainWindow) -> None:
    """Sign the note each time it is long enough, and go on in the next; tell each note that was signed."""
    page = window.frame.page
    assert isinstance(page, CasePage)
    view, take = page.journal, page.journal._take_signed

    def taken(written: Written) -> None:
        tell(f"signed {written.note.id} {written.note.content.body.count('x')}")
        take(written)
        choose_in_the_note(view)
        RESTING.clear()

    def look() -> None:
        note, length = view.writing.note, view.fields.body.toPlainText().count("x")
        if note is not None and not RESTING and length >= KEYS_IN_A_NOTE:
            RESTING.append(note.id)
            view.sign()

    view._take_signed = taken
    timer = QTimer(window, interval=40)
    timer.timeout.connect(look)
    timer.start()


def no_autosave(window: MainWindow) -> None:
    """Take away what saves while one types."""
    for timer in window.findChildren(QTimer):
        if timer.isSingleShot():
            timer.setInterval(3_600_000)


def lock_when_told(window: MainWindow) -> None:
    """Type the canary, wait for a word on standard input, and lock; the program itself takes over this process."""
    for letter in CANARY:
        QTest.keyClick(window.windowHandle(), getattr(Qt.Key, f"Key_{letter.upper()}"))
    tell("typed")
    sys.stdin.readline()
    sys.orig_argv = [sys.executable, "-m", "desktop_app"]
    sys.argv = ["desktop_app"]
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


def main(work: str, store: Path) -> None:
    app = program.make_app()
    desk = program.make_desk(app)
    window = MainWindow(desk, program.surroundings(), succeed=program.succeed)
    window.show()
    window.show_unlock(store)
    window.activateWindow()
    places = {"settings": at_the_settings, "journal": at_the_journal}
    places.get(work, at_the_field)(desk, window)
    if work == "journal":
        sign_now_and_then(desk, window)
    if work == "without":
        no_autosave(window)
    if work == "lock":
        lock_when_told(window)
    else:
        type_on(window)
    app.exec()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
