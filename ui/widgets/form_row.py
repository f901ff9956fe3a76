"""One field with its label, its help and what is wrong with it, tied together for keyboard and screen reader."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.desk import Desk
from ui.theme import mark
from ui.widgets.basics import column, label


class FormRow(QWidget):
    """Label above, field, help below. ``width`` is what goes into the field, not what is left of the page."""

    def __init__(
        self, desk: Desk, words: str, field: QWidget, help_words: str = "", *, width: int = 0
    ) -> None:
        super().__init__()
        self._desk = desk
        self.field = field
        px = desk.theme.px
        self.title = label(words, "strong", wraps=False)
        self.title.setBuddy(field)
        field.setAccessibleName(words)
        field.setAccessibleDescription(help_words)
        self._help = label(help_words, "help")
        self._help.setVisible(bool(help_words))
        self._fault = label("", "danger")
        self._fault.hide()
        if width:
            field.setMaximumWidth(px(width))
        self.setLayout(column(px(4), self.title, field, self._help, self._fault))

    @property
    def fault(self) -> str:
        """What is said to be wrong, empty when nothing is."""
        return "" if self._fault.isHidden() else self._fault.text()

    def show_fault(self, words: str) -> None:
        """Say what is wrong beside the field; what was typed stays. Empty words take it back."""
        self._fault.setText(self._desk.text("window.field.fault", words=words) if words else "")
        self._fault.setVisible(bool(words))
        self.field.setAccessibleDescription(words or self._help.text())
        mark(self.field, state="fault" if words else "")
