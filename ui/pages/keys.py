"""What opens the store: passphrase, paper and cards, who holds them, and the ways to try or change them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QDialog, QWidget

from desktop_app.domain.changes import Kind
from desktop_app.services import backups, recovery
from desktop_app.services.backups import BackupView
from desktop_app.services.recovery import Holder, KeysView, PaperKind
from ui.desk import Desk
from ui.dialogs.check_paper import CheckCardsDialog, CheckSheetDialog
from ui.dialogs.note_holder import NoteHolderDialog
from ui.dialogs.withdraw_cards import WithdrawCardsDialog
from ui.models.rows_table import RowsTable, TableRow
from ui.presenters.key_words import card_rows, cost_words, rehearsal_words, sheet_facts, since_words
from ui.widgets.basics import Button, IconLabel, column, framed, label, row
from ui.widgets.facts import Facts
from ui.widgets.notice import Notice
from ui.widgets.page import Go, Page
from ui.widgets.table import Table

COLUMNS = ("card", "holder", "place", "checked")


class KeysPage(Page):
    """Each group says what holds and leads to one act. Nothing is changed on the page itself."""

    shows = (Kind.SETTING, Kind.BACKUP)

    def __init__(self, desk: Desk, go: Go) -> None:
        super().__init__(desk, go, desk.text("window.keys.title"), most_width=800)
        self._view: KeysView | None = None
        self.back = Button(desk, desk.text("window.keys.to_settings"), lambda: go("settings"), kind="link")
        self.head.addWidget(self.back)
        self.body.addWidget(label(desk.text("window.keys.intro"), "soft"))
        self.rehearsal = Notice(desk)
        self.body.addWidget(self.rehearsal)
        self._build_secrets()
        self.first = self.change
        self.build_by_rounds(self._build_cards)

    @property
    def view(self) -> KeysView | None:
        """What is shown now."""
        return self._view

    def reload(self) -> None:
        """Fetch anew what opens the store."""
        self.desk.run(self, recovery.keys_view, done=self._show)
        self.desk.run(self, backups.to_destroy, done=self._show_old_copies)

    # Groups

    def _build_secrets(self) -> None:
        for build in (self._passphrase_group, self._sheet_group):
            self.body.addWidget(build())

    def _build_cards(self) -> None:
        for build in (self._cards_group, self._renewal_group):
            self.body.addWidget(build())
        self._cost = label("", "help")
        self.body.addWidget(self._cost)
        self.body.addStretch(1)

    def _group(self, name: str, icon: str, *parts: QWidget) -> QWidget:
        px = self.desk.theme.px
        head = row(
            px(8),
            IconLabel(self.desk, icon, "accent"),
            label(self.desk.text(f"window.keys.{name}.title"), "heading", wraps=False),
        )
        about = label(self.desk.text(f"window.keys.{name}.about"), "soft")
        inner = column(px(12), column(px(4), head, about), *parts)
        inner.setContentsMargins(px(24), px(16), px(24), px(20))
        return framed(inner, ground="card")

    def _buttons(self, *buttons: Button) -> QWidget:
        holder = QWidget()
        holder.setLayout(row(self.desk.theme.px(8), *buttons))
        return holder

    def _passphrase_group(self) -> QWidget:
        self.passphrase_facts = Facts(self.desk)
        self.change = Button(
            self.desk,
            self.desk.text("window.keys.passphrase.change"),
            lambda: self.go("keys_passphrase"),
        )
        return self._group("passphrase", "lock", self.passphrase_facts, self._buttons(self.change))

    def _sheet_group(self) -> QWidget:
        text = self.desk.text
        self.sheet_facts = Facts(self.desk)
        self.try_sheet = Button(self.desk, text("window.keys.sheet.try"), self._try_sheet)
        self.note_sheet = Button(self.desk, text("window.keys.sheet.note"), self._note_sheet)
        self.new_sheet = Button(
            self.desk, text("window.keys.sheet.new"), lambda: self.go("keys_sheet"), kind="quiet"
        )
        buttons = self._buttons(self.try_sheet, self.note_sheet, self.new_sheet)
        return self._group("sheet", "file", self.sheet_facts, buttons)

    def _cards_group(self) -> QWidget:
        text = self.desk.text
        self._no_cards = label(text("window.keys.cards.none"))
        self.cards = Table(self.desk, text("window.keys.cards.table"), wide=(1, 2))
        headings = [text(f"window.keys.cards.column_{name}") for name in COLUMNS]
        self._cards_model = RowsTable(self.desk.theme, headings, parent=self)
        self.cards.setModel(self._cards_model)
        self.cards.opened.connect(lambda key: self._note_card(int(key)))
        self.cards_since = label("", "help")
        self.make_cards = Button(self.desk, text("window.keys.cards.make"), lambda: self.go("keys_cards"))
        self.try_cards = Button(self.desk, text("window.keys.cards.try"), self._try_cards)
        self.note_card = Button(
            self.desk, text("window.keys.cards.note"), lambda: self._note_card(self._chosen_card())
        )
        self.withdraw = Button(self.desk, text("window.keys.cards.withdraw"), self._withdraw, kind="quiet")
        buttons = self._buttons(self.try_cards, self.note_card, self.make_cards, self.withdraw)
        return self._group("cards", "cards", self._no_cards, self.cards, self.cards_since, buttons)

    def _renewal_group(self) -> QWidget:
        self.renew = Button(
            self.desk, self.desk.text("window.keys.renewal.begin"), lambda: self.go("keys_renewal")
        )
        self.old_copies = Notice(self.desk)
        self.to_copies = Button(
            self.desk, self.desk.text("window.keys.renewal.to_copies"), lambda: self.go("backups")
        )
        self.to_copies.hide()
        buttons = self._buttons(self.renew, self.to_copies)
        return self._group("renewal", "key", self.old_copies, buttons)

    # What comes back

    def _show(self, view: KeysView) -> None:
        text, texts, today = self.desk.text, self.desk.texts, self.desk.clock().date()
        self._view = view
        since = since_words(view.passphrase_since, today, texts)
        self.passphrase_facts.show_facts([(text("window.keys.passphrase.since"), since, "")])
        self.sheet_facts.show_facts(sheet_facts(view, today, texts))
        self._show_cards(view)
        words = rehearsal_words(view, texts)
        ground = "waiting" if view.rehearsal_overdue else "accent"
        self.rehearsal.show_words(words, text("window.keys.rehearsal.how"), ground=ground)
        self._cost.setText(cost_words(view, texts))

    def _show_cards(self, view: KeysView) -> None:
        text, texts, today = self.desk.text, self.desk.texts, self.desk.clock().date()
        has_cards = bool(view.cards)
        rows = [TableRow(str(each.number), each.cells) for each in card_rows(view.cards, today, texts)]
        self._cards_model.set_rows(rows)
        self.cards.fit()
        self.cards_since.setText(since_words(view.cards_since, today, texts))
        for widget in (self.cards, self.cards_since, self.try_cards, self.note_card, self.withdraw):
            widget.setVisible(has_cards)
        self._no_cards.setVisible(not has_cards)
        self.make_cards.set_words(text("window.keys.cards.remake" if has_cards else "window.keys.cards.make"))

    def _show_old_copies(self, copies: Sequence[BackupView]) -> None:
        self.to_copies.setVisible(bool(copies))
        if not copies:
            self.old_copies.silence()
            return
        key = "window.keys.renewal.one_old_copy" if len(copies) == 1 else "window.keys.renewal.old_copies"
        self.old_copies.show_words(self.desk.text(key, count=len(copies)), ground="waiting")

    # What the person does

    def _try_sheet(self) -> None:
        CheckSheetDialog(self.desk, self.window()).open()

    def _try_cards(self) -> None:
        CheckCardsDialog(self.desk, self.window()).open()

    def reopen(self, name: str, words: dict[str, Any]) -> QDialog | None:
        """Open a dialog again after a lock."""
        if name != NoteHolderDialog.after_lock.name:
            return None
        return self._note_sheet() if words.get("kind") == "sheet" else self._note_card(int(words["number"]))

    def _note_sheet(self) -> QDialog:
        return self._note("sheet", 0, self._view.sheet if self._view is not None else None)

    def _note_card(self, number: int) -> QDialog:
        return self._note("card", number, self._card(number))

    def _note(self, kind: PaperKind, number: int, holder: Holder | None) -> QDialog:
        dialog = NoteHolderDialog(self.desk, kind, number, holder, self.window())
        dialog.open()
        return dialog

    def _card(self, number: int) -> Holder | None:
        cards = self._view.cards if self._view is not None else ()
        return next((card for card in cards if card.card_number == number), None)

    def _chosen_card(self) -> int:
        index = self.cards.currentIndex()
        return int(self._cards_model.rows[index.row()].key) if index.isValid() else 1

    def _withdraw(self) -> None:
        WithdrawCardsDialog(self.desk, self.window()).open()
