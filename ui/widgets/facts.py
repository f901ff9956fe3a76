"""Facts in two columns: what it is, quiet, to the left; what holds, to the right."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from ui.desk import Desk
from ui.widgets.basics import chosen_text, label

NAME_WIDTH = 168


class Facts(QWidget):
    """Rows of a name and its words. ``show_facts`` fills them; words may carry the role of the theme."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(desk.theme.px(16))
        self._grid.setVerticalSpacing(desk.theme.px(6))
        self._grid.setColumnMinimumWidth(0, desk.theme.px(NAME_WIDTH))
        self._grid.setColumnStretch(1, 1)
        self._shown: dict[str, QLabel] = {}

    @property
    def words(self) -> dict[str, str]:
        """What stands there, by name."""
        return {name: shown.text() for name, shown in self._shown.items()}

    def show_facts(self, facts: Iterable[tuple[str, str, str]]) -> None:
        """Show name, words and role of each fact."""
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._shown = {}
        for row, (name, words, role) in enumerate(facts):
            title = label(name, "soft", wraps=False)
            shown = chosen_text(words, role)
            self._grid.addWidget(title, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(shown, row, 1, Qt.AlignmentFlag.AlignTop)
            self._shown[name] = shown
