"""A table of answers on screen: rows that sum themselves up, one of them open for writing."""

from __future__ import annotations

from collections import Counter, deque
from functools import cached_property

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.domain.forms import Address, Item, Row
from ui.forms.context import Block, FormContext
from ui.forms.question_label import question_label
from ui.forms.row_card import RowCard
from ui.forms.shade import TELLING, Cover
from ui.presenters.answer_words import column_sum
from ui.theme import mark
from ui.widgets.wrapped_words import WrappedWords

NOTICE_MS = 20_000
"""How long the way back from a removed row stays in view."""


class RepeatBlock(Block):
    """Rows, a button that adds one (unless the rows are fixed), and the sums."""

    stops_changed = Signal()

    def __init__(
        self, context: FormContext, address: Address, item: Item, parent: QWidget | None = None
    ) -> None:
        super().__init__(context, address, item, parent)
        self.cards: dict[str, RowCard] = {}
        self._order: list[str] = []
        self._to_come: deque[Row] = deque()
        self._sum: WrappedWords | None = None
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4 if item.fixed_rows else 8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 12)
        column.setSpacing(8)
        column.addLayout(self._head())
        column.addLayout(self._rows)
        column.addLayout(self._make_foot())
        self.setAccessibleName(context.label(item))
        self.refresh()

    def refresh(self) -> None:
        """Show the rows of the presenter; cards that stay keep their place and their focus.

        Rows that came are left to ``build_more``, one at a time.
        """
        presenter = self.context.presenter
        entry = presenter.entry(self.item.link_id)
        if entry is not None:
            self.item = entry.item
        rows = presenter.rows(self.item.link_id)
        self._order = [row.id for row in rows]
        self._drop_gone()
        self._to_come = deque(row for row in rows if row.id not in self.cards)
        lacking = self._lacking()
        for row in rows:
            if (card := self.cards.get(row.id)) is not None:
                card.item = self.item
                card.refresh(row, lacking[row.id])
        self._none.setVisible(not rows)
        self._add.setVisible(self.item.takes_rows and not self.item.read_only and not presenter.is_finished)
        self._show_sums(rows)

    @property
    def is_whole(self) -> bool:
        """Whether every row has its card."""
        return not self._to_come

    def build_more(self) -> None:
        """Build the first row that has no card."""
        row = self._to_come.popleft()
        made = {**self.cards, row.id: self._new_card(row.id)}
        self.cards = {row_id: made[row_id] for row_id in self._order if row_id in made}
        card = made[row.id]
        card.refresh(row, self._lacking()[row.id])
        self._rows.insertWidget(list(self.cards).index(row.id), card)
        card.show()

    def _lacking(self) -> Counter[str]:
        gaps = self.context.presenter.gaps
        return Counter(gap.address.row_id for gap in gaps if gap.address.link_id == self.item.link_id)

    def _show_sums(self, rows: tuple[Row, ...]) -> None:
        summed = [column for column in self.item.columns if column.sums]
        if not (summed and rows):
            if self._sum is not None:
                self._sum.hide()
            return
        if self._sum is None:
            self._sum = self._make_sum()
        label, text = self.context.label, self.context.texts.get
        self._sum.setText(
            "\n".join(text("form_page.row.sum", label=label(c), sum=column_sum(c, rows)) for c in summed)
        )
        self._sum.show()

    def stops(self) -> list[QWidget]:
        """Return the rows' parts in order, then the button."""
        return [*(stop for card in self.cards.values() for stop in card.stops()), self._add]

    def take_focus(self, address: Address) -> None:
        """Open the row of an address and go to its column; without a row, to the first row or the button."""
        while self._to_come and not (address.row_id in self.cards or (self.cards and not address.row_id)):
            self.build_more()
        card = self.cards.get(address.row_id) or next(iter(self.cards.values()), None)
        if card is not None:
            card.take_focus(address.column)
        else:
            self._add.setFocus()

    def uncover(self) -> None:
        """Let every open row follow what may be seen."""
        for card in self.cards.values():
            for block in card.blocks:
                block.uncover()
        self.refresh()

    def to_ask_for(self) -> tuple[Address, ...]:
        """Return the hidden columns that hold something, each for all rows."""
        shade, found = self.context.shade, dict[Address, None]()
        telling = [column for column in self.item.columns if column.sensitivity in TELLING]
        for row in self.context.presenter.rows(self.item.link_id) if telling else ():
            for column in telling:
                answer = row.cell(column.link_id)
                address = Address(self.item.link_id, row.id, column.link_id)
                if (answer.is_value or answer.typed) and shade.cover(address, column) is Cover.PROTECTED:
                    found[Address(self.item.link_id, "", column.link_id)] = None
        return tuple(found)

    def block_at(self, address: Address) -> QWidget | None:
        """Return the field in an open row, or the row itself."""
        card = self.cards.get(address.row_id)
        if card is None:
            return super().block_at(address)
        return next((b for b in card.blocks if b.address == address), card)

    def stand_alone(self) -> None:
        """Leave the question to the heading above."""
        self._label.hide()

    def show_removed(self, row_id: str) -> None:
        """Say that a row is gone, and offer it back."""
        self.notice.offer(row_id)

    def show_added(self, row_id: str) -> None:
        """Open a row that came, ready for writing."""
        if "notice" in self.__dict__:
            self.notice.hide()
        if row_id in self.cards:
            self.cards[row_id].take_focus()

    def _head(self) -> QVBoxLayout:
        head = QVBoxLayout()
        head.setSpacing(4)
        self._label = question_label(self.context, self.item)
        mark(self._label, role="strong")
        head.addWidget(self._label)
        help_words = self.context.words(self.item, "help")
        if help_words:
            help_line = WrappedWords(help_words)
            mark(help_line, role="help")
            head.addWidget(help_line)
        self._none = QLabel(self.context.texts.get("form_page.row.none"))
        mark(self._none, role="soft")
        head.addWidget(self._none)
        return head

    def _make_foot(self) -> QVBoxLayout:
        self._foot = foot = QVBoxLayout()
        foot.setSpacing(8)
        row = QHBoxLayout()
        self._add = QPushButton(self.context.texts.get("form_page.row.add"))
        self._add.setAccessibleName(
            self.context.texts.get("form_page.row.add_to", label=self.context.label(self.item))
        )
        self._add.clicked.connect(lambda: self.context.presenter.add_row(self.item.link_id))
        row.addWidget(self._add)
        row.addStretch(1)
        foot.addLayout(row)
        return foot

    def _make_sum(self) -> WrappedWords:
        made = WrappedWords()
        made.setAlignment(Qt.AlignmentFlag.AlignRight)
        made.setContentsMargins(0, 0, 12, 0)
        mark(made, role="strong")
        self._foot.insertWidget(self._foot.count() - 1, made)  # above the button
        return made

    def _drop_gone(self) -> None:
        """Let the cards go whose rows are gone, and set the others out in the order of the rows."""
        kept = {row_id: self.cards[row_id] for row_id in self._order if row_id in self.cards}
        if list(kept) == list(self.cards):
            return
        for row_id, card in self.cards.items():
            if row_id not in kept:
                card.hide()
                card.deleteLater()
        for place, card in enumerate(kept.values()):
            self._rows.insertWidget(place, card)
        self.cards = kept
        self.stops_changed.emit()

    @cached_property
    def notice(self) -> Notice:
        """The way back from a removed row; made when the first is removed."""
        made = Notice(self.context, self)
        made.undo.connect(lambda row_id: self.context.presenter.restore_row(self.item.link_id, row_id))
        self._foot.insertWidget(0, made)
        return made

    def _new_card(self, row_id: str) -> RowCard:
        card = RowCard(self.context, self.item, row_id, self)
        card.opened.connect(self._close_others)
        card.removed.connect(lambda gone: self.context.presenter.remove_row(self.item.link_id, gone))
        card.next_asked.connect(self._go_next)
        return card

    def _close_others(self, opened: str) -> None:
        for row_id, card in self.cards.items():
            if opened and row_id != opened:
                card.close_row()
        self.stops_changed.emit()

    def _go_next(self, row_id: str) -> None:
        ids = list(self.cards)
        after = ids.index(row_id) + 1
        if after < len(ids):
            self.cards[ids[after]].take_focus()
        else:
            self.cards[row_id].close_row()
            (self._add if self._add.isVisible() else self.cards[row_id].line).setFocus()


class Notice(QFrame):
    """``Raden är borttagen. Ångra``: stays a while, then makes room."""

    undo = Signal(str)

    def __init__(self, context: FormContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._row_id = ""
        mark(self, ground="accent")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 4, 4)
        row.addWidget(QLabel(context.texts.get("form_page.row.removed")))
        button = QPushButton(context.texts.get("form_page.row.undo"))
        button.setAccessibleName(context.texts.get("form_page.row.undo_name"))
        mark(button, kind="quiet")
        button.clicked.connect(lambda: self.undo.emit(self._row_id))
        row.addWidget(button)
        row.addStretch(1)
        self.setAccessibleName(context.texts.get("form_page.row.removed"))
        self._timer = QTimer(self, singleShot=True, interval=NOTICE_MS)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def offer(self, row_id: str) -> None:
        """Offer the row back for a while."""
        self._row_id = row_id
        self.show()
        self._timer.start()
