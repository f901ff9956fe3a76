"""Deadlines of all cases by day: a month or a week, and beside it what is due on the day one stands on."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QDialog, QWidget

from desktop_app.domain.changes import Kind
from desktop_app.domain.deadlines import day_of
from desktop_app.services import deadlines
from desktop_app.services.deadlines import Calendar
from ui.desk import Desk
from ui.dialogs.calendar_out import CalendarOutDialog
from ui.pages.deadline_acts import DeadlineActs
from ui.pages.deadline_rows import DeadlineRows
from ui.presenters.deadline_words import day_heading, month_of, month_words, months_on, weeks_of
from ui.widgets.basics import Button, column, filled_row, label
from ui.widgets.calendar_view import CalendarView
from ui.widgets.page import Go, Page

MOST_WIDTH = 1_280
WIDE_ENOUGH = 860
WEEK = timedelta(days=7)


class DeadlinesPage(Page):
    """Opens on today, as a month."""

    shows = (Kind.CASE, Kind.FACT, Kind.REGISTER, Kind.FORM, Kind.DEADLINE, Kind.SETTING)

    def __init__(self, desk: Desk, go: Go) -> None:
        super().__init__(desk, go, desk.text("window.deadlines.title"), most_width=MOST_WIDTH)
        self._day = desk.clock().date()
        self._by_week = False
        self._found = Calendar((), {})
        self._acts = DeadlineActs(desk, self)
        text = desk.text
        self.head.addWidget(
            Button(desk, text("window.deadlines.own"), lambda: self._acts.add_own(None), icon="new")
        )
        self.head.addWidget(Button(desk, text("window.deadlines.rules"), lambda: go("deadlines_rules")))
        self.head.addWidget(Button(desk, text("window.deadlines.export"), self.ask_export, icon="calendar"))
        self.calendar = CalendarView(desk)
        self.calendar.chosen.connect(self._stand_on)
        self.calendar.turn.connect(self._turn)
        self.calendar.entered.connect(lambda _day: self._go_into_list())
        self.first = self.calendar
        self._build()
        self.reload()

    # What the frame calls

    def place(self) -> object:
        """Return the day one stands on, and how it is shown."""
        return {"day": self._day.isoformat(), "week": self._by_week, "scroll": super().place()}

    def restore_place(self, place: object) -> None:
        """Go back to a day."""
        if isinstance(place, dict):
            self._by_week = bool(place.get("week"))
            self._day = date.fromisoformat(str(place.get("day")))
            super().restore_place(place.get("scroll"))
            self.reload()

    def reopen(self, name: str, words: dict[str, Any]) -> QDialog | None:
        """Open a dialog again after a lock."""
        if name == CalendarOutDialog.after_lock.name:
            return self.ask_export()
        return self._acts.reopen(name, words)

    def reload(self) -> None:
        """Fetch what is due in the weeks that are shown."""
        first, last = self._span()
        start = first - timedelta(days=first.weekday())
        self.desk.run(self, deadlines.calendar, start, last + WEEK, done=self._show)

    def ask_export(self) -> QDialog:
        """Show what a calendar file would hold before it leaves."""
        dialog = CalendarOutDialog(self.desk, self.window())
        dialog.open()
        return dialog

    # How it is built

    def _build(self) -> None:
        px = self.desk.theme.px
        self._over = label("", "heading", wraps=False)
        left = column(px(8), self._bar(), self.calendar, self._legend())
        left.addStretch(1)
        self._day_title = label("", "heading")
        self.rows = DeadlineRows(
            self.desk, self.go, self._acts, self.desk.text("window.deadlines.none_that_day")
        )
        right = column(px(8), self._day_title, self.rows)
        right.addStretch(1)
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._halves.setSpacing(px(24))
        self._halves.addLayout(left, 2)
        self._halves.addLayout(right, 1)
        self.body.addLayout(self._halves, 1)

    def _bar(self) -> QWidget:
        desk, px, text = self.desk, self.desk.theme.px, self.desk.text
        self.back = Button(desk, text("window.deadlines.before"), lambda: self._turn(-1, None), kind="quiet")
        self.forward = Button(desk, text("window.deadlines.after"), lambda: self._turn(1, None), kind="quiet")
        self.today = Button(desk, text("window.deadlines.to_today"), self._go_to_today, kind="quiet")
        self.month = Button(
            desk, text("window.deadlines.as_month"), lambda: self._show_by(False), kind="quiet"
        )
        self.week = Button(desk, text("window.deadlines.as_week"), lambda: self._show_by(True), kind="quiet")
        for button in (self.month, self.week):
            button.setCheckable(True)
        line = filled_row(px(4), self._over)
        line.addStretch(1)
        for button in (self.back, self.today, self.forward, self.month, self.week):
            line.addWidget(button)
        bar = QWidget()
        bar.setLayout(line)
        return bar

    def _legend(self) -> QWidget:
        return label(self.desk.text("window.deadlines.legend"), "help")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the list under the calendar where there is no room beside it."""
        super().resizeEvent(event)
        wide = self.width() >= self.desk.theme.px(WIDE_ENOUGH)
        self._halves.setDirection(
            QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        )

    # Moving about

    def _span(self) -> tuple[date, date]:
        if self._by_week:
            first = self._day - timedelta(days=self._day.weekday())
            return first, first + timedelta(days=6)
        return month_of(self._day)

    def _turn(self, steps: int, day: date | None) -> None:
        if day is None:
            day = self._day + steps * WEEK if self._by_week else months_on(self._day, steps)
        self._day = day
        self._show_weeks()
        self.reload()

    def _go_to_today(self) -> None:
        self._turn(0, self.desk.clock().date())
        self.calendar.setFocus()

    def _show_by(self, week: bool) -> None:
        self._by_week = week
        self._turn(0, self._day)

    def _stand_on(self, day: date) -> None:
        self._day = day
        self._show_day()

    def _go_into_list(self) -> None:
        if self.rows.buttons:
            self.rows.buttons[0].setFocus()

    # What is shown

    def _show(self, found: Calendar) -> None:
        self._found = found
        self._show_weeks()

    def _show_weeks(self) -> None:
        first, last = self._span()
        texts = self.desk.texts
        self._over.setText(month_words(self._day, texts))
        self.month.setChecked(not self._by_week)
        self.week.setChecked(self._by_week)
        weeks = weeks_of(first, last, self._found, self.desk.clock().date(), texts)
        self.calendar.show_weeks(weeks, self._day)
        self._show_day()

    def _show_day(self) -> None:
        mark = self._found.marks.get(self._day)
        self._day_title.setText(day_heading(self._day, mark.name if mark else "", self.desk.texts))
        self.rows.show_rows([view for view in self._found.rows if day_of(view.due) == self._day])
