"""Form and paper beside each other: which of them is in view at which width, and what the person chose."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from ui.desk import Desk

SIDE_SHARE = 0.44
WIDE_ENOUGH = 1_150
"""Window width from which form and paper stand beside each other."""


class CaseSplit(QSplitter):
    """``left`` with the form, ``side`` with the paper. Where there is no room one of them is put away."""

    def __init__(self, desk: Desk, left: QWidget, side: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._desk, self._left, self._side = desk, left, side
        self._was_moved = False
        self.wanted: bool | None = None
        """Whether the paper is wanted; ``None`` while nobody has said."""
        self.setChildrenCollapsible(False)
        self.addWidget(left)
        self.addWidget(side)
        self.splitterMoved.connect(self._note_moved)

    @property
    def hides_left(self) -> bool:
        """True when the paper has the page to itself."""
        return not self._left.isVisible()

    def fit(self, *, uses_paper: bool) -> bool:
        """Show what there is room for, and tell whether the paper is shown."""
        wide = self.window().width() >= self._desk.theme.px(WIDE_ENOUGH)
        is_open = (wide if self.wanted is None else self.wanted) and uses_paper
        self._side.setVisible(is_open)
        self._left.setVisible(wide or not is_open)
        if not self._was_moved:
            side = round(self.width() * SIDE_SHARE)
            self.setSizes([self.width() - side, side])
        return is_open

    def _note_moved(self, _place: int, _index: int) -> None:
        self._was_moved = True
