"""A paper that opens the store: shown, printed, and proven to be readable by typing some of it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.services.new_files import write_new_file
from ui.desk import Desk
from ui.dialogs.paper_out import ChoosePrinter, chosen_printer, print_pdf
from ui.dialogs.save_copy import SaveCopy
from ui.widgets.basics import Button, column, label, row
from ui.widgets.form_row import FormRow
from ui.widgets.notice import Notice
from ui.widgets.pdf_view import PdfView
from ui.widgets.secret_line import secret_line, wipe

PAPER_HEIGHT = 392
LINE_WIDTH = 150


@dataclass(frozen=True, slots=True)
class Proof:
    """A paper and how it is proven: ``kind`` is sheet or card, ``asked`` counts groups or words from 1."""

    kind: str
    pdf: bytes
    asked: tuple[int, ...]
    met: Callable[[Sequence[str]], bool]


class PaperProof(QWidget):
    """The paper to the left, what to do with it to the right. ``check`` tells whether it was read back right.

    ``below`` is put under the lines to type in: who is to have the paper, where that is asked.
    """

    def __init__(
        self,
        desk: Desk,
        proof: Proof,
        *,
        below: QWidget | None = None,
        choose_printer: ChoosePrinter = chosen_printer,
    ) -> None:
        super().__init__()
        self._desk = desk
        self._proof = proof
        self._choose_printer = choose_printer
        self._copy: SaveCopy | None = None
        px = desk.theme.px
        self.paper = PdfView(self._word("preview"))
        self.paper.setMinimumHeight(px(PAPER_HEIGHT))
        self.paper.show_pdf(proof.pdf)
        self.lines = [secret_line() for _ in proof.asked]
        self._told = Notice(desk)
        self._wrong = Notice(desk)
        both = QHBoxLayout()
        both.setSpacing(px(32))
        both.setContentsMargins(0, 0, 0, 0)
        both.addWidget(self.paper, 1)
        both.addLayout(self._side(below), 1)
        self.setLayout(both)

    @property
    def wrong_words(self) -> str:
        """What is said of what was typed back, empty when nothing is."""
        return "" if self._wrong.isHidden() else self._wrong.words

    def check(self) -> bool:
        """Tell whether the paper was typed back right; what is wrong is said beside it."""
        if self._proof.met([line.text() for line in self.lines]):
            self._wrong.silence()
            return True
        self._wrong.show_words(self._word("wrong"), ground="waiting")
        self.lines[0].setFocus()
        self.lines[0].selectAll()
        return False

    def close_paper(self) -> None:
        """Let go of the paper and of what was typed."""
        self.paper.clear()
        for line in self.lines:
            wipe(line)

    def _word(self, name: str, **params: object) -> str:
        return self._desk.text(f"window.proof.{self._proof.kind}.{name}", **params)

    def _side(self, below: QWidget | None) -> QVBoxLayout:
        px = self._desk.theme.px
        print_it = Button(self._desk, self._desk.text("window.proof.print"), self._print, icon="print")
        save_it = Button(
            self._desk, self._desk.text("window.proof.save"), self._save_as, kind="quiet", icon="file"
        )
        rows = QHBoxLayout()
        rows.setSpacing(px(12))
        for number, line in zip(self._proof.asked, self.lines, strict=True):
            rows.addWidget(FormRow(self._desk, self._word("asked", number=number), line, width=LINE_WIDTH))
        rows.addStretch(1)
        head = label(self._word("check_title"), "heading")
        side = column(
            px(16),
            row(px(8), print_it, save_it),
            self._told,
            column(px(8), head, label(self._word("check_intro"), "soft")),
            rows,
            self._wrong,
        )
        if below is not None:
            side.addWidget(below)
        side.addStretch(1)
        return side

    def _print(self) -> None:
        printer = self._choose_printer(self, self._desk.text("window.proof.job_name"))
        if printer is None:
            return
        taken = print_pdf(self._proof.pdf, printer)
        words = "window.proof.printed" if taken else "window.proof.not_printed"
        self._told.show_words(self._desk.text(words), ground="accent" if taken else "waiting")

    def _save_as(self) -> None:
        name = self._desk.text("window.proof.file_name")
        self._copy = SaveCopy(self._desk.texts, name, self._write, self.window())
        self._copy.open()

    def _write(self, path: Path) -> None:
        self._desk.jobs.background(
            self,
            write_new_file,
            path,
            self._proof.pdf,
            done=lambda _nothing: self._tell_saved(path),
            failed=self._told.show_error,
        )

    def _tell_saved(self, path: Path) -> None:
        if self._copy is not None:
            self._copy.accept()
        place = self._desk.text("window.proof.saved", place=path.parent)
        self._told.show_words(place, self._desk.text("window.proof.save_warning"), ground="waiting")
