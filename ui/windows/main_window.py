"""The one window. Its title never says more than the program's name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QStackedWidget, QWidget

from desktop_app.services import settings, vault
from desktop_app.services.vault import NewStore, Session, StoreState
from ui.desk import Desk
from ui.pages.first_run import FirstRun, Places, free_folder
from ui.pages.first_run_restore import RestorePage
from ui.pages.first_run_sheet import SheetPage
from ui.pages.unlock import UnlockPage
from ui.windows.frame import Frame, Where
from ui.windows.idle_lock import IdleLock
from ui.windows.last_place import remember_place

LEAST_SIZE = (960, 600)
USUAL_SIZE = (1280, 800)
ZOOM_STEP = 10


@dataclass(frozen=True)
class Surroundings:
    """What the window needs to know of the computer: where stores lie and where the last one is noted."""

    places: Places
    note_file: Path


class MainWindow(QMainWindow):
    """Shows the first run, the unlock page, or the frame around an open store."""

    def __init__(
        self,
        desk: Desk,
        surroundings: Surroundings,
        *,
        create: Callable[..., NewStore] = vault.create_store,
    ) -> None:
        super().__init__()
        self._desk = desk
        self._around = surroundings
        self._create = create
        self._where = Where("start")
        self._folder: Path | None = None
        self._is_practice = False
        self.frame: Frame | None = None
        self._stack = QStackedWidget()
        self.setCentralWidget(self._stack)
        self.setWindowTitle(desk.text("window.name"))
        self.setWindowIcon(desk.theme.icon("mark", "accent", 64))
        self.setMinimumSize(*LEAST_SIZE)
        self.resize(*USUAL_SIZE)
        app = QApplication.instance()
        assert isinstance(app, QApplication)  # noqa: S101 - a window needs one
        self._idle = IdleLock(app, self)
        self._idle.due.connect(self.lock)
        self._idle.soon.connect(lambda seconds: self.frame.tell_lock_soon(seconds) if self.frame else None)
        self._zoom = desk.theme.zoom
        desk.theme.changed.connect(self._follow_zoom)
        for keys, act in (
            (QKeySequence.StandardKey.ZoomIn, lambda: self._zoom_by(ZOOM_STEP)),
            ("Ctrl+=", lambda: self._zoom_by(ZOOM_STEP)),
            (QKeySequence.StandardKey.ZoomOut, lambda: self._zoom_by(-ZOOM_STEP)),
            ("Ctrl+0", lambda: self._zoom_by(100 - self._desk.theme.zoom)),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    @property
    def shown(self) -> QWidget | None:
        """What fills the window now."""
        return self._stack.currentWidget()

    def show_first_run(self) -> None:
        """Begin from nothing."""
        self._show(
            FirstRun(self._desk, self._around.places, self.open_session, self._leave_for, create=self._create)
        )

    def show_unlock(self, folder: Path, note: str = "") -> None:
        """Ask for what opens the store in a folder."""
        self._folder = folder
        phrase = self._desk.text("window.unlock.practice_words")
        is_practice = folder == self._around.places.practice
        page = UnlockPage(
            self._desk,
            folder,
            self.open_session,
            self.show_first_run,
            note=note,
            practice_phrase=phrase if is_practice else "",
        )
        self._show(page)

    def open_session(self, session: Session) -> None:
        """Show an open store, at the page one was on when it was locked."""
        if self._folder != session.folder:
            self._where = Where("start")
        self._folder = session.folder
        self._desk.session = session
        self._desk.run(self, vault.store_state, done=self._take_state)
        self._desk.run(self, settings.get, "theme", done=self._desk.theme.set_scheme)
        self._desk.run(self, settings.get, "zoom", done=self._take_zoom)
        self._desk.run(self, settings.profile, done=lambda _profile: self._show_frame())

    def show_page(self, name: str, **words: Any) -> None:  # noqa: ANN401 - each page has its own
        """Go to a page of the open store."""
        if self.frame is not None:
            self.frame.show_page(name, **words)

    def lock(self) -> bool:
        """Save what is typed, close the store and ask for the passphrase. Tells whether it was done."""
        if self._desk.session is None or self._folder is None:
            return False
        close_dialogs()
        if not self._save_all():
            if self.frame is not None:
                self.frame.tell_not_locked()
            self._idle.start()
            return False
        if self.frame is not None:
            self._where = self.frame.where
        self._idle.stop()
        self._drop_frame()
        self._close_session()
        self.show_unlock(self._folder, self._desk.text("window.unlock.locked_saved"))
        return True

    def showEvent(self, event: QShowEvent) -> None:
        """Let the idle lock see what happens in this window."""
        super().showEvent(event)
        self._idle.watch(self.windowHandle())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save, close the store and end the threads; stay when something cannot be saved."""
        close_dialogs()
        if self.frame is not None and not self._save_all():
            self.frame.tell_not_locked()
            event.ignore()
            return
        self._idle.stop()
        self._drop_frame()
        self._close_session()
        self._desk.jobs.close()
        super().closeEvent(event)

    # Inside

    def _show(self, widget: QWidget) -> None:
        former = self._stack.currentWidget()
        self._stack.addWidget(widget)
        self._stack.setCurrentWidget(widget)
        if former is not None:
            self._stack.removeWidget(former)
            former.deleteLater()
        begin = getattr(widget, "begin", None)
        if begin is not None:
            begin()

    def _take_state(self, state: StoreState) -> None:
        self._is_practice = state.is_practice
        if not state.is_practice:
            remember_place(self._around.note_file, state.folder)

    def _take_zoom(self, percent: str) -> None:
        self._desk.theme.set_zoom(int(percent) if percent.isdigit() else 100)

    def _show_frame(self) -> None:
        if self._desk.session is None:
            return
        self.frame = Frame(
            self._desk, self.lock, self._go_elsewhere, self._where, is_practice=self._is_practice
        )
        self._show(self.frame)
        self.frame.begin()
        self._idle.start()

    def _go_elsewhere(self, name: str, **words: Any) -> None:  # noqa: ANN401 - each page has its own
        """Show a page that fills the window while the store stays open; it leads back to where one was."""
        if self.frame is None or not self._save_all():
            return
        where = self.frame.where
        back = partial(self._return_to, where)
        self._drop_frame()
        if name == "sheet":
            self._show(SheetPage(self._desk, words["sheet"], back, adopt=words["adopt"], back=back))
        else:
            folder = free_folder(self._around.places.store)
            self._show(RestorePage(self._desk, folder, self._leave_for, back))

    def _return_to(self, where: Where) -> None:
        self._where = where
        self._show_frame()

    def _leave_for(self, folder: Path) -> None:
        """Close what is open, if anything, and ask for what opens another store."""
        self._drop_frame()
        self._close_session()
        self.show_unlock(folder)

    def _save_all(self) -> bool:
        if self.frame is None:
            return True
        self.frame.flush()
        self._desk.jobs.drain()
        return self.frame.is_settled

    def _drop_frame(self) -> None:
        if self.frame is not None:
            self.frame.hide()
            self._stack.removeWidget(self.frame)
            self.frame.deleteLater()
            self.frame = None

    def _close_session(self) -> None:
        session, self._desk.session = self._desk.session, None
        if session is not None:
            self._desk.jobs.drain()
            self._desk.jobs.run(self, vault.lock, session)
            self._desk.jobs.drain()

    def _follow_zoom(self) -> None:
        """Build the frame anew at another zoom: its measures are set when it is built."""
        if self._zoom == self._desk.theme.zoom:
            return
        self._zoom = self._desk.theme.zoom
        if self.frame is not None and self._save_all():
            self._where = self.frame.where
            self._drop_frame()
            self._show_frame()

    def _zoom_by(self, step: int) -> None:
        self._desk.theme.set_zoom(self._desk.theme.zoom + step)
        if self._desk.session is not None:
            self._desk.run(self, settings.put, "zoom", str(self._desk.theme.zoom))


def close_dialogs() -> None:
    """Close every dialog: none may show a case once the store is locked."""
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QDialog) and widget.isVisible():
            widget.reject()
