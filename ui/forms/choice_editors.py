"""Editors where one chooses: a row of radio buttons, a combo box, a list of boxes to tick."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QRadioButton,
    QSizePolicy,
    QWidget,
)

from ui.forms.editor import Editor, FocusWatch, Question, QuietCombo
from ui.forms.flow import FlowLayout

MOST_RADIO_BUTTONS = 4


def _keep_readable(buttons: Iterable[QAbstractButton], read_only: bool) -> None:
    """Let what was chosen be read in full ink, and not be changed: disabled words are too faint to read."""
    policy = Qt.FocusPolicy.NoFocus if read_only else Qt.FocusPolicy.StrongFocus
    for button in buttons:
        button.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, read_only)
        button.setFocusPolicy(policy)


class RadioEditor(Editor):
    """All choices in view. Delete takes the choice away again."""

    def __init__(self, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(question, parent)
        self.group = QButtonGroup(self)
        self.buttons: dict[str, QRadioButton] = {}
        flow = FlowLayout(self, gap=20)
        watch = FocusWatch(self)
        for code, words in question.choices:
            button = QRadioButton(words)
            button.setAccessibleName(
                question.texts.get("form_page.choice_of", label=question.label, choice=words)
            )
            self.group.addButton(button)
            self.buttons[code] = button
            watch.watch(button)
            flow.addWidget(button)
        self.group.buttonClicked.connect(lambda _button: self.edited.emit(self.text()))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def text(self) -> str:
        """Return the chosen code, empty when none is chosen."""
        return next((code for code, button in self.buttons.items() if button.isChecked()), "")

    def show_text(self, text: str) -> None:
        """Mark the choice with this code."""
        self.group.setExclusive(False)
        for code, button in self.buttons.items():
            button.setChecked(code == text)
        self.group.setExclusive(True)

    def set_read_only(self, read_only: bool) -> None:
        """Show the choice without letting it be changed."""
        _keep_readable(self.buttons.values(), read_only)

    def stops(self) -> list[QWidget]:
        """Return the buttons: Tab enters the row once, arrows walk in it."""
        return list(self.buttons.values())

    def take_focus(self) -> None:
        """Go to the marked choice, or the first."""
        chosen = self.buttons.get(self.text())
        (chosen or self.stops()[0]).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Delete and Backspace take the choice away."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.text():
            self.show_text("")
            self.edited.emit("")
        else:
            event.ignore()


class ComboEditor(Editor):
    """Many choices, of which one stands in view. The first entry is empty."""

    def __init__(self, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(question, parent)
        self.combo = QuietCombo()
        self.combo.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.combo.addItem(question.texts.get("form_page.choose"), "")
        for code, words in question.choices:
            self.combo.addItem(words, code)
        self.combo.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.combo.activated.connect(lambda _index: self.edited.emit(self.text()))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.combo)
        row.addStretch(1)
        FocusWatch(self).watch(self.combo)
        self.name_parts()

    def text(self) -> str:
        """Return the chosen code."""
        return str(self.combo.currentData() or "")

    def show_text(self, text: str) -> None:
        """Show the choice with this code."""
        self.combo.setCurrentIndex(max(0, self.combo.findData(text)))

    def show_hint(self, words: str) -> None:
        """Show words in place of the empty entry."""
        self.combo.setItemText(0, words or self.question.texts.get("form_page.choose"))

    def stops(self) -> list[QWidget]:
        """Return the combo box."""
        return [self.combo]


class CheckListEditor(Editor):
    """Boxes to tick, none, one or several."""

    def __init__(self, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(question, parent)
        self.boxes: dict[str, QCheckBox] = {}
        flow = FlowLayout(self, gap=20)
        watch = FocusWatch(self)
        for code, words in question.choices:
            box = QCheckBox(words)
            box.setAccessibleName(
                question.texts.get("form_page.choice_of", label=question.label, choice=words)
            )
            box.clicked.connect(lambda _checked: self.edited.emit(self.text()))
            self.boxes[code] = box
            watch.watch(box)
            flow.addWidget(box)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def text(self) -> str:
        """Return the ticked codes with spaces between."""
        return " ".join(code for code, box in self.boxes.items() if box.isChecked())

    def show_text(self, text: str) -> None:
        """Tick the boxes of these codes."""
        chosen = text.split()
        for code, box in self.boxes.items():
            box.setChecked(code in chosen)

    def set_read_only(self, read_only: bool) -> None:
        """Show the ticks without letting them be changed."""
        _keep_readable(self.boxes.values(), read_only)

    def stops(self) -> list[QWidget]:
        """Return the boxes."""
        return list(self.boxes.values())


def choice_editor(question: Question, parent: QWidget | None = None) -> Editor:
    """Return radio buttons for few choices, a combo box for many."""
    few = len(question.choices) <= MOST_RADIO_BUTTONS
    return (RadioEditor if few else ComboEditor)(question, parent)
