"""What stands in the place of an answer that is kept from the screen."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from desktop_app.domain.texts import Texts
from ui.forms.shade import Cover
from ui.theme import Theme, mark


class Veil(QPushButton):
    """``Dold – Visa``: Enter, space or a click asks for the answer. In diskret läge it can only be read."""

    entered = Signal()

    def __init__(self, texts: Texts, theme: Theme, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self._theme = theme
        self._label = label
        mark(self, kind="veil")
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._tint)
        self._tint()
        self.hide()

    def show_cover(self, cover: Cover) -> None:
        """Say why the answer is hidden, and what brings it back."""
        text = self._texts.get
        if cover is Cover.DISCREET:
            self.setText(text("protection.field.discreet"))
            self.setAccessibleName(text("protection.field.hidden_name", label=self._label))
            self.setToolTip(text("discretion.on_tip"))
        else:
            hidden, show = text("protection.field.hidden"), text("protection.field.show")
            self.setText(f"{hidden} – {show}")
            self.setAccessibleName(text("protection.field.show_for", label=self._label))
            self.setToolTip(text("protection.field.show_tip"))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that one stands in this field."""
        super().focusInEvent(event)
        self.entered.emit()

    def _tint(self) -> None:
        self.setIcon(self._theme.icon("discreet", "ink_soft", 18, 6))
