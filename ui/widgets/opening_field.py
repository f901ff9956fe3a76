"""What opens a store or a copy: the passphrase, the recovery paper, or two of the three cards."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QWidget

from desktop_app.services.card_words import WORDS_ON_A_CARD, card_words
from ui.desk import Desk
from ui.widgets.basics import Button, column, filled_row, label
from ui.widgets.card_field import CardField
from ui.widgets.form_row import FormRow
from ui.widgets.groups_field import GroupsField
from ui.widgets.passphrase_field import PassphraseField

PASSPHRASE, PAPER, CARDS = "passphrase", "paper", "cards"
MODES = (PASSPHRASE, PAPER, CARDS)
CARD_LINES = 2
WIDTH = 560
CHOICE_AIR = 36


class OpeningField(QWidget):
    """Three ways, one at a time. The paper and the cards are shown as typed: they lie on the desk anyway."""

    entered = Signal()

    def __init__(self, desk: Desk, help_words: str = "") -> None:
        super().__init__()
        text, px = desk.text, desk.theme.px
        self.mode = PASSPHRASE
        self.choices: dict[str, Button] = {}
        group = QButtonGroup(self)
        for mode in MODES:
            choice = Button(desk, text(f"window.opening.{mode}"), kind="quiet")
            choice.setCheckable(True)
            strong = QFontMetrics(desk.theme.font(strong=True))
            choice.setMinimumWidth(strong.horizontalAdvance(choice.text()) + px(CHOICE_AIR))
            choice.clicked.connect(lambda _checked=False, mode=mode: self.choose(mode))
            group.addButton(choice)
            self.choices[mode] = choice
        choices = filled_row(px(4), *self.choices.values())
        choices.addStretch(1)
        self.secret = PassphraseField(desk, text("window.opening.passphrase"))
        self.row = FormRow(desk, text("window.opening.passphrase"), self.secret, help_words, width=WIDTH)
        self.key = GroupsField(desk, text("window.opening.paper"))
        paper_help = text("window.opening.paper_help")
        self.key_row = FormRow(desk, text("window.opening.paper"), self.key, paper_help, width=WIDTH)
        known, expected = card_words(), WORDS_ON_A_CARD
        names = [text("window.opening.card", number=number) for number in range(1, CARD_LINES + 1)]
        self.cards = tuple(CardField(desk, name, known=known, expected=expected) for name in names)
        self.card_rows = tuple(
            FormRow(desk, name, card) for name, card in zip(names, self.cards, strict=True)
        )
        for field in (self.secret, self.key, self.cards[-1]):
            field.entered.connect(self.entered)
        self.cards[0].entered.connect(self.cards[1].lines.setFocus)
        cards = QWidget()
        cards_help = label(text("window.opening.cards_help"), "help")
        cards.setLayout(column(px(8), cards_help, *self.card_rows))
        self._parts: dict[str, QWidget] = {PASSPHRASE: self.row, PAPER: self.key_row, CARDS: cards}
        self.setLayout(column(px(8), choices, *self._parts.values()))
        self.choose(PASSPHRASE)

    def choose(self, mode: str) -> None:
        """Show the field of one way; what was typed for another is wiped."""
        if mode != self.mode:
            self.clear()
        self.mode = mode
        self.choices[mode].setChecked(True)
        for name, part in self._parts.items():
            part.setVisible(name == mode)
        if self.isVisible():
            self.begin()

    def begin(self) -> None:
        """Give the field of the chosen way the focus."""
        self._first_line().setFocus()

    def text(self) -> str:
        """Return what is typed: one secret, or the two cards on a line each; empty while something is missing."""
        if self.mode == PASSPHRASE:
            return self.secret.text()
        if self.mode == PAPER:
            return self.key.text().strip()
        typed = [card.text() for card in self.cards]
        return "\n".join(typed) if all(typed) else ""

    @property
    def fault(self) -> str:
        """What is said to be wrong, empty when nothing is."""
        return self._fault_row().fault

    def refuse(self, words: str) -> None:
        """Say why it does not open. A passphrase is wiped; what lies on paper stays, to be compared with it."""
        if self.mode == PASSPHRASE:
            self.secret.clear()
        self.show_fault(words)
        self.begin()

    def show_fault(self, words: str) -> None:
        """Say what is wrong beside the field; empty words take it back."""
        for row in (self.row, self.key_row, *self.card_rows):
            row.show_fault("")
        self._fault_row().show_fault(words)

    def clear(self) -> None:
        """Wipe all that is typed."""
        self.secret.clear()
        self.key.clear()
        for card in self.cards:
            card.clear()
        self.show_fault("")

    def _first_line(self) -> QWidget:
        return {PASSPHRASE: self.secret.line, PAPER: self.key.line, CARDS: self.cards[0].lines}[self.mode]

    def _fault_row(self) -> FormRow:
        return {PASSPHRASE: self.row, PAPER: self.key_row, CARDS: self.card_rows[-1]}[self.mode]
