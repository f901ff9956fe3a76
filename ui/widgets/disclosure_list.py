"""What a paper withholds and what it would still tell, to be read and ticked off before it leaves the house."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.disclosure_check import DisclosureCheck, Hit, HitKind, WithheldField
from ui.desk import Desk
from ui.theme import mark
from ui.widgets.basics import label
from ui.widgets.words_button import WordsButton

LONGEST_WORDS = 160
"""Of a longer answer so many letters are told; the whole stands on the paper beside."""

TICK_WIDTH = 28

ALL_FROM = 3
"""From so many hits on one tick for all of them is offered."""


class DisclosureList(QWidget):
    """Put it beside the preview; ``show_check`` when the recipient or the form changes. Ticks that still hold stay."""

    go_to = Signal(object)
    """The person chose a line: go to the field at this ``Address``."""

    complete = Signal(bool)
    """Whether everything that would go out is ticked, each time that may have changed."""

    def __init__(
        self, desk: Desk, check: DisclosureCheck | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._check: DisclosureCheck | None = None
        self._in_house = False
        self._ticks: dict[str, QCheckBox] = {}
        self._all: QCheckBox | None = None
        self._left = label("", "help")
        mark(self, ground="clear")
        self.setAccessibleName(desk.text("disclosure_check.title"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        desk.discretion.changed.connect(self._follow_discretion)
        self._show_waiting()
        if check is not None:
            self.show_check(check)

    @property
    def ticked(self) -> frozenset[str]:
        """The ids of the hits that are ticked."""
        return frozenset(each for each, box in self._ticks.items() if box.isChecked())

    @property
    def is_complete(self) -> bool:
        """Tell whether the paper may go: it was checked, and every hit is ticked."""
        return self._check is not None and not self._check.not_ticked(self.ticked)

    def wait(self) -> None:
        """Say that the check is under way: until ``show_check`` nothing may go."""
        self._check = None
        self._show_waiting()
        self.complete.emit(False)

    def show_check(self, check: DisclosureCheck, *, in_house: bool = False) -> None:
        """Show what was found. A tick stays while the same words stand in the same place."""
        ticked = self.ticked
        self._check, self._in_house = check, in_house
        self._clear()
        self._show_withheld(check.withheld)
        self._show_hits(check.hits, ticked)
        self._column.addStretch(1)
        self._tell()

    # How it is built

    def _show_waiting(self) -> None:
        self._clear()
        self._column.addWidget(label(self._desk.text("disclosure_check.looking"), "help"))

    def _clear(self) -> None:
        self._ticks, self._all = {}, None
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def _show_withheld(self, fields: Iterable[WithheldField]) -> None:
        by_reason: dict[str, dict[str, WithheldField]] = {}
        for each in fields:
            by_reason.setdefault(each.reason.value, {}).setdefault(each.text_key, each)
        if not by_reason:
            return
        self._heading("withheld")
        for reason, named in by_reason.items():
            self._column.addWidget(label(self._desk.text(f"disclosure_check.reasons.{reason}"), "help"))
            for each in named.values():
                name = self._name_of(each.text_key)
                spoken = self._desk.text("disclosure_check.withheld_go_to", field=name)
                self._column.addWidget(self._link(spoken, (name, ""), each.address))
        self._column.addSpacing(12)

    def _show_hits(self, hits: tuple[Hit, ...], ticked: frozenset[str]) -> None:
        if not hits:
            key = "in_house" if self._in_house else "nothing"
            self._column.addWidget(label(self._desk.text(f"disclosure_check.{key}"), "soft"))
            return
        self._heading("hits")
        for hit in hits:
            self._column.addWidget(self._row(hit, hit.id in ticked))
        if len(hits) >= ALL_FROM:
            self._all = QCheckBox(self._desk.text("disclosure_check.read_all"), self)
            self._all.clicked.connect(self._tick_all)
            self._column.addWidget(self._all)
        self._left = label("", "help")
        self._column.addWidget(self._left)

    def _heading(self, name: str) -> None:
        self._column.addWidget(label(self._desk.text(f"disclosure_check.headings.{name}"), "heading"))

    def _row(self, hit: Hit, ticked: bool) -> QWidget:
        row = QWidget(self)
        mark(row, ground="clear")
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        kind = self._desk.text(f"disclosure_check.kinds.{hit.kind.value}")
        words, told_words = self._told(hit)
        box = QCheckBox(row)
        box.setChecked(ticked)
        box.setAccessibleName(self._desk.text("disclosure_check.tick", kind=kind, words=words))
        box.setFixedWidth(self._desk.theme.px(TICK_WIDTH))
        box.toggled.connect(lambda _on: self._tell())
        self._ticks[hit.id] = box
        line.addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
        name = self._name_of(hit.text_key)
        spoken = self._desk.text("disclosure_check.go_to", field=name, words=words)
        told = f"{kind} · {name}"
        line.addWidget(self._link(spoken, (told_words, told), hit.address), 1)
        return row

    def _link(self, spoken: str, words: tuple[str, str], address: object) -> QWidget:
        button = WordsButton(self._desk.theme, self)
        button.setAccessibleName(spoken)
        button.row.setContentsMargins(4, 4, 8, 4)
        column = QVBoxLayout()
        column.setSpacing(2)
        for text, role in zip(words, ("", "help"), strict=True):
            if text:
                line = label(text, role)
                line.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
                column.addWidget(line)
        button.row.addLayout(column)
        button.clicked.connect(lambda: self.go_to.emit(address))
        return button

    def _told(self, hit: Hit) -> tuple[str, str]:
        """Return the words of a hit to be spoken and to be read; neither in diskret läge when they name somebody."""
        words = _shortened(hit.words) or "–"
        around = _shortened(hit.around) or words
        discretion = self._desk.discretion
        is_name = hit.kind in (HitKind.NAME_IN_TEXT, HitKind.IDENTITY)
        if discretion.is_on and (is_name or discretion.names_somebody(around)):
            words = around = self._desk.text("protection.field.discreet")
        return words, around

    def _name_of(self, text_key: str) -> str:
        return self._desk.text(f"{text_key}.label")

    # What happens in it

    def _follow_discretion(self) -> None:
        if self._check is not None:
            self.show_check(self._check, in_house=self._in_house)

    def _tick_all(self, on: bool) -> None:
        for box in self._ticks.values():
            box.setChecked(on)

    def _tell(self) -> None:
        left = len(self._check.not_ticked(self.ticked)) if self._check is not None else 0
        if self._all is not None:
            self._all.setChecked(left == 0)
        if self._ticks:
            key = "done" if not left else "left_one" if left == 1 else "left"
            self._left.setText(self._desk.text(f"disclosure_check.{key}", count=left))
        self.complete.emit(self.is_complete)


def _shortened(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= LONGEST_WORDS else f"{line[:LONGEST_WORDS].rstrip()}…"
