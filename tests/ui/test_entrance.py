"""Frame and page come a round of the event loop each, and are shown when both are there."""

from collections.abc import Iterator

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.conftest import Stage
from ui.slices import Slices
from ui.windows.frame import Frame
from ui.windows.history import Where

MOST_WIDGETS = 90
"""How many may be made in one round: some forty milliseconds, with their looks."""


def test_no_round_makes_more_than_a_few_widgets_and_nothing_is_shown_before_its_time(practice: Stage) -> None:
    window = practice.window
    window._drop_frame()
    window._where = Where("settings")
    practice.work()
    made: list[int] = []
    assert not _coming()
    for _round in window._coming(None, lambda _note: None):
        made.append(len(_coming()) - sum(made))
        assert window.frame is None
        assert not [
            each for each in QApplication.topLevelWidgets() if each.isVisible() and each is not window
        ]
    assert len(made) == 2
    assert all(0 < each <= MOST_WIDGETS for each in made)
    assert sum(made) > MOST_WIDGETS, "the control: both at once are more"
    assert practice.frame.isVisible()


def _coming() -> list[QWidget]:
    return [each for each in QApplication.allWidgets() if isinstance(each.window(), Frame)]


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
