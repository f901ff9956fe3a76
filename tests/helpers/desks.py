"""A desk with a real store, for tests of the window: everything but the person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from desktop_app.domain.errors import AppError
from desktop_app.domain.profile import Profile
from desktop_app.services import cases, vault
from desktop_app.services.library import load_library
from tests.helpers.practice import want_whole_forms
from ui.desk import Desk
from ui.jobs import Jobs
from ui.slices import Slices
from ui.theme import Theme

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
PASSPHRASE = "korrekt häst batteri häftapparat"
PROFILE = Profile(
    municipality_code="1286",
    municipality="Ystad",
    committee="Socialnämnden",
    unit="Vuxenenheten",
    caseworker="Kim Ek",
    title="Socialsekreterare",
    phone="0411-00 00 00",
    email="kim.ek@example.se",
)


@dataclass
class Scene:
    """A desk, the case a test is about, and what went wrong."""

    desk: Desk
    case_id: str
    errors: list[AppError]
    faults: list[BaseException]

    def call(self, service: Callable[..., Any], *args: object) -> Any:
        """Run a service on the thread that owns the store and return its result."""
        results: list[Any] = []
        self.desk.run(self.desk.signals, service, *args, done=results.append)
        self.work()
        return results[0] if results else None

    def work(self) -> None:
        """Let everything that was started come to its end."""
        for _round in range(4):
            self.desk.jobs.drain()
            QApplication.processEvents()
            for window in QApplication.topLevelWidgets():
                for each in window.findChildren(Slices) if isValid(window) else ():
                    each.finish()

    def with_new_case(self) -> Scene:
        """Put a fresh case in the store and return the scene with it."""
        made = self.call(cases.new_case, datetime(2026, 11, 22, 8, 0))
        return replace(self, case_id=made.case_id)

    def close(self) -> None:
        """Lock the store and end the threads."""
        self.work()
        self.desk.jobs.run(self.desk.signals, vault.lock, self.desk.session)
        self.desk.jobs.close()


def scene(app: QApplication, folder: Path) -> Scene:
    """Make a store in ``folder`` and a desk on top of it; ``with_new_case`` puts a case in."""
    library = load_library()
    errors: list[AppError] = []
    faults: list[BaseException] = []
    jobs = Jobs(errors.append, faults.append)
    desk = Desk(
        library=library, texts=library.texts, jobs=jobs, theme=Theme(app), clock=lambda: NOW, session=None
    )
    owner = QObject()
    made: list[Any] = []
    jobs.run(
        owner,
        lambda: vault.create_store(library, folder, PROFILE, PASSPHRASE, lambda: NOW, cost=vault.FAST_COST),
        done=made.append,
    )
    jobs.drain()
    desk.session = made[0].session
    found = Scene(desk, "", errors, faults)
    found.call(want_whole_forms)
    return found
