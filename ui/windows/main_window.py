"""The one window. Its title never says more than the program's name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import QRect, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget
from shiboken6 import isValid

from desktop_app.domain.changes import ChangeSet, Kind
from desktop_app.restart import Handover, Rectangle
from desktop_app.services import desk_notes, settings, trash, vault
from desktop_app.services.desk_notes import KeptDesk
from desktop_app.services.opening import OpeningReport, examine_opening
from desktop_app.services.vault import NewStore, Session, StoreState
from ui.desk import Desk
from ui.pages.first_run import FirstRun, Places, free_folder
from ui.pages.first_run_fresh import FreshPassphrasePage
from ui.pages.first_run_restore import RestorePage
from ui.pages.unlock import UnlockPage
from ui.presenters.days import day_and_time
from ui.presenters.key_table import SHORTCUTS
from ui.slices import PAUSE, Slices, dressed
from ui.widgets.countdown import Countdown
from ui.windows.dialog_care import DialogCare
from ui.windows.discretion_keeper import DiscretionKeeper
from ui.windows.frame import Frame
from ui.windows.history import History, Where
from ui.windows.idle_lock import IdleLock
from ui.windows.index_keeper import IndexKeeper
from ui.windows.last_place import LastPlace, remember_place, remembered_changes
from ui.windows.lock_reason import LockReason
from ui.windows.locking import Locking
from ui.windows.looks import Looks
from ui.windows.place_keeper import DeskNote, PlaceKeeper, open_dialogs, read_note

LEAST_SIZE = (960, 600)
USUAL_SIZE = (1280, 800)


@dataclass(frozen=True)
class Surroundings:
    """What the window needs to know of the computer: where stores lie and where the last one is noted."""

    places: Places
    note_file: Path


class MainWindow(QMainWindow):
    """Shows the first run, the unlock page, or the frame around an open store.

    ``succeed`` is called when the store is closed by a lock, to end the process and begin a fresh one; it returns
    only when that cannot be done, and then the unlock page is shown here. Without it (a tour, a test) likewise.
    """

    def __init__(
        self,
        desk: Desk,
        surroundings: Surroundings,
        *,
        create: Callable[..., NewStore] = vault.create_store,
        succeed: Callable[[Handover], object] | None = None,
    ) -> None:
        super().__init__()
        self._succeed = succeed
        self._desk = desk
        self._around = surroundings
        self._create = create
        self._where = Where("start")
        self._history = History()
        self._folder: Path | None = None
        self._is_practice = False
        self._is_entered = False
        self._found: OpeningReport | None = None
        self.frame: Frame | None = None
        self._stack = QStackedWidget()
        self.setCentralWidget(self._stack)
        desk.theme.dress(self)
        self.setWindowTitle(desk.text("window.name"))
        self.setWindowIcon(desk.theme.icon("mark", "accent", 64))
        self.setMinimumSize(*LEAST_SIZE)
        self.resize(*USUAL_SIZE)
        self._keeper = PlaceKeeper(desk, lambda: self.frame, self)
        self._discretion = DiscretionKeeper(desk, self)
        DialogCare(desk, self, lambda: self.frame.case_in_view if self.frame is not None else None)
        self._locking = Locking(
            desk,
            self._stack,
            self._keeper,
            lambda: self.frame,
            self._begin_counting,
            lambda: self.lock(self._reason),
        )
        self._reason = LockReason.ASKED
        self._index = IndexKeeper(desk, self)
        self._idle = IdleLock(cast("QApplication", QApplication.instance()), self)
        self._idle.due.connect(lambda: self.lock(LockReason.IDLE))
        self._idle.asked.connect(self.lock)
        self._idle.alive.connect(self._keeper.stir)
        self._idle.soon.connect(Countdown(desk, self).tell)
        desk.signals.changed.connect(self._take_changes)
        self._aside: DeskNote | None = None
        self._entrance = Slices(self)
        desk.theme.make_way = self._make_way
        looks = Looks(desk, self)
        zooms = {"zoom_in": looks.zoom_in, "zoom_out": looks.zoom_out, "zoom_usual": looks.zoom_usual}
        for name, act in {"lock": self.lock, **zooms}.items():
            for keys in SHORTCUTS[name].keys:
                QShortcut(QKeySequence(keys), self).activated.connect(act)

    @property
    def shown(self) -> QWidget | None:
        """What fills the window now."""
        return self._stack.currentWidget()

    def show_first_run(self) -> None:
        """Begin from nothing."""
        places, create = self._around.places, self._create
        self._show(FirstRun(self._desk, places, self.open_session, self._leave_for, create=create))

    def show_unlock(self, folder: Path, note: str = "") -> None:
        """Ask for what opens the store in a folder."""
        self._folder = folder
        phrase = self._desk.text("window.unlock.practice_words")
        is_practice = folder == self._around.places.practice
        page = UnlockPage(
            self._desk,
            folder,
            self._take_opened,
            self.show_first_run,
            note=note,
            practice_phrase=phrase if is_practice else "",
        )
        self._show(page)

    def open_session(self, session: Session) -> None:
        """Show an open store, where one was when it was locked or when the program last died."""
        if self._locking.is_under_way:
            return
        self._folder = session.folder
        self._desk.session = session
        self._found = None
        remembered = remembered_changes(self._around.note_file, session.folder)
        self._desk.run(self, examine_opening, remembered, done=self._take_found)
        self._desk.run(self, vault.store_state, done=self._take_state)
        self._desk.run(self, settings.get, "theme", done=self._desk.theme.set_scheme)
        self._desk.run(self, settings.get, "zoom", done=self._take_zoom)
        self._desk.run(self, settings.idle_minutes, done=self._idle.set_minutes)
        self._discretion.bring_back()
        self._desk.run(self, desk_notes.kept, done=self._enter)
        # A full disk keeps what should go; that is no trouble to anybody, and the next opening tries again.
        self._desk.run(self, trash.empty_overdue, failed=lambda _error: None)
        self._index.begin()

    def show_page(self, name: str, **words: Any) -> None:
        """Go to a page of the open store."""
        if self.frame is not None:
            self.frame.show_page(name, **words)

    def lock(self, reason: LockReason = LockReason.ASKED) -> bool:
        """Save what is typed, close the store and ask for the passphrase. Tells whether it was done."""
        session = self._desk.session
        if session is None:
            return False
        if self._locking.is_under_way:
            if reason.is_urgent:
                self._locking.hurry()
            return False
        self._let_in()
        self._reason = reason
        folder = session.folder
        if not self._close_store(reason):
            return False
        if self._succeed is not None:
            place = cast("Rectangle", self.geometry().getRect())
            self._succeed(Handover(folder, reason.value, None if self.isMaximized() else place))
        self.show_locked(folder, reason)
        return True

    def show_locked(self, folder: Path, reason: LockReason) -> None:
        """Ask for what opens the store again, and say why it was locked."""
        self.show_unlock(folder, self._desk.text(reason.text_key))

    def put_at(self, place: Rectangle) -> None:
        """Stand where the window stood before, if that is still on a screen."""
        wanted = QRect(*place)
        if any(screen.availableGeometry().intersects(wanted) for screen in QGuiApplication.screens()):
            self.setGeometry(wanted)

    def showEvent(self, event: QShowEvent) -> None:
        """Let the idle lock see what happens in this window."""
        super().showEvent(event)
        self._idle.watch(self.windowHandle())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save, close the store and end the threads; stay when something cannot be saved."""
        self._let_in()
        if self._locking.is_under_way or (self._desk.session is not None and not self._close_store(None)):
            event.ignore()
            return
        self._desk.jobs.close()
        super().closeEvent(event)

    # Inside

    def _take_opened(self, session: Session, paper: str) -> None:
        """Go on in an open store; whoever opened it with a paper is first offered a passphrase of their own."""
        if not paper:
            self.open_session(session)
            return
        self._folder = session.folder
        self._desk.session = session
        self._show(FreshPassphrasePage(self._desk, paper, lambda: self.open_session(session)))
        self._begin_counting()

    def _show(self, widget: QWidget) -> None:
        if self._stack.indexOf(widget) < 0:
            self._stack.addWidget(widget)
        self._stack.setCurrentWidget(widget)
        for place in reversed(range(self._stack.count())):
            if (former := self._stack.widget(place)) is not None and former is not widget:
                self._stack.removeWidget(former)
                former.deleteLater()
        getattr(widget, "begin", lambda: None)()

    def _take_state(self, state: StoreState) -> None:
        self._is_practice = state.is_practice
        if not state.is_practice:
            changes = remembered_changes(self._around.note_file, state.folder)
            remember_place(self._around.note_file, LastPlace(state.folder, changes))

    def _take_found(self, found: OpeningReport) -> None:
        self._found = found

    def _take_zoom(self, percent: str) -> None:
        self._desk.theme.set_zoom(int(percent) if percent.isdigit() else 100)

    def _take_changes(self, changes: ChangeSet) -> None:
        if changes.touches(Kind.SETTING):
            self._desk.run(self, settings.idle_minutes, done=self._idle.set_minutes)

    def _enter(self, kept: KeptDesk | None) -> None:
        """Show the page the note tells of; one that cannot be shown must not keep anybody out."""
        note = read_note(kept) if kept is not None else None
        self._where = note.where if note is not None else Where("start")
        self._is_entered = True
        self._come_in(note)

    def _come_in(self, note: DeskNote | None) -> None:
        """Let the frame come. A lock on the way there keeps the note as it is."""
        self._aside = note
        self._entrance.begin(self._coming(note, self._come_back_to))

    def _coming(self, note: DeskNote | None, back: Callable[[DeskNote], None]) -> Iterator[object]:
        try:
            yield from self._show_frame()
        except Exception as fault:
            yield from self._start_instead(fault)
        else:
            if note is not None:
                QTimer.singleShot(0, self, lambda: back(note))

    def _start_instead(self, fault: Exception) -> Iterator[object]:
        self._desk.jobs.on_fault(fault)
        self._drop_frame()
        self._where = Where("start")
        yield from self._show_frame()

    def _come_back_to(self, note: DeskNote) -> None:
        try:
            self._keeper.bring_back(note)
        except Exception as fault:
            self._entrance.begin(self._start_instead(fault))
        if self.frame is not None and not note.ended and note.written_at is not None:
            moment = day_and_time(note.written_at, self._desk.clock(), self._desk.texts)
            self.frame.tell_back(self._desk.text("window.lock.back", when=moment))

    def _begin_counting(self) -> None:
        if self._desk.session is not None:
            self._idle.start()

    def _show_frame(self) -> Iterator[object]:
        """Build the frame, its page, dress and show them: a round of the event loop each, or the window is silent."""
        if self._desk.session is None:
            return
        with_ways = partial(Frame, self._desk, self.lock, self._go_elsewhere, self._where)
        frame = with_ways(history=self._history, is_practice=self._is_practice)
        try:
            yield PAUSE
            frame.open_page()
            yield PAUSE
            self._stack.addWidget(frame)
            yield from dressed(frame)
            yield PAUSE
        except BaseException:  # also when something else is shown instead
            frame.deleteLater()
            raise
        self.frame, self._aside = frame, None
        self._show(frame)
        if self._found is not None:
            frame.opening.show_report(self._found)
            frame.opening.closed.connect(self._forget_found)
        self._begin_counting()

    def _forget_found(self) -> None:
        self._found = None

    def _go_elsewhere(self, name: str, **words: Any) -> None:
        """Show a page that fills the window while the store stays open; it leads back to where one was."""
        if self.frame is None or not self._save_all():
            return
        where = self._where = self.frame.where
        back = partial(self._return_to, where)
        self._drop_frame()
        folder = free_folder(self._around.places.store)
        self._show(RestorePage(self._desk, folder, self._leave_for, back))

    def _return_to(self, where: Where) -> None:
        self._where = where
        self._come_in(None)

    def _leave_for(self, folder: Path) -> None:
        """Close what is open, if anything, and ask for what opens another store."""
        if self._desk.session is None or self._close_store(None):
            self.show_unlock(folder)

    def _let_in(self) -> None:
        """Let a store that is on its way come in first: it is then locked and closed like any other."""
        if not self._is_entered:
            self._desk.jobs.drain()

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

    def _close_store(self, reason: LockReason | None) -> bool:
        """Save and close what is open. False when it had to stay open; the window says why."""
        self._idle.stop()
        self._idle.soon.emit(0)
        folder = self._desk.session.folder if self._desk.session is not None else None
        # Before anybody has come in, what was half written last time still waits in the store's own note.
        elsewhere = (self._aside or DeskNote(self._where)) if self._is_entered else None
        is_coming = self._entrance.is_under_way
        self._entrance.begin(iter(()))  # a frame on its way would come before the cover
        if not self._locking.close_store(reason, elsewhere):
            if is_coming:
                self._come_in(self._aside)
            return False
        self._is_entered = False
        if folder is not None and not self._is_practice:
            note = self._around.note_file
            changes = self._locking.last_change or remembered_changes(note, folder)
            remember_place(note, LastPlace(folder, changes))
        self._drop_frame()
        self._where, self._history = Where("start"), History()
        return True

    def _make_way(self, change: Callable[[], None]) -> None:
        """Take the frame away while colours or size change, and build it anew.

        Its measures are set when it is built, and to dress each widget anew takes far longer than to make others.
        A dialog hangs on the page that opened it, so with one open all are dressed where they stand.
        """
        if self._entrance.is_under_way:
            change()
            self._come_in(self._aside)
            return
        note = self._keeper.note() if isValid(self) and not open_dialogs() else None
        if note is None or not self._save_all():
            change()
            return
        self._aside, self._where = note, note.where
        if self.frame is not None:
            self.frame.destroyed.connect(lambda: QTimer.singleShot(0, self, lambda: self._come_again(change)))
        self._drop_frame()

    def _come_again(self, change: Callable[[], None]) -> None:
        change()
        QTimer.singleShot(0, self, self._show_again)

    def _show_again(self) -> None:
        note = self._aside
        if note is not None and self._desk.session is not None and self.frame is None:
            self._entrance.begin(self._coming(note, self._keeper.bring_back))
