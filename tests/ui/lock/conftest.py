"""What the tests of the lock share: a fresh window on the same store, as the process after the lock shows it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from desktop_app.restart import Handover
from tests.helpers.practice import PASSPHRASE
from tests.ui.conftest import Stage
from ui.desk import Desk
from ui.jobs import Jobs
from ui.pages.unlock import UnlockPage
from ui.windows.lock_reason import reason_named
from ui.windows.main_window import MainWindow


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
