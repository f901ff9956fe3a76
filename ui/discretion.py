"""Diskret läge: one key hides every name on the screen, and shows them again. The codes of the cases stay."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop_app.domain.hidden_names import COVER, covered
from desktop_app.domain.protection import Protection

KEY = "F9"


class Discretion(QObject):
    """Every place that shows a person's name asks this, and listens for ``changed``."""

    changed = Signal()

    named = Signal()
    """Other words than before name somebody in the case in view."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_on = False
        self._names: frozenset[str] | None = None

    @property
    def is_on(self) -> bool:
        """Whether names are hidden now."""
        return self._is_on

    def toggle(self) -> None:
        """Hide all names, or show them again."""
        self.set_on(not self._is_on)

    def set_on(self, on: bool) -> None:
        """Begin or end the discreet mode."""
        if on != self._is_on:
            self._is_on = on
            self.changed.emit()

    def know(self, names: frozenset[str] | None) -> None:
        """Take the words that name somebody in the case in view; while they are ``None`` all writing is covered."""
        if names != self._names:
            self._names = names
            self.named.emit()

    def names_somebody(self, text: str) -> bool:
        """Tell whether a text holds a name that must not be read now."""
        return bool(text) and self.words(text) != text

    def words(self, text: str) -> str:
        """Return what a person wrote, as it may be read now."""
        if not self._is_on or not text:
            return text
        return COVER if self._names is None else covered(text, self._names)

    def hides(self, protection: str) -> bool:
        """Tell whether the name of a person with this level of protection (its code) is kept from the screen."""
        return self._is_on or Protection.read(protection).hides
