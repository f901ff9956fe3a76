"""``Handlingen ligger i papperskorgen. Ångra``: floats over the foot of the page for a while, then makes room."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QFrame, QWidget

from ui.desk import Desk
from ui.theme import mark
from ui.widgets.basics import Button, filled_row, label

SHOWN_MS = 10_000
MARGIN = 16


class UndoNotice(QFrame):
    """Follows ``desk.undo``. It never takes the focus; Ctrl+Z does the same as its button."""

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self._desk = desk
        self._words = label("", wraps=False)
        self.button = Button(desk, desk.text("window.undo.take_back"), desk.undo.undo, kind="quiet")
        self.button.setToolTip(desk.text("window.undo.tip"))
        line = filled_row(desk.theme.px(12), self._words, self.button)
        line.setContentsMargins(desk.theme.px(16), desk.theme.px(6), desk.theme.px(8), desk.theme.px(6))
        self.setLayout(line)
        mark(self, ground="card")
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        desk.undo.offered.connect(self._offer)
        desk.undo.taken.connect(self._tell_taken)
        desk.signals.locking.connect(self.hide)
        over.installEventFilter(self)
        self.hide()

    @property
    def words(self) -> str:
        """What it says now."""
        return self._words.text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the foot when the page changes its size."""
        if watched is self._over and event.type() is QEvent.Type.Resize and self.isVisible():
            self._settle()
        return False

    def _offer(self, words: str) -> None:
        self._say(words, can_undo=True)

    def _tell_taken(self, words: str) -> None:
        self._say(self._desk.text("window.undo.taken", what=words), can_undo=False)

    def _say(self, written: str, *, can_undo: bool) -> None:
        words = self._desk.discretion.words(written)
        self._words.setText(words)
        self.button.setVisible(can_undo)
        self.setAccessibleName(words)
        self.show()
        self.raise_()
        self._settle()
        self._timer.start()

    def _settle(self) -> None:
        self.adjustSize()
        margin = self._desk.theme.px(MARGIN)
        width = min(self.width(), self._over.width() - 2 * margin)
        self.resize(width, self.height())
        self.move((self._over.width() - width) // 2, self._over.height() - self.height() - margin)
