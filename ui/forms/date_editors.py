"""A date, or a date with a time: typed freely, or picked from a calendar that begins its weeks on Monday."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QLocale, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QCalendarWidget, QFrame, QPushButton, QToolButton, QVBoxLayout, QWidget

from desktop_app.domain.texts import Texts
from ui.forms.editor import Question
from ui.forms.text_editors import LineEditor
from ui.theme import mark

DAY_LENGTH = 10
"""Characters in a written date, ``2026-11-22``."""


class CalendarPopup(QFrame):
    """A month to pick a day from. Esc closes it and leaves the field as it was."""

    picked = Signal(str)

    def __init__(self, texts: Texts, today: date, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.calendar = QCalendarWidget()
        self.calendar.setLocale(QLocale(QLocale.Language.Swedish, QLocale.Country.Sweden))
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.ISOWeekNumbers)
        self.calendar.setAccessibleName(texts.get("form_page.date.calendar"))
        self.calendar.activated.connect(self._pick)
        self.calendar.clicked.connect(self._pick)
        now = QPushButton(texts.get("form_page.date.today"))
        now.setAccessibleName(texts.get("form_page.date.today"))
        now.clicked.connect(lambda: self._pick(QDate(today.year, today.month, today.day)))
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self.calendar)
        column.addWidget(now)

    def show_under(self, field: QWidget, day: QDate) -> None:
        """Open under a field, at the day that stands there."""
        if day.isValid():
            self.calendar.setSelectedDate(day)
        self.adjustSize()
        corner = field.mapToGlobal(QPoint(0, field.height() + 2))
        room = field.screen().availableGeometry()
        if corner.y() + self.height() > room.bottom():
            corner = field.mapToGlobal(QPoint(0, -self.height() - 2))
        self.move(min(corner.x(), room.right() - self.width()), corner.y())
        self.show()
        self.calendar.setFocus()

    def _pick(self, day: QDate) -> None:
        self.picked.emit(day.toString(Qt.DateFormat.ISODate))
        self.close()


class DateEditor(LineEditor):
    """A date typed as ÅÅÅÅ-MM-DD, with a calendar beside it (Alt+Down)."""

    columns = 13

    def __init__(self, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(question, parent)
        self.button = QToolButton()
        self.button.setText(question.texts.get("form_page.date.calendar"))
        mark(self.button, role="aside")
        self.button.setAccessibleName(question.texts.get("form_page.date.calendar_for", label=question.label))
        self.button.setToolTip(question.texts.get("form_page.date.calendar_tip"))
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.button.clicked.connect(self.open_calendar)
        self.line.setPlaceholderText(self._shape())
        opener = QShortcut(QKeySequence(Qt.Modifier.ALT | Qt.Key.Key_Down), self.line)
        opener.setContext(Qt.ShortcutContext.WidgetShortcut)
        opener.activated.connect(self.open_calendar)

    def open_calendar(self) -> None:
        """Show the month of the date that stands in the field, or this month."""
        if self.line.isReadOnly():
            return
        popup = CalendarPopup(self.question.texts, self.question.today(), self)
        popup.picked.connect(self._picked)
        popup.show_under(self.line, QDate.fromString(self.line.text()[:DAY_LENGTH], Qt.DateFormat.ISODate))

    def show_hint(self, words: str) -> None:
        """Show words in the empty field; without words the shape of a date."""
        super().show_hint(words or self._shape())

    def set_read_only(self, read_only: bool) -> None:
        """Put the calendar of a date that cannot be changed out of use."""
        super().set_read_only(read_only)
        self.button.setEnabled(not read_only)

    def asides(self) -> list[QWidget]:
        """Return the button that opens the calendar."""
        return [self.button]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave keys that the line did not want to the page."""
        event.ignore()

    def _shape(self) -> str:
        return self.question.texts.get("form_page.date.shape")

    def _picked(self, day: str) -> None:
        self.line.setText(day)
        self.line.setFocus()
        self.edited.emit(self.text())


class DateTimeEditor(DateEditor):
    """A date with a time, ``2026-11-22 14:32``."""

    columns = 19

    def _shape(self) -> str:
        return self.question.texts.get("form_page.date.time_shape")

    def _picked(self, day: str) -> None:
        super()._picked(f"{day} {self.line.text()[DAY_LENGTH + 1 :].strip()}")
