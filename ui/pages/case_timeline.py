"""The timeline of a case: everything that has a day, newest first; one looks at some kinds alone, and goes there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from desktop_app.domain.timeline import EntryKind
from desktop_app.services import timeline
from desktop_app.services.timeline import TIMELINE_FORM, TimelineEntry
from ui.forms.flow import FlowLayout
from ui.pages.case_at import CaseAt
from ui.pages.scrolled_thing import ScrolledThing
from ui.presenters.timeline_words import kinds_in, place_in_form, timeline_lines
from ui.theme import mark
from ui.theme.tokens import MARGIN_PAGE
from ui.widgets.basics import Button, column, filled_row, label, row
from ui.widgets.cloak import cloaked, written
from ui.widgets.lasting_rows import LastingRows

MEETINGS_FORM = "F41"
DAY_WIDTH = 128
AHEAD_SHOWN = 3
"""How much of what is to come stands above what has been, until one asks for all of it."""


class TimelineView(ScrolledThing):
    """Builds its lines a few at a time, the newest first."""

    def __init__(self, at: CaseAt) -> None:
        super().__init__()
        self._at = at
        self._entries: tuple[TimelineEntry, ...] = ()
        self._chosen: set[EntryKind] = set()
        self._all_ahead = False
        self._rows: LastingRows[TimelineEntry | str] = LastingRows(self, self._line)
        self._scroll_wanted = 0
        self._buttons: dict[EntryKind, QPushButton] = {}
        self._build()

    # What the page calls

    def open(self) -> None:
        """Fetch the timeline."""
        self._at.desk.run(self, timeline.of_case, self._at.case_id, done=self._take)

    def place(self) -> dict[str, Any]:
        """Return what is chosen to be seen and how far the list is scrolled."""
        chosen = sorted(kind.value for kind in self._chosen)
        return {"kinds": chosen, "scroll": self._scroll.verticalScrollBar().value()}

    def restore(self, kept: dict[str, Any]) -> None:
        """Go back to what ``place`` returned, once the timeline is here."""
        known = {kind.value: kind for kind in EntryKind}
        self._chosen = {known[name] for name in kept.get("kinds") or () if name in known}
        self._scroll_wanted = int(kept.get("scroll") or 0)
        self._show()

    # How it is built

    def _build(self) -> None:
        desk, px = self._at.desk, self._at.desk.theme.px
        text = desk.text
        self.print_button = Button(
            desk, text("form_page.timeline.print"), lambda: self._at.open_form(TIMELINE_FORM), icon="print"
        )
        self.meeting_button = Button(
            desk, text("form_page.timeline.meetings"), lambda: self._at.open_form(MEETINGS_FORM), kind="quiet"
        )
        head = filled_row(px(8), label(text("form_page.timeline.title"), "title", wraps=False))
        head.addStretch(1)
        head.addWidget(self.meeting_button)
        head.addWidget(self.print_button)
        self._filter = QWidget()
        self._filter.setAccessibleName(text("form_page.timeline.filter"))
        self._filter_row = FlowLayout(self._filter, gap=px(4))
        self.all_button = self._chip(text("form_page.timeline.all"))
        self.all_button.clicked.connect(self._choose_all)
        self._filter_row.addWidget(self.all_button)
        self._none = label("", "soft")
        self.ahead_button = Button(desk, "", self._show_all_ahead, kind="quiet")
        inner = column(
            px(12),
            head,
            self._filter,
            self._none,
            row(0, self.ahead_button),
            margins=(px(24), px(12), px(24), px(MARGIN_PAGE)),
        )
        inner.addLayout(self._rows.column)
        self.fill(desk, inner, text("form_page.timeline.title"))

    def _chip(self, words: str) -> QPushButton:
        chip = QPushButton(words)
        chip.setCheckable(True)
        chip.setAccessibleName(words)
        mark(chip, kind="quiet")
        return chip

    # What is shown

    def _take(self, entries: Sequence[TimelineEntry]) -> None:
        if tuple(entries) == self._entries and self._rows.column.count():
            return
        self._scroll_wanted = self._scroll_wanted or self._scroll.verticalScrollBar().value()
        self._entries = tuple(entries)
        self._show()

    def _show(self) -> None:
        self._show_filter()
        texts = self._at.desk.texts
        most = None if self._all_ahead else AHEAD_SHOWN
        lines = timeline_lines(self._entries, self._chosen, texts, most_ahead=most)
        hidden = len(timeline_lines(self._entries, self._chosen, texts)) - len(lines)
        self.ahead_button.setText(texts.get("form_page.timeline.more_ahead", count=hidden))
        self.ahead_button.setAccessibleName(self.ahead_button.text())
        self.ahead_button.setVisible(hidden > 0)
        key = "none_chosen" if self._entries else "none"
        self._none.setText(texts.get(f"form_page.timeline.{key}"))
        self._none.setVisible(not lines)
        parts = [part for line in lines for part in (line.heading, line.entry) if part]
        self._rows.show(parts, then=self._scroll_back)

    def _show_filter(self) -> None:
        present = kinds_in(self._entries)
        for kind in [kind for kind in self._buttons if kind not in present]:
            self._buttons.pop(kind).deleteLater()
        for kind in present:
            if kind not in self._buttons:
                chip = self._chip(self._at.desk.text(f"tables.timeline_kinds.{kind.value}"))
                chip.clicked.connect(lambda _checked, kind=kind: self._choose(kind))
                self._buttons[kind] = chip
                self._filter_row.addWidget(chip)
            self._buttons[kind].setChecked(kind in self._chosen)
        self.all_button.setChecked(not self._chosen)

    def _choose(self, kind: EntryKind) -> None:
        self._chosen ^= {kind}
        self._show()

    def _show_all_ahead(self) -> None:
        self._all_ahead = True
        self._show()

    def _choose_all(self) -> None:
        self._chosen.clear()
        self._show()

    def _scroll_back(self) -> None:
        if self._scroll_wanted:
            wanted, self._scroll_wanted = self._scroll_wanted, 0
            QTimer.singleShot(0, self, lambda: self._scroll.verticalScrollBar().setValue(wanted))

    def _line(self, part: TimelineEntry | str) -> QWidget:
        if not isinstance(part, str):
            return self._row(part)
        px = self._at.desk.theme.px
        heading = label(part, "strong", wraps=False)
        heading.setContentsMargins(0, px(16), 0, px(4))
        return heading

    def _row(self, entry: TimelineEntry) -> QFrame:
        desk, px = self._at.desk, self._at.desk.theme.px
        when = label(entry.when, "help", wraps=False)
        when.setFixedWidth(px(DAY_WIDTH))
        kind = label(desk.text(f"tables.timeline_kinds.{entry.kind.value}"), "help", wraps=False)
        words = column(px(2), written(desk, entry.title))
        if entry.words:
            words.addWidget(written(desk, entry.words, "soft"))
        if entry.refers:
            words.addWidget(written(desk, entry.refers, "help"))
        words.addWidget(kind)
        parts = filled_row(px(12), when, words)
        parts.setStretch(1, 1)
        parts.setAlignment(when, Qt.AlignmentFlag.AlignTop)
        if entry.target.form_id or entry.target.thing:
            go = Button(desk, desk.text("form_page.timeline.go"), lambda: self._go(entry), kind="quiet")
            name = desk.text("form_page.timeline.go_name", title=entry.title, when=entry.when)
            cloaked(desk, go, (go.setAccessibleName, name))
            parts.addWidget(go, 0, Qt.AlignmentFlag.AlignTop)
        parts.setContentsMargins(0, px(8), 0, px(8))
        frame = QFrame()
        frame.setLayout(parts)
        mark(frame, line="below")
        return frame

    def _go(self, entry: TimelineEntry) -> None:
        target = entry.target
        words: dict[str, Any] = {"thing": target.thing, "ref": target.ref}
        if target.form_id:
            words = {"form_id": target.form_id, "at": place_in_form(self._at.desk.library, target)}
        self._at.go("case", case_id=self._at.case_id, **words)
