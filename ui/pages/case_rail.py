"""The rail of a case: the overview, the phases with their steps by shape and word, under them what the case holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.pages.case_rail_rows import WIDTH, PhaseButton, StepButton
from ui.presenters.rail_words import RailPhase
from ui.theme import mark
from ui.widgets.basics import clear

OVERVIEW = "overview"


class CaseRail(QFrame):
    """The overview first, then the phases; below them what the case holds, ``things`` by name.

    The present phase stands open, the others are folded; what somebody opens or folds stays so. Up, Down, Home and End
    walk through all of it, Right opens a phase and Left folds it.
    """

    step_chosen = Signal(str)
    """A step id."""

    thing_chosen = Signal(str)
    """The name of a thing."""

    def __init__(self, desk: Desk, things: Iterable[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._phases: tuple[RailPhase, ...] = ()
        self._heads: dict[str, PhaseButton] = {}
        self._buttons: dict[str, StepButton] = {}
        self._opened: dict[str, bool] = {}
        self._chosen = ""
        mark(self, line="right")
        self.setAccessibleName(desk.text("form_page.rail.name"))
        self._things = {name: self._thing(name) for name in things}
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        inner = QWidget()
        mark(inner, ground="clear")
        column = QVBoxLayout(inner)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(2)
        for name, button in self._things.items():
            if name == OVERVIEW:
                column.addWidget(button)
        column.addLayout(self._list)
        column.addSpacing(6)
        column.addWidget(_rule())
        column.addSpacing(6)
        for name, button in self._things.items():
            if name != OVERVIEW:
                column.addWidget(button)
        column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll)
        self._fit()
        desk.theme.changed.connect(self._fit)

    def show_phases(self, phases: Sequence[RailPhase]) -> None:
        """Show the phases; what is chosen stays chosen, and the focus stays where it was."""
        if tuple(phases) == self._phases:
            return
        focused = self._focused()
        former = next((phase.id for phase in self._phases if phase.is_present), "")
        self._phases = tuple(phases)
        present = next((phase.id for phase in phases if phase.is_present), "")
        if present != former:
            self._opened.pop(present, None)  # a phase that has become the present one stands open
        clear(self._list)
        self._heads, self._buttons = {}, {}
        for phase in phases:
            self._add(phase)
        self._chain()
        self.choose(self._chosen)
        stops = {**self._heads, **self._buttons}
        if focused in stops:
            stops[focused].setFocus()

    def choose(self, name: str) -> None:
        """Mark a step by its id, or a thing by its name; the phase of a step is opened."""
        if name != self._chosen:
            QTimer.singleShot(0, self, self._bring_into_view)  # when a phase that opens has its places
        self._chosen = name
        holder = next((phase for phase in self._phases if any(step.id == name for step in phase.steps)), None)
        if holder is not None and not self._is_open(holder):
            self._fold(holder, is_open=True)
        for step_id, button in self._buttons.items():
            button.setChecked(step_id == name)
        for thing, button in self._things.items():
            button.setChecked(thing == name)

    def _bring_into_view(self) -> None:
        """Let one see where one is, also when one came by a search or from a list."""
        chosen = self._things.get(self._chosen) or self._buttons.get(self._chosen)
        if chosen is not None:
            self._scroll.ensureWidgetVisible(chosen, 0, 24)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk with the arrows, Home and End; open and fold a phase with Right and Left."""
        if not (isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress):
            return super().eventFilter(watched, event)
        stops = self._stops()
        here = next((number for number, stop in enumerate(stops) if stop is watched), None)
        if here is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return super().eventFilter(watched, event)
        moves = {
            Qt.Key.Key_Down: min(here + 1, len(stops) - 1),
            Qt.Key.Key_Up: max(here - 1, 0),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(stops) - 1,
        }
        wanted = moves.get(Qt.Key(event.key()))
        if wanted is not None:
            self._focus(stops[wanted])
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._fold_at(stops[here], is_open=event.key() == Qt.Key.Key_Right)
        else:
            return super().eventFilter(watched, event)
        return True

    # How it is built

    def _add(self, phase: RailPhase) -> None:
        is_open = self._is_open(phase)
        head = PhaseButton(self._desk, phase, is_open=is_open)
        head.clicked.connect(lambda _checked=False: self._fold(phase, is_open=not self._is_open(phase)))
        head.installEventFilter(self)
        self._heads[phase.id] = head
        self._list.addWidget(head)
        if is_open:
            self._make_steps(phase)

    def _make_steps(self, phase: RailPhase) -> None:
        """Make the steps of a phase under its head, once it is opened: those of folded ones nobody sees."""
        place = self._list.indexOf(self._heads[phase.id]) + 1
        for number, step in enumerate(phase.steps):
            button = StepButton(self._desk, step)
            button.clicked.connect(lambda _checked=False, step_id=step.id: self._press(step_id))
            button.installEventFilter(self)
            button.setChecked(step.id == self._chosen)
            self._buttons[step.id] = button
            self._list.insertWidget(place + number, button)
            button.show()

    def _press(self, step_id: str) -> None:
        self.choose(self._chosen)  # the page says what is shown; a press alone chooses nothing
        self.step_chosen.emit(step_id)

    def _is_open(self, phase: RailPhase) -> bool:
        return self._opened.get(phase.id, phase.is_present)

    def _fold(self, phase: RailPhase, *, is_open: bool) -> None:
        self._opened[phase.id] = is_open
        self._heads[phase.id].show_open(is_open=is_open)
        for button in self._steps_of(phase):
            button.setVisible(is_open)
        if is_open and not self._steps_of(phase):
            self._make_steps(phase)
            self._chain()

    def _fold_at(self, stop: QAbstractButton, *, is_open: bool) -> None:
        for phase in self._phases:
            own = (self._heads[phase.id], *self._steps_of(phase))
            if stop in own and is_open != self._is_open(phase):
                self._fold(phase, is_open=is_open)
                self._heads[phase.id].setFocus()

    def _stops(self) -> list[QAbstractButton]:
        """Return all that can have the focus, from top to bottom."""
        first = [button for name, button in self._things.items() if name == OVERVIEW]
        rest = [button for name, button in self._things.items() if name != OVERVIEW]
        return [stop for stop in (*first, *self._of_phases(), *rest) if not stop.isHidden()]

    def _of_phases(self) -> Iterable[QAbstractButton]:
        for phase in self._phases:
            yield self._heads[phase.id]
            yield from self._steps_of(phase)

    def _steps_of(self, phase: RailPhase) -> list[StepButton]:
        """Return the buttons of a phase; none before it was opened."""
        return [self._buttons[step.id] for step in phase.steps if step.id in self._buttons]

    def _focus(self, stop: QAbstractButton) -> None:
        stop.setFocus(Qt.FocusReason.TabFocusReason)
        self._scroll.ensureWidgetVisible(stop, 0, 24)

    def _focused(self) -> str:
        stops = {**self._heads, **self._buttons}
        return next((name for name, stop in stops.items() if stop.hasFocus()), "")

    def _chain(self) -> None:
        first = [button for name, button in self._things.items() if name == OVERVIEW]
        rest = [button for name, button in self._things.items() if name != OVERVIEW]
        for one, other in pairwise((*first, *self._of_phases(), *rest)):
            QWidget.setTabOrder(one, other)

    def _thing(self, name: str) -> QPushButton:
        button = QPushButton(self._desk.text(f"form_page.rail.{name}"), self)
        button.setCheckable(True)
        button.setAccessibleName(button.text())
        mark(button, kind="thing")
        button.installEventFilter(self)
        button.clicked.connect(lambda: self.thing_chosen.emit(name))
        return button

    def _fit(self) -> None:
        self.setFixedWidth(self._desk.theme.px(WIDTH))


def _rule() -> QFrame:
    rule = QFrame()
    rule.setFixedHeight(1)
    mark(rule, role="rule")
    return rule
