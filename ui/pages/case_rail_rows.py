"""The rows of the rail: a phase that folds, and a step with its shape, its name and its status in words."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.presenters.rail_words import RailPhase, RailStep
from ui.theme import mark
from ui.theme.tokens import SIZE_BODY, SIZE_HELP
from ui.widgets.basics import label
from ui.widgets.words_button import WordsButton

OPEN, FOLDED = "▾", "▸"
WIDTH = 248
BESIDE_WORDS = 74
"""What of the rail's width is margins, shape and scroll bar."""


class RailRow(WordsButton):
    """A row of the rail: a shape, words, and a word about them at the right where there is room, else below."""

    def __init__(
        self, desk: Desk, shape: QLabel, words: str, told: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk.theme, parent)
        self.title = label(words)
        self.title.setMinimumWidth(1)  # a word longer than the rail is cut, not the rail
        self.column = QVBoxLayout()
        self.column.setSpacing(0)
        self.column.addWidget(self.title)
        self.row.setSpacing(6)
        self.row.addWidget(shape, 0, Qt.AlignmentFlag.AlignTop)
        self.row.addLayout(self.column, 1)
        if not told:
            return
        said = label(told, "help", wraps=False)
        if _fits(desk, words, told):
            self.row.addWidget(said, 0, Qt.AlignmentFlag.AlignTop)
        else:
            self.column.addWidget(said)


class PhaseButton(RailRow):
    """The heading of a phase: how many of its steps are done; a press opens or folds it."""

    def __init__(self, desk: Desk, phase: RailPhase, *, is_open: bool, parent: QWidget | None = None) -> None:
        self._desk, self._phase = desk, phase
        self._sign = label("", "soft", wraps=False)
        super().__init__(desk, self._sign, phase.title, phase.share, parent)
        mark(self.title, role="strong" if phase.is_present else "")
        self.row.setContentsMargins(6, 6, 8, 6)
        self.show_open(is_open=is_open)

    def show_open(self, *, is_open: bool) -> None:
        """Say whether the steps of the phase are shown below it."""
        self._sign.setText(OPEN if is_open else FOLDED)
        key = "guide.rail.phase_open" if is_open else "guide.rail.phase_folded"
        self.setAccessibleName(self._desk.text(key, title=self._phase.title, share=self._phase.share))


class StepButton(RailRow):
    """One step: shape, name, and the status in words."""

    def __init__(self, desk: Desk, step: RailStep, parent: QWidget | None = None) -> None:
        shape = label(step.shape, "accent" if step.is_begun else "soft", wraps=False)
        super().__init__(desk, shape, step.title, step.status, parent)
        self.setCheckable(True)
        if step.below:
            self.column.addWidget(label(step.below, "waiting" if step.is_held else "help"))
        self.row.setContentsMargins(16, 3, 8, 3)
        self.setAccessibleName(step.name)
        self.toggled.connect(lambda chosen: mark(self.title, role="strong" if chosen else ""))


def _fits(desk: Desk, words: str, told: str) -> bool:
    """Tell whether a name, also when it is chosen, and the word about it stand in one line."""
    name = QFontMetrics(desk.theme.font(SIZE_BODY, strong=True)).horizontalAdvance(words)
    word = QFontMetrics(desk.theme.font(SIZE_HELP)).horizontalAdvance(told)
    return name + word <= desk.theme.px(WIDTH - BESIDE_WORDS)
