"""What has been left is taken down some parts a round: it hears nothing more meanwhile, and all of it goes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QScrollArea, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import delete, isValid

from desktop_app.domain.changes import ChangeSet, Kind, changed
from tests.ui.conftest import Stage
from ui import slices
from ui.desk import Desk
from ui.slices import Slices
from ui.widgets import leaving
from ui.widgets.leaving import MOST_PARTS, Leaving

ROWS, WORDS_IN_A_ROW = 60, 5


class LongPage(QWidget):
    """A page of rows that hears of changes, has a timer and work under way, and looks at its rows at each of them."""

    def __init__(self, desk: Desk, heard: list[str]) -> None:
        super().__init__()
        self._heard = heard
        self.rows: list[QLabel] = []
        inner = QWidget()
        self._list = QVBoxLayout(inner)
        for number in range(ROWS):
            self._list.addWidget(self._row(number))
        scroll = QScrollArea()
        scroll.setWidget(inner)
        QVBoxLayout(self).addWidget(scroll)
        desk.signals.changed.connect(self._take_changes)
        self.timer = QTimer(self, interval=0)
        self.timer.timeout.connect(self._tick)
        self.timer.start()
        self.slices = Slices(self)

    def _row(self, number: int) -> QFrame:
        row = QFrame()
        column = QVBoxLayout(row)
        for _word in range(WORDS_IN_A_ROW):
            self.rows.append(QLabel(f"rad {number}"))
            column.addWidget(self.rows[-1])
        return row

    def look(self, why: str) -> None:
        """Look at all rows."""
        self._heard.append(why)
        for row in self.rows:
            row.text()

    def _take_changes(self, _changes: ChangeSet) -> None:
        self.look("changed")

    def _tick(self) -> None:
        self.look("tick")


@pytest.fixture
def place(empty: Stage) -> QStackedWidget:
    place = QStackedWidget(empty.window)
    place.show()
    return place


def rounds_until(is_done: Callable[[], bool], each_round: Callable[[], object]) -> int:
    for number in range(1, 400):
        if is_done():
            return number
        each_round()
        QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    raise AssertionError("never done")


def left_page(empty: Stage, place: QStackedWidget, heard: list[str]) -> LongPage:
    page = LongPage(empty.desk, heard)
    place.addWidget(page)
    QApplication.processEvents()
    place.removeWidget(page)
    return page


def test_a_page_that_is_taken_down_hears_nothing_more(
    empty: Stage, place: QStackedWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slices, "SLICE_SECONDS", 0.0001)  # few steps a round, however quick the computer is
    heard: list[str] = []
    page = left_page(empty, place, heard)
    assert "tick" in heard, "the control: before it is left it hears"
    going = Leaving(empty.desk, place)
    going.take_down(page)
    empty.desk.run(page, lambda _session: None, done=lambda _: page.look("handed back"))

    def disturb() -> None:
        if any(not isValid(row) for row in page.rows):
            heard.clear()
            empty.desk.signals.changed.emit(changed(Kind.CASE))
            empty.desk.run(page, lambda _session: None, done=lambda _: page.look("handed back"))
            assert not heard

    assert rounds_until(lambda: not isValid(page), disturb) > 5
    assert not empty.errors
    assert not any(isValid(row) for row in page.rows)


def test_it_goes_in_many_rounds_and_none_takes_many_parts(
    empty: Stage, place: QStackedWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone: list[int] = []

    def counted(part: QWidget) -> None:
        gone.append(1 + len(part.findChildren(QWidget)))
        delete(part)

    monkeypatch.setattr(leaving, "delete", counted)
    page = left_page(empty, place, [])
    page.timer.stop()
    everything = 1 + len(page.findChildren(QWidget))
    Leaving(empty.desk, place).take_down(page)
    rounds_until(lambda: not isValid(page), lambda: None)
    *parts, whole = gone
    assert max(parts) <= MOST_PARTS < everything
    assert whole <= everything - ROWS * WORDS_IN_A_ROW


def test_steps_of_a_page_that_is_gone_are_not_taken(empty: Stage, place: QStackedWidget) -> None:
    heard: list[str] = []
    page = left_page(empty, place, heard)
    page.timer.stop()
    slices = page.slices
    slices.begin(iter([None, None]))
    slices.begin(page.look(str(step)) for step in range(9))
    Leaving(empty.desk, place).take_down(page)
    rounds_until(lambda: not isValid(page), lambda: None)
    heard.clear()
    slices.finish()
    assert not heard


def test_on_the_way_through_the_window_all_that_was_left_goes(practice: Stage) -> None:
    left: list[QWidget] = []
    for name in ("cases", "deadlines", "settings", "start"):
        left.append(practice.page(name))
    practice.work()
    *former, here = left
    assert isValid(here)
    assert not any(isValid(page) for page in former)
    assert not practice.errors
