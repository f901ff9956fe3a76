"""One row of a table on screen: a line that sums it up, and its fields in place when it is open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.domain.forms import Address, Item, Row
from ui.forms.context import Block, FormContext
from ui.forms.grid import BlockGrid
from ui.presenters.answer_words import RowWords, row_words
from ui.theme import mark
from ui.widgets.words_button import WordsButton
from ui.widgets.wrapped_words import WrappedWords


class RowLine(WordsButton):
    """The closed row: name or answers to the left, the amount to the right. Opens with click, Enter or space.

    There may be a hundred rows, of which most have little to say: each label is made when it first has words.
    """

    def __init__(self, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, parent)
        self._context = context
        self._words, self._danger = QVBoxLayout(), QHBoxLayout()
        self._words.setSpacing(0)
        self._danger.setSpacing(6)
        self.row.setContentsMargins(12, 8, 12, 8)
        self.row.setSpacing(12)
        self.row.addLayout(self._words, 1)
        self.row.addLayout(self._danger)
        self.parts: dict[str, QLabel] = {}
        """What has had words so far, by name; see ``_make``."""

    def show_words(self, words: RowWords, lack: str, *, lacks: bool, is_open: bool) -> None:
        """Show what the row holds; an open row shows its answers in its fields."""
        shown = "" if is_open and words.name else words.answers
        said = {
            "warning": words.warning,
            "name": words.name,
            "answers": shown,
            "lack": lack,
            "amount": words.amount,
        }
        for part, each in said.items():
            self._say(part, each)
        if lack:
            mark(self.parts["lack"], role="waiting" if lacks else "help")
        spoken = ", ".join(filter(None, said.values()))
        self.setAccessibleName(self._context.texts.get("form_page.row.open", row=spoken))

    def _say(self, part: str, words: str) -> None:
        label = self.parts.get(part)
        if label is None and words:
            label = self.parts[part] = self._make(part)
        if label is not None:
            label.setText(words)
            label.setVisible(bool(words))
            if part == "warning":
                self.parts["danger"].setVisible(bool(words))

    def _make(self, part: str) -> QLabel:
        label = WrappedWords() if part in ("name", "answers") else QLabel(self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        if part == "name":
            mark(label, role="strong")
            self._words.insertWidget(0, label)
        elif part == "answers":
            self._words.addWidget(label)
        elif part == "warning":
            mark(label, role="danger")
            icon = self.parts["danger"] = QLabel(self)
            icon.setPixmap(self._context.theme.pixmap("attention", "danger", 18))
            self._danger.addWidget(icon)
            self._danger.addWidget(label)
        elif part == "lack":
            self.row.insertWidget(2, label)
        else:
            self.row.addWidget(label)
        return label


class RowCard(QFrame):
    """A row of a repeat. Only an open row has fields; they are built when it is first opened."""

    opened = Signal(str)
    removed = Signal(str)
    next_asked = Signal(str)

    def __init__(self, context: FormContext, item: Item, row_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.item = item
        self.row_id = row_id
        self.is_open = False
        self.blocks: list[Block] = []
        """The fields, once the row has been opened."""
        self._body: QWidget | None = None
        self._foot: QWidget | None = None
        self._said: tuple[RowWords, str, bool] = (RowWords("", "", ""), "", False)
        mark(self, ground="row", open="no")
        self.line = RowLine(context, self)
        self.line.clicked.connect(self._toggle)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.line)

    def refresh(self, row: Row, lacking: int) -> None:
        """Show the row as it stands now."""
        texts = self.context.texts
        words = row_words(self.item, self.context.shade.row_in_sight(self.item, row), texts)
        lack = texts.get("form_page.row.lack", count=lacking) if lacking else ""
        if words.name and not words.answers and not words.amount and self.item.fixed_rows:
            lack = texts.get("form_page.row.untouched")
        said = (replace(words, name=words.name or texts.get("form_page.row.empty")), lack, lacking > 0)
        if said != self._said:
            self._said = said
            self._say_again()
        for block in self.blocks:
            block.refresh()
        if self._foot is not None:
            self._foot.setVisible(not self.is_fixed_text)

    def open(self) -> None:
        """Show the fields."""
        if self.is_open or self.is_fixed_text:
            return
        body = self._body or self._build()
        self.is_open = True
        body.show()
        mark(self, open="yes")
        self.opened.emit(self.row_id)
        self._say_again()

    def close_row(self) -> None:
        """Fold the fields away."""
        if self.is_open and self._body is not None:
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
        inner = [stop for block in self.blocks for stop in block.stops()] if self.is_open else []
        return [
            self.line,
            *inner,
            *(self._foot.findChildren(QPushButton) if self._foot and self.is_open else []),
        ]

    def take_focus(self, column: str = "") -> None:
        """Open the row and go to a column, or to the first that can be changed."""
        self.open()
        blocks = [b for b in self.blocks if not b.item.read_only]
        wanted = next((b for b in blocks if b.item.link_id == column), next(iter(blocks), None))
        if wanted is not None:
            wanted.take_focus(wanted.address)
        else:
            self.line.setFocus()

    def _say_again(self) -> None:
        words, lack, lacks = self._said
        self.line.show_words(words, lack, lacks=lacks, is_open=self.is_open)

    def _toggle(self) -> None:
        if self.is_open:
            self.close_row()
            self.opened.emit("")
        else:
            self.take_focus()

    def _build(self) -> QWidget:
        self._body = body = QWidget(self)
        body.hide()
        self._column.addWidget(body)
        inner = QVBoxLayout(body)
        inner.setContentsMargins(12, 4, 12, 12)
        inner.setSpacing(8)
        grid = BlockGrid(body)
        inner.addWidget(grid)
        self.blocks = [
            self.context.build(self.context, Address(self.item.link_id, self.row_id, c.link_id), c, grid)
            for c in self.item.columns
        ]
        grid.show_blocks(self.blocks)
        self._foot = self._make_foot()
        inner.addWidget(self._foot)
        return body

    def _make_foot(self) -> QWidget:
        foot = QWidget(self._body)
        row = QHBoxLayout(foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._button("form_page.row.next", lambda: self.next_asked.emit(self.row_id)))
        row.addStretch(1)
        if self.item.takes_rows:
            row.addWidget(self._button("form_page.row.remove", lambda: self.removed.emit(self.row_id)))
        return foot

    def _button(self, key: str, act: Callable[[], object]) -> QPushButton:
        button = QPushButton(self.context.texts.get(key))
        mark(button, kind="quiet")
        button.setAccessibleName(self.context.texts.get(key))
        button.clicked.connect(act)
        return button
