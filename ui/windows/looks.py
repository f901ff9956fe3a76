"""Size and colours of the window: chosen here, kept in the vault when one is open."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop_app.services import settings
from ui.desk import Desk

USUAL_ZOOM = 100
ZOOM_STEP = 10


class Looks(QObject):
    """What the keys, the palette and the mouse ask for alike."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk

    def zoom_in(self) -> None:
        """Show everything larger."""
        self._zoom_to(self._desk.theme.zoom + ZOOM_STEP)

    def zoom_out(self) -> None:
        """Show everything smaller."""
        self._zoom_to(self._desk.theme.zoom - ZOOM_STEP)

    def zoom_usual(self) -> None:
        """Show everything in its usual size."""
        self._zoom_to(USUAL_ZOOM)

    def set_scheme(self, scheme: str) -> None:
        """Go to light, to dark, or to what the computer has."""
        self._desk.theme.set_scheme(scheme)
        if self._desk.session is not None:
            self._desk.run(self, settings.put, "theme", scheme)

    def _zoom_to(self, percent: int) -> None:
        self._desk.theme.set_zoom(percent)
        if self._desk.session is not None:
            self._desk.run(self, settings.put, "zoom", str(self._desk.theme.zoom))
