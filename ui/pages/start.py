"""The start page: what needs the caseworker now, and nothing else."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QDialog, QVBoxLayout, QWidget

from desktop_app.domain.changes import Kind
from desktop_app.services import deadlines
from desktop_app.services.deadlines import StartLists
from ui.desk import Desk
from ui.dialogs.new_case import NewCaseDialog
from ui.dialogs.take_call import TakeCallDialog
from ui.pages.deadline_acts import DeadlineActs
from ui.pages.deadline_rows import DeadlineRows
from ui.pages.start_needs import StoreNeeds
from ui.presenters.new_case import TieWish
from ui.widgets.basics import Button, IconLabel, column, filled_row, label
from ui.widgets.law_banner import LawBanner
from ui.widgets.page import Go, Page

WIDE_ENOUGH = 700
"""Width of the page from which the lists stand beside each other."""

LISTS = (
    ("overdue", "late", "danger"),
    ("today", "clock", "accent"),
    ("week", "calendar", "ink_soft"),
    ("waiting", "waiting", "waiting"),
)


class StartPageView(Page):
    """Four short lists. Each row says what, which case and when, and has one button."""

    shows = (Kind.CASE, Kind.FACT, Kind.REGISTER, Kind.FORM, Kind.DEADLINE, Kind.BACKUP, Kind.SETTING)

    def __init__(self, desk: Desk, go: Go) -> None:
        super().__init__(desk, go, desk.text("window.start.title"))
        px = desk.theme.px
        self.new = Button(desk, desk.text("window.start.new_case"), self._ask_new, kind="main", icon="new")
        self.call = Button(desk, desk.text("window.call.take"), self.take_call, icon="phone")
        self.head.addWidget(self.call)
        self.head.addWidget(self.new)
        self.needs = StoreNeeds(desk, go)
        self.body.addWidget(self.needs)
        self.law = LawBanner(desk, go)
        self.body.addWidget(self.law)
        self._empty = label(desk.text("window.start.no_cases"), "soft")
        self._empty.hide()
        self.body.addWidget(self._empty)
        self._acts = DeadlineActs(desk, self)
        self.lists: dict[str, DeadlineRows] = {}
        main, side = QVBoxLayout(), QVBoxLayout()
        for box in (main, side):
            box.setSpacing(px(24))
        for name, icon, colour in LISTS:
            (side if name == "waiting" else main).addWidget(self._section(name, icon, colour))
        main.addStretch(1)
        side.addStretch(1)
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._halves.setSpacing(px(32))
        self._halves.addLayout(main, 3)
        self._halves.addLayout(side, 2)
        self.body.addLayout(self._halves, 1)
        self.reload()

    def reload(self) -> None:
        """Fetch the lists anew."""
        self.desk.run(self, deadlines.start_lists, done=self._show)
        self.needs.reload()
        self.law.reload()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put what waits under the rest where there is no room beside it."""
        super().resizeEvent(event)
        wide = self.width() >= self.desk.theme.px(WIDE_ENOUGH)
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self._halves.setDirection(direction)

    def _section(self, name: str, icon: str, colour: str) -> QWidget:
        px = self.desk.theme.px
        title = label(self.desk.text(f"window.start.{name}"), "heading", wraps=False)
        head = filled_row(px(8), IconLabel(self.desk, icon, colour), title)
        head.setStretch(1, 1)
        none = self.desk.text(f"window.start.no_{name}")
        tone = "danger" if colour == "danger" else "help"
        self.lists[name] = DeadlineRows(self.desk, self.go, self._acts, none, tone)
        self.lists[name].made.connect(self._chain_stops)
        section = QWidget()
        section.setLayout(column(px(8), head, self.lists[name]))
        return section

    def _chain_stops(self) -> None:
        """Let Tab go list by list: their rows are made by turns."""
        stops = [stop for rows in self.lists.values() for stop in rows.stops()]
        for first, second in pairwise(stops):
            QWidget.setTabOrder(first, second)

    def _show(self, found: StartLists) -> None:
        self._empty.setVisible(found.cases == 0)
        for name, rows in self.lists.items():
            listed = getattr(found, name)
            rows.show_rows(listed.rows, listed.more)

    def reopen(self, name: str, words: dict[str, Any]) -> QDialog | None:
        """Open a dialog again after a lock."""
        if name == TakeCallDialog.after_lock.name:
            return self.take_call(words)
        if name == NewCaseDialog.after_lock.name:
            return self._ask_new(TieWish.from_json(words.get("tie")))
        return self._acts.reopen(name, words)

    def take_call(self, kept: dict[str, Any] | None = None) -> QDialog:
        """Take a call: a few fields, all kept as they are typed."""
        dialog = TakeCallDialog(self.desk, self.go, self.window(), kept=kept)
        dialog.open()
        return dialog

    def _ask_new(self, tie: TieWish | None = None) -> QDialog:
        dialog = NewCaseDialog(self.desk, self.go, self.window(), tie=tie)
        dialog.open()
        return dialog
