"""The window on a real store, without a person: an app that speaks Swedish, a window, and how to wait for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from desktop_app.restart import Handover
from desktop_app.services import cases, vault
from desktop_app.services.library import load_library
from tests.helpers.clock import StillClock
from tests.helpers.desks import Scene, scene
from tests.helpers.practice import PASSPHRASE, closed_practice_in_use, closed_store_in_use
from ui.app import make_app
from ui.desk import Desk
from ui.jobs import Jobs
from ui.pages.first_run import Places
from ui.pages.unlock import UnlockPage
from ui.slices import Slices
from ui.theme import Theme
from ui.windows.frame import Frame
from ui.windows.lock_reason import reason_named
from ui.windows.main_window import MainWindow, Surroundings

SCREEN = (1366, 768)


@dataclass
class Stage:
    """A window, its desk, what went wrong, and a clock that stands still."""

    window: MainWindow
    desk: Desk
    around: Surroundings
    clock: StillClock
    errors: list[BaseException] = field(default_factory=list)

    def work(self) -> None:
        """Let everything that was started come to its end, and what was let go be gone."""
        for _round in range(6):
            self.desk.jobs.drain()
            QApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            for each in self.window.findChildren(Slices):
                each.finish()

    @property
    def frame(self) -> Frame:
        """The frame around the pages of the open store."""
        assert self.window.frame is not None
        return self.window.frame

    def page(self, name: str, **words: object) -> QWidget:
        """Go to a page and wait for what it shows."""
        self.window.show_page(name, **words)
        self.work()
        assert self.frame.page is not None
        return self.frame.page

    def case_number(self, number: int) -> str:
        """The id of a case by its place in the list, from 0."""
        found: list[cases.CaseSummary] = []
        self.desk.run(self.window, cases.list_cases, done=found.extend)
        self.work()
        return sorted(found, key=lambda case: case.code)[number].case_id

    def dialog(self) -> QDialog:
        """The dialog that is open."""
        found = [
            each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible()
        ]
        assert len(found) == 1
        return found[0]


def fresh_window(stage: Stage, handover: Handover | None = None) -> UnlockPage:
    """Put a new window with a desk of its own in the place of the old one, which is gone with all it held."""
    folder = handover.folder if handover is not None else stage.desk.session and stage.desk.session.folder
    assert folder is not None
    stage.desk.jobs.close()
    stage.window.hide()
    stage.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    library = stage.desk.library
    jobs = Jobs(stage.errors.append, stage.errors.append)
    desk = Desk(library=library, texts=library.texts, jobs=jobs, theme=stage.desk.theme, clock=stage.clock)
    stage.desk = desk
    stage.window = MainWindow(desk, stage.around)
    stage.window.resize(1366, 768)
    stage.window.show()
    if handover is not None:
        stage.window.show_locked(handover.folder, reason_named(handover.reason))
    else:
        stage.window.show_unlock(folder)
    page = stage.window.shown
    assert isinstance(page, UnlockPage)
    return page


def unlock(stage: Stage) -> None:
    """Type the passphrase at the lock screen and wait for the desk."""
    page = stage.window.shown
    assert isinstance(page, UnlockPage)
    page.field.line.setText(PASSPHRASE)
    page.take()
    stage.work()
    stage.window.activateWindow()
    stage.work()


@pytest.fixture(scope="session")
def app(qapp: QApplication) -> QApplication:
    return make_app()


@pytest.fixture
def stage(app: QApplication, tmp_path: Path) -> Iterator[Stage]:
    """A window on a computer that knows no store yet."""
    clock, library, errors = StillClock(), load_library(), []
    jobs = Jobs(errors.append, errors.append)
    desk = Desk(library=library, texts=library.texts, jobs=jobs, theme=Theme(app), clock=clock)
    around = Surroundings(Places(tmp_path / "Valv", tmp_path / "Övning"), tmp_path / "note" / "plats.json")
    window = MainWindow(desk, around, create=partial(vault.create_store, cost=vault.FAST_COST))
    window.resize(*SCREEN)
    window.show()
    made = Stage(window, desk, around, clock, errors)
    yield made
    made.work()
    made.window.close()  # not always the first one: a test of the lock goes on in another
    made.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert errors == []


def _opened(stage: Stage, folder: Path) -> Stage:
    stage.desk.jobs.run(
        stage.window,
        vault.unlock,
        stage.desk.library,
        folder,
        PASSPHRASE,
        stage.clock,
        done=stage.window.open_session,
    )
    stage.work()
    return stage


@pytest.fixture
def empty(stage: Stage, tmp_path: Path) -> Stage:
    """An open store without cases."""
    return _opened(stage, closed_store_in_use(tmp_path / "store"))


@pytest.fixture
def practice(stage: Stage, tmp_path: Path) -> Stage:
    """An open practice store."""
    return _opened(stage, closed_practice_in_use(tmp_path / "store"))


@pytest.fixture
def handovers(practice: Stage, monkeypatch: pytest.MonkeyPatch) -> list[Handover]:
    """What the window hands over when it locks; it goes on as if a process could not be started."""
    taken: list[Handover] = []
    monkeypatch.setattr(practice.window, "_succeed", taken.append)
    return taken


@pytest.fixture
def through_the_lock(practice: Stage, handovers: list[Handover]) -> Callable[[], Stage]:
    """Lock, let another window take over as another process would, and unlock."""

    def go() -> Stage:
        assert practice.window.lock()
        fresh_window(practice, handovers[-1])
        unlock(practice)
        return practice

    return go


@pytest.fixture(scope="module")
def house(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """A desk without a window, on a store of its own that the tests of a file share."""
    found = scene(qapp, tmp_path_factory.mktemp("house") / "store")
    yield found
    found.close()


@pytest.fixture
def room(house: Scene) -> Scene:
    """The house with a new case."""
    return house.with_new_case()


@pytest.fixture
def run_until_idle() -> Callable[[Jobs], None]:
    """Wait for jobs by the event loop, as in real life."""

    def run(jobs: Jobs) -> None:
        while not jobs.idle:
            QApplication.processEvents()

    return run
