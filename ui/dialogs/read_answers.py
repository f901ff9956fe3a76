"""An answer from a filled-in PDF beside the case: each answer is ticked by whoever works with the case, or left."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QLabel, QScrollArea, QWidget

from desktop_app.domain.forms import Address
from desktop_app.services.answers_from_pdf import FoundAnswer, FoundAnswers
from ui.desk import Desk
from ui.theme import mark
from ui.widgets.after_lock import StaysClosed
from ui.widgets.basics import Button, ScrolledContent, column, filled_row, framed, label
from ui.widgets.fitted_dialog import FittedDialog

WIDTH = 760
MOST_HEIGHT = 350
BESIDE_BOX = 28
"""How far in the words stand below the box that is ticked."""

Taken = Callable[[list[Address], bool], object]
"""Called with the answers that were ticked, and whether the file is to be kept in the case."""


class ReadAnswersDialog(FittedDialog):
    """``seen`` gives what may be shown of the words at an address: in diskret läge, and of a protected person."""

    after_lock = StaysClosed("what was read stands in the file, which lies where it was chosen")

    def __init__(
        self,
        desk: Desk,
        found: FoundAnswers,
        taken: Taken,
        seen: Callable[[FoundAnswer, str], str] = lambda _row, words: words,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, desk.text("read_in.title"), WIDTH, parent)
        self._found = found
        self._taken = taken
        self._seen = seen
        text, px = desk.text, desk.theme.px
        self.boxes: dict[Address, QCheckBox] = {}
        rows = [self._row(row) for row in found.rows if row.differs]
        self.keep = QCheckBox(text("read_in.keep"))
        self.keep.setAccessibleName(self.keep.text())
        self.keep.setChecked(True)
        self.new_button = Button(desk, text("read_in.tick_new"), self._tick_new, kind="quiet")
        if not any(row.is_new and row.readable for row in found.rows):
            self.new_button.hide()
        self.main = Button(desk, "", self.take_over, kind="main")
        self.main.setDefault(True)
        buttons = filled_row(px(8), self.new_button)
        buttons.addStretch(1)
        buttons.addWidget(Button(desk, text("window.cancel"), self.reject))
        buttons.addWidget(self.main)
        self.fill(
            label(text("read_in.title"), "title"),
            *(label(words, role) for words, role in self._told()),
            *([self._list(rows)] if rows else []),
            *(label(words, "help") for words in self._told_of_the_rest()),
            self.keep,
            buttons,
        )
        if rows:
            self._fit_list()
        self._count()

    def take_over(self) -> None:
        """Hand over what is ticked, and close."""
        self.accept()
        self._taken(self.ticked, self.keep.isChecked())

    @property
    def ticked(self) -> list[Address]:
        """The answers that are to be taken over."""
        return [address for address, box in self.boxes.items() if box.isChecked()]

    # How it is built

    def _told(self) -> list[tuple[str, str]]:
        """Return what is said first, each in its role: what this is, and what to look out for."""
        if not any(row.differs for row in self._found.rows):
            return [(self.desk.text("read_in.nothing_new"), "")]
        told = [(self.desk.text("read_in.intro"), "")]
        return [*told, (self.desk.text("read_in.was_blank"), "waiting")] if self._found.was_blank else told

    def _told_of_the_rest(self) -> list[str]:
        text, found = self.desk.text, self._found
        same = [text(row.label_key) for row in found.rows if not row.differs]
        told = [text("read_in.same", labels=", ".join(same))] if same else []
        return [*told, text("read_in.left", count=found.left)] if found.left else told

    def _row(self, row: FoundAnswer) -> QWidget:
        text, px = self.desk.text, self.desk.theme.px
        name = text(row.label_key)
        box = QCheckBox(name)
        standing = self._standing(row)
        box.setAccessibleName(text("read_in.box", label=name, standing=standing))
        mark(box, role="strong")
        box.toggled.connect(lambda _on: self._count())
        self.boxes[row.address] = box
        grid = QGridLayout()
        grid.setContentsMargins(px(BESIDE_BOX), 0, 0, 0)
        grid.setHorizontalSpacing(px(16))
        grid.setVerticalSpacing(px(2))
        for place, (key, words) in enumerate((("in_file", row.found_words), ("in_case", row.case_words))):
            grid.addWidget(label(text(f"read_in.{key}"), "help"), 0, place, Qt.AlignmentFlag.AlignTop)
            shown = label(
                self._seen(row, words) if words else text("read_in.nothing"), "" if words else "soft"
            )
            grid.addWidget(shown, 1, place, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(place, 1)
        head = filled_row(px(8), box)
        head.addStretch(1)
        head.addWidget(_word(standing, "soft" if row.is_new and row.readable else "waiting"))
        return framed(column(px(4), head, grid, margins=(px(12), px(8), px(12), px(10))), ground="card")

    def _standing(self, row: FoundAnswer) -> str:
        key = "unreadable" if not row.readable else "new" if row.is_new else "differs"
        return self.desk.text(f"read_in.standing.{key}")

    def _list(self, rows: list[QWidget]) -> QWidget:
        inner, lines = ScrolledContent(), column(self.desk.theme.px(8), *rows)
        inner.setLayout(lines)
        mark(inner, ground="page")
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        scroll.setAccessibleName(self.desk.text("read_in.title"))
        self._lines, self._scroll = lines, scroll
        return scroll

    def _fit_list(self) -> None:
        """Let the list be as high as its lines; only in the dialog do they have their font."""
        height = self._lines.totalHeightForWidth(self.width() - self.desk.theme.px(72))
        wanted = height if height > 0 else self._lines.totalSizeHint().height()
        self._scroll.setFixedHeight(min(wanted, self.desk.theme.px(MOST_HEIGHT)))

    # What happens in it

    def _tick_new(self) -> None:
        for row in self._found.rows:
            if row.is_new and row.readable:
                self.boxes[row.address].setChecked(True)

    def _count(self) -> None:
        count = len(self.ticked)
        key = {0: "none", 1: "one"}.get(count, "many")
        self.main.set_words(self.desk.text(f"read_in.take.{key}", count=count))
        self.main.setEnabled(count > 0)


def _word(words: str, role: str) -> QLabel:
    return label(words, role, wraps=False)
