"""Rows of deadlines: what, in which case, when and why, with one's acts beside."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop_app.services.deadlines import DeadlineView
from ui.desk import Desk
from ui.pages.deadline_acts import DeadlineActs
from ui.presenters.deadline_words import when_words
from ui.widgets.basics import Button, clear, column, filled_row, framed, label
from ui.widgets.page import Go
from ui.widgets.protection_mark import ProtectionMark


class DeadlineRows(QWidget):
    """A card of rows, as on the start page and beside the calendar. ``colour`` is that of the words of time."""

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
        self.buttons: list[Button] = []
        self.setLayout(column(0, framed(self._rows, ground="card")))
        self.show_rows(())

    def show_rows(self, rows: Sequence[DeadlineView], more: int = 0) -> None:
        """Show rows, and how many there are besides."""
        clear(self._rows)
        self.buttons = []
        px = self._desk.theme.px
        if not rows:
            self._rows.addWidget(self._words(self._none))
        for number, view in enumerate(rows):
            row = self._row(view)
            row.setContentsMargins(px(16), px(10), px(12), px(10))
            self._rows.addWidget(framed(row) if number == 0 else framed(row, line="above"))
        if more:
            self._rows.addWidget(self._words(self._desk.text("window.deadlines.more", count=more)))

    def _words(self, words: str) -> QLabel:
        px = self._desk.theme.px
        made = label(words, "soft")
        made.setContentsMargins(px(16), px(12), px(16), px(12))
        return made

    def _row(self, view: DeadlineView) -> QVBoxLayout:
        px, text = self._desk.theme.px, self._desk.text
        when = when_words(view, self._desk.clock().date(), self._desk.texts)
        where = filled_row(px(12), label(view.code or text("window.deadlines.no_case"), "help", wraps=False))
        if view.case_id is not None:
            where.addWidget(ProtectionMark(self._desk, view.protection))
        where.addStretch(1)
        words = column(
            px(2), label(view.title), where, label(when, self._colour), label(view.rule_words, "help")
        )
        top = filled_row(px(8), words, *self._acts_of(view))
        top.setStretch(0, 1)
        for number in range(1, top.count()):
            item = top.itemAt(number)
            if item is not None:
                item.setAlignment(Qt.AlignmentFlag.AlignTop)
        whole = column(px(4), top)
        if view.question:
            whole.addLayout(self._question(view))
        return whole

    def _acts_of(self, view: DeadlineView) -> list[Button]:
        text = self._desk.text
        named = {"code": view.code or text("window.deadlines.no_case"), "what": view.title}
        made = []
        if not view.waits:
            made.append(
                self._button("window.deadlines.done", "done_for", named, lambda: self._acts.complete(view))
            )
        if view.case_id is not None:
            made.append(
                self._button(
                    "window.start.open",
                    "open_for",
                    named,
                    lambda: self._go("case", case_id=view.case_id, form_id=view.form_id),
                )
            )
        return made

    def _question(self, view: DeadlineView) -> QVBoxLayout:
        return question_of(self._desk, view, self._acts)

    def _button(self, key: str, name_key: str, named: dict[str, str], act: Callable[[], object]) -> Button:
        text = self._desk.text
        button = Button(self._desk, text(key), act, name=text(f"window.deadlines.{name_key}", **named))
        self.buttons.append(button)
        return button


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
