"""Puts the window together: the only place that knows all parts."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QStandardPaths, QTranslator
from PySide6.QtWidgets import QApplication, QScrollArea

import ui.system.plain_imports  # noqa: F401 - before all that is imported next

# isort: split
from desktop_app import logs, start_faults
from desktop_app.domain.errors import AlreadyOpen
from desktop_app.hardening import allow_restart
from desktop_app.paths import RESOURCES
from desktop_app.restart import Handover, replace_process
from desktop_app.services.library import load_library
from desktop_app.services.session import Clock
from desktop_app.services.vault import holds_store, local_now
from desktop_app.version import VERSION
from ui.desk import Desk
from ui.dialogs.message import ErrorDialog
from ui.errors import catch_faults, report_fault
from ui.jobs import Jobs
from ui.pages.first_run import Places
from ui.system.instance import bring_forward, the_only_instance
from ui.system.screen_shield import ScreenShield, system_affinity
from ui.theme import Theme
from ui.windows.last_place import remembered_place
from ui.windows.lock_reason import LockReason, reason_named
from ui.windows.main_window import MainWindow, Surroundings
from ui.windows.safeguards import Safeguards

NEUTRAL_NAME = "Utväg"
ALREADY_OPEN = 1


def main(store: Path | None = None, after: Handover | None = None) -> int:
    """Open the window, on a given store or the one last used, and return the exit status.

    ``after`` is what the process before this one handed over when it locked: it then stands at the lock screen.
    """
    logs.begin()
    if not has_screen():
        sys.stderr.write(load_library().texts.get("window.no_screen") + "\n")
        return 1
    try:
        return _open_window(make_app(), store, after)
    except Exception as fault:
        report_fault(fault)
        raise
    finally:
        leave_start_faults()


def _open_window(app: QApplication, store: Path | None, after: Handover | None) -> int:
    desk = make_desk(app)
    try:
        instance = the_only_instance(window_note().parent)
    except OSError as fault:  # no place to leave a lock: the store's own lock still holds
        report_fault(fault)
    else:
        if instance is None:
            return tell_already_open(desk)
        instance.setParent(app)
        instance.called.connect(lambda: bring_forward(window))
    window = MainWindow(desk, surroundings(), succeed=succeed)
    undo = catch_faults(lambda fault: ErrorDialog(desk, fault, window).open())
    safeguards = Safeguards(window, desk)
    begin(window, store or remembered_place(window_note()), after)
    window.show()
    safeguards.start()
    status = app.exec()
    safeguards.stop()
    undo()
    return status


def tell_already_open(desk: Desk) -> int:
    """Say that the program is open already; it has been called forward. Return the exit status."""
    dialog = ErrorDialog(desk, AlreadyOpen())
    dialog.finished.connect(QApplication.quit)
    dialog.open()
    QApplication.exec()
    desk.jobs.close()
    return ALREADY_OPEN


def leave_start_faults() -> None:
    """Write down outside the store what went wrong while no store was open to take it: codes and places alone."""
    start_faults.leave(window_note().parent)


def succeed(handover: Handover) -> None:
    """End this process and let a fresh one stand at the lock screen; at shutdown just end.

    Returns when no process can be started: then this one goes on, and what it has held stays in its memory.
    """
    if handover.reason == LockReason.SHUTDOWN:
        QApplication.quit()
        return
    try:
        with allow_restart():
            replace_process(handover)
    except OSError as fault:
        report_fault(fault)


def has_screen() -> bool:
    """Tell whether a window can be shown. On Linux Qt aborts without a display, so it is not asked."""
    if os.environ.get("QT_QPA_PLATFORM"):
        return True
    if sys.platform != "linux":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def make_app() -> QApplication:
    """Return the application, speaking Swedish, with a neutral name for every folder it may have."""
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication([NEUTRAL_NAME])
    app.setApplicationName(NEUTRAL_NAME)
    app.setApplicationVersion(VERSION)
    QLocale.setDefault(QLocale(QLocale.Language.Swedish, QLocale.Country.Sweden))
    speak_swedish(app)
    # Asked what a part of its own is, Qt for Python first gets to know all kinds of parts, which takes 20 ms. Here
    # nobody waits for the window to answer.
    QScrollArea().viewport()
    return app


def speak_swedish(app: QApplication) -> bool:
    """Load Qt's own Swedish words; tell whether they were found."""
    translator = QTranslator(app)
    places = (str(RESOURCES / "translations"), QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    return any(translator.load("qtbase_sv", place) for place in places) and app.installTranslator(translator)


def make_desk(app: QApplication, clock: Clock = local_now) -> Desk:
    """Return the desk with everything on it but a session."""
    library = load_library()
    theme = Theme(app)
    jobs = Jobs(on_error=lambda _error: None, on_fault=lambda fault: report_fault(fault), parent=app)
    shield = ScreenShield(system_affinity(), app)
    desk = Desk(library=library, texts=library.texts, jobs=jobs, theme=theme, clock=clock, shield=shield)
    jobs.on_error = lambda error: ErrorDialog(desk, error, app.activeWindow()).open()
    jobs.on_fault = lambda fault: report_fault(
        fault, lambda shown: ErrorDialog(desk, shown, app.activeWindow()).open()
    )
    return desk


def surroundings() -> Surroundings:
    """Return where stores lie and where the last one is noted, by the system's own customs."""
    data = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation))
    return Surroundings(Places(data / "Valv", data / "Övning"), window_note())


def window_note() -> Path:
    """Return the file that remembers which folder the store lies in."""
    config = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppConfigLocation)
    return Path(config) / "plats.json"


def begin(window: MainWindow, folder: Path | None, after: Handover | None = None) -> None:
    """Show the unlock page of a store, or the first run when there is none."""
    if after is not None and after.window is not None:
        window.put_at(after.window)
    if after is not None and holds_store(after.folder):
        window.show_locked(after.folder, reason_named(after.reason))
    elif folder is not None and holds_store(folder):
        window.show_unlock(folder)
    elif folder is None and holds_store(surroundings().places.store):
        window.show_unlock(surroundings().places.store)
    else:
        window.show_first_run()
