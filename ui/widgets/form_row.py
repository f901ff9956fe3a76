"""One field with its label, its help and what is wrong with it, tied together for keyboard and screen reader."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from ui.desk import Desk
from ui.theme import mark
from ui.widgets.basics import column, filled_row, label


class FormRow(QWidget):
    """Label above, field, help below. ``width`` is what goes into the field, not what is left of the page.

    A field with an ``aside``, a small word of its own, has it at the end of the line of the label.
    """

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
        self._help_words = help_words
        self._fault: QLabel | None = None
        if width:
            field.setMaximumWidth(px(width))
        self._column = column(px(4), self._top(width), field)
        if help_words:
            self._column.addWidget(label(help_words, "help"))
        self.setLayout(self._column)

    def put_beside_field(self, part: QWidget) -> None:
        """Put something where the field stands, such as what covers it."""
        self._column.insertWidget(self._column.indexOf(self.field), part)

    def _top(self, width: int) -> QWidget:
        aside = getattr(self.field, "aside", None)
        if not isinstance(aside, QWidget):
            return self.title
        top = QWidget()
        line = filled_row(self._desk.theme.px(16), self.title, aside)
        line.setStretch(0, 1)
        top.setLayout(line)
        if width:
            top.setMaximumWidth(self._desk.theme.px(width))
        return top

    @property
    def fault(self) -> str:
        """What is said to be wrong, empty when nothing is."""
        return self._fault.text() if self._fault is not None else ""

    def show_fault(self, words: str) -> None:
        """Say what is wrong beside the field; what was typed stays. Empty words take it back."""
        if words and self._fault is None:
            self._fault = label("", "danger")
            self._column.addWidget(self._fault)
        if self._fault is not None:
            self._fault.setText(self._desk.text("window.field.fault", words=words) if words else "")
            self._fault.setVisible(bool(words))
        self.field.setAccessibleDescription(words or self._help_words)
        inner = getattr(self.field, "line", self.field)  # a field of several parts is marked where one types
        mark(inner, state="fault" if words else "")
