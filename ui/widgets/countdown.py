"""The last seconds before the lock, on top of whatever is shown: the page, or the dialog in front of it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget
from shiboken6 import isValid

from ui.desk import Desk
from ui.theme import mark
from ui.widgets.basics import IconLabel, filled_row, label

MOST_WIDTH = 640
MARGIN = 16


class CountdownBand(QFrame):
    """Takes no focus and no clicks: any key or movement stops the countdown, wherever it lands."""

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over)
        px = desk.theme.px
        self._over = over
        self._most, self._margin = px(MOST_WIDTH), px(MARGIN)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        mark(self, ground="waiting")
        self.words = label("", "strong")
        inner = filled_row(px(12), IconLabel(desk, "lock", "waiting"), self.words)
        inner.setStretch(1, 1)
        inner.setContentsMargins(px(16), px(12), px(16), px(12))
        self.setLayout(inner)
        over.installEventFilter(self)

    def say(self, words: str) -> None:
        """Show the words; the first time a screen reader says them too."""
        self.words.setText(words)
        first = self.isHidden()
        self._place()
        self.show()
        self.raise_()
        if first:
            self.setAccessibleName(words)
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the middle of the top when the window changes its size."""
        if event.type() is QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        width = min(self._most, self._over.width() - 2 * self._margin)
        inner = self.layout()
        height = inner.heightForWidth(width) if inner is not None else self.sizeHint().height()
        self.setGeometry((self._over.width() - width) // 2, self._margin, width, height)


class Countdown:
    """Shows the band on the window in front, and takes it away again."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        self._desk = desk
        self._window = window
        self._band: CountdownBand | None = None

    @property
    def words(self) -> str:
        """What is said now, empty when nothing is."""
        return self._band.words.text() if self._band is not None and isValid(self._band) else ""

    def tell(self, seconds: int) -> None:
        """Say how many seconds are left; 0 takes the band away."""
        over = QApplication.activeModalWidget() or self._window
        if self._band is not None and (
            not isValid(self._band) or self._band.parent() is not over or not seconds
        ):
            if isValid(self._band):
                self._band.hide()
                self._band.deleteLater()
            self._band = None
        if seconds:
            self._band = self._band or CountdownBand(self._desk, over)
            self._band.say(self._desk.text("window.lock.soon", seconds=seconds))
