"""A page that leads through one act, a step at a time. Leaving is safe until the last step is taken."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.widgets.basics import Button, clear, column, filled_row, label
from ui.widgets.notice import Notice
from ui.widgets.page import Go, Page

NARROW, WIDE = 704, 1064


class StepsPage(Page):
    """One step shown at a time, a way out to the left and the main button to the right; Enter presses it.

    ``home`` is the page that leaving leads to. Nothing that is typed here is kept when one leaves or locks.
    """

    def __init__(self, desk: Desk, go: Go, title: str, *, steps: int, home: str) -> None:
        super().__init__(desk, go, title, most_width=NARROW)
        self._steps = steps
        self._home = home
        self._act: Callable[[], object] | None = None
        self._busy = False
        px = desk.theme.px
        self.step_words = label("", "help", wraps=False)
        self._part = QVBoxLayout()
        self._part.setContentsMargins(0, 0, 0, 0)
        self.notice = Notice(desk)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(title)
        self._progress = label("", "help")
        self.out = Button(desk, desk.text("window.cancel"), self.leave)
        self.main = Button(desk, "", self._press, kind="main")
        buttons = filled_row(px(8), self.out)
        buttons.addStretch(1)
        buttons.addWidget(self.main)
        self.body.addWidget(self.step_words)
        self.body.addLayout(self._part)
        self.body.addLayout(column(px(4), self.bar, self._progress))
        self.body.addWidget(self.notice)
        self.body.addSpacing(px(8))
        self.body.addLayout(buttons)
        self.body.addStretch(1)
        self.set_busy(busy=False)

    @property
    def is_settled(self) -> bool:
        """Whether no act is under way that must come to its end before one leaves."""
        return not self._busy

    def show_step(
        self,
        number: int,
        part: QWidget,
        words: str,
        act: Callable[[], object],
        *,
        first: QWidget | None = None,
        width: int = NARROW,
    ) -> None:
        """Show a step: its part of the page, what the main button says and does, and the first field."""
        content = self._scroll.widget()
        if content is not None:
            content.setMaximumWidth(self.desk.theme.px(width))
        clear(self._part)
        self.notice.silence()
        self.step_words.setText(self.desk.text("window.steps.step", number=number, all=self._steps))
        self.step_words.setVisible(self._steps > 1)
        self._part.addWidget(part)
        self._act = act
        self.main.set_words(words)
        self.first = first if first is not None else self.main
        self.restore_place(0)
        self.begin()

    def show_end(self, part: QWidget) -> None:
        """Show what was done; the only way left is home."""
        self.show_step(self._steps, part, self.desk.text("window.steps.done"), self.leave)
        self.step_words.hide()
        self.out.hide()

    def leave(self) -> None:
        """Go home."""
        self.go(self._home)

    def set_busy(self, *, busy: bool, words: str = "") -> None:
        """Say what is being done, in place of what the main button says."""
        self._busy = busy
        self.main.setEnabled(not busy)
        self.out.setEnabled(not busy)
        self.bar.setVisible(busy)
        self.bar.setRange(0, 0)
        self._progress.setText(words)
        self._progress.setVisible(busy and bool(words))

    def tell_progress(self, done: int, total: int, text_key: str) -> None:
        """Show how far the act has come."""
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(done)
        if self.desk.texts.has(text_key):
            self._progress.setText(self.desk.text(text_key))
            self._progress.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter do what the main button says."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._press()
        else:
            super().keyPressEvent(event)

    def _press(self) -> None:
        if self._act is not None and not self._busy:
            self._act()
