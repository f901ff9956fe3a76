"""Frame and page come a round of the event loop each, and are shown when both are there."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.services import vault
from tests.helpers.practice import PASSPHRASE, closed_store_in_use
from tests.ui.conftest import Stage
from ui.pages.cases import CasesPage
from ui.pages.economy import EconomyPage
from ui.slices import Slices
from ui.windows.frame import Frame
from ui.windows.history import Where

MOST_WIDGETS = 60
"""How many may be made in one round: some ten milliseconds, before they have their looks."""


def test_no_round_makes_more_than_a_few_widgets_and_nothing_is_shown_before_its_time(practice: Stage) -> None:
    window = practice.window
    window._drop_frame()
    window._where = Where("backups")
    practice.work()
    made: list[int] = []
    assert not _coming()
    for _round in window._coming(None, lambda _note: None):
        made.append(len(_coming()) - sum(made))
        if made[-1] == 0:
            made.pop()  # a round that dressed what there was
        assert window.frame is None
        assert not [
            each for each in QApplication.topLevelWidgets() if each.isVisible() and each is not window
        ]
    assert len(made) == 2
    assert all(0 < each <= MOST_WIDGETS for each in made)
    assert sum(made) > MOST_WIDGETS, "the control: both at once are more"
    assert practice.frame.isVisible()


def _coming() -> list[QWidget]:
    return [each for each in QApplication.allWidgets() if any(isinstance(over, Frame) for over in _up(each))]


def _up(widget: QWidget | None) -> Iterator[QWidget]:
    while widget is not None:
        yield widget
        widget = widget.parentWidget()


def test_a_lock_on_the_way_leaves_nothing_and_one_comes_back(practice: Stage) -> None:
    window, desk = practice.window, practice.desk
    practice.page("settings")
    note = window._keeper.note()
    window._where = Where("settings")
    window._drop_frame()
    window._come_in(note)
    assert window._entrance.is_under_way
    assert window.frame is None
    assert window.lock()
    assert not window._entrance.is_under_way
    practice.work()
    assert desk.session is None
    assert window.frame is None


@pytest.mark.parametrize("held", [True, False], ids=["held", "control"])
def test_keys_pressed_while_a_page_comes_are_for_it(
    practice: Stage, monkeypatch: pytest.MonkeyPatch, *, held: bool
) -> None:
    practice.page("settings")
    practice.window.activateWindow()
    practice.work()
    arriving = practice.frame._arriving
    if not held:
        monkeypatch.setattr(arriving._held, "hold", lambda _window: None)
    practice.frame.show_page("cases", search="K")
    assert arriving.is_under_way
    assert practice.frame._pages.currentWidget() is not practice.frame.page
    QTest.keyClick(practice.window.windowHandle(), Qt.Key.Key_2)
    practice.work()
    page = practice.frame.page
    assert isinstance(page, CasesPage)
    assert page.isVisible()
    assert not arriving.is_under_way
    assert page.filter.text() == ("K2" if held else "K")


def test_whoever_goes_elsewhere_meanwhile_comes_there(practice: Stage) -> None:
    practice.page("settings")
    practice.frame.show_page("cases")
    assert practice.frame.where.name == "cases"
    practice.frame.show_page("economy")
    practice.work()
    assert isinstance(practice.frame.page, EconomyPage)
    assert practice.frame.page.isVisible()
    assert practice.frame._pages.count() == 1
    practice.frame.go_back()
    practice.work()
    assert isinstance(practice.frame.page, CasesPage)


def test_what_a_step_begins_has_its_turn_after_it(app: QApplication) -> None:
    owner, told = QObject(), list[str]()
    outer, inner = Slices(owner), Slices(owner)

    def others() -> Iterator[None]:
        told.append("inner")
        yield

    def steps() -> Iterator[None]:
        told.append("outer begins")
        inner.begin(others())
        told.append("outer goes on")
        yield

    outer.begin(steps())
    for _round in range(10):
        app.processEvents()
    assert told == ["outer begins", "outer goes on", "inner"]


@pytest.mark.parametrize("rounds", [0, 1, 3, 8])
def test_a_window_that_is_closed_while_the_store_is_opened_closes_the_store(
    stage: Stage, tmp_path: Path, rounds: int
) -> None:
    folder, desk = closed_store_in_use(tmp_path / "store"), stage.desk
    unlock = partial(vault.unlock, desk.library, folder, PASSPHRASE, stage.clock)
    desk.jobs.run(stage.window, unlock, done=stage.window.open_session)
    for _round in range(rounds):
        QApplication.processEvents()
    assert stage.window.close()
    QApplication.processEvents()
    assert desk.session is None
    assert stage.errors == []
    again = vault.unlock(desk.library, folder, PASSPHRASE, stage.clock)
    vault.lock(again)
