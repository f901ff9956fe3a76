"""The documents of the case that a note points to: chosen while it is written, opened from where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.services.document_choices import DocumentChoice, choice_words, noted_words
from ui.desk import Desk
from ui.widgets.basics import Button, clear, column, filled_row, row
from ui.widgets.cloak import cloaked, written
from ui.widgets.still_combo import StillCombo

CHOICE_WIDTH, MOST_WIDTH = 420, 640


class NotedDocuments(QWidget):
    """Emits ``chosen`` when a person has added a reference or taken one away."""

    chosen = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._known: dict[str, DocumentChoice] = {}
        self._references: tuple[str, ...] = ()
        text, px = desk.text, desk.theme.px
        self.choice = StillCombo()
        self.add_button = Button(desk, text("form_page.journal.documents.add"), self._add)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(px(4))
        self.choice.setAccessibleName(text("form_page.journal.documents.label"))
        self.choice.setFixedWidth(px(CHOICE_WIDTH))
        self.setMaximumWidth(px(MOST_WIDTH))
        self.setLayout(column(px(4), row(px(8), self.choice, self.add_button), self._lines))
        self.choice.currentIndexChanged.connect(self._show_button)
        for signal in (desk.discretion.changed, desk.discretion.named):
            signal.connect(self._fill)
        self._fill()

    @property
    def references(self) -> tuple[str, ...]:
        """What the note points to now."""
        return self._references

    def show_references(self, references: Sequence[str]) -> None:
        """Show what a note points to."""
        if tuple(references) != self._references:
            self._references = tuple(references)
            self._fill()

    def show_documents(self, documents: Sequence[DocumentChoice]) -> None:
        """Take the documents of the case, which may be pointed to."""
        known = {each.reference: each for each in documents}
        if known != self._known:
            self._known = known
            self._fill()

    def _fill(self) -> None:
        self._fill_choice()
        clear(self._lines)
        words = noted_words(self._references, self._known, self._desk.texts)
        self.setVisible(bool(words or self._known))
        for reference, said in zip(self._references, words, strict=True):
            self._lines.addWidget(self._line(reference, said))

    def _fill_choice(self) -> None:
        text, kept = self._desk.text, self.choice.currentData()
        left = [each for each in self._known.values() if each.reference not in self._references]
        self.choice.clear()
        self.choice.addItem(text("form_page.journal.documents.choose"), "")
        for each in left:
            words = self._desk.discretion.words(choice_words(each, self._desk.texts))
            self.choice.addItem(words, each.reference)
        self.choice.setCurrentIndex(max(0, self.choice.findData(kept)))
        self.choice.setEnabled(bool(left))
        self._show_button()

    def _show_button(self) -> None:
        self.add_button.setEnabled(bool(self.choice.currentData()))

    def _line(self, reference: str, words: str) -> QWidget:
        desk, px = self._desk, self._desk.theme.px
        text = desk.text
        button = Button(
            desk,
            text("form_page.journal.documents.take_away"),
            partial(self._take_away, reference),
            kind="quiet",
        )
        name = text("form_page.journal.documents.take_away_name", document=words)
        cloaked(desk, button, (button.setAccessibleName, name))
        line = QWidget()
        parts = filled_row(px(12), written(desk, words), button)
        parts.setStretch(0, 1)
        line.setLayout(parts)
        return line

    def _add(self) -> None:
        reference = str(self.choice.currentData() or "")
        if reference:
            self._change((*self._references, reference))
            self.choice.setFocus()

    def _take_away(self, reference: str) -> None:
        self._change(tuple(each for each in self._references if each != reference))
        self.choice.setFocus()

    def _change(self, references: tuple[str, ...]) -> None:
        self._references = references
        self._fill()
        self.chosen.emit()


class DocumentLinks(QWidget):
    """The documents a written note points to, each with the button that opens it; emits ``opened``."""

    opened = Signal(str)

    def __init__(self, desk: Desk, documents: Sequence[tuple[str, str, bool]]) -> None:
        super().__init__()
        self._desk = desk
        lines = [self._line(*each) for each in documents]
        self.setLayout(column(desk.theme.px(2), *lines))

    def _line(self, reference: str, words: str, is_there: bool) -> QWidget:
        desk = self._desk
        line = QWidget()
        if not is_there:
            line.setLayout(row(0, written(desk, words, "soft")))
            return line
        button = Button(desk, "", partial(self.opened.emit, reference), kind="link", icon="file")
        name = desk.text("form_page.journal.documents.open_name", document=words)
        cloaked(desk, button, (button.setText, words), (button.setAccessibleName, name))
        line.setLayout(row(0, button))
        return line
