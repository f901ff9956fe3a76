"""The start page: what needs the caseworker now, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.changes import Kind
from desktop_app.services import cases
from desktop_app.services.cases import CaseMade, Reminder, StartPage
from ui.desk import Desk
from ui.dialogs.new_case import NewCaseDialog
from ui.pages.start_needs import StoreNeeds
from ui.presenters.days import due_words
from ui.widgets.basics import Button, IconLabel, clear, column, filled_row, framed, label
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

    shows = (Kind.CASE, Kind.FACT, Kind.REGISTER, Kind.FORM, Kind.BACKUP, Kind.SETTING)

    def __init__(self, desk: Desk, go: Go) -> None:
        super().__init__(desk, go, desk.text("window.start.title"))
        px = desk.theme.px
        self.new = Button(desk, desk.text("window.start.new_case"), self._ask_new, kind="main", icon="new")
        self.head.addWidget(self.new)
        self.needs = StoreNeeds(desk, go)
        self.body.addWidget(self.needs)
        self._empty = label(desk.text("window.start.no_cases"), "soft")
        self._empty.hide()
        self.body.addWidget(self._empty)
        self._lists: dict[str, QVBoxLayout] = {}
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
        self.desk.run(self, cases.start_page, done=self._show)
        self.needs.reload()

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
        rows = QVBoxLayout()
        rows.setSpacing(0)
        rows.setContentsMargins(0, 0, 0, 0)
        self._lists[name] = rows
        section = QWidget()
        section.setLayout(column(px(8), head, framed(rows, ground="card")))
        return section

    def _show(self, page: StartPage) -> None:
        self._empty.setVisible(page.open_cases == 0)
        for name, _icon, colour in LISTS:
            self._fill(name, colour, getattr(page, name))

    def _fill(self, name: str, colour: str, reminders: Sequence[Reminder]) -> None:
        rows = self._lists[name]
        clear(rows)
        px = self.desk.theme.px
        if not reminders:
            words = label(self.desk.text(f"window.start.no_{name}"), "soft")
            words.setContentsMargins(px(16), px(12), px(16), px(12))
            rows.addWidget(words)
        for number, reminder in enumerate(reminders):
            rows.addWidget(self._row(reminder, colour, first=number == 0))

    def _row(self, reminder: Reminder, colour: str, *, first: bool) -> QWidget:
        text, px = self.desk.text, self.desk.theme.px
        what = text(reminder.text_key, **reminder.params)
        about = label(reminder.code, "help", wraps=False)
        when = due_words(reminder.due, self.desk.clock().date(), self.desk.texts)
        due = label(when, colour if colour == "danger" else "help", wraps=False)
        under = filled_row(px(12), about, due)
        under.addStretch(1)
        open_it = Button(
            self.desk,
            text("window.start.open"),
            lambda: self.go("case", case_id=reminder.case_id, form_id=reminder.form_id),
            name=text("window.start.open_for", code=reminder.code, what=what),
        )
        inner = filled_row(px(16), column(px(2), label(what), under), open_it)
        inner.setStretch(0, 1)
        inner.setAlignment(open_it, Qt.AlignmentFlag.AlignVCenter)
        inner.setContentsMargins(px(16), px(10), px(12), px(10))
        return framed(inner) if first else framed(inner, line="above")

    def _ask_new(self) -> None:
        NewCaseDialog(self.desk, self._open_new, self.window()).open()

    def _open_new(self, moment: datetime | None) -> None:
        self.desk.run(self, cases.new_case, moment, done=self._go_to_new)

    def _go_to_new(self, made: CaseMade) -> None:
        self.go("case", case_id=made.case_id, form_id=None)
