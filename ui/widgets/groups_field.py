"""A field for the groups of the recovery key: it sets the hyphens itself and takes the whole key pasted."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from ui.desk import Desk
from ui.presenters.groups import ALL, GROUPS, caret_after, grouped, letters_of
from ui.theme import mark
from ui.widgets.basics import column, filled_row, label
from ui.widgets.secret_line import secret_line, wipe


class GroupsField(QWidget):
    """Shown as one types, since it is read off a paper letter by letter; *Dölj* hides it from the room."""

    edited = Signal()
    entered = Signal()

    def __init__(self, desk: Desk, words: str) -> None:
        super().__init__()
        self._desk = desk
        self.line = secret_line()
        mark(self.line, size="value")
        self.line.textEdited.connect(self._take_edit)
        self.line.returnPressed.connect(self.entered)
        self.hide_letters = QPushButton(desk.text("window.field.hide"))
        self.hide_letters.setCheckable(True)
        self.hide_letters.setAutoDefault(False)
        mark(self.hide_letters, kind="quiet")
        self.hide_letters.toggled.connect(self._hide_letters)
        self._count = label("", "help", wraps=False)
        gap = desk.theme.px(4)
        self.setLayout(column(gap, filled_row(gap, self.line, self.hide_letters), self._count))
        self.setFocusProxy(self.line)
        self.setAccessibleName(words)
        self._tell_count()

    @property
    def is_full(self) -> bool:
        """Whether all groups are there."""
        return len(letters_of(self.line.text())) == ALL

    def text(self) -> str:
        """Return the groups as they stand."""
        return self.line.text()

    def clear(self) -> None:
        """Wipe what is typed."""
        wipe(self.line)
        self._tell_count()

    def select_all(self) -> None:
        """Keep the text, ready to be mended."""
        self.line.setFocus()
        self.line.selectAll()

    def setAccessibleName(self, name: str) -> None:
        """Name the parts, so that a screen reader says which field it stands in."""
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)
        self.hide_letters.setAccessibleName(self._desk.text("window.field.hide_for", field=name))

    def setAccessibleDescription(self, description: str) -> None:
        """Describe the line itself, which holds the focus."""
        super().setAccessibleDescription(description)
        self.line.setAccessibleDescription(description)

    def _take_edit(self, typed: str) -> None:
        before = len(letters_of(typed[: self.line.cursorPosition()]))
        shown = grouped(typed)
        if shown != typed:
            self.line.setText(shown)
            self.line.setCursorPosition(caret_after(shown, before))
        self._tell_count()
        self.edited.emit()

    def _tell_count(self) -> None:
        full, rest = divmod(len(letters_of(self.line.text())), ALL // GROUPS)
        key = "window.keys.groups.part" if rest else "window.keys.groups.whole"
        self._count.setText(self._desk.text(key, count=full, all=GROUPS, rest=rest))

    def _hide_letters(self, hidden: bool) -> None:
        mode = QLineEdit.EchoMode.Password if hidden else QLineEdit.EchoMode.Normal
        self.line.setEchoMode(mode)
        self.hide_letters.setText(self._desk.text("window.field.show" if hidden else "window.field.hide"))
