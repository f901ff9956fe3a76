"""The lock takes what is in the way: jobs, drags, menus, errors, a full disk, and a lock within the lock."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QTimer
from PySide6.QtGui import QDrag
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPlainTextEdit, QSplitter, QWidget

from desktop_app.domain.errors import AppError, DiskFull
from desktop_app.domain.forms import Address
from desktop_app.restart import Handover
from desktop_app.services import desk_notes, forms
from desktop_app.services.desk_notes import KeptDesk
from desktop_app.services.messages import message_for
from desktop_app.services.session import Session
from tests.helpers.person import keys
from tests.helpers.practice import PASSPHRASE, practice_cases
from tests.ui.conftest import Stage, unlock
from ui.dialogs.paper_out import chosen_printer
from ui.pages.case_page import CasePage
from ui.pages.locking_page import LockingPage
from ui.pages.unlock import UnlockPage
from ui.windows import locking
from ui.windows.lock_reason import LockReason

TYPED = "Jag tror att de vet"


def in_the_case(stage: Stage) -> tuple[CasePage, QPlainTextEdit]:
    page = stage.page("case", case_id=stage.case_number(2), form_id="F01")
    assert isinstance(page, CasePage)
    assert page.form is not None
    stage.window.activateWindow()
    page.form.view.go_to(Address("own_words"))
    box = stage.window.focusWidget()
    assert isinstance(box, QPlainTextEdit)
    box.selectAll()
    keys(box, TYPED)
    return page, box


def is_back(stage: Stage) -> bool:
    unlock(stage)
    box = stage.window.focusWidget()
    return isinstance(box, QPlainTextEdit) and box.toPlainText() == TYPED


def locked(stage: Stage) -> UnlockPage:
    assert stage.desk.session is None
    page = stage.window.shown
    assert isinstance(page, UnlockPage)
    return page


# What is seen


def test_the_screen_is_empty_of_cases_before_anything_is_saved(
    practice: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_the_case(practice)
    seen: list[list[str]] = []
    honest = forms.save

    def save(session: Session, *args: object) -> object:
        seen.append(
            [label.text() for label in practice.window.findChildren(QLabel) if label.isVisible()]
            + [type(practice.window.shown).__name__]
        )
        return honest(session, *args)

    page = practice.frame.page
    assert isinstance(page, CasePage)
    assert page.form is not None
    monkeypatch.setattr(forms, "save", save)
    assert practice.window.lock()
    assert seen, "the typing was saved by the lock"
    assert seen[0][-1] == LockingPage.__name__
    codes = [code for code, _title in practice_cases()]
    assert not [words for words in seen[0] if any(code in words for code in codes)]


# What is under way


def test_each_reason_locks_and_is_said_and_a_backup_is_made_unless_the_computer_will_not_wait(
    practice: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def automatic_backup(_session: Session, progress: object = None) -> None:
        asked.append("backup")

    monkeypatch.setattr(locking, "automatic_backup", automatic_backup)
    for reason in LockReason:
        asked.clear()
        assert practice.window.lock(reason)
        assert asked == ([] if reason.is_urgent else ["backup"])
        assert locked(practice).notice.words == practice.desk.text(f"window.lock.after.{reason.value}")
        unlock(practice)


def test_a_job_that_can_be_stopped_is_stopped_before_sleep_and_finished_before_a_lock(
    practice: Stage,
) -> None:
    for reason, stopped in ((LockReason.SLEEP, True), (LockReason.ASKED, False)):
        came: list[str] = []

        def work(_session: Session, progress: object) -> str:
            for step in range(200):
                progress.step(step, 200, "window.wait")
                QTest.qSleep(2)
            return "done"

        practice.desk.run(practice.window, work, done=came.append, on_progress=lambda *_: None)
        assert practice.window.lock(reason)
        assert came == ([] if stopped else ["done"])
        unlock(practice)


def test_the_lid_that_closes_during_a_slow_lock_hurries_it(
    practice: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped: list[bool] = []

    def automatic_backup(_session: Session, progress: object = None) -> None:
        for step in range(2_000):
            try:
                progress.step(step, 2_000, "window.wait")
            except AppError:
                stopped.append(True)
                raise
            QTest.qSleep(2)

    monkeypatch.setattr(locking, "automatic_backup", automatic_backup)
    QTimer.singleShot(300, practice.window, lambda: practice.window.lock(LockReason.LID))
    assert practice.window.lock()
    assert stopped == [True]
    locked(practice)


# What is in front


@pytest.mark.qt_log_ignore("does not support (raise|grabbing)")
def test_a_menu_is_closed(practice: Stage) -> None:
    page, _box = in_the_case(practice)
    assert page.form is not None
    page.form.view.go_to(Address("first_contact_at"))
    page.form.view._open_quiet_menu()
    assert practice.window.lock()
    assert QApplication.activePopupWidget() is None
    locked(practice)


@pytest.mark.qt_log_ignore("mouse grab|grabbing the mouse")
def test_a_drag_of_the_splitter_is_let_go_of(practice: Stage) -> None:
    page, _box = in_the_case(practice)
    handle = page.findChild(QSplitter).handle(1)
    QTest.mousePress(handle, Qt.MouseButton.LeftButton)
    QTest.mouseMove(handle, QPoint(-40, 10))
    handle.grabMouse()
    assert practice.window.lock()
    assert QWidget.mouseGrabber() is None
    assert is_back(practice)


def test_a_drag_of_text_ends_with_the_lock(practice: Stage) -> None:
    _page, box = in_the_case(practice)
    ended: list[bool] = []
    drag = QDrag(box)
    data = QMimeData()
    data.setText(TYPED)
    drag.setMimeData(data)
    QTimer.singleShot(50, practice.window, lambda: ended.append(practice.window.lock()))
    drag.exec(Qt.DropAction.CopyAction)
    QTest.qWait(100)
    assert ended == [True]
    assert is_back(practice)


def test_a_dialog_with_a_loop_of_its_own_gives_way(practice: Stage) -> None:
    """The system's print dialog is such a one."""
    in_the_case(practice)
    QTimer.singleShot(100, practice.window, practice.window.lock)
    assert chosen_printer(practice.window, "Blankett") is None
    practice.work()
    locked(practice)
    assert not [
        each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible()
    ]
    assert is_back(practice)


