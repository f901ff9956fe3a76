"""The rail of a case: its steps with shape and word, under them what the case holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.presenters.case_presenter import RailStep
from ui.theme import mark
from ui.widgets.words_button import WordsButton

WIDTH = 208


class StepButton(WordsButton):
    """One step: shape, name, and the status in a word."""

    def __init__(self, desk: Desk, step: RailStep, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, parent)
        self.setCheckable(True)
        shape, title, status = QLabel(step.shape), QLabel(step.title), QLabel(step.status)
        title.setWordWrap(True)
        mark(shape, role="accent" if step.is_begun else "soft")
        mark(status, role="help")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(title)
        words.addWidget(status)
        self.row.setContentsMargins(10, 3, 8, 3)
        self.row.addWidget(shape, 0, Qt.AlignmentFlag.AlignTop)
        self.row.addLayout(words, 1)
        self.setAccessibleName(desk.text("form_page.rail.step_name", step=step.title, status=step.status))
        self.toggled.connect(lambda chosen: mark(title, role="strong" if chosen else ""))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with the arrows."""
        if event.key() == Qt.Key.Key_Down:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)


class CaseRail(QFrame):
    """Steps above; below them what the case holds, ``things`` by name."""

    step_chosen = Signal(str)
    """A form id."""

    thing_chosen = Signal(str)
    """The name of a thing."""

    def __init__(self, desk: Desk, things: Iterable[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._buttons: dict[str, StepButton] = {}
        self._steps: tuple[RailStep, ...] = ()
        mark(self, line="right")
        self.setAccessibleName(desk.text("form_page.rail.name"))
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        inner = QWidget()
        mark(inner, ground="clear")
        column = QVBoxLayout(inner)
        column.setContentsMargins(8, 12, 8, 12)
        column.setSpacing(2)
        column.addLayout(self._list)
        rule = QFrame()
        rule.setFixedHeight(1)
        mark(rule, role="rule")
        column.addSpacing(6)
        column.addWidget(rule)
        column.addSpacing(6)
        self._things = {name: self._thing(name) for name in things}
        for button in self._things.values():
            column.addWidget(button)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        self._fit()
        desk.theme.changed.connect(self._fit)

    def show_steps(self, steps: Sequence[RailStep]) -> None:
        """Show the steps; the chosen one stays chosen and keeps the focus."""
        if tuple(steps) == self._steps:
            return
        focused = next((form_id for form_id, b in self._buttons.items() if b.hasFocus()), None)
        chosen = next((form_id for form_id, b in self._buttons.items() if b.isChecked()), "")
        for old in self._buttons.values():
            self._list.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._steps, self._buttons = tuple(steps), {}
        for step in steps:
            button = StepButton(self._desk, step)
            button.clicked.connect(lambda _checked, form_id=step.form_id: self.step_chosen.emit(form_id))
            self._buttons[step.form_id] = button
            self._list.addWidget(button)
        self._chain()
        self.choose(chosen)
        if focused in self._buttons:
            self._buttons[focused].setFocus()

    def choose(self, name: str) -> None:
        """Mark a step by its form id, or a thing by its name."""
        for form_id, button in self._buttons.items():
            button.setChecked(form_id == name)
        for thing, button in self._things.items():
            button.setChecked(thing == name)

    def _chain(self) -> None:
        stops = [*self._buttons.values(), *self._things.values()]
        for first, second in pairwise(stops):
            QWidget.setTabOrder(first, second)

    def _thing(self, name: str) -> QPushButton:
        button = QPushButton(self._desk.text(f"form_page.rail.{name}"))
        button.setCheckable(True)
        button.setAccessibleName(button.text())
        mark(button, kind="thing")
        button.clicked.connect(lambda: self.thing_chosen.emit(name))
        return button

    def _fit(self) -> None:
        self.setFixedWidth(self._desk.theme.px(WIDTH))
