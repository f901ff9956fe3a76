"""Nobody there: the clock, what counts as somebody, the countdown, and the key that locks from anywhere."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QPointingDevice, QTouchEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from desktop_app.services import settings
from tests.ui.conftest import Stage
from ui.pages.cases import CasesPage
from ui.pages.settings import SettingsPage
from ui.pages.unlock import UnlockPage
from ui.widgets.countdown import Countdown
from ui.windows.idle_lock import WARN_SECONDS, IdleLock


class Ticks:
    """A clock that a test moves by the second."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


class Watched:
    """An idle lock on a bare window, and what it told."""

    def __init__(self, app: QApplication, minutes: float) -> None:
        self.clock = Ticks()
        self.window = QWidget()
        self.window.show()
        self.idle = IdleLock(app, self.window, idle=minutes * 60, clock=self.clock)
        self.told: list[int] = []
        self.due: list[int] = []
        self.idle.soon.connect(self.told.append)
        self.idle.due.connect(lambda: self.due.append(1))
        self.idle.start()
        self.idle.look()

    def wait(self, seconds: int, *, looks: int = 1) -> None:
        for _look in range(looks):
            self.clock.now += seconds / looks
            self.idle.look()


@pytest.fixture
def watched(qapp: QApplication) -> Iterator[Watched]:
    made = Watched(qapp, 5)
    yield made
    made.idle.stop()
    made.window.close()
    made.window.deleteLater()


def test_it_warns_counts_down_and_locks(watched: Watched) -> None:
    watched.wait(269)
    assert watched.told == []
    watched.wait(31, looks=31)
    assert watched.told == list(range(WARN_SECONDS, 0, -1))
    assert watched.due == [1]


def test_at_one_minute_too_there_are_thirty_seconds_to_see(qapp: QApplication) -> None:
    shortest = Watched(qapp, 1)
    shortest.wait(31, looks=31)
    assert shortest.told[0] in (29, 30)
    assert shortest.due == []
    shortest.wait(29, looks=29)
    assert shortest.due == [1]
    shortest.window.close()


def test_a_timer_that_came_late_does_not_put_the_lock_off(watched: Watched) -> None:
    """The control is the former way, a count of ticks: two ticks would have been two seconds."""
    watched.wait(301)
    assert watched.due == [1]


@pytest.mark.parametrize("sign", ["key", "click", "move", "wheel", "touch", "pen"])
def test_every_way_to_touch_the_computer_counts(qapp: QApplication, watched: Watched, sign: str) -> None:
    watched.wait(295)
    assert watched.told
    handle = watched.window.windowHandle()
    here = QPointF(20, 20)
    if sign == "key":
        QTest.keyClick(handle, Qt.Key.Key_Shift)
    elif sign == "click":
        QTest.mouseClick(handle, Qt.MouseButton.LeftButton)
    elif sign == "move":
        move(handle, QPointF(10, 10))
        move(handle, here)
    else:
        kinds = {"touch": QEvent.Type.TouchBegin, "pen": QEvent.Type.TabletMove, "wheel": QEvent.Type.Wheel}
        event = QTouchEvent(kinds["touch"]) if sign == "touch" else QEvent(kinds[sign])
        watched.idle.eventFilter(handle, event)
    assert watched.told[-1] == 0
    watched.wait(299)
    assert watched.due == []


def move(handle: object, where: QPointF) -> None:
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        where,
        where,
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        QPointingDevice.primaryPointingDevice(),
    )
    QApplication.sendEvent(handle, event)


def test_a_window_that_comes_under_a_still_pointer_is_nobody(watched: Watched) -> None:
    handle = watched.window.windowHandle()
    move(handle, QPointF(30, 30))
    watched.wait(280)
    move(handle, QPointF(30, 30))
    watched.wait(21)
    assert watched.due == [1]


def test_the_minutes_are_chosen_among_the_settings_and_cannot_be_switched_off(practice: Stage) -> None:
    page = practice.page("settings")
    assert isinstance(page, SettingsPage)
    offered = [page.idle.itemData(number) for number in range(page.idle.count())]
    assert offered == list(range(1, 16))
    assert page.idle.currentData() == 5
    page.idle.setCurrentIndex(0)
    page.idle.activated.emit(0)
    practice.work()
    assert practice.window._idle._idle == 60
    for wrong in ("0", "16", "-1", "aldrig", ""):
        with pytest.raises(ValueError, match="idle_minutes"):
            settings.put(practice.desk.session, "idle_minutes", wrong)


def test_the_countdown_is_seen_over_a_dialog_and_goes_when_somebody_is_back(practice: Stage) -> None:
    page = practice.page("cases")
    assert isinstance(page, CasesPage)
    countdown = Countdown(practice.desk, practice.window)
    countdown.tell(30)
    on_window = countdown._band
    assert on_window is not None
    assert on_window.isVisible()
    assert "30 s" in countdown.words
    page.new.click()
    dialog = practice.dialog()
    countdown.tell(29)
    band = countdown._band
    assert band is not None
    assert band.window() is dialog
    assert band.isVisible()
    assert dialog.rect().contains(band.geometry())
    assert dialog.childAt(band.geometry().center()) is not band, "clicks go through it"
    countdown.tell(0)
    assert countdown.words == ""
    assert not band.isVisible()
    dialog.reject()


def test_the_idle_lock_locks_and_says_why(practice: Stage) -> None:
    practice.page("cases")
    practice.window._idle.due.emit()
    practice.work()
    page = practice.window.shown
    assert isinstance(page, UnlockPage)
    assert practice.desk.text("window.lock.after.idle") in page.notice.words
    assert not practice.window._idle.counts


@pytest.mark.qt_log_ignore("does not support (raise|grabbing)")
@pytest.mark.parametrize("over", ["page", "dialog", "menu"])
def test_ctrl_l_locks_from_everywhere(practice: Stage, over: str) -> None:
    page = practice.page("cases")
    assert isinstance(page, CasesPage)
    window: QWidget = practice.window
    if over == "dialog":
        page.new.click()
        window = practice.dialog()
    elif over == "menu":
        menu = QMenu(practice.window)
        menu.addAction("Kopiera")
        menu.popup(practice.window.mapToGlobal(QPoint(50, 50)))
    practice.window._idle.look()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    practice.work()
    assert practice.desk.session is None
    assert QApplication.activePopupWidget() is None
    assert QApplication.activeModalWidget() is None
