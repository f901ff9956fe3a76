"""Editors where one types: a line, a paragraph, a number, an amount, an identity number."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from ui.forms.editor import Editor, FocusWatch, Question, characters
from ui.theme import mark
from ui.widgets.wrapped_words import WrappedWords

LEAST_LINES = 3
MOST_LINES = 14


class LineEditor(Editor):
    """One line of text, as wide as the field allows."""

    columns: int | None = None
    """How many characters wide; ``None`` takes the width there is."""

    def __init__(self, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(question, parent)
        self.line = QLineEdit()
        self.line.textEdited.connect(self.edited)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._row.addWidget(self.line)
        if self.columns is not None:
            self.line.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            self._row.addStretch(1)
            self._measure()
        FocusWatch(self).watch(self.line)
        self.name_parts()

    def text(self) -> str:
        """Return the line."""
        return self.line.text()

    def show_text(self, text: str) -> None:
        """Show a text, keeping the caret and the line's own undo when nothing changes."""
        if text != self.line.text():
            self.line.setText(text)
            self.line.setCursorPosition(0 if not self.line.hasFocus() else len(text))

    def show_hint(self, words: str) -> None:
        """Show words in the empty line."""
        self.line.setPlaceholderText(words)

    def set_read_only(self, read_only: bool) -> None:
        """Keep the text selectable: it may be read and copied."""
        self.line.setReadOnly(read_only)

    def stops(self) -> list[QWidget]:
        """Return the line."""
        return [self.line]

    def changeEvent(self, event: QEvent) -> None:
        """Keep the width in characters when the zoom changes."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and self.columns is not None:
            self._measure()

    def _measure(self) -> None:
        width = characters(self.line, self.columns or 0)
        if width != self.line.maximumWidth():
            self.line.setFixedWidth(width)


class NumberEditor(LineEditor):
    """A number, written to the right so that digits stand under digits."""

    columns = 10

    def __init__(self, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(question, parent)
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight)


class MoneyEditor(NumberEditor):
    """An amount with its unit beside it."""

    columns = 12

    def __init__(self, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(question, parent)
        unit = QLabel(question.texts.get("form_page.unit.kr"))
        mark(unit, role="soft")
        self._row.insertWidget(1, unit)


class IdentityEditor(LineEditor):
    """A personal identity number, typed freely and explained when it does not add up."""

    columns = 16


class ParagraphEditor(Editor):
    """Several lines; the box grows with what is written. Tab leaves it, as every other field."""

    def __init__(self, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(question, parent)
        self.box = GrowingText(self)
        self.box.textChanged.connect(self._changed)
        self._silent = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.box)
        FocusWatch(self).watch(self.box)
        self.name_parts()

    def text(self) -> str:
        """Return the text."""
        return self.box.toPlainText()

    def show_text(self, text: str) -> None:
        """Show a text; one that already stands there keeps its caret."""
        if text != self.box.toPlainText():
            self._silent = True
            self.box.setPlainText(text)
            self._silent = False
        self.box.fit()

    def show_hint(self, words: str) -> None:
        """Show words in the empty box."""
        self.box.setPlaceholderText(words)

    def set_read_only(self, read_only: bool) -> None:
        """Keep the text selectable."""
        self.box.setReadOnly(read_only)

    def stops(self) -> list[QWidget]:
        """Return the box."""
        return [self.box]

    def _changed(self) -> None:
        self.box.fit()
        if not self._silent:
            self.edited.emit(self.box.toPlainText())


class GrowingText(QPlainTextEdit):
    """A text box as high as its text, between a few lines and a good half screen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._height = 0
        self.fit()

    def fit(self) -> None:
        """Take the height the text needs."""
        lines = max(LEAST_LINES, min(MOST_LINES, self._line_count()))
        margins = 2 * (self.frameWidth() + int(self.document().documentMargin())) + 10
        height = lines * QFontMetrics(self.font()).lineSpacing() + margins
        if height != self._height:
            self._height = height
            self.setFixedHeight(height)

    def sizeHint(self) -> QSize:
        """Return the height that fits; the width is the field's to decide."""
        return QSize(200, self._height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines break anew when the width changes."""
        super().resizeEvent(event)
        self.fit()

    def _line_count(self) -> int:
        return int(self.document().size().height())


class ReadingEditor(Editor):
    """An answer that is reckoned from others: read here, changed elsewhere."""

    def __init__(self, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(question, parent)
        self.words = WrappedWords()
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._text = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.addWidget(self.words)
        FocusWatch(self).watch(self.words)
        self.name_parts()
        self.show_text("")

    def text(self) -> str:
        """Return the answer."""
        return self._text

    def show_text(self, text: str) -> None:
        """Show the answer in words; a dash where there is none yet."""
        self._text = text
        choices = dict(self.question.choices)
        words = ", ".join(choices.get(code, code) for code in text.split()) if choices else text
        unit = self.question.unit if words else ""
        self.words.setText(f"{words}{unit}" or self.question.texts.get("form_page.no_answer"))
        mark(self.words, role="value" if words else "soft")
        self.words.setAccessibleName(f"{self.question.label}: {self.words.text()}")

    def set_read_only(self, read_only: bool) -> None:
        """Do nothing: it always is."""

    def stops(self) -> list[QWidget]:
        """Return the words: they can be reached and read aloud."""
        return [self.words]
