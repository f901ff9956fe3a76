"""The top of a case page: which case, what it points at, the name when asked for, the next step."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.domain.cases import FirstContactClock
from desktop_app.services import cases
from desktop_app.services.guide import GuideView
from ui.desk import Desk
from ui.pages.hold_lines import HoldLines
from ui.presenters.case_list import clock_words
from ui.presenters.case_presenter import head_words
from ui.presenters.rail_words import head_holds, leads_on, next_step_words
from ui.theme import mark
from ui.widgets.basics import IconLabel, label
from ui.widgets.protection_mark import ProtectionMark

NAME_SHOWN_MS = 30_000
"""How long a revealed name stays: long enough to read out, short enough for a passer-by."""


class CaseHead(QFrame):
    """Code, standing and protection in a line; the next step and why below it; then what must be weighed first."""

    go_on = Signal(str)
    """The person wants the next step: its id."""

    answered = Signal()
    """The person wants to write when the first contact was made."""

    def __init__(self, desk: Desk, case_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._case_id = case_id
        self._view: GuideView | None = None
        self._step_shown, self._form_shown = "", ""
        self._holds_below = False
        mark(self, line="below")
        self._timer = QTimer(self, singleShot=True, interval=NAME_SHOWN_MS)
        self._timer.timeout.connect(self._hide_name)
        desk.discretion.changed.connect(self._follow_discretion)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 8, 16, 8)
        column.setSpacing(2)
        column.addLayout(self._first_line())
        column.addLayout(self._second_line())
        self.holds = HoldLines(desk)
        column.addWidget(self.holds)

    def show_overview(self, overview: GuideView) -> None:
        """Show how the case stands."""
        texts = self._desk.texts
        self._view = overview
        self._title.setText(head_words(overview.summary, texts))
        self.protection.show_level(overview.summary.protection)
        self._next.setText(next_step_words(overview))
        self._next.setVisible(overview.next_step is not None)
        self._caption.setVisible(overview.next_step is not None)
        self._why.setText(overview.next_words)
        self._show_clock(overview.summary.clock)
        self._offer()

    def show_step(self, step_id: str, form_id: str = "", *, holds_below: bool = False) -> None:
        """Take note which step is shown: there is no going on to where one is, and its own holds stand with it.

        ``holds_below``: what is shown tells all of them.
        """
        self._step_shown, self._form_shown, self._holds_below = step_id, form_id, holds_below
        self._offer()

    @property
    def name_shown(self) -> str:
        """The name in view, empty while it is hidden."""
        return "" if self._name.isHidden() else self._name.text()

    def _first_line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(12)
        self._title, self._name = QLabel(), QLabel()
        mark(self._title, role="title")
        mark(self._name, role="value")
        self._name.hide()
        self.reveal = self._button("form_page.head.reveal", self._toggle_name, kind="quiet")
        self.reveal.setToolTip(self._desk.text("form_page.head.reveal_tip"))
        self.protection = ProtectionMark(self._desk)
        line.addWidget(self._title)
        line.addWidget(self.protection)
        line.addWidget(self._name)
        line.addStretch(1)
        line.addWidget(self.reveal)
        return line

    def _second_line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(12)
        self._caption = QLabel(self._desk.text("form_page.head.next_step"))
        mark(self._caption, role="soft")
        self._next = QLabel()
        mark(self._next, role="strong")
        self._why = label("", "help")
        self.go_on_button = self._button("form_page.head.go_on", self._go_on, kind="main")
        keep = self.go_on_button.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        self.go_on_button.setSizePolicy(keep)
        line.addWidget(self._caption)
        line.addWidget(self._next)
        line.addWidget(self._why, 1)
        self.clock_icon = IconLabel(self._desk, "attention", "waiting", 20)
        self.clock = QLabel()
        self.answer_button = self._button("form_page.head.answered", self.answered.emit, kind="quiet")
        line.addWidget(self.clock_icon)
        line.addWidget(self.clock)
        line.addWidget(self.answer_button)
        line.addWidget(self.go_on_button)
        return line

    def _show_clock(self, clock: FirstContactClock) -> None:
        """Show the 24 hours while they run: they are the one thing that cannot wait."""
        words, tone = clock_words(clock, self._desk.texts)
        self.clock.setText(self._desk.text("form_page.head.clock", words=words))
        mark(self.clock, role=tone or "soft")
        self.clock_icon.show_icon("attention", tone or "waiting")
        for part in (self.clock, self.clock_icon, self.answer_button):
            part.setVisible(bool(tone))

    def _button(self, key: str, act: Callable[[], object], *, kind: str) -> QPushButton:
        button = QPushButton(self._desk.text(key))
        button.setAccessibleName(button.text())
        mark(button, kind=kind)
        button.clicked.connect(act)
        return button

    def _go_on(self) -> None:
        if self._view is not None and self._view.next_step is not None:
            self.go_on.emit(self._view.next_step.id)

    def _offer(self) -> None:
        if self._view is None:
            return
        here = (self._step_shown, self._form_shown)
        self.go_on_button.setVisible(leads_on(self._view, *here))
        holds, more = head_holds(self._view, self._step_shown) if not self._holds_below else ((), 0)
        self.holds.show_holds(holds, more)

    def _toggle_name(self) -> None:
        if self._desk.discretion.is_on:
            self._say(self._desk.text("discretion.stays_hidden"))
        elif self._name.isHidden():
            self._desk.run(self, cases.reveal_name, self._case_id, done=self._show_name)
        else:
            self._hide_name()

    def _follow_discretion(self) -> None:
        """Hide a name that is in view; nothing brings it back but asking again."""
        self._hide_name()

    def _show_name(self, name: str) -> None:
        if self._desk.discretion.is_on:
            return  # it was hidden while the name was fetched
        self._say(name or self._desk.text("form_page.head.no_name"))
        self.reveal.setText(self._desk.text("form_page.head.hide"))
        self.reveal.setAccessibleName(self.reveal.text())

    def _say(self, words: str) -> None:
        self._name.setText(words)
        self._name.show()
        self._timer.start()

    def _hide_name(self) -> None:
        self._timer.stop()
        self._name.clear()
        self._name.hide()
        self.reveal.setText(self._desk.text("form_page.head.reveal"))
        self.reveal.setAccessibleName(self.reveal.text())
