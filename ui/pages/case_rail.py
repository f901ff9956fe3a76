"""The rail of a case: its steps with shape and word, under them what the case holds."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.desk import Desk
from ui.presenters.case_presenter import RailStep
from ui.theme import mark

WIDTH = 208


class StepButton(QAbstractButton):
    """One step: shape, name, and the status in a word."""

    def __init__(self, desk: Desk, step: RailStep, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = desk.theme
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        shape, title, status = QLabel(step.shape), QLabel(step.title), QLabel(step.status)
        title.setWordWrap(True)
        mark(shape, role="accent" if step.is_begun else "soft")
        mark(status, role="help")
        self._title = title
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(title)
        words.addWidget(status)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 5, 8, 5)
        row.setSpacing(8)
        row.addWidget(shape, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(desk.text("form_page.rail.step_name", step=step.title, status=step.status))
        self.toggled.connect(lambda chosen: mark(title, role="strong" if chosen else ""))

    def sizeHint(self) -> QSize:
        """Return the size of the words."""
        return self.layout().sizeHint()

    def hasHeightForWidth(self) -> bool:
        """Long names break into lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the words at a width."""
        return self.layout().heightForWidth(width)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter, walk with the arrows."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() == Qt.Key.Key_Down:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Mark the chosen step, the one under the pointer, and the focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self.rect().adjusted(1, 1, -2, -2)
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("accent_soft" if self.isChecked() else "accent_softer"))
            painter.drawRoundedRect(box, 6, 6)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.color("accent"), 2))
            painter.drawRoundedRect(box, 6, 6)


class CaseRail(QFrame):
    """Steps above, documents and events below."""

    step_chosen = Signal(str)
    """A form id."""

    thing_chosen = Signal(str)
    """``documents`` or ``events``."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
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
        column.addSpacing(10)
        column.addWidget(rule)
        column.addSpacing(10)
        self._things = {name: self._thing(name) for name in ("documents", "events")}
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
        """Mark a step by its form id, or ``documents`` or ``events``."""
        for form_id, button in self._buttons.items():
            button.setChecked(form_id == name)
        for thing, button in self._things.items():
            button.setChecked(thing == name)

    def _chain(self) -> None:
        stops = [*self._buttons.values(), *self._things.values()]
        for first, second in zip(stops, stops[1:], strict=False):
            QWidget.setTabOrder(first, second)

    def _thing(self, name: str) -> QPushButton:
        button = QPushButton(self._desk.text(f"form_page.rail.{name}"))
        button.setCheckable(True)
        button.setAccessibleName(button.text())
        mark(button, kind="nav")
        button.clicked.connect(lambda: self.thing_chosen.emit(name))
        return button

    def _fit(self) -> None:
        self.setFixedWidth(self._desk.theme.px(WIDTH))
