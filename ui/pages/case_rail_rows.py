"""The rows of the rail: a phase that folds, and a step with its shape, its name and its status in words."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.desk import Desk
from ui.presenters.rail_words import RailPhase, RailStep
from ui.theme import mark
from ui.widgets.basics import label
from ui.widgets.words_button import WordsButton

OPEN, FOLDED = "▾", "▸"


class PhaseButton(WordsButton):
    """The heading of a phase: how many of its steps are done; a press opens or folds it."""

    def __init__(self, desk: Desk, phase: RailPhase, *, is_open: bool, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, parent)
        self._desk, self._phase = desk, phase
        self._sign = label("", "soft", wraps=False)
        title = label(phase.title, "strong" if phase.is_present else "")
        share = label(phase.share, "help", wraps=False)
        self.row.setContentsMargins(6, 6, 8, 6)
        self.row.setSpacing(6)
        self.row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        self.row.addWidget(title, 1, Qt.AlignmentFlag.AlignTop)
        self.row.addWidget(share, 0, Qt.AlignmentFlag.AlignTop)
        self.show_open(is_open=is_open)

    def show_open(self, *, is_open: bool) -> None:
        """Say whether the steps of the phase are shown below it."""
        self._sign.setText(OPEN if is_open else FOLDED)
        key = "guide.rail.phase_open" if is_open else "guide.rail.phase_folded"
        self.setAccessibleName(self._desk.text(key, title=self._phase.title, share=self._phase.share))


class StepButton(WordsButton):
    """One step: shape, name, and the status in words."""

    def __init__(self, desk: Desk, step: RailStep, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, parent)
        self.setCheckable(True)
        shape, self._title = label(step.shape, wraps=False), label(step.title)
        mark(shape, role="accent" if step.is_begun else "soft")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        if step.below:
            words.addWidget(label(step.below, "waiting" if step.is_held else "help"))
        self.row.setContentsMargins(16, 3, 8, 3)
        self.row.setSpacing(6)
        self.row.addWidget(shape, 0, Qt.AlignmentFlag.AlignTop)
        self.row.addLayout(words, 1)
        if step.status:
            self.row.addWidget(label(step.status, "help", wraps=False), 0, Qt.AlignmentFlag.AlignTop)
        self.setAccessibleName(step.name)
        self.toggled.connect(lambda chosen: mark(self._title, role="strong" if chosen else ""))
