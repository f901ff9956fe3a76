"""A day at the real window, watched from outside: ``python -m tests.leaks.window_day SESSION FOLDER``.

The program's own ``main`` is run; only its event loop is given to a person who works through the scenes of a
session. After each scene a line tells which canaries could be read on the screen during it, by their keys and
never by their words, so that the line itself leaks nothing.
"""

from __future__ import annotations

import json
import os
import sys
import time
import traceback
import weakref
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from traceback import extract_tb
from typing import Any

from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QWidget,
)
from shiboken6 import isValid

from desktop_app import __main__ as doorstep
from desktop_app.services import vault
from desktop_app.storage import connection
from tests.helpers.person import Person
from tests.leaks.canaries import seen_in
from ui.widgets.pdf_view import PdfPages
from ui.windows.main_window import MainWindow

TURN_SECONDS = 0.002


@dataclass
class Day:
    """The person, the folder everything lies in, and which canaries have been on the screen in this scene."""

    person: Person
    folder: Path
    seen: set[str] = field(default_factory=set)
    notes: dict[str, str] = field(default_factory=dict)

    @property
    def window(self) -> MainWindow:
        """The one window."""
        return self.person.window

    @property
    def stick(self) -> Path:
        """Where backups go."""
        return self.folder / "minne"

    def look(self) -> None:
        """Read the whole screen."""
        self.seen |= seen_in(screen_text())

    def rest(self) -> None:
        """Let all that was begun come to its end, and read the screen."""
        self.person.rest()
        self.look()


@dataclass(frozen=True)
class Scene:
    """One thing a person does at the window, and the canaries that must have been read on the screen."""

    name: str
    act: Callable[[Day], None]
    shows: tuple[str, ...]
    ends: bool = False
    """The process ends in it, so it tells nothing; what it showed the scene before has told."""


def screen_text() -> str:
    """All that can be read in the windows that are open, and in the papers they show."""
    found: list[str] = []
    for top in QApplication.topLevelWidgets():
        if top.isVisible():
            for widget in (top, *top.findChildren(QWidget)):
                if widget.isVisible():
                    found += words_of(widget)
    found += [pages.getAllText(page).text() for pages in _papers() for page in range(pages.pageCount())]
    return "\n".join(found)


def words_of(widget: QWidget) -> list[str]:
    """The words of one control."""
    if isinstance(widget, QLineEdit | QLabel | QAbstractButton):
        return [widget.text(), widget.accessibleName()]
    if isinstance(widget, QPlainTextEdit):
        return [widget.toPlainText()]
    if isinstance(widget, QComboBox):
        return [widget.currentText()]
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        model = widget.model()
        columns = range(1 if isinstance(widget, QListView) else model.columnCount())
        return [str(model.index(row, column).data()) for row in range(model.rowCount()) for column in columns]
    return []


_papers_of_this_scene: list[weakref.ref[PdfPages]] = []


def _papers() -> list[QPdfDocument]:
    alive = [paper for each in _papers_of_this_scene if (paper := each()) is not None]
    return [paper.document for paper in alive if isValid(paper.document)]


def _remember_papers() -> None:
    begin = PdfPages.__init__

    def noted(self: PdfPages, pdf: bytes) -> None:
        begin(self, pdf)
        _papers_of_this_scene.append(weakref.ref(self))

    PdfPages.__init__ = noted


def wait_until(done: Callable[[], object], timeout: int = 20_000) -> None:
    """Let the program live until something holds."""
    deadline = time.monotonic() + timeout / 1000
    while not done():
        if time.monotonic() > deadline:
            raise TimeoutError("the program did not come so far")
        QApplication.processEvents()
        time.sleep(TURN_SECONDS)


def live(scenes: tuple[Scene, ...], folder: Path, report: Callable[[dict[str, Any]], None]) -> int:
    """Be the event loop: do the scenes, tell after each, and close the window."""
    window = next(top for top in QApplication.topLevelWidgets() if isinstance(top, MainWindow))
    window.resize(1366, 768)
    window.activateWindow()
    desk = window._desk
    desk.jobs.on_error = desk.jobs.on_fault = _stop
    day = Day(Person(window, wait_until, lambda: desk.jobs.idle), folder)
    for scene in scenes:
        day.seen, day.notes = set(), {}
        _papers_of_this_scene.clear()
        try:
            scene.act(day)
        except BaseException:
            traceback.print_exc()  # the program's own hook would only show a dialog
            os._exit(3)
        day.look()
        report({"scene": scene.name, "seen": sorted(day.seen), "notes": day.notes})
    day.rest()
    window.close()
    QApplication.processEvents()
    return 0


def _stop(fault: BaseException) -> None:
    # By its kind and place alone: what it says may be anything.
    places = " < ".join(
        f"{Path(each.filename).name}:{each.lineno}" for each in extract_tb(fault.__traceback__)[::-1]
    )
    raise SystemExit(f"{type(fault).__name__}: {getattr(fault, 'code', '')} at {places}") from fault


def _without_encryption() -> None:
    """Let the store be a plain database: what the watch must then find proves the watch."""
    prepare = connection._prepare

    class Keyless:
        def __init__(self, raw: Any) -> None:
            self._raw = raw

        def set_key(self, _key: bytes) -> None:
            pass

        def __getattr__(self, name: str) -> Any:
            return getattr(self._raw, name)

    connection._PLAIN_SQLITE = b"never at the head of a file"
    connection._prepare = lambda raw, key, create_with: prepare(Keyless(raw), key, create_with)


def main() -> int:
    """Run the program for one session, or for what follows after it locked and became a fresh process."""
    from tests.leaks.window_scenes import SESSIONS

    session, folder, *own = sys.argv[1:]
    # What is left are the program's own words; the fresh process of a lock is started with them.
    sys.argv = [sys.argv[0], *own]
    if own:
        session = f"{session}, after the lock"
    out = os.open(Path(folder) / "report.jsonl", os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def report(line: dict[str, Any]) -> None:
        os.write(out, json.dumps(line).encode() + b"\n")

    _remember_papers()
    if session == "the control":
        _without_encryption()
    # The lowest cost that is allowed: deriving keys is not what is watched here.
    MainWindow.__init__.__kwdefaults__["create"] = partial(vault.create_store, cost=vault.FAST_COST)
    QApplication.exec = staticmethod(partial(live, SESSIONS[session], Path(folder), report))
    return doorstep.main()


if __name__ == "__main__":
    sys.exit(main())
