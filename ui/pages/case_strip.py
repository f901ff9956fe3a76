"""What stands above a step: the way back to the overview, its other forms, and the hold points before it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from desktop_app.services.guide import HoldView, StepView
from ui.desk import Desk
from ui.pages.hold_lines import HoldNotes
from ui.presenters.overview_words import Way
from ui.theme import mark
from ui.widgets.basics import Button, label

MOST_HOLDS = 2
"""The overview has them all."""


class CaseStrip(QFrame):
    """Hidden while there is nothing to say; the form below has the page to itself then."""

    back = Signal()
    """Back to the overview."""

    form_chosen = Signal(str)
    """Another form of the step."""

    thing_chosen = Signal(str)
    """What the case holds that belongs to the step."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.back_button = Button(
            desk, desk.text("guide.overview.back"), self.back.emit, kind="quiet", icon="back"
        )
        self.back_button.hide()
        self.more_button = QToolButton()
        self.more_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        mark(self.more_button, role="aside")
        self.more_button.clicked.connect(lambda: self.open_ways())
        self._ways: tuple[Way, ...] = ()
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
        column.setContentsMargins(16, 4, 16, 0)
        column.setSpacing(4)
        line = QHBoxLayout()
        line.addWidget(self.back_button)
        line.addStretch(1)
        line.addWidget(self.more_button)
        column.addLayout(line)
        column.addWidget(self._card)
        self.hide()

    def show_step(
        self,
        step: StepView | None,
        holds: tuple[HoldView, ...],
        ways: tuple[Way, ...] = (),
        *,
        may_go_back: bool,
    ) -> None:
        """Show what stands before a step and what else it opens; nothing when it is ``None``."""
        self.back_button.setVisible(may_go_back)
        self._ways = ways
        self.more_button.setVisible(bool(ways))
        if step is not None and ways:
            others = sum(not way.is_here for way in ways)
            self.more_button.setText(self._desk.text("guide.strip.more", count=others))
            self.more_button.setAccessibleName(
                self._desk.text("guide.strip.more_name", step=step.title, count=others)
            )
        shown = holds[:MOST_HOLDS] if step is not None else ()
        self.holds.show_holds(shown, max(0, len(holds) - len(shown)) if shown else 0)
        self._card.setVisible(bool(shown))
        if step is not None and shown:
            past = step.is_done and not step.not_needed
            self._heading.setText(self._desk.text("guide.hold.past" if past else "guide.hold.at_step"))
            mark(self._card, ground="danger" if shown[0].danger else "waiting")
        self.setVisible(may_go_back or bool(shown) or bool(ways))

    def open_ways(self) -> QMenu:
        """Offer all that the step opens, what is in view marked."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(self.more_button.accessibleName())
        for way in self._ways:
            if not way.is_form:
                menu.addSeparator()
            action = menu.addAction(way.title.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(way.is_here)
            chosen = self.form_chosen if way.is_form else self.thing_chosen
            action.triggered.connect(lambda _=False, way_id=way.id, go=chosen: go.emit(way_id))
        menu.popup(self.more_button.mapToGlobal(self.more_button.rect().bottomLeft()))
        return menu


def above(strip: CaseStrip, middle: QWidget) -> QWidget:
    """Return the strip with what it stands above."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(strip)
    column.addWidget(middle, 1)
    return holder
