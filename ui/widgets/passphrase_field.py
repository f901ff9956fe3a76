"""A field for a passphrase: hidden until asked for, with Caps Lock noticed and, if wanted, its strength."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QProgressBar, QPushButton, QWidget

from desktop_app.services.vault import PassphraseJudgement
from ui.desk import Desk
from ui.theme import mark
from ui.widgets.basics import column, filled_row, label

LEVELS = 4
MOST_CHARACTERS = 500


class PassphraseField(QWidget):
    """Pasting is allowed. The text is read with ``text()`` and wiped with ``clear()``."""

    edited = Signal()
    entered = Signal()

    def __init__(
        self, desk: Desk, words: str, *, judge: Callable[[str], PassphraseJudgement] | None = None
    ) -> None:
        super().__init__()
        self._desk = desk
        self._judge = judge
        px = desk.theme.px
        self.line = QLineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setMaxLength(MOST_CHARACTERS)
        self.line.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self.line.installEventFilter(self)
        self.line.textEdited.connect(self._take_edit)
        self.line.returnPressed.connect(self.entered)
        self.reveal = QPushButton(desk.text("window.field.show"))
        self.reveal.setCheckable(True)
        self.reveal.setAutoDefault(False)
        mark(self.reveal, kind="quiet")
        self.reveal.toggled.connect(self._show_characters)
        self._caps = label(desk.text("window.field.caps_lock"), "waiting")
        self._caps.hide()
        self._bar = QProgressBar()
        self._bar.setRange(0, LEVELS)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(px(120))
        self._strength = label("", "help", wraps=False)
        self._meter = QWidget()
        self._meter.setLayout(filled_row(px(8), self._bar, self._strength))
        self._meter.setVisible(judge is not None)
        self.setLayout(column(px(4), filled_row(px(4), self.line, self.reveal), self._caps, self._meter))
        self.setFocusProxy(self.line)
        self.setAccessibleName(words)
        self._take_edit()

    def text(self) -> str:
        """Return what is typed, as it is."""
        return self.line.text()

    def clear(self) -> None:
        """Wipe what is typed and hide the characters again."""
        self.line.clear()
        self.reveal.setChecked(False)
        self._take_edit()

    def select_all(self) -> None:
        """Keep the text, ready to be written over or looked at."""
        self.line.setFocus()
        self.line.selectAll()

    def judgement(self) -> PassphraseJudgement | None:
        """Return how the text was judged, when it is judged at all."""
        return self._judge(self.text()) if self._judge is not None else None

    def setAccessibleName(self, name: str) -> None:
        """Name the parts, so that a screen reader says which field it stands in."""
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)
        self.reveal.setAccessibleName(self._desk.text("window.field.show_for", field=name))
        self._bar.setAccessibleName(self._desk.text("window.field.strength", words=name))

    def setAccessibleDescription(self, description: str) -> None:
        """Describe the line itself, which holds the focus."""
        super().setAccessibleDescription(description)
        self.line.setAccessibleDescription(description)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice Caps Lock by what the keys give; there is no other way that works everywhere."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            self._notice_caps(event)
        return super().eventFilter(watched, event)

    def _notice_caps(self, event: QKeyEvent) -> None:
        typed = event.text()
        if event.key() == Qt.Key.Key_CapsLock:
            self._caps.hide()
        elif len(typed) == 1 and typed.isalpha():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._caps.setVisible(typed.isupper() != shifted)

    def _show_characters(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.line.setEchoMode(mode)
        self.reveal.setText(self._desk.text("window.field.hide" if shown else "window.field.show"))

    def _take_edit(self) -> None:
        judged = self.judgement()
        if judged is not None:
            self._bar.setValue(judged.level if judged.acceptable else 0)
            words = self._desk.text(judged.text_key) if self.text() else "–"
            self._strength.setText(self._desk.text("window.field.strength", words=words))
        self.edited.emit()
