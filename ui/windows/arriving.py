"""A page comes into the stack of the frame: laid in, dressed and shown in a round of the event loop each."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QStackedWidget, QWidget
from shiboken6 import isValid

from ui.desk import Desk
from ui.slices import PAUSE, Slices, dressed, drop_slices
from ui.widgets.leaving import Leaving


class HeldKeys(QObject):
    """Keys that are pressed while a page is on its way: they are meant for it, and given to it once it is there."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._window: QWindow | None = None
        self._keys: list[QKeyEvent] = []

    def hold(self, window: QWindow | None) -> None:
        """Keep what is pressed from now on."""
        if window is not None and self._window is None:
            self._window = window
            window.installEventFilter(self)

    def give(self) -> None:
        """Hand out what was kept, in its order."""
        window, self._window = self._window, None
        keys, self._keys = self._keys, []
        if window is None or not isValid(window):
            return
        window.removeEventFilter(self)
        for key in keys:
            QCoreApplication.postEvent(window, key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep a key; what is a shortcut of the window never comes this way."""
        if isinstance(event, QKeyEvent) and event.type() in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            self._keys.append(event.clone())
            return True
        return super().eventFilter(watched, event)


class Arriving(QObject):
    """What was shown before stands, deaf, until the page that comes can be shown whole: nothing flickers."""

    def __init__(self, desk: Desk, pages: QStackedWidget) -> None:
        super().__init__(pages)
        self._pages = pages
        self._leaving = Leaving(desk, pages)
        self._slices = Slices(self)
        self._held = HeldKeys(self)
        self._waiting: list[Callable[[], object]] = []
        self.is_under_way = False

    def begin(self, page: QWidget, there: Callable[[], object]) -> None:
        """Let a page come that has just been built; ``there`` is called when it is shown.

        The first one is there at once: whoever shows the frame dresses both.
        """
        self._waiting = [there]
        former = self._pages.currentWidget()
        if former is None:
            self._pages.addWidget(page)
            self._arrive()
            return
        self.is_under_way = True
        self._held.hold(self._pages.window().windowHandle())
        former.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        drop_slices(
            former
        )  # what it had not come to nobody sees any more, and the new page would wait for it
        self._slices.begin(self._coming(page, former))

    def when_there(self, act: Callable[[], object]) -> None:
        """Call something once the page on its way is shown; at once when none is."""
        if self.is_under_way:
            self._waiting.append(act)
        else:
            act()

    def _coming(self, page: QWidget, former: QWidget) -> Iterator[object]:
        try:
            # Before anything in it has been measured: what has its looks already is dressed once more in here.
            self._pages.addWidget(page)
            yield PAUSE
            yield from dressed(page)
            yield PAUSE
        except BaseException:  # also when one goes elsewhere meanwhile
            if isValid(page):
                page.deleteLater()
            raise
        self._pages.setCurrentWidget(page)
        self._arrive()
        self._pages.removeWidget(former)
        self._leaving.take_down(former)

    def _arrive(self) -> None:
        self.is_under_way = False
        waiting, self._waiting = self._waiting, []
        for act in waiting:
            act()
        self._held.give()
