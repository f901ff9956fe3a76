"""Tries a paper that opens the store, without opening anything: right, another store's or older, or mistyped."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop_app.domain.errors import AppError
from desktop_app.services import recovery
from desktop_app.services.card_words import WORDS_ON_A_CARD, card_words
from desktop_app.services.messages import message_for
from desktop_app.services.recovery import PaperChecked, PaperVerdict
from ui.desk import Desk
from ui.widgets.after_lock import StaysClosed
from ui.widgets.basics import Button, column, label, right_row
from ui.widgets.card_field import CardField
from ui.widgets.fitted_dialog import FittedDialog
from ui.widgets.form_row import FormRow
from ui.widgets.groups_field import GroupsField
from ui.widgets.notice import Notice

SHEET_WIDTH, CARDS_WIDTH = 600, 640


class CheckPaperDialog(FittedDialog):
    """The common part: fields above, the answer below them, and one button that asks."""

    after_lock = StaysClosed("what is typed in it opens the store, and is never kept")

    def __init__(self, desk: Desk, kind: str, width: int, parent: QWidget | None) -> None:
        super().__init__(desk, desk.text(f"window.check_paper.{kind}.title"), width, parent)
        self._kind = kind
        text, px = desk.text, desk.theme.px
        self.answer = Notice(desk)
        self.check = Button(desk, text("window.check_paper.check"), self.take, kind="main")
        self.check.setDefault(True)
        buttons = right_row(px(8), Button(desk, text("window.close"), self.reject), self.check)
        intro = label(text(f"window.check_paper.{kind}.intro"), "soft")
        self.fields = column(px(16))
        self.fill(intro, self.fields, self.answer, buttons)

    def take(self) -> None:
        """Ask whether what is typed opens this store."""

    def _ask(self, service: Callable[..., PaperChecked], typed: Any) -> None:  # noqa: ANN401 - text or texts
        self.answer.silence()
        self.check.set_words(self.desk.text("window.check_paper.checking"))
        self.check.setEnabled(False)
        self.desk.run(
            self, service, typed, done=self._show, failed=self.answer.show_error, ended=self._free_button
        )

    def _free_button(self) -> None:
        self.check.set_words(self.desk.text("window.check_paper.check"))
        self.check.setEnabled(True)

    def _show(self, checked: PaperChecked) -> None:
        first, second = self._answer(checked.verdict, checked.error)
        ground = "accent" if checked.verdict is PaperVerdict.RIGHT else "waiting"
        self.answer.show_words(first, second, ground=ground)
        if checked.verdict is PaperVerdict.RIGHT:
            self.check.hide()
            self._wipe()

    def _answer(self, verdict: PaperVerdict, error: AppError | None) -> tuple[str, str]:
        """Return what the answer is and what to do; which card it is about stands in the error alone."""
        if self._kind == "cards" and error is not None:
            message = message_for(error, self.desk.texts)
            return message.happened, message.do
        key = f"window.check_paper.{self._kind}.{verdict.value}"
        return self.desk.text(key), self.desk.text(f"{key}_do")

    def _wipe(self) -> None:
        """Wipe what was typed."""


class CheckSheetDialog(CheckPaperDialog):
    """The recovery sheet: its nine groups."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "sheet", SHEET_WIDTH, parent)
        words = desk.text("window.check_paper.sheet.groups")
        self.groups = GroupsField(desk, words)
        self.row = FormRow(desk, words, self.groups, desk.text("window.check_paper.sheet.groups_help"))
        self.fields.addWidget(self.row)
        self.groups.line.setFocus()

    def take(self) -> None:
        """Ask whether the groups open this store."""
        if self.groups.text():
            self._ask(recovery.check_sheet, self.groups.text())
        else:
            self.groups.line.setFocus()

    def _wipe(self) -> None:
        self.groups.clear()


class CheckCardsDialog(CheckPaperDialog):
    """Two cards of the three."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "cards", CARDS_WIDTH, parent)
        known, expected = card_words(), WORDS_ON_A_CARD
        names = [desk.text("window.cards.field", number=number) for number in (1, 2)]
        self.cards = [CardField(desk, name, known=known, expected=expected) for name in names]
        for name, card in zip(names, self.cards, strict=True):
            self.fields.addWidget(FormRow(desk, name, card))
        self.cards[0].entered.connect(self.cards[1].lines.setFocus)
        self.cards[1].entered.connect(self.take)
        self.cards[0].lines.setFocus()

    def take(self) -> None:
        """Ask whether the two cards open this store."""
        empty = next((card for card in self.cards if not card.text()), None)
        if empty is not None:
            empty.lines.setFocus()
        else:
            self._ask(recovery.check_cards, tuple(card.text() for card in self.cards))

    def _wipe(self) -> None:
        for card in self.cards:
            card.clear()
