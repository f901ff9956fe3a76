"""What every editor is: a widget that shows a text and tells when the person changed it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QKeySequence, QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from desktop_app.domain.texts import Texts


@dataclass(frozen=True, slots=True)
class Question:
    """What an editor needs to know: its name, the codes it offers with their words, and how long a text may be."""

    label: str
    texts: Texts
    today: Callable[[], date]
    choices: tuple[tuple[str, str], ...] = ()
    max_length: int = 4_000
    unit: str = ""


class Editor(QWidget):
    """Base of the editors. Text in, text out; for coded answers the text is the code, or several with spaces."""

    edited = Signal(str)
    left = Signal()
    entered = Signal()

    def __init__(self, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.question = question

    def text(self) -> str:
        """Return what stands in the editor."""
        raise NotImplementedError

    def show_text(self, text: str) -> None:
        """Show a text without telling that it was edited."""
        raise NotImplementedError

    def show_hint(self, words: str) -> None:
        """Show words in the empty editor, such as the quiet choice that was made."""

    def set_read_only(self, read_only: bool) -> None:
        """Let the person read but not change."""
        self.setEnabled(not read_only)

    def stops(self) -> list[QWidget]:
        """Return the widgets the Tab key visits, in order."""
        raise NotImplementedError

    def asides(self) -> list[QWidget]:
        """Return small buttons of the editor's own, to stand in the quiet line below the field."""
        return []

    def take_focus(self) -> None:
        """Put the caret where typing begins."""
        self.stops()[0].setFocus()

    def name_parts(self) -> None:
        """Give each part its accessible name."""
        for stop in self.stops():
            if not stop.accessibleName():
                stop.setAccessibleName(self.question.label)

    def describe(self, words: str) -> None:
        """Let a screen reader say the help or the fault together with the name."""
        for stop in self.stops():
            stop.setAccessibleDescription(words)


def characters(widget: QWidget, count: int) -> int:
    """Return the width of ``count`` digits in the widget's font, with room for the frame."""
    return QFontMetrics(widget.font()).horizontalAdvance("0") * count + 24


class QuietCombo(QComboBox):
    """A combo box that the wheel scrolls past: reading a page must not change an answer."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()

    def minimumSizeHint(self) -> QSize:
        """Return a narrow least width: the field decides how wide it is, not its longest entry."""
        return QSize(characters(self, 8), super().minimumSizeHint().height())


class FocusWatch(QObject):
    """Tells an editor when one of its parts gains or loses the focus."""

    def __init__(self, editor: Editor) -> None:
        super().__init__(editor)
        self._editor = editor

    def watch(self, *parts: QWidget) -> None:
        """Watch these parts of the editor."""
        for part in parts:
            part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: object) -> bool:
        """Pass on entering and leaving; let Ctrl+Z through to the form, whose steps go across fields."""
        if isinstance(event, QFocusEvent):
            (self._editor.entered if event.gotFocus() else self._editor.left).emit()
        elif isinstance(event, QKeyEvent) and event.type() is QKeyEvent.Type.ShortcutOverride:
            return _is_undo(event)
        return False


def _is_undo(event: QKeyEvent) -> bool:
    """Tell whether the keys ask for undo or redo; then they are left to the form.

    A part that undid by itself would tell the form of yet another change, which the next Ctrl+Z would take back.
    """
    asked = event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)
    if asked:
        event.ignore()
    return asked
