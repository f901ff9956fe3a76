"""Errors of every kind, each with a marker word in all it says, forced in every place the program has.

Run as a program by tests/ui/test_forced_faults.py: writes what a person could read of them into a folder.
"""

import gc
import json
import logging
import struct
import sys
import threading
import warnings
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest import mock

import msgspec
from PySide6.QtCore import QEvent, QObject, QTimer, qCritical, qWarning
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QWidget

from desktop_app import logs
from desktop_app.domain.errors import AppError, BadAnswer, DatabaseDamaged, StaleRevision, WorldError
from desktop_app.services import cases, log_lines, printing, vault
from desktop_app.storage.case_store import CaseStore
from tests.helpers import figures
from tests.helpers.practice import PASSPHRASE, closed_store
from ui import app as program
from ui.desk import Desk
from ui.errors import catch_faults, report_fault
from ui.pages.first_run import Places
from ui.windows.main_window import MainWindow, Surroundings

CANARY = "Zebraqvist"
LEAST = 40
ALL = 1_000


class Hostile(Exception):
    """Tells in its text, its name for itself and even in the error about both."""

    def __str__(self) -> str:
        raise ValueError(CANARY)

    __repr__ = __str__


class UnknownError(AppError):
    """An expected error that nobody has written words for."""

    code = CANARY


def chained() -> Exception:
    """An error that came of another, with a note."""
    try:
        try:
            raise KeyError(CANARY)
        except KeyError as first:
            raise RuntimeError(CANARY) from first
    except RuntimeError as error:
        error.add_note(CANARY)
        return error


KINDS: dict[str, Callable[[], Exception]] = {
    "ValueError": lambda: ValueError(f"invalid literal: {CANARY}"),
    "KeyError": lambda: KeyError(CANARY),
    "IndexError": lambda: IndexError(CANARY),
    "TypeError": lambda: TypeError(CANARY),
    "AttributeError": lambda: AttributeError(CANARY, name=CANARY, obj=CANARY),
    "NameError": lambda: NameError(CANARY, name=CANARY),
    "OSError": lambda: OSError(5, CANARY, CANARY),
    "FileNotFoundError": lambda: FileNotFoundError(2, "missing", CANARY),
    "PermissionError": lambda: PermissionError(13, "refused", CANARY, None, CANARY),
    "UnicodeDecodeError": lambda: UnicodeDecodeError("utf-8", CANARY.encode(), 0, 1, CANARY),
    "UnicodeEncodeError": lambda: UnicodeEncodeError("ascii", CANARY, 0, 1, CANARY),
    "JSONDecodeError": lambda: json.JSONDecodeError(CANARY, CANARY, 0),
    "RuntimeError": lambda: RuntimeError(CANARY),
    "RecursionError": lambda: RecursionError(CANARY),
    "MemoryError": lambda: MemoryError(CANARY),
    "AssertionError": lambda: AssertionError(CANARY),
    "StopIteration": lambda: StopIteration(CANARY),
    "SyntaxError": lambda: SyntaxError(CANARY, (CANARY, 1, 1, CANARY)),
    "ExceptionGroup": lambda: ExceptionGroup(CANARY, [ValueError(CANARY)]),
    "chained": chained,
    "hostile": Hostile,
    "msgspec": lambda: msgspec.ValidationError(CANARY),
    "struct": lambda: struct.error(CANARY),
    "zlib": lambda: zlib.error(CANARY),
    "ZeroDivisionError": lambda: ZeroDivisionError(CANARY),
    "stale": lambda: StaleRevision(case=CANARY),
    "bad answer": lambda: BadAnswer(reason=CANARY),
    "damaged": lambda: DatabaseDamaged(page=CANARY),
    "world": lambda: WorldError(place=CANARY),
}


class Stage:
    """The window on an open store, put together as the program does, and what was shown in it."""

    def __init__(self, folder: Path) -> None:
        self.app = program.make_app()
        self.desk: Desk = program.make_desk(self.app)
        around = Surroundings(Places(folder / "Valv", folder / "Övning"), folder / "plats.json")
        self.window = MainWindow(self.desk, around)
        self.window.show()
        self.shown: list[str] = []
        store = closed_store(folder / "store")
        open_store = (vault.unlock, self.desk.library, store, PASSPHRASE, self.desk.clock)
        self.desk.jobs.run(self.window, *open_store, done=self.window.open_session)
        self.settle()

    def settle(self) -> None:
        """Let everything come to its end; take down and close what is shown of it."""
        for _round in range(4):
            self.desk.jobs.drain()
            QApplication.processEvents()
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, QDialog) and widget.isVisible():
                self.shown += list(words_on(widget))
                widget.reject()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def a_case(self) -> str:
        """The id of a new case."""
        made: list[cases.CaseMade] = []
        self.desk.run(self.window, cases.new_case, done=made.append)
        self.settle()
        return made[0].case_id


def words_on(widget: QWidget) -> Iterator[str]:
    """All a person could see or have read aloud of a dialog."""
    for each in [widget, *widget.findChildren(QWidget)]:
        yield from (each.windowTitle(), each.accessibleName(), each.accessibleDescription(), each.toolTip())
        if isinstance(each, QLabel | QPushButton):
            yield each.text()


def raising(error: Exception) -> Callable[..., None]:
    """A function that has a marker word in its arguments and locals, and raises."""

    def act(*_words: object, **_more: object) -> None:
        about = CANARY
        assert about
        raise error

    return act


class Painted(QWidget):
    """Raises where Qt calls back and nobody of ours is in between."""

    act: Callable[..., None] = staticmethod(lambda *_: None)

    def paintEvent(self, _event: object) -> None:
        self.act()


