"""What stands above a step: the way back to the overview, and the hold points the step stands before."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop_app.services.guide import HoldView, StepView
from ui.desk import Desk
from ui.pages.hold_lines import HoldNotes
from ui.theme import mark
from ui.widgets.basics import Button, label

MOST_HOLDS = 2
"""The overview has them all."""


class CaseStrip(QFrame):
    """Hidden while there is nothing to say; the form below has the page to itself then."""

    back = Signal()
    """Back to the overview."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.back_button = Button(
            desk, desk.text("guide.overview.back"), self.back.emit, kind="quiet", icon="back"
        )
        self.back_button.hide()
        self._heading = label("", "help")
        self.holds = HoldNotes(desk)
        self._card = QFrame()
        inner = QVBoxLayout(self._card)
        inner.setContentsMargins(12, 6, 8, 6)
        inner.setSpacing(2)
        inner.addWidget(self._heading)
        inner.addWidget(self.holds)
        self._card.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 0)
        column.setSpacing(4)
        column.addWidget(self.back_button)
        column.addWidget(self._card)
        self.hide()

    def show_step(self, step: StepView | None, holds: tuple[HoldView, ...], *, may_go_back: bool) -> None:
        """Show what stands before a step; nothing when it is ``None``."""
        self.back_button.setVisible(may_go_back)
        shown = holds[:MOST_HOLDS] if step is not None else ()
        self.holds.show_holds(shown, max(0, len(holds) - len(shown)) if shown else 0)
        self._card.setVisible(bool(shown))
        if step is not None and shown:
            past = step.is_done and not step.not_needed
            self._heading.setText(self._desk.text("guide.hold.past" if past else "guide.hold.at_step"))
            mark(self._card, ground="danger" if shown[0].danger else "waiting")
        self.setVisible(may_go_back or bool(shown))


def above(strip: CaseStrip, middle: QWidget) -> QWidget:
    """Return the strip with what it stands above."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(strip)
    column.addWidget(middle, 1)
    return holder
