"""Says whether the windows are kept out of pictures of the screen, and lets them be seen for an hour."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.desk import Desk
from ui.widgets.basics import Button, column, filled_row, label


class ScreenSharing(QWidget):
    """Follows the shield, which takes itself up again when the hour is over."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.state = label("")
        self.switch = Button(desk, "", self._turn)
        line = filled_row(0, self.switch)
        line.addStretch(1)
        holder = QWidget()
        holder.setLayout(line)
        self.setLayout(column(desk.theme.px(12), self.state, holder))
        desk.shield.changed.connect(self._show_state)
        self._show_state()

    def _turn(self) -> None:
        if self._desk.shield.is_up:
            self._desk.shield.take_down_for_an_hour()
        else:
            self._desk.shield.raise_again()

    def _show_state(self) -> None:
        shield, text = self._desk.shield, self._desk.text
        if not shield.can:
            self.state.setText(text("window.screen.cannot"))
        else:
            self.state.setText(text("window.screen.up" if shield.is_up else "window.screen.down"))
        self.switch.set_words(text("window.screen.allow" if shield.is_up else "window.screen.forbid"))
        self.switch.setVisible(shield.can)
