"""The lock, from the first moment to the closed store: cover, save, keep the place, back up, close."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QDrag, QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QStackedWidget, QToolTip, QWidget

from desktop_app.domain.errors import AppError
from desktop_app.services import desk_notes, log_lines, vault
from desktop_app.services.automatic_backups import automatic_backup
from ui.desk import Desk
from ui.pages.locking_page import LockingPage
from ui.windows.frame import Frame
from ui.windows.lock_reason import LockReason
from ui.windows.place_keeper import DeskNote, PlaceKeeper

RETRY_MS = 5_000
CLOSED = "closed"
"""What a note says when the window was closed and not locked."""


class Locking:
    """``frame`` gives the frame that is shown; ``shown_again`` is called when somebody came back to it unlocked."""

    def __init__(
        self,
        desk: Desk,
        stack: QStackedWidget,
        keeper: PlaceKeeper,
        frame: Callable[[], Frame | None],
        shown_again: Callable[[], object],
        retry: Callable[[], object],
    ) -> None:
        self._desk = desk
        self._stack = stack
        self._keeper = keeper
        self._frame = frame
        self._shown_again = shown_again
        self._page: LockingPage | None = None
        self._note: DeskNote | None = None
        self._is_under_way = False
        self.last_change: int | None = None
        """The number of the last change of the store that was closed last."""
        self._lock_again = retry
        self._retry = QTimer(stack, singleShot=True, interval=RETRY_MS)
        self._retry.timeout.connect(retry)

    @property
    def is_under_way(self) -> bool:
        """Whether a lock has begun and is not done."""
        return self._is_under_way

    @property
    def page(self) -> LockingPage | None:
        """What covers the desk, from the beginning of a lock to its end."""
        return self._page

    def hurry(self) -> None:
        """Stop what takes time: the computer is about to sleep while a slower lock is under way."""
        self._desk.jobs.cancel_all()

    def close_store(self, reason: LockReason | None, elsewhere: DeskNote | None = None) -> bool:
        """Save everything and close the store; ``None`` for a window that is being closed.

        ``elsewhere`` is the note when no page of the frame is shown. False when something could not be saved: then
        the store is still open, and the window covered unless the one who asked is there to mend it.
        """
        self._is_under_way = True
        try:
            self._begin(reason, elsewhere)
            failure = self._save(reason)
            if failure is not None:
                self._stay_open(reason, failure)
                return False
            self._end(reason)
        finally:
            self._is_under_way = False
        return True

    # The steps

    def _begin(self, reason: LockReason | None, elsewhere: DeskNote | None) -> None:
        self._retry.stop()
        self._desk.signals.locking.emit()
        if reason is not None and reason.is_urgent:
            self._desk.jobs.cancel_all()
        ended = reason.value if reason is not None else CLOSED
        if self._page is None:  # else a new try: what stood half written was read off at the first
            self._note = self._read_off(ended) or (elsewhere and replace(elsewhere, ended=ended))
            self._keeper.rest()
            self._cover()

    def _read_off(self, ended: str) -> DeskNote | None:
        try:
            return self._keeper.note(ended)
        except Exception as fault:  # a page that cannot be read off must not keep the program from locking
            self._desk.jobs.on_fault(fault)
            return None

    def _with_unsaved(self, note: DeskNote, frame: Frame | None) -> DeskNote:
        """Add what the page could not save to where one was."""
        late = self._read_off(note.ended) if frame is not None and not frame.is_settled else None
        place, late_place = note.where.place, late.where.place if late is not None else None
        if not isinstance(place, dict) or not isinstance(late_place, dict):
            return note
        unsaved = late_place.get("unsaved", [])
        return replace(note, where=replace(note.where, place={**place, "unsaved": unsaved}))

    def _cover(self) -> None:
        """Take every case off the screen at once, before anything slow."""
        if self._desk.session is None:
            return
        self._page = LockingPage(self._desk, self._lock_again, self._come_back)
        self._stack.addWidget(self._page)
        self._stack.setCurrentWidget(self._page)
        let_go_of_everything()
        self._page.setFocus()
        self._page.repaint()
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)

    def _save(self, reason: LockReason | None) -> AppError | None:
        frame = self._frame()
        if frame is not None:
            frame.flush()
        self._wait()
        if self._desk.session is None or self._note is None:
            return None
        if reason is None and not self._note.is_half_written and (frame is None or frame.is_settled):
            self._desk.run(self._stack, desk_notes.forget, failed=lambda _error: None)
            return None
        note = self._with_unsaved(self._note, frame)
        failures: list[AppError] = []
        kept: list[object] = []
        self._desk.run(
            self._stack,
            desk_notes.keep,
            note.as_json(),
            done=lambda _: kept.append(1),
            failed=failures.append,
        )
        self._wait()
        return None if kept else next(iter(failures), AppError())

    def _stay_open(self, reason: LockReason | None, failure: AppError) -> None:
        if self._page is not None and reason not in (None, LockReason.ASKED):
            self._page.tell_held(failure)
            self._retry.start()
        else:
            self._come_back()
            frame = self._frame()
            if frame is not None:
                frame.tell_not_locked()

    def _end(self, reason: LockReason | None) -> None:
        if reason is None or not reason.is_urgent:
            self._back_up()
        self._desk.run(self._stack, log_lines.flush, failed=lambda _error: None)
        self._wait()
        session, self._desk.session = self._desk.session, None
        self.last_change = None
        if session is not None:
            self._tell("closing")
            self._desk.jobs.run(self._stack, vault.lock, session, done=self._take_number)
            self._wait()
        self._page = self._note = None

    def _back_up(self) -> None:
        """Make the backup that is due, if any. What comes of it is told when the store is open again."""
        self._desk.run(
            self._stack,
            automatic_backup,
            on_progress=lambda *_: self._tell("backup"),
            failed=lambda _error: None,
        )
        self._wait()

    def _take_number(self, number: int) -> None:
        self.last_change = number

    def _come_back(self) -> None:
        """Show the desk again as it was; whoever asked for it is there, or has given the passphrase."""
        self._retry.stop()
        page, self._page = self._page, None
        note, self._note = self._note, None
        if page is not None:
            self._stack.removeWidget(page)
            page.deleteLater()
        frame = self._frame()
        if frame is not None:
            self._stack.setCurrentWidget(frame)
        self._shown_again()
        if note is not None and frame is not None:
            frame.restore_place(note.where.place)
            self._keeper.bring_back(note)

    def _tell(self, doing: str) -> None:
        if self._page is not None:
            self._page.tell(doing)

    def _wait(self) -> None:
        """Wait for the jobs while the window goes on drawing. Keys and clicks wait too: they are for nobody."""
        flags = QEventLoop.ProcessEventsFlag
        QApplication.processEvents(flags.ExcludeUserInputEvents)
        while not self._desk.jobs.idle:
            QApplication.processEvents(flags.ExcludeUserInputEvents | flags.WaitForMoreEvents)


def let_go_of_everything() -> None:
    """Close every dialog, menu, calendar and tip, and let go of what is being dragged."""
    end_drag()
    QToolTip.hideText()
    grabber = QWidget.mouseGrabber()
    if grabber is not None:
        grabber.releaseMouse()
    close_dialogs()
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()
        if QApplication.activePopupWidget() is popup:
            popup.hide()
            break


def end_drag() -> None:
    """End a drag as Esc would: its loop would go on showing what is dragged."""
    for top in QApplication.topLevelWidgets():
        handle = top.windowHandle()
        if handle is None or top.findChild(QDrag) is None:
            continue
        if sys.platform == "win32":
            QDrag.cancel()
        else:  # where Qt runs the loop itself and listens for the key
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(
                    handle, QKeyEvent(kind, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
                )


def close_dialogs() -> None:
    """Close every dialog: none may show a case once the store is locked."""
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QDialog) and widget.isVisible():
            widget.reject()
