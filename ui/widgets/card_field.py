"""A field for the words of one card: completes each word after four letters, and says which word no card has."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from ui.desk import Desk
from ui.presenters.card_words import by_beginning, completed, plain_words, unknown
from ui.theme import mark
from ui.widgets.basics import column, label
from ui.widgets.secret_line import SECRET

LINES_HEIGHT = 84


class CardLines(QPlainTextEdit):
    """Room for all the words at once. Tab leaves it, Enter goes on."""

    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty(SECRET, True)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        mark(self, size="value")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter go on instead of breaking the line."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class CardField(QWidget):
    """Shown as one types: the words are read off a paper. ``text`` gives them with a blank between."""

    edited = Signal()
    entered = Signal()

    def __init__(self, desk: Desk, words: str, *, known: Sequence[str], expected: int) -> None:
        super().__init__()
        self._desk = desk
        self._known = by_beginning(known)
        self._expected = expected
        self.lines = CardLines()
        self.lines.setFixedHeight(desk.theme.px(LINES_HEIGHT))
        self.lines.textChanged.connect(self._take_edit)
        self.lines.entered.connect(self.entered)
        self._state = label("", "help")
        self.setLayout(column(desk.theme.px(4), self.lines, self._state))
        self.setFocusProxy(self.lines)
        self.setAccessibleName(words)
        self._tell()

    @property
    def state(self) -> str:
        """What is said of the words so far."""
        return self._state.text()

    def text(self) -> str:
        """Return the words."""
        return " ".join(plain_words(self.lines.toPlainText()))

    def clear(self) -> None:
        """Wipe what is typed."""
        self.lines.clear()

    def select_all(self) -> None:
        """Keep the text, ready to be compared with the card."""
        self.lines.setFocus()
        self.lines.selectAll()

    def setAccessibleName(self, name: str) -> None:
        """Name the lines, which hold the focus."""
        super().setAccessibleName(name)
        self.lines.setAccessibleName(name)

    def setAccessibleDescription(self, description: str) -> None:
        """Describe the lines, which hold the focus."""
        super().setAccessibleDescription(description)
        self.lines.setAccessibleDescription(description)

    def _take_edit(self) -> None:
        typed = self.lines.toPlainText()
        cursor = self.lines.textCursor()
        if cursor.atEnd() and typed[-1:].isspace():
            self._write_out(typed)
        self._tell()
        self.edited.emit()

    def _write_out(self, typed: str) -> None:
        """Complete the word just ended; only at the end, where nothing the person looks at moves."""
        whole = completed(typed, self._known)
        if whole != typed:
            blocked = self.lines.blockSignals(True)
            self.lines.setPlainText(whole)
            self.lines.moveCursor(QTextCursor.MoveOperation.End)
            self.lines.blockSignals(blocked)

    def _tell(self) -> None:
        typed = self.lines.toPlainText()
        strange = unknown(typed, self._known)
        if strange:
            mark(self._state, role="waiting")
            self._state.setText(self._desk.text("window.keys.card.unknown", words=", ".join(strange)))
        else:
            mark(self._state, role="help")
            count = len(plain_words(typed))
            self._state.setText(self._desk.text("window.keys.card.count", count=count, all=self._expected))
