"""After how many minutes the program locks itself. There is no "never"."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox

from desktop_app.services import settings
from ui.desk import Desk


class IdleChoice(QComboBox):
    """Shows what is in force and saves what is chosen at once; it holds from the next second."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        text = desk.text
        for minutes in settings.IDLE_MINUTES:
            words = text("window.lock.idle.minutes_one") if minutes == 1 else ""
            self.addItem(words or text("window.lock.idle.minutes", minutes=minutes), minutes)
        self.activated.connect(self._save)
        desk.run(
            self, settings.idle_minutes, done=lambda minutes: self.setCurrentIndex(self.findData(minutes))
        )

    def _save(self) -> None:
        self._desk.run(self, settings.put, "idle_minutes", str(self.currentData()))
