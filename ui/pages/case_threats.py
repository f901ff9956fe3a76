"""The threat as the police judge it, each time side by side; what changed, and the fear the person feels beside it."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout

from desktop_app.domain.forms import Item
from desktop_app.domain.threats import THREAT_FORM
from desktop_app.services import threats
from desktop_app.services.threats import ThreatHistory
from ui.pages.case_at import CaseAt
from ui.pages.scrolled_thing import ScrolledThing
from ui.presenters.threat_words import ThreatCell, ThreatWords, hidden_or_not, threat_words
from ui.theme import mark
from ui.theme.tokens import MARGIN_PAGE
from ui.widgets.basics import Button, clear, column, framed, label, row

REGISTER_FORM = "F46"
ASPECT_WIDTH = 160
LEAST_WIDTH = 120


class ThreatsView(ScrolledThing):
    """Read here; asked for in F04, written in F04 or in the form of the register."""

    most_width = 980

    def __init__(self, at: CaseAt) -> None:
        super().__init__()
        self._at = at
        self._history: ThreatHistory | None = None
        self._build()
        at.desk.discretion.changed.connect(self._show_again)
        at.desk.discretion.named.connect(self._show_again)

    # What the page calls

    def open(self) -> None:
        """Fetch the assessments."""
        self._at.desk.run(self, threats.history, self._at.case_id, done=self._show)

    # How it is built

    def _build(self) -> None:
        desk, px = self._at.desk, self._at.desk.theme.px
        request = Button(
            desk, desk.text("window.threats.request"), lambda: self._at.open_form(THREAT_FORM), kind="main"
        )
        edit = Button(desk, desk.text("window.threats.edit"), lambda: self._at.open_form(REGISTER_FORM))
        self._parts = QVBoxLayout()
        self._parts.setSpacing(px(16))
        inner = column(
            px(12),
            column(
                px(2),
                label(desk.text("window.threats.title"), "title"),
                label(desk.text("window.threats.intro"), "soft"),
            ),
            row(px(8), request, edit),
            self._parts,
            margins=(px(24), px(12), px(24), px(MARGIN_PAGE)),
        )
        self.fill(desk, inner, desk.text("window.threats.title"))

    # What is shown

    def _show(self, history: ThreatHistory) -> None:
        if history != self._history:
            self._history = history
            self._show_again()

    def _show_again(self) -> None:
        history = self._history
        if history is None:
            return
        desk = self._at.desk
        words = threat_words(history, desk.texts, self._cover)
        clear(self._parts)
        marked = {mark for each in history.assessments for mark in each.marks}
        self._parts.addWidget(self._told("standing", history.standing, marked))
        if history.fear:
            self._parts.addWidget(self._told("felt", (history.fear,)))
        if not words.heads:
            self._parts.addWidget(label(desk.text("window.threats.none"), "soft"))
            return
        if len(words.heads) > 1:
            changes = words.changes or (desk.text("window.threats.changes.none"),)
            self._parts.addWidget(self._told("changes.title", changes))
        self._parts.addWidget(self._table(words))
        if words.older:
            self._parts.addWidget(label(desk.text("window.threats.older", count=words.older), "help"))

    def _cover(self, item: Item, words: str) -> str:
        discretion = self._at.desk.discretion
        hides = self._history is not None and discretion.hides(self._history.protection)
        hidden = self._at.desk.text("protection.field.hidden")
        return hidden_or_not(item, discretion.words(words), hides=hides, hidden=hidden)

    def _told(self, key: str, sentences: tuple[str, ...], marked: Collection[str] = ()) -> QFrame:
        px = self._at.desk.theme.px
        title = self._at.desk.text(f"window.threats.{key}")
        covered = self._at.desk.discretion.words
        said = [label(covered(each), "waiting" if each in marked else "") for each in sentences]
        frame = framed(column(px(4), label(title, "strong"), *said, margins=(px(12), px(8), px(12), px(8))))
        mark(frame, ground="card")
        frame.setAccessibleName(f"{title}: {' '.join(each.text() for each in said)}")
        return frame

    def _table(self, words: ThreatWords) -> QFrame:
        desk, px = self._at.desk, self._at.desk.theme.px
        grid = QGridLayout()
        grid.setContentsMargins(0, px(4), 0, px(4))
        grid.setHorizontalSpacing(px(16))
        grid.setVerticalSpacing(px(8))
        grid.setColumnMinimumWidth(0, px(ASPECT_WIDTH))
        for place, head in enumerate(words.heads, start=1):
            grid.addWidget(label(head, "strong"), 0, place, Qt.AlignmentFlag.AlignTop)
            grid.setColumnMinimumWidth(place, px(LEAST_WIDTH))
            grid.setColumnStretch(place, 1)
        for line, each in enumerate(words.rows, start=1):
            grid.addWidget(label(each.aspect, "soft"), line, 0, Qt.AlignmentFlag.AlignTop)
            for place, cell in enumerate(each.cells, start=1):
                grid.addWidget(self._cell(each.aspect, cell), line, place, Qt.AlignmentFlag.AlignTop)
        frame = framed(grid)
        frame.setAccessibleName(desk.text("window.threats.title"))
        return frame

    def _cell(self, aspect: str, cell: ThreatCell) -> QLabel:
        desk = self._at.desk
        if not cell.changed:
            return label(cell.words)
        shown = label(f"{cell.words}  ● {desk.text('window.threats.changed')}", "strong")
        shown.setAccessibleName(
            desk.text("window.threats.changed_name", aspect=aspect, now=cell.words, before=cell.before)
        )
        return shown
