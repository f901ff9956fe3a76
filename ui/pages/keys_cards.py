"""Three cards, any two of which open the store: printed and tried one by one, then they count."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from desktop_app.services import recovery
from desktop_app.services.recovery import CardDraft
from ui.desk import Desk
from ui.pages.keys_steps import KeysSteps
from ui.pages.paper_proof import PaperProof, Proof
from ui.widgets.backup_after import BackupAfter
from ui.widgets.basics import column, label
from ui.widgets.holder_fields import Held, HolderFields
from ui.widgets.page import Go
from ui.widgets.steps_page import WIDE

CARDS = 3
ROLES = ("head", "registrar", "security")


class KeysCardsPage(KeysSteps):
    """One card on the screen at a time. Nothing counts until the third has been read back."""

    def __init__(self, desk: Desk, go: Go) -> None:
        super().__init__(desk, go, desk.text("window.cards.title"), steps=CARDS + 1)
        text, px = desk.text, desk.theme.px
        self._secret = ""
        self.draft: CardDraft | None = None
        self.proof: PaperProof | None = None
        self.holder: HolderFields | None = None
        self._held: list[Held] = []
        self.backup = BackupAfter(desk)
        intro = QWidget()
        about = label(text("window.cards.about"))
        intro.setLayout(column(px(16), label(text("window.cards.intro"), "soft"), about, self.current_row))
        self.show_step(1, intro, text("window.cards.make"), self.make, first=self.current.line)

    @property
    def number(self) -> int:
        """Which card is shown, from 1."""
        return len(self._held) + 1

    def make(self) -> None:
        """Draw three cards that open nothing yet."""
        self.prove_with(recovery.draft_cards, self._begin_cards)

    def take(self) -> None:
        """Go on to the next card when this one was read back and somebody is to have it; then let them count."""
        if self.proof is None or self.holder is None or not self.proof.check():
            return
        held = self.holder.read()
        if held is None:
            return
        if self.number < CARDS:
            self.proof.close_paper()
            self._held.append(held)
            self._fetch_card()
        else:
            self._adopt(held)

    def _begin_cards(self, draft: CardDraft, secret: str) -> None:
        self._secret, self.draft = secret, draft
        self.current.clear()
        self._fetch_card()

    def _fetch_card(self) -> None:
        self.work(
            recovery.card_sheet,
            self.draft,
            self.number,
            done=self._show_card,
        )

    def _show_card(self, pdf: bytes) -> None:
        if self.draft is None:
            return
        text, number = self.desk.text, self.number
        asked = recovery.card_challenge(self.draft, number)
        met = partial(recovery.card_challenge_met, self.draft, number)
        role = text(f"window.cards.roles.{ROLES[number - 1]}")
        self.holder = HolderFields(
            self.desk, text("window.cards.who"), holder=role, handed_on=self.desk.clock().date()
        )
        self.proof = PaperProof(self.desk, Proof("card", pdf, asked, met), below=self.holder)
        part = QWidget()
        head = label(text("window.cards.card", number=number), "heading")
        part.setLayout(column(self.desk.theme.px(16), head, self.proof))
        words = text("window.cards.next" if number < CARDS else "window.cards.adopt")
        self.show_step(number + 1, part, words, self.take, first=self.proof.lines[0], width=WIDE)

    def _adopt(self, last: Held) -> None:
        self.work(
            recovery.adopt_cards,
            self._secret,
            self.draft,
            done=lambda _changes: self._show_done((*self._held, last)),
            words=self.desk.text("window.cards.adopting"),
        )

    def _show_done(self, held: tuple[Held, ...]) -> None:
        for number, each in enumerate(held, start=1):
            self.desk.run(self, recovery.note_holder, "card", number, each.holder, each.place, each.handed_on)
        if self.proof is not None:
            self.proof.close_paper()
        text = self.desk.text
        self._secret, self.draft, self.proof, self.holder = "", None, None, None
        part = QWidget()
        part.setLayout(
            column(
                self.desk.theme.px(16),
                label(text("window.cards.done"), "heading"),
                label(text("window.cards.done_about")),
                self.backup,
            )
        )
        self.show_end(part)
        self.backup.start()
