"""How far a paper has come on its way to the printer, and the way to stop it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QProgressBar, QWidget

from ui.desk import Desk
from ui.widgets.basics import Button, column, label


class SendRow(QWidget):
    """Hidden until something is sent."""

    def __init__(self, desk: Desk, stop: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._words = label("", "help")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(desk.theme.px(6))
        self._bar.setAccessibleName(desk.text("print_preview.stop"))
        self.stop_button = Button(desk, desk.text("print_preview.stop"), stop)
        self.setLayout(column(desk.theme.px(4), self._words, self._bar, self.stop_button))
        self.hide()

    def show_sheet(self, sent: int, sheets: int) -> None:
        """Tell which sheet is sent next."""
        words = self._desk.text("print_preview.sending", page=min(sent + 1, sheets), pages=sheets)
        self._words.setText(words)
        self._bar.setRange(0, sheets)
        self._bar.setValue(sent)
        self._bar.setAccessibleName(words)
        self.show()
