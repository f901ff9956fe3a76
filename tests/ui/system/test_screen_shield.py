"""Every window of the program is kept out of pictures of the screen, as far as the system lets it."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLineEdit, QMenu, QToolTip

from desktop_app.services.library import load_library
from tests.ui.conftest import Stage
from ui.dialogs.message import ErrorDialog
from ui.system.screen_shield import HOUR_MS, WDA_EXCLUDEFROMCAPTURE, WDA_NONE, ScreenShield, system_affinity
from ui.widgets.screen_sharing import ScreenSharing

NAME = "Utväg"


class System:
    """Stands in for Windows: remembers what may be seen of each window."""

    def __init__(self) -> None:
        self.seen: dict[int, int] = {}
        self.calls = 0
        self.refuses = False

    def set_affinity(self, window: int, wanted: int) -> bool:
        self.calls += 1
        if not self.refuses:
            self.seen[window] = wanted
        return not self.refuses


@pytest.fixture
def system() -> System:
    return System()


@pytest.fixture
def shield(app: QApplication, system: System) -> Iterator[ScreenShield]:
    made = ScreenShield(system.set_affinity)
    yield made
    made._round.stop()
    made._hour.stop()
    made.deleteLater()


def shown_windows() -> set[int]:
    return {int(window.winId()) for window in QGuiApplication.topLevelWindows() if window.isVisible()}


def uncovered(system: System) -> set[int]:
    """The windows a picture of the screen would show."""
    return {window for window in shown_windows() if system.seen.get(window) != WDA_EXCLUDEFROMCAPTURE}


@pytest.mark.qt_log_ignore("does not support")
@pytest.mark.parametrize("kind", ["dialog", "menu", "list", "tip"])
def test_whatever_folds_out_is_a_window_and_is_covered(
    empty: Stage, shield: ScreenShield, system: System, kind: str
):
    shield.start()
    assert uncovered(system) == set()
    before = shown_windows()
    window = empty.window
    if kind == "dialog":
        dialog = ErrorDialog(empty.desk, RuntimeError(), window)
        dialog.open()
        closes = [dialog.reject]
    elif kind == "menu":
        line = QLineEdit(window)
        menu = line.createStandardContextMenu()
        assert isinstance(menu, QMenu)
        menu.popup(window.mapToGlobal(QPoint(50, 50)))
        closes = [menu.close, line.deleteLater]
    elif kind == "list":
        box = QComboBox(window)
        box.addItems(["a", "b"])
        box.show()
        box.showPopup()
        closes = [box.hidePopup, box.deleteLater]
    else:
        QToolTip.showText(window.mapToGlobal(QPoint(60, 60)), "En förklaring", window)
        closes = [QToolTip.hideText]
    QApplication.processEvents()
    assert shown_windows() - before, "nothing folded out"
    assert uncovered(system), "the control: the new window is not covered yet"
    shield._round.timeout.emit()
    assert uncovered(system) == set()
    for close in closes:
        close()
    empty.work()


def test_every_page_and_dialog_keeps_the_neutral_title_and_is_covered(
    practice: Stage, shield: ScreenShield, system: System
):
    shield.start()
    titles = set[str]()
    for name in ("start", "cases", "economy", "backups", "settings", "keys"):
        page = practice.page(name)
        if name == "cases":
            page.new.click()
            practice.work()
        shield.cover_all()
        assert uncovered(system) == set()
        titles |= {each.title() for each in QGuiApplication.topLevelWindows() if each.isVisible()}
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, QDialog) and widget.isVisible():
                widget.reject()
    practice.page("case", case_id=practice.case_number(0), form_id="F01")
    titles |= {each.title() for each in QGuiApplication.topLevelWindows() if each.isVisible()}
    texts = load_library().texts
    fixed = {words for key, words in texts.below().items() if key.endswith("title")}
    assert NAME in titles
    assert titles <= fixed | {NAME, ""}, "a title that is no fixed text"


def test_a_window_is_covered_once_and_again_when_its_number_is_given_to_another(
    shield: ScreenShield, system: System
):
    for _time in range(3):
        shield.appears(7)
    assert system.calls == 1
    shield.gone(7)
    shield.appears(7)
    assert system.calls == 2


def test_a_window_that_could_not_be_covered_is_tried_again(shield: ScreenShield, system: System):
    system.refuses = True
    shield.appears(7)
    system.refuses = False
    shield.appears(7)
    assert system.seen == {7: WDA_EXCLUDEFROMCAPTURE}


def test_it_comes_up_again_by_itself_after_an_hour(shield: ScreenShield, system: System):
    shield.appears(7)
    shield.take_down_for_an_hour()
    assert not shield.is_up
    assert system.seen[7] == WDA_NONE
    shield.appears(8)
    assert system.seen.get(8, WDA_NONE) == WDA_NONE
    assert shield._hour.interval() == HOUR_MS == 3_600_000
    left = shield._hour.remainingTime()
    shield.take_down_for_an_hour()
    assert shield._hour.remainingTime() <= left, "asking again must not make the hour longer"
    shield._hour.timeout.emit()
    assert shield.is_up
    assert system.seen[7] == WDA_EXCLUDEFROMCAPTURE


def test_where_the_system_cannot_the_shield_says_so(app: QApplication, empty: Stage):
    shield = ScreenShield(system_affinity())
    assert not shield.can
    assert not shield.is_up
    shield.start()
    shield.take_down_for_an_hour()
    assert not shield._hour.isActive()
    sharing = ScreenSharing(empty.desk)
    assert sharing.state.text() == empty.desk.text("window.screen.cannot")
    assert sharing.switch.isHidden()
    sharing.deleteLater()
    shield.deleteLater()


def test_the_settings_follow_the_shield(empty: Stage, shield: ScreenShield):
    empty.desk.shield = shield
    sharing, text = ScreenSharing(empty.desk), empty.desk.text
    assert sharing.state.text() == text("window.screen.up")
    sharing.switch.click()
    assert sharing.state.text() == text("window.screen.down")
    assert not shield.is_up
    shield._hour.timeout.emit()
    assert sharing.state.text() == text("window.screen.up")
    sharing.switch.click()
    sharing.switch.click()
    assert shield.is_up
    sharing.deleteLater()
