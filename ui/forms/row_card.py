"""One row of a table on screen: a line that sums it up, and its fields in place when it is open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.domain.forms import Address, Item, Row
from ui.forms.context import FormContext
from ui.forms.grid import BlockGrid
from ui.presenters.answer_words import RowWords, row_words
from ui.theme import mark
from ui.widgets.words_button import WordsButton
from ui.widgets.wrapped_words import WrappedWords


class RowLine(WordsButton):
    """The closed row: name or answers to the left, the amount to the right. Opens with click, Enter or space."""

    def __init__(self, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, parent)
        self._context = context
        self.name, self.answers = WrappedWords(), WrappedWords()
        self.lack, self.amount, self.warning, self._danger = QLabel(), QLabel(), QLabel(), QLabel()
        for label in (self.name, self.answers, self.lack, self.amount, self.warning):
            label.setTextFormat(Qt.TextFormat.PlainText)
        mark(self.name, role="strong")
        mark(self.warning, role="danger")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.name)
        words.addWidget(self.answers)
        self.row.setContentsMargins(12, 8, 12, 8)
        self.row.setSpacing(12)
        self.row.addLayout(words, 1)
        danger = QHBoxLayout()
        danger.setSpacing(6)
        danger.addWidget(self._danger)
        danger.addWidget(self.warning)
        self.row.addLayout(danger)
        self.row.addWidget(self.lack)
        self.row.addWidget(self.amount)

    def show_words(self, words: RowWords, lack: str, *, is_open: bool) -> None:
        """Show what the row holds; an open row shows its answers in its fields."""
        shown = "" if is_open and words.name else words.answers
        pairs = (
            (self.warning, words.warning),
            (self.name, words.name),
            (self.answers, shown),
            (self.lack, lack),
            (self.amount, words.amount),
        )
        for label, said in pairs:
            label.setText(said)
            label.setVisible(bool(said))
        self._danger.setVisible(bool(words.warning))
        if words.warning:
            self._danger.setPixmap(self._context.theme.pixmap("attention", "danger", 18))
        spoken = ", ".join(said for _label, said in pairs if said)
        self.setAccessibleName(self._context.texts.get("form_page.row.open", row=spoken))


class RowCard(QFrame):
    """A row of a repeat. Only an open row has fields; they are built when it is first opened."""

    opened = Signal(str)
    removed = Signal(str)
    next_asked = Signal(str)

    def __init__(self, context: FormContext, item: Item, row: Row, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.item = item
        self.row_id = row.id
        self.is_open = False
        self._foot: QWidget | None = None
        mark(self, ground="row", open="no")
        self.line = RowLine(context)
        self.line.clicked.connect(self._toggle)
        self.grid = BlockGrid()
        self._body = QWidget()
        self._inner = QVBoxLayout(self._body)
        self._inner.setContentsMargins(12, 4, 12, 12)
        self._inner.setSpacing(8)
        self._inner.addWidget(self.grid)
        self._body.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.line)
        column.addWidget(self._body)
        self.refresh(row, 0)

    def refresh(self, row: Row, lacking: int) -> None:
        """Show the row as it stands now."""
        texts = self.context.texts
        words = row_words(self.item, self.context.shade.row_in_sight(self.item, row), texts)
        lack = texts.get("form_page.row.lack", count=lacking) if lacking else ""
        if words.name and not words.answers and not words.amount and self.item.fixed_rows:
            lack = texts.get("form_page.row.untouched")
        mark(self.line.lack, role="waiting" if lacking else "help")
        self._said = (replace(words, name=words.name or texts.get("form_page.row.empty")), lack)
        self._say_again()
        for block in self.grid.blocks:
            block.refresh()
        if self._foot is not None:
            self._foot.setVisible(not self.is_fixed_text)

    def open(self) -> None:
        """Show the fields."""
        if self.is_open or self.is_fixed_text:
            return
        if not self.grid.blocks:
            self._build()
        self.is_open = True
        self._body.show()
        mark(self, open="yes")
        self.opened.emit(self.row_id)
        self._say_again()

    def close_row(self) -> None:
        """Fold the fields away."""
        if self.is_open:
            focus = self._body.focusWidget()
            if focus is not None and focus.hasFocus():
                self.line.setFocus()  # before it hides, or the caret would jump to another row
            self.is_open = False
            self._body.hide()
            mark(self, open="no")
            self._say_again()

    @property
    def is_fixed_text(self) -> bool:
        """True when nothing in the row can be changed now."""
        return self.item.read_only or self.context.presenter.is_finished

    def stops(self) -> list[QWidget]:
        """Return the line, and the fields of an open row."""
        inner = [stop for block in self.grid.blocks for stop in block.stops()] if self.is_open else []
        return [
            self.line,
            *inner,
            *(self._foot.findChildren(QPushButton) if self._foot and self.is_open else []),
        ]

    def take_focus(self, column: str = "") -> None:
        """Open the row and go to a column, or to the first that can be changed."""
        self.open()
        blocks = [b for b in self.grid.blocks if not b.item.read_only]
        wanted = next((b for b in blocks if b.item.link_id == column), next(iter(blocks), None))
        if wanted is not None:
            wanted.take_focus(wanted.address)
        else:
            self.line.setFocus()

    def _say_again(self) -> None:
        self.line.show_words(*self._said, is_open=self.is_open)

    def _toggle(self) -> None:
        if self.is_open:
            self.close_row()
            self.opened.emit("")
        else:
            self.take_focus()

    def _build(self) -> None:
        addresses = [(c, Address(self.item.link_id, self.row_id, c.link_id)) for c in self.item.columns]
        self.grid.show_blocks([self.context.build(self.context, address, c) for c, address in addresses])
        self._foot = QWidget()
        row = QHBoxLayout(self._foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._button("form_page.row.next", lambda: self.next_asked.emit(self.row_id)))
        row.addStretch(1)
        if self.item.takes_rows:
            row.addWidget(self._button("form_page.row.remove", lambda: self.removed.emit(self.row_id)))
        self._inner.addWidget(self._foot)

    def _button(self, key: str, act: Callable[[], object]) -> QPushButton:
        button = QPushButton(self.context.texts.get(key))
        mark(button, kind="quiet")
        button.setAccessibleName(self.context.texts.get(key))
        button.clicked.connect(act)
        return button
