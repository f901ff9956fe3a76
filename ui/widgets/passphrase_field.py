"""A field for a passphrase: hidden until asked for, with Caps Lock, keyboard and, if wanted, its strength."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QLocale, QObject, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QProgressBar, QPushButton, QWidget

from desktop_app.services.vault import PassphraseJudgement
from ui.desk import Desk
from ui.theme import mark
from ui.widgets.basics import IconLabel, column, filled_row, label, row
from ui.widgets.keyboard_state import (
    caps_lock_by_key,
    caps_lock_is_on,
    is_swedish,
    layout_words,
    system_layout,
)
from ui.widgets.secret_line import secret_line, wipe

LEVELS = 4


class PassphraseField(QWidget):
    """Pasting is allowed. The text is read with ``text()`` and wiped with ``clear()``; nothing else keeps it.

    ``aside`` says which keyboard the line is typed with; it stands beside the label, see ``FormRow``.
    """

    edited = Signal()
    entered = Signal()

    def __init__(
        self,
        desk: Desk,
        words: str,
        *,
        judge: Callable[[str], PassphraseJudgement] | None = None,
        layout_of: Callable[[], QLocale | None] = system_layout,
        caps_of: Callable[[], bool | None] = caps_lock_is_on,
    ) -> None:
        super().__init__()
        self._desk = desk
        self._judge = judge
        self._layout_of = layout_of
        self._caps_of = caps_of
        self.line = secret_line()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.installEventFilter(self)
        self.line.textEdited.connect(self._take_edit)
        self.line.returnPressed.connect(self.entered)
        QGuiApplication.inputMethod().localeChanged.connect(self._tell_layout)
        self._build()
        self.setFocusProxy(self.line)
        self.setAccessibleName(words)
        self._take_edit()

    @property
    def warns_of_caps_lock(self) -> bool:
        """Whether the field says that Caps Lock is on."""
        return self._caps is not None and not self._caps.isHidden()

    @property
    def keyboard(self) -> str:
        """What the field says of the layout of the keys; empty when it says nothing."""
        return "" if self.aside.isHidden() else self.aside.text()

    def text(self) -> str:
        """Return what is typed, as it is."""
        return self.line.text()

    def clear(self) -> None:
        """Wipe what is typed and hide the characters again."""
        wipe(self.line)
        self.reveal.setChecked(False)
        self._take_edit()

    def select_all(self) -> None:
        """Keep the text, ready to be written over or looked at."""
        self.line.setFocus()
        self.line.selectAll()

    def judgement(self) -> PassphraseJudgement | None:
        """Return how the text was judged, when it is judged at all."""
        return self._judge(self.text()) if self._judge is not None else None

    def tell_weak(self, reason: str) -> None:
        """Say with more weight what already stands beside the strength: this is why it cannot be used."""
        mark(self.line, state="fault")
        mark(self._strength, role="danger")
        self._strength.setText(self._desk.text("window.field.fault", words=reason))
        self.setAccessibleDescription(reason)
        self.select_all()

    def setAccessibleName(self, name: str) -> None:
        """Name the parts, so that a screen reader says which field it stands in."""
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)
        self.reveal.setAccessibleName(self._desk.text("window.field.show_for", field=name))
        if self._judge is not None:
            self._bar.setAccessibleName(self._desk.text("window.field.strength", words=name))

    def setAccessibleDescription(self, description: str) -> None:
        """Describe the line itself, which holds the focus."""
        super().setAccessibleDescription(description)
        self.line.setAccessibleDescription(description)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice Caps Lock and layout: when the line gets the focus, and by what each key gives."""
        if event.type() == QEvent.Type.FocusIn:
            self._warn(self._caps_of())
            self._tell_layout()
        elif event.type() == QEvent.Type.FocusOut:
            self.aside.hide()  # the warning stays: a page that moved under the pointer would lose a click
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            native = self._caps_of()
            self._warn(caps_lock_by_key(event) if native is None else native)
        return super().eventFilter(watched, event)

    def _build(self) -> None:
        px = self._desk.theme.px
        self.reveal = QPushButton(self._desk.text("window.field.show"))
        self.reveal.setCheckable(True)
        self.reveal.setAutoDefault(False)
        mark(self.reveal, kind="quiet")
        self.reveal.toggled.connect(self._show_characters)
        self._caps: QWidget | None = None
        self.aside = label("", "help", wraps=False)
        self.aside.setParent(self)
        self.aside.hide()
        self._column = column(px(4), filled_row(px(4), self.line, self.reveal))
        if self._judge is not None:
            self._column.addLayout(self._meter())
        self.setLayout(self._column)

    def _meter(self) -> QHBoxLayout:
        px = self._desk.theme.px
        self._bar = QProgressBar()
        self._bar.setRange(0, LEVELS)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(px(120))
        self._strength = label("", "help")
        meter = filled_row(px(8), self._bar, self._strength)
        meter.setStretch(1, 1)
        return meter

    def _warn(self, caps: bool | None) -> None:
        if caps and self._caps is None:
            px = self._desk.theme.px
            words = label(self._desk.text("window.field.caps_lock"), "waiting", wraps=False)
            self._caps = QWidget()
            self._caps.setLayout(row(px(4), IconLabel(self._desk, "attention", "waiting", 16), words))
            self._column.insertWidget(1, self._caps)
        if caps is not None and self._caps is not None:
            self._caps.setVisible(caps)

    def _tell_layout(self) -> None:
        layout = self._layout_of()
        words = layout_words(layout, self._desk.texts)
        self.aside.setText(words)
        mark(self.aside, role="help" if is_swedish(layout) else "waiting")
        is_placed = self.aside.parentWidget() not in (None, self)
        self.aside.setVisible(bool(words) and is_placed and self.line.hasFocus())

    def _show_characters(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.line.setEchoMode(mode)
        self.reveal.setText(self._desk.text("window.field.hide" if shown else "window.field.show"))

    def _take_edit(self) -> None:
        if self._judge is not None:
            judged = self._judge(self.text()) if self.text() else None  # nothing typed is nothing to judge
            mark(self.line, state="")
            mark(self._strength, role="help")
            self._bar.setValue(judged.level if judged is not None and judged.acceptable else 0)
            words = self._desk.text(judged.reason_key or judged.text_key) if judged is not None else "–"
            is_reason = judged is not None and bool(judged.reason_key)
            shown = words if is_reason else self._desk.text("window.field.strength", words=words)
            self._strength.setText(shown)
        self.edited.emit()
