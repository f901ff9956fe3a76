"""Nothing but the window, dialogs and menus is ever a window: what flashes up for a moment takes the caret with it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMainWindow, QMenu, QWidget

from tests.helpers.figures import rounds
from tests.ui.conftest import Stage
from ui.pages.case_page import CasePage
from ui.pages.case_things import THINGS
from ui.windows.frame import BEHIND_BACKUPS, BEHIND_CASES, BEHIND_SETTINGS, PAGES


class Watch(QObject):
    """Notes each widget that is shown as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_shown = event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow()
        if is_shown and not isinstance(watched, QMainWindow | QDialog | QMenu):
            self.seen.append(type(watched).__name__)
        return False


def test_no_part_of_a_page_is_a_window_for_a_moment(practice: Stage, app: QApplication) -> None:
    watch = Watch()
    app.installEventFilter(watch)
    for name in (*PAGES, *BEHIND_SETTINGS, *BEHIND_BACKUPS, *BEHIND_CASES, "start"):
        practice.page(name)
    for number in range(rounds(2, 8)):
        page = practice.page("case", case_id=practice.case_number(number))
        assert isinstance(page, CasePage)
        for thing in THINGS:
            page._open_thing(thing)
            practice.work()
    app.removeEventFilter(watch)
    assert watch.seen == []


def test_the_control_is_seen(practice: Stage, app: QApplication) -> None:
    watch = Watch()
    app.installEventFilter(watch)
    flash = QLabel()
    flash.setVisible(True)
    practice.work()
    app.removeEventFilter(watch)
    flash.deleteLater()
    assert watch.seen == ["QLabel"]
