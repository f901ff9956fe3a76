"""Opens a store: with the passphrase, the recovery paper, or two of the cards."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from desktop_app.domain.errors import (
    AppError,
    CardMistyped,
    CardsWrong,
    RecoveryKeyWrong,
    UserError,
    WrongPassphrase,
)
from desktop_app.services import vault
from desktop_app.services.card_words import WORDS_ON_A_CARD, card_words
from desktop_app.services.messages import message_for
from desktop_app.services.vault import Session
from ui.desk import Desk
from ui.theme.tokens import GAP_FIELDS
from ui.widgets.basics import Button, chosen_text, column, label, row
from ui.widgets.card_field import CardField
from ui.widgets.form_row import FormRow
from ui.widgets.gate import GatePage
from ui.widgets.groups_field import GroupsField
from ui.widgets.passphrase_field import PassphraseField

WIDTH = 560
PASSPHRASE, SHEET, CARDS = "passphrase", "sheet", "cards"
WAYS = (PASSPHRASE, SHEET, CARDS)
WRONG = (WrongPassphrase, RecoveryKeyWrong, CardsWrong)
FREE_TRIES = 2
LONGEST_PAUSE = 30


def pause_after(wrong: int) -> int:
    """Return how many seconds to wait after so many wrong tries: none at first, then twice as long each time.

    It only keeps a hurried hand from trying blindly. The real brake is what each try costs to compute.
    """
    return 0 if wrong <= FREE_TRIES else min(LONGEST_PAUSE, 2 ** (wrong - FREE_TRIES))


class UnlockPage(GatePage):
    """``opened`` gets the session, and the paper or the cards that opened it ('' for a passphrase).

    ``other`` is called when the person wants another store.
    """

    def __init__(
        self,
        desk: Desk,
        folder: Path,
        opened: Callable[[Session, str], None],
        other: Callable[[], object],
        *,
        note: str = "",
        practice_phrase: str = "",
    ) -> None:
        title = desk.text("window.unlock.practice_title" if practice_phrase else "window.unlock.title")
        super().__init__(desk, title, width=WIDTH)
        self._folder = folder
        self._opened = opened
        self._wrong = 0
        self._seconds = 0
        self._timer = QTimer(self, interval=1000)
        self._timer.timeout.connect(self.count_down)
        self.way = PASSPHRASE
        text = desk.text
        self._fields()
        if practice_phrase:
            phrase = text("window.unlock.practice_phrase", phrase=practice_phrase)
            self.body.addWidget(chosen_text(phrase, "soft"))
        self.unlock = Button(desk, text("window.unlock.unlock"), self.take, kind="main")
        self.set_main(self.unlock)
        self._foot(other)
        if note:
            self.notice.show_words(note)
        self.first = self.field.line
        self._show_way()

    @property
    def is_waiting(self) -> bool:
        """Whether the page waits before the next try."""
        return self._seconds > 0

    def choose(self, way: str) -> None:
        """Open in another way. What was typed for the former one is wiped."""
        self._wipe()
        self.way = way
        self.notice.silence()
        self._show_way()
        self.begin()

    def take(self) -> None:
        """Try what is typed."""
        if not self.unlock.isEnabled():
            return
        empty = self._empty()
        if empty is not None:
            empty.setFocus()
            return
        self._set_busy(busy=True)
        work, typed = self._asked()
        self.desk.jobs.run(
            self,
            work,
            self.desk.library,
            self._folder,
            typed,
            self.desk.clock,
            done=self._take_session,
            failed=self._refuse,
            ended=lambda: self._set_busy(busy=False),
        )

    def count_down(self) -> None:
        """Let a second of the pause pass."""
        self._seconds = max(0, self._seconds - 1)
        if not self._seconds:
            self._timer.stop()
        self._tell_button()

    # How it is built

    def _fields(self) -> None:
        text, px = self.desk.text, self.desk.theme.px
        self.field = PassphraseField(self.desk, text("window.unlock.passphrase"))
        self.row = FormRow(self.desk, text("window.unlock.passphrase"), self.field)
        self.key = GroupsField(self.desk, text("window.unlock.key"))
        self.key_row = FormRow(self.desk, text("window.unlock.key"), self.key, text("window.unlock.key_help"))
        known, expected = card_words(), WORDS_ON_A_CARD
        names = [text("window.cards.field", number=number) for number in (1, 2)]
        self.cards = [CardField(self.desk, name, known=known, expected=expected) for name in names]
        self.card_rows = [
            FormRow(self.desk, name, card) for name, card in zip(names, self.cards, strict=True)
        ]
        self.cards[0].entered.connect(self.cards[1].lines.setFocus)
        self.cards[1].entered.connect(self.take)
        both = QWidget()
        help_words = label(text("window.unlock.cards_help"), "soft")
        both.setLayout(column(px(GAP_FIELDS), help_words, *self.card_rows))
        self._parts: dict[str, QWidget] = {PASSPHRASE: self.row, SHEET: self.key_row, CARDS: both}
        for part in self._parts.values():
            self.body.addWidget(part)

    def _foot(self, other: Callable[[], object]) -> None:
        text, px = self.desk.text, self.desk.theme.px
        icons = {PASSPHRASE: "lock", SHEET: "file", CARDS: "cards"}
        self.ways = {
            way: Button(
                self.desk,
                text(f"window.unlock.ways.{way}"),
                lambda way=way: self.choose(way),
                kind="link",
                icon=icons[way],
            )
            for way in WAYS
        }
        self.foot.addLayout(row(px(16), *self.ways.values()))
        self.foot.addSpacing(px(16))
        self.foot.addWidget(chosen_text(text("window.unlock.place", place=self._folder), "help"))
        leave = Button(self.desk, text("window.unlock.other"), other, kind="link")
        self.foot.addLayout(row(0, leave))

    def _show_way(self) -> None:
        for way in WAYS:
            self._parts[way].setVisible(way == self.way)
            self.ways[way].setVisible(way != self.way)
        self.first = {PASSPHRASE: self.field.line, SHEET: self.key.line, CARDS: self.cards[0].lines}[self.way]

    # Trying

    def _empty(self) -> QWidget | None:
        if self.way == PASSPHRASE:
            return None if self.field.text() else self.field.line
        if self.way == SHEET:
            return None if self.key.text() else self.key.line
        return next((card.lines for card in self.cards if not card.text()), None)

    def _asked(self) -> tuple[Callable[..., Session], object]:
        if self.way == PASSPHRASE:
            return vault.unlock, self.field.text()
        if self.way == SHEET:
            return vault.unlock_with_recovery_key, self.key.text()
        return vault.unlock_with_cards, tuple(card.text() for card in self.cards)

    def _take_session(self, session: Session) -> None:
        paper = {PASSPHRASE: "", SHEET: self.key.text(), CARDS: "\n".join(card.text() for card in self.cards)}
        self._wipe()
        self._opened(session, paper[self.way])

    def _refuse(self, error: AppError) -> None:
        """Say it beside the field when the person can mend it there, else in full below."""
        if isinstance(error, WRONG):
            self._wrong += 1
            self._seconds = pause_after(self._wrong)
            if self._seconds:
                self._timer.start()
        self._set_busy(busy=False)
        message = message_for(error, self.desk.texts)
        self._silence_rows()
        if isinstance(error, UserError):
            place, field = self._place_of(error)
            place.show_fault(f"{message.happened} {message.do}")
            self.notice.silence()
            field.select_all()
        else:
            self.notice.show_error(error)

    def _place_of(self, error: AppError) -> tuple[FormRow, PassphraseField | GroupsField | CardField]:
        if self.way == PASSPHRASE:
            return self.row, self.field
        if self.way == SHEET:
            return self.key_row, self.key
        which = int(error.params.get("card", len(self.cards))) if isinstance(error, CardMistyped) else 2
        return self.card_rows[which - 1], self.cards[which - 1]

    def _silence_rows(self) -> None:
        for each in (self.row, self.key_row, *self.card_rows):
            each.show_fault("")

    def _wipe(self) -> None:
        for field in (self.field, self.key, *self.cards):
            field.clear()
        self._silence_rows()

    def _set_busy(self, *, busy: bool) -> None:
        for widget in (*self.ways.values(), self.field, self.key, *self.cards):
            widget.setEnabled(not busy)
        self._tell_button(busy=busy)

    def _tell_button(self, *, busy: bool = False) -> None:
        text = self.desk.text
        if self.is_waiting:
            words = text("window.unlock.wait", seconds=self._seconds)
        else:
            words = text("window.unlock.unlocking" if busy else "window.unlock.unlock")
        self.unlock.set_words(words)
        self.unlock.setEnabled(not busy and not self.is_waiting)
