"""The words for having no answer, in view below the question: one press, or one key, each."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop_app.domain.answers import NO_VALUE_STATES, AnswerState
from desktop_app.domain.forms import Address
from desktop_app.domain.texts import Texts
from ui.forms.flow import FlowLayout
from ui.presenters.form_presenter import FormPresenter
from ui.presenters.key_table import SHORTCUTS, told_keys
from ui.theme import mark
from ui.widgets.basics import label


class QuietChoices(QWidget):
    """Acts on the field one stands in. Pressing the one that holds takes it back."""

    chosen = Signal(object)
    """The ``Address`` that now has, or no longer has, a word in place of an answer."""

    def __init__(self, presenter: FormPresenter, texts: Texts, parent: QWidget) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._texts = texts
        self._address: Address | None = None
        self._about = label("", "help")
        buttons = QWidget()
        flow = FlowLayout(buttons, gap=4)
        lead = label(texts.get("guide_page.quiet.lead"), "help", wraps=False)
        lead.setContentsMargins(0, 6, 4, 0)
        flow.addWidget(lead)
        self.buttons = {state: self._button(state, parent) for state in NO_VALUE_STATES}
        for button in self.buttons.values():
            flow.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._about)
        column.addWidget(buttons)
        self.setAccessibleName(texts.get("guide_page.quiet.name"))

    def show_for(self, address: Address | None, question: str) -> None:
        """Stand for a field, ``None`` for none; ``question`` is its label, empty where the heading is the question.

        For a field in the row of a table only the keys work: it has its own choices close by.
        """
        self._address = address
        self.setVisible(address is not None and not address.row_id)
        if address is None:
            return
        self._about.setText(self._texts.get("guide_page.quiet.about", label=question) if question else "")
        self._about.setVisible(bool(question))
        now = self._presenter.answer(address).state
        name = question or self._texts.get("guide_page.quiet.lead")
        for state, button in self.buttons.items():
            button.setChecked(state is now)
            said = self._texts.get("form_page.choice_of", label=name, choice=button.text())
            button.setAccessibleName(said)

    def stops(self) -> list[QWidget]:
        """Return the buttons in order."""
        return list(self.buttons.values())

    def choose(self, state: AnswerState) -> None:
        """Put a word in place of the answer, or take it back."""
        if self._address is None:
            return
        if self._presenter.answer(self._address).state is state:
            self._presenter.edited(self._address, "")
        else:
            self._presenter.set_state(self._address, state)
        self.chosen.emit(self._address)

    def _button(self, state: AnswerState, page: QWidget) -> QPushButton:
        name = f"no_answer_{state.value}"
        button = QPushButton(self._texts.get(f"answers.states.{state.value}"))
        button.setCheckable(True)
        button.setToolTip(told_keys(name, self._texts))
        mark(button, kind="word")
        button.clicked.connect(lambda _checked=False: self.choose(state))
        shortcut = QShortcut(QKeySequence(SHORTCUTS[name].keys[0]), page)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(lambda: self.choose(state))
        return button
