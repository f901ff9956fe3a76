"""Keeps across a lock whether names are hidden on the screen."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop_app.services import protection
from ui.desk import Desk


class DiscretionKeeper(QObject):
    """Writes each change to the store, and takes up what was chosen last when a store is opened."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        desk.discretion.changed.connect(self._keep)

    def bring_back(self) -> None:
        """Hide names again where they were hidden at the lock."""
        self._desk.run(self, protection.kept_discretion, done=self._desk.discretion.set_on)

    def _keep(self) -> None:
        # Names stay hidden here whether it can be written or not.
        chosen = "on" if self._desk.discretion.is_on else ""
        self._desk.run(self, protection.keep_discretion, chosen, failed=lambda _error: None)
