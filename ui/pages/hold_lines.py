"""Hold points as they are shown: a line in the head, a card at the step they stop and in the overview."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop_app.services.guide import HoldView
from ui.desk import Desk
from ui.theme import mark
from ui.widgets.basics import Button, IconLabel, clear, column, filled_row, label


class HoldLines(QFrame):
    """One line a hold point: what it is, what to do, and the button that goes there."""

    go = Signal(object)
    """A hold point: go where it is answered."""

    act = Signal(object)
    """A hold point: do what it offers besides."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shown: tuple[Sequence[HoldView], int] = ((), 0)
        self.setAccessibleName(desk.text("guide.hold.heading"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self.hide()

    def show_holds(self, holds: Sequence[HoldView], more: int = 0) -> None:
        """Show these, and how many more there are."""
        if (tuple(holds), more) == self._shown:
            return
        self._shown = (tuple(holds), more)
        clear(self._column)
        for hold in holds:
            self._column.addWidget(self._line(hold))
        if more:
            self._column.addWidget(label(self._desk.text("guide.hold.more", count=more), "help"))
        self.setVisible(bool(holds))

    def _line(self, hold: HoldView) -> QWidget:
        line = QWidget(self)
        tone = "danger" if hold.danger else "waiting"
        title = label(hold.words, tone, wraps=False)
        todo = label(hold.what_to_do, "help")
        buttons = self.buttons(hold)
        row = filled_row(8, IconLabel(self._desk, "attention", tone, 18), title, todo, *buttons)
        row.setStretch(2, 1)
        line.setLayout(row)
        line.setAccessibleName(self._desk.text("guide.hold.name", title=hold.words, todo=hold.what_to_do))
        return line

    def buttons(self, hold: HoldView) -> list[Button]:
        """Return what can be done about a hold point; each button tells which one it is about."""
        made: list[Button] = []
        if hold.act and hold.is_open:
            words = self._desk.text(f"guide.holds.{hold.id}.act")
            made.append(Button(self._desk, words, lambda: self.act.emit(hold), kind="quiet"))
        made.append(Button(self._desk, hold.go, lambda: self.go.emit(hold), kind="quiet"))
        for button in made:
            button.setAccessibleName(f"{button.text()}: {hold.words}")
        return made


class HoldNotes(HoldLines):
    """A hold point above the step it stops, where there is less room: what to do stands below what it is."""

    def _line(self, hold: HoldView) -> QWidget:
        note = QWidget(self)
        tone = "danger" if hold.danger else "waiting"
        go, *others = reversed(self.buttons(hold))
        head = filled_row(8, IconLabel(self._desk, "attention", tone, 18), label(hold.words, tone), go)
        below = filled_row(8, label(hold.what_to_do, "help"), *others)
        below.setContentsMargins(26, 0, 0, 0)
        head.setStretch(1, 1)
        below.setStretch(0, 1)
        inner = column(0)
        inner.addLayout(head)
        inner.addLayout(below)
        note.setLayout(inner)
        note.setToolTip(hold.why)
        note.setAccessibleName(self._desk.text("guide.hold.name", title=hold.words, todo=hold.what_to_do))
        return note


class HoldCards(HoldLines):
    """One card a hold point, with why it is there, what it rests on and when it goes away."""

    def _line(self, hold: HoldView) -> QWidget:
        text = self._desk.text
        tone = "danger" if hold.danger else "waiting"
        card = QFrame(self)
        mark(card, ground="card")
        icon = IconLabel(self._desk, "attention" if hold.is_open else "done", tone, 18)
        title = label(hold.words, tone if hold.is_open else "strong")
        head = filled_row(8, icon, title, *self._ways(hold))
        head.setStretch(1, 1)
        source = text("guide.hold.source", source=hold.source) if hold.source else ""
        told = [label(hold.why, "help")]
        if hold.is_open:
            told = [label(hold.what_to_do), label(f"{hold.why} {hold.clears} {source}".strip(), "help")]
        inner = column(2, *told, margins=(26, 0, 0, 0))
        outer = column(0, margins=(12, 2, 8, 8))
        outer.addLayout(head)
        outer.addLayout(inner)
        card.setLayout(outer)
        card.setAccessibleName(text("guide.hold.name", title=hold.words, todo=hold.what_to_do))
        return card

    def _ways(self, hold: HoldView) -> list[QWidget]:
        if hold.is_open:
            return list(self.buttons(hold))
        return [label(self._desk.text("guide.hold.cleared"), "help", wraps=False), *self.buttons(hold)]
