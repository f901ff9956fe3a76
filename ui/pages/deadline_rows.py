"""Rows of deadlines: what, in which case, when and why, with one's acts beside."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from desktop_app.services.deadlines import DeadlineView
from ui.desk import Desk
from ui.pages.deadline_acts import DeadlineActs
from ui.presenters.deadline_words import when_words
from ui.presenters.protection_words import mark_words
from ui.slices import Slices
from ui.theme import mark
from ui.widgets.basics import Button, column, filled_row, framed, label
from ui.widgets.cloak import cloaked, written
from ui.widgets.page import Go
from ui.widgets.protection_mark import ProtectionMark


@dataclass(frozen=True, slots=True)
class _Row:
    """A row that stands in the card: what it shows, on which day it was written, its frame and its buttons."""

    view: DeadlineView
    today: date
    frame: QFrame
    buttons: tuple[Button, ...]


class DeadlineRows(QWidget):
    """A card of rows, as on the start page and beside the calendar. ``colour`` is that of the words of time.

    A row that is as it was stays; the others are made a few at a time.
    """

    made = Signal()
    """All rows stand in the card."""

    def __init__(self, desk: Desk, go: Go, acts: DeadlineActs, none_words: str, colour: str = "help") -> None:
        super().__init__()
        self._desk = desk
        self._go = go
        self._acts = acts
        self._none = none_words
        self._colour = colour
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._made: list[_Row] = []
        self._notes: list[QLabel] = []
        self._slices = Slices(self)
        self._wanted: tuple[Sequence[DeadlineView], int] | None = None
        self.setLayout(column(0, framed(self._rows, ground="card")))
        self._begin((), 0)

    @property
    def buttons(self) -> list[Button]:
        """The buttons of all rows, from above."""
        return [button for made in self._made for button in made.buttons]

    def show_rows(self, rows: Sequence[DeadlineView], more: int = 0) -> None:
        """Show rows, and how many there are besides; before the card is seen, once it is.

        A card with all its rows would be laid into the window in one go.
        """
        self._wanted = (rows, more)
        if self.isVisible():
            self._show_wanted()

    def showEvent(self, event: QShowEvent) -> None:
        """Make the rows that wait for it."""
        super().showEvent(event)
        self._show_wanted()

    def _show_wanted(self) -> None:
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self._begin(*wanted)

    def _begin(self, rows: Sequence[DeadlineView], more: int) -> None:
        for note in self._notes:
            self._drop(note)
        self._notes = []
        today = self._desk.clock().date()
        kept = [made for made in self._made if made.view in rows and made.today == today]
        for made in self._made:
            if made not in kept:
                self._drop(made.frame)
        self._made = kept
        self._slices.begin(self._make(rows, more, today))

    def _make(self, rows: Sequence[DeadlineView], more: int, today: date) -> Iterator[None]:
        """Make the rows that are missing, and put all in their order."""
        former = {made.view: made for made in self._made}
        for number, view in enumerate(rows):
            made = former.get(view)
            if made is None:
                made = self._row(view, today)
                self._made.insert(number, made)
                self._rows.insertWidget(number, made.frame)
            elif self._made[number] is not made:
                self._made.remove(made)
                self._made.insert(number, made)
                self._rows.insertWidget(number, made.frame)
            mark(made.frame, line="above" if number else "")
            yield
        if not rows:
            self._notes.append(self._words(self._none))
        if more:
            self._notes.append(self._words(self._desk.text("window.deadlines.more", count=more)))
        for note in self._notes:
            self._rows.addWidget(note)
        self.made.emit()

    def stops(self) -> list[QWidget]:
        """Return the buttons in the order they are read."""
        return [button for row in self._made for button in row.buttons]

    def _drop(self, widget: QWidget) -> None:
        widget.hide()
        self._rows.removeWidget(widget)
        widget.deleteLater()

    def _words(self, words: str) -> QLabel:
        px = self._desk.theme.px
        made = label(words, "soft")
        made.setContentsMargins(px(16), px(12), px(16), px(12))
        return made

    def _row(self, view: DeadlineView, today: date) -> _Row:
        px = self._desk.theme.px
        buttons = self._acts_of(view)
        inner = self._inner(view, buttons, today)
        inner.setContentsMargins(px(16), px(10), px(12), px(10))
        return _Row(view, today, framed(inner), tuple(buttons))

    def _inner(self, view: DeadlineView, buttons: Sequence[Button], today: date) -> QVBoxLayout:
        px, text = self._desk.theme.px, self._desk.text
        when = when_words(view, today, self._desk.texts)
        where = filled_row(px(12), label(view.code or text("window.deadlines.no_case"), "help", wraps=False))
        if view.case_id is not None and mark_words(view.protection, self._desk.texts) is not None:
            where.addWidget(ProtectionMark(self._desk, view.protection))
        where.addStretch(1)
        words = column(
            px(2), self._title(view), where, label(when, self._colour), label(view.rule_words, "help")
        )
        top = filled_row(px(8), words, *buttons)
        top.setStretch(0, 1)
        for number in range(1, top.count()):
            item = top.itemAt(number)
            if item is not None:
                item.setAlignment(Qt.AlignmentFlag.AlignTop)
        whole = column(px(4), top)
        if view.question:
            whole.addLayout(self._question(view))
        return whole

    def _title(self, view: DeadlineView) -> QLabel:
        return written(self._desk, view.title) if view.is_own else label(view.title)

    def _acts_of(self, view: DeadlineView) -> list[Button]:
        made = []
        if not view.waits:
            made.append(
                self._button("window.deadlines.done", "done_for", view, lambda: self._acts.complete(view))
            )
        if view.case_id is not None:
            made.append(
                self._button(
                    "window.start.open",
                    "open_for",
                    view,
                    lambda: self._go("case", case_id=view.case_id, form_id=view.form_id),
                )
            )
        return made

    def _question(self, view: DeadlineView) -> QVBoxLayout:
        return question_of(self._desk, view, self._acts)

    def _button(self, key: str, name_key: str, view: DeadlineView, act: Callable[[], object]) -> Button:
        text = self._desk.text
        code = view.code or text("window.deadlines.no_case")
        name = text(f"window.deadlines.{name_key}", code=code, what=view.title)
        button = Button(self._desk, text(key), act, name=name)
        return cloaked(self._desk, button, (button.setAccessibleName, name)) if view.is_own else button


def question_of(desk: Desk, view: DeadlineView, acts: DeadlineActs) -> QVBoxLayout:
    """Return the question of a deadline with its two answers."""
    text, px = desk.text, desk.theme.px
    named = {"code": view.code, "what": view.title}
    kind = view.proposal
    yes = Button(
        desk,
        text(f"window.deadlines.{kind}_yes"),
        lambda: acts.answer(view, accept=True),
        name=text(f"window.deadlines.{kind}_yes_for", **named),
    )
    no = Button(
        desk,
        text("window.deadlines.keep"),
        lambda: acts.answer(view, accept=False),
        kind="quiet",
        name=text("window.deadlines.keep_for", **named),
    )
    buttons = filled_row(px(8), yes, no)
    buttons.addStretch(1)
    inner = column(px(8), label(view.question), buttons, margins=(px(12), px(8), px(12), px(8)))
    return column(0, framed(inner, ground="waiting"))