class Watcher(QObject):
    act: Callable[..., None] = staticmethod(lambda *_: None)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.User:
            self.act()
        return False


# The places


def in_a_service(stage: Stage, error: Exception) -> None:
    stage.desk.run(stage.window, raising(error), CANARY)


def in_the_background(stage: Stage, error: Exception) -> None:
    stage.desk.jobs.background(stage.window, raising(error), CANARY)


def when_a_job_is_done(stage: Stage, error: Exception) -> None:
    stage.desk.run(stage.window, cases.list_cases, done=raising(error))


def in_storage(stage: Stage, error: Exception) -> None:
    with mock.patch.object(CaseStore, "all", raising(error)):
        stage.desk.run(stage.window, cases.list_cases)
        stage.settle()


def in_the_database(stage: Stage, _error: Exception) -> None:
    def break_a_rule(session: vault.Session) -> None:
        with session.act() as work:
            work.settings.put({CANARY: None})

    stage.desk.run(stage.window, break_a_rule)


def in_printing(stage: Stage, error: Exception) -> None:
    case_id = stage.a_case()
    with (
        mock.patch.object(printing, "render_form", raising(error)),
        mock.patch.object(printing, "lay_out_form", raising(error)),
    ):
        stage.desk.run(stage.window, printing.preview, case_id, "F01")
        stage.settle()


def in_a_slot(stage: Stage, error: Exception) -> None:
    button = QPushButton(stage.window)
    button.clicked.connect(raising(error))
    button.click()
    button.deleteLater()


def at_a_tick(stage: Stage, error: Exception) -> None:
    QTimer.singleShot(0, stage.window, raising(error))


def while_painting(stage: Stage, error: Exception) -> None:
    painted = Painted()
    painted.act = raising(error)
    # From inside a slot, as all of the program's own code is called: else the error is the test's to catch.
    QTimer.singleShot(0, stage.window, lambda: painted.grab())
    stage.settle()
    painted.deleteLater()


def in_an_event_filter(stage: Stage, error: Exception) -> None:
    watcher = Watcher(stage.window)
    watcher.act = raising(error)
    stage.window.installEventFilter(watcher)
    QTimer.singleShot(0, stage.window, lambda: QApplication.sendEvent(stage.window, QEvent(QEvent.Type.User)))
    stage.settle()
    stage.window.removeEventFilter(watcher)


def in_a_thread(_stage: Stage, error: Exception) -> None:
    thread = threading.Thread(target=raising(error), name=CANARY)
    thread.start()
    thread.join()


def in_a_finalizer(_stage: Stage, error: Exception) -> None:
    doomed = type("Doomed", (), {"__del__": raising(error)})()
    del doomed
    gc.collect()


def in_a_log_call(_stage: Stage, error: Exception) -> None:
    log = logging.getLogger("desktop_app.services.somewhere")
    log.error("could not save %s", CANARY, exc_info=error, stack_info=True, extra={"case": CANARY})
    log.warning("%d lines", CANARY)  # cannot even be put together
    logging.getLogger("reportlab").warning(f"cannot draw {CANARY}")


def in_a_warning(_stage: Stage, _error: Exception) -> None:
    warnings.simplefilter("always")
    warnings.warn(CANARY, UserWarning, stacklevel=1)


def in_qt(_stage: Stage, _error: Exception) -> None:
    qWarning(CANARY)
    qCritical(f"QFile: cannot open {CANARY}")


def in_the_report_itself(stage: Stage, error: Exception) -> None:
    report_fault(error, raising(error))


PLACES = [
    in_a_service,
    in_the_background,
    when_a_job_is_done,
    in_storage,
    in_the_database,
    in_printing,
    in_a_slot,
    at_a_tick,
    while_painting,
    in_an_event_filter,
    in_a_thread,
    in_a_finalizer,
    in_a_log_call,
    in_a_warning,
    in_qt,
    in_the_report_itself,
]


def pairs(count: int) -> list[tuple[Callable[[Stage, Exception], None], str]]:
    """Places and kinds in turn, so that few pairs already meet all of both."""
    whole = [
        (PLACES[number % len(PLACES)], list(KINDS)[number % len(KINDS)])
        for number in range(len(PLACES) * len(KINDS))
    ]
    return whole[:count]


def main(folder: Path, *, plain: bool, count: int) -> None:
    """Force the errors and write down what could be read of them."""
    logs.begin()
    stage = Stage(folder)
    if plain:
        logging.getLogger().addHandler(logging.StreamHandler())
    undo = catch_faults(lambda fault: program.ErrorDialog(stage.desk, fault, stage.window).open())
    forced = pairs(count)
    try:
        report = force(stage, forced)
    finally:
        undo()
    (folder / "report.json").write_text(json.dumps(report, ensure_ascii=False), encoding="utf-8")


def force(stage: Stage, forced: list[tuple[Callable[[Stage, Exception], None], str]]) -> dict[str, object]:
    """Force the errors, once for the store's log and once for the file of start errors."""
    for place, kind in forced:
        place(stage, KINDS[kind]())
        stage.settle()
    remembered = list(logs.lines())
    kept: list[str] = []
    stage.desk.run(
        stage.window, log_lines.newest, done=lambda lines: kept.extend(line.in_one_line() for line in lines)
    )
    stage.settle()
    for place, kind in forced:  # what no store could take goes to the file of start errors
        place(stage, KINDS[kind]())
        stage.settle()
    program.leave_start_faults()
    stage.window.close()
    return {"forced": len(forced), "remembered": remembered, "kept": kept, "shown": stage.shown}


if __name__ == "__main__":
    main(
        Path(sys.argv[1]),
        plain="plain" in sys.argv,
        count=len(PLACES) if "plain" in sys.argv else figures.rounds(LEAST + 8, ALL),
    )
