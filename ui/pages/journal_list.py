"""The notes of a journal, the latest event first, each with its addenda under it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QWidget

from ui.desk import Desk
from ui.presenters.journal_words import NoteLine
from ui.widgets.basics import Button, column, framed, label, row
from ui.widgets.cloak import written, written_for_copying
from ui.widgets.lasting_rows import LastingRows
from ui.widgets.noted_documents import DocumentLinks

INDENT = 24


class JournalList(QWidget):
    """Emits what is asked of a note: ``act`` with the act's name and the line."""

    act = Signal(str, object)

    opened = Signal(str)
    """A document that a note points to was asked for: the reference to it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._lines: tuple[NoteLine, ...] | None = None
        self._blocks: dict[str, QFrame] = {}
        self._none = label(desk.text("form_page.journal.none"), "soft")
        self._none.hide()
        self._rows = LastingRows(self, self._block, self._forget)
        self.setLayout(column(0, self._none, self._rows.column))

    def show_lines(self, lines: Sequence[NoteLine]) -> None:
        """Show the notes, or a sentence when there are none."""
        if tuple(lines) == self._lines:
            return
        self._lines = tuple(lines)
        read = self._note_with_focus()
        self._none.setVisible(not lines)
        self._rows.show(self._lines)
        if read:
            self._rows.finish()
            if self._note_with_focus() != read:
                self.focus_words(read)

    def focus_words(self, note_id: str) -> QFrame | None:
        """Give the words of a note the caret; return where it stands, ``None`` when it is not in the list."""
        block = self.block(note_id)
        for part in block.findChildren(QLabel) if block is not None else ():
            if part.focusPolicy() & Qt.FocusPolicy.ClickFocus:  # the words of the note
                part.setFocus()
                break
        return block

    def _note_with_focus(self) -> str:
        at = QApplication.focusWidget()
        inside = (note_id for note_id, block in self._blocks.items() if at and block.isAncestorOf(at))
        return next(inside, "")

    def block(self, note_id: str) -> QFrame | None:
        """Return where a note or an addendum stands; ``None`` when it is not in the list."""
        if note_id not in self._blocks:
            self._rows.finish()
        return self._blocks.get(note_id)

    def _forget(self, row: QWidget) -> None:
        gone = [name for name, block in self._blocks.items() if block is row or row.isAncestorOf(block)]
        for name in gone:
            del self._blocks[name]

    def _block(self, line: NoteLine, *, left: int = 0) -> QFrame:
        px = self._desk.theme.px
        body = written_for_copying(self._desk, line.body)
        body.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        body.setAccessibleName(line.title)
        button = Button(
            self._desk,
            self._desk.text(f"form_page.journal.{line.act}"),
            lambda: self.act.emit(line.act, line),
            kind="quiet",
            name=self._desk.text(f"form_page.journal.{line.act}_name", title=line.title),
        )
        inner = column(
            px(4),
            label(line.title, "strong"),
            written(self._desk, line.about, "help"),
            body,
            *self._documents(line),
            row(px(16), label(line.standing, "help", wraps=False), button),
            margins=(px(left), px(12 if not left else 8), 0, px(8)),
        )
        for addendum in line.addenda:
            inner.addWidget(self._block(addendum, left=INDENT))
        frame = self._blocks[line.note.id] = framed(inner, line="" if left else "below")
        return frame

    def _documents(self, line: NoteLine) -> list[DocumentLinks]:
        if not line.documents:
            return []
        links = DocumentLinks(self._desk, line.documents)
        links.opened.connect(self.opened)
        return [links]