# What cannot be saved


@pytest.fixture
def full_disk(practice: Stage, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Nothing can be saved, neither answers nor the place, until what is returned is called."""
    honest = forms.save, desk_notes.keep

    def refuse(*_args: object) -> None:
        raise DiskFull(place="C:")

    monkeypatch.setattr(forms, "save", refuse)
    monkeypatch.setattr(desk_notes, "keep", refuse)

    def free() -> None:
        monkeypatch.setattr(forms, "save", honest[0])
        monkeypatch.setattr(desk_notes, "keep", honest[1])

    return free


def test_the_one_who_asked_is_told_and_can_mend_it(practice: Stage, full_disk: Callable[[], None]) -> None:
    _page, box = in_the_case(practice)
    assert not practice.window.lock()
    assert practice.window.shown is practice.frame
    assert box.toPlainText() == TYPED
    assert practice.frame._band.words == practice.desk.text("window.status.not_locked")
    assert practice.window._idle.counts
    full_disk()
    assert practice.window.lock()
    assert is_back(practice)


def test_with_nobody_there_the_desk_stays_covered_and_the_passphrase_leads_back(
    practice: Stage, full_disk: Callable[[], None]
) -> None:
    in_the_case(practice)
    assert not practice.window.lock(LockReason.IDLE)
    page = practice.window.shown
    assert isinstance(page, LockingPage)
    assert message_for(DiskFull(place="C:"), practice.desk.texts).happened in page.notice.words
    assert not practice.window.lock(LockReason.SLEEP), "still no room"
    assert practice.window.shown is page
    page.field.line.setText("fel lösenfras")
    page.show_again.click()
    practice.work()
    assert practice.window.shown is page
    assert page.row.fault
    page.field.line.setText(PASSPHRASE)
    page.show_again.click()
    practice.work()
    assert practice.window.shown is practice.frame
    box = practice.window.focusWidget()
    assert isinstance(box, QPlainTextEdit)
    assert box.toPlainText() == TYPED
    full_disk()
    assert practice.window.lock()


def test_a_covered_desk_locks_by_itself_when_there_is_room_again(
    practice: Stage, full_disk: Callable[[], None]
) -> None:
    in_the_case(practice)
    assert not practice.window.lock(LockReason.IDLE)
    full_disk()
    practice.window._locking._retry.timeout.emit()
    assert locked(practice).notice.words == practice.desk.text("window.lock.after.idle")
    assert is_back(practice)


def test_answers_that_cannot_be_saved_are_kept_in_the_note(
    practice: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = forms.save

    def refuse(*_args: object) -> None:
        raise AppError

    monkeypatch.setattr(forms, "save", refuse)
    in_the_case(practice)
    assert practice.window.lock()
    monkeypatch.setattr(forms, "save", honest)
    assert is_back(practice)
    practice.errors.clear()


def test_a_page_that_cannot_be_read_off_does_not_keep_the_program_open(
    practice: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, _box = in_the_case(practice)

    def broken() -> object:
        raise ValueError

    monkeypatch.setattr(page, "place", broken)
    assert practice.window.lock(LockReason.SLEEP)
    locked(practice)
    assert [type(error) for error in practice.errors] == [ValueError]
    practice.errors.clear()


def test_a_backup_has_no_note_that_tells_a_passphrase(practice: Stage, handovers: list[Handover]) -> None:
    in_the_case(practice)
    assert practice.window.lock()
    assert handovers[-1].reason == "asked"
    unlock(practice)
    notes: list[KeptDesk | None] = []
    practice.desk.run(practice.window, desk_notes.kept, done=notes.append)
    practice.work()
    assert notes[0] is not None
    assert PASSPHRASE not in notes[0].note
    assert Path(handovers[-1].folder).is_dir()
