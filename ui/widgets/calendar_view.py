"""A month or a week as whole weeks of days: one moves with the arrows, turns with Page Up and Page Down.

Red days and eves are told by a word and a shape (a filled and a hollow diamond) besides the colour. What stands on a
day is case codes and the mark of protected identity: no names, no words of what is to be done.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop_app.domain.red_days import DayKind
from ui.desk import Desk
from ui.presenters.deadline_words import FREE, WEEK, DayCell
from ui.presenters.protection_words import mark_words
from ui.theme.tokens import SIZE_HELP

CELL_ROLE = Qt.ItemDataRole.UserRole
ALL_WEEKS = 426
"""Height of a whole month, however many weeks it touches."""

WEEK_HEIGHT = 300
MARGIN = 4
HEAD = 22
LINE = 18
SIGN = 9
SHIELD = 13
CODE = 12
"""Size of a case code: with a shield before it the whole of it must fit a seventh of a small window."""
Index = QModelIndex | QPersistentModelIndex


class CalendarDays(QAbstractTableModel):
    """Weeks as rows, days as columns."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.weeks: tuple[tuple[DayCell, ...], ...] = ()

    def show_weeks(self, weeks: tuple[tuple[DayCell, ...], ...]) -> None:
        """Show other weeks."""
        self.beginResetModel()
        self.weeks = weeks
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Return how many weeks there are."""
        return 0 if parent.isValid() else len(self.weeks)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """Return seven."""
        return 0 if parent.isValid() else WEEK

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the day, or what a screen reader says of it."""
        cell = self.weeks[index.row()][index.column()]
        if role == CELL_ROLE:
            return cell
        if role == Qt.ItemDataRole.DisplayRole:
            return str(cell.day.day)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return cell.spoken
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the weekdays, and the number of each week."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return self._desk.text(f"window.deadlines.weekday_short.{section}")
        return self._desk.text(
            "window.deadlines.week_short", week=self.weeks[section][0].day.isocalendar().week
        )


class _DayPainter(QStyledItemDelegate):
    """Draws one day."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw ground, number, mark of the day, and the codes that have room."""
        cell = index.data(CELL_ROLE)
        theme = self._desk.theme
        state, rect = _state(option), QRect(_rect(option))
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        ground = "accent_soft" if chosen else ("surface" if cell.is_inside else "sunken")
        painter.fillRect(rect, theme.color(ground))
        painter.setPen(QPen(theme.color("line")))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        inner = rect.adjusted(theme.px(MARGIN), theme.px(4), -theme.px(MARGIN), -theme.px(4))
        self._head(painter, cell, inner)
        self._lines(painter, cell, inner)
        if bool(state & QStyle.StateFlag.State_HasFocus):
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        painter.restore()

    def _head(self, painter: QPainter, cell: DayCell, inner: QRect) -> None:
        theme = self._desk.theme
        colour = self._colour(cell)
        painter.setFont(theme.font(strong=cell.is_today))
        painter.setPen(colour)
        number = str(cell.day.day)
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop), number)
        width = painter.fontMetrics().horizontalAdvance(number)
        if cell.is_today:
            base = inner.top() + painter.fontMetrics().height()
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.drawLine(inner.left(), base, inner.left() + width, base)
        if cell.name:
            self._name(painter, cell, inner.adjusted(0, theme.px(HEAD), 0, 0))

    def _name(self, painter: QPainter, cell: DayCell, room: QRect) -> None:
        theme, colour = self._desk.theme, self._colour(cell)
        side, height = theme.px(SIGN), theme.px(LINE)
        box = QRect(room.left(), room.top() + (height - side) // 2, side, side)
        _diamond(painter, box, colour, filled=cell.kind is DayKind.RED)
        painter.setFont(theme.font(SIZE_HELP))
        painter.setPen(colour)
        line = QRect(room.left(), room.top(), room.width(), height).adjusted(side + theme.px(4), 0, 0, 0)
        _write(painter, line, cell.name, Qt.TextElideMode.ElideRight)

    def _colour(self, cell: DayCell) -> QColor:
        theme = self._desk.theme
        if not cell.is_inside:
            return theme.color("ink_soft")
        return theme.color(
            "red_day" if cell.kind in FREE else "waiting" if cell.kind is DayKind.EVE else "ink"
        )

    def _lines(self, painter: QPainter, cell: DayCell, inner: QRect) -> None:
        theme = self._desk.theme
        height = theme.px(LINE)
        line = QRect(inner.left(), inner.top() + theme.px(HEAD), inner.width(), height)
        if cell.name:
            line.translate(0, height)
        room = max(1, (inner.bottom() + 1 - line.top()) // height)
        shown = cell.lines if len(cell.lines) <= room else cell.lines[: room - 1]
        painter.setFont(theme.font(CODE))
        for code, protection in shown:
            painter.setPen(theme.color("ink"))
            beside = QRect(line)
            mark = mark_words(protection, self._desk.texts)
            if mark is not None:
                side = theme.px(SHIELD)
                icon = theme.pixmap(mark.icon, mark.tone, SHIELD)
                painter.drawPixmap(line.left(), line.top() + (height - side) // 2, icon)
                beside.setLeft(line.left() + side + theme.px(2))
            _write(painter, beside, code, Qt.TextElideMode.ElideLeft)
            line.translate(0, height)
        hidden = len(cell.lines) - len(shown)
        if hidden:
            painter.setPen(theme.color("ink_soft"))
            words = self._desk.text("window.deadlines.more_here", count=hidden)
            _write(painter, line, words, Qt.TextElideMode.ElideRight)


def _write(painter: QPainter, line: QRect, words: str, elide: Qt.TextElideMode) -> None:
    fitted = painter.fontMetrics().elidedText(words, elide, line.width())
    painter.drawText(line, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), fitted)


def _state(option: QStyleOptionViewItem) -> QStyle.StateFlag:
    return option.state  # pyright: ignore[reportAttributeAccessIssue]


def _rect(option: QStyleOptionViewItem) -> QRect:
    return option.rect  # pyright: ignore[reportAttributeAccessIssue]


def _diamond(painter: QPainter, box: QRect, colour: QColor, *, filled: bool) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 1.5))
    painter.translate(box.center())
    painter.rotate(45)
    side = round(box.width() * 0.7)
    square = QRect(-side // 2, -side // 2, side, side)
    painter.fillRect(square, colour) if filled else painter.drawRect(square)
    painter.restore()


class CalendarView(QTableView):
    """``chosen`` tells the day one stands on; ``turn`` asks for another month or week; ``entered`` is Enter."""

    chosen = Signal(object)
    turn = Signal(int, object)
    """How many months or weeks on, and the day to stand on there (``None`` for the same day)."""
    entered = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.days = CalendarDays(desk)
        self.setModel(self.days)
        self.setItemDelegate(_DayPainter(desk, self))
        self.setAccessibleName(desk.text("window.deadlines.calendar"))
        self.setAccessibleDescription(desk.text("window.deadlines.calendar_help"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setCornerButtonEnabled(False)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setHighlightSections(False)
            header.setSectionsClickable(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.doubleClicked.connect(lambda index: self.entered.emit(index.data(CELL_ROLE).day))
        self.selectionModel().currentChanged.connect(self._tell)
        desk.theme.changed.connect(self.viewport().update)

    @property
    def day(self) -> date | None:
        """The day one stands on."""
        index = self.currentIndex()
        return index.data(CELL_ROLE).day if index.isValid() else None

    def show_weeks(self, weeks: Sequence[tuple[DayCell, ...]], day: date) -> None:
        """Show weeks, and stand on a day of them."""
        self.days.show_weeks(tuple(weeks))
        height = self._desk.theme.px(WEEK_HEIGHT if len(weeks) == 1 else ALL_WEEKS // len(weeks))
        self.verticalHeader().setDefaultSectionSize(height)
        self._fit_height()
        first = weeks[0][0].day
        place = (day - first).days
        if 0 <= place < len(weeks) * WEEK:
            self.setCurrentIndex(self.days.index(place // WEEK, place % WEEK))

    def showEvent(self, event: QShowEvent) -> None:
        """Take the height that is due with the looks it has by now."""
        super().showEvent(event)
        self._fit_height()

    def _fit_height(self) -> None:
        weeks = self.verticalHeader().length()
        self.setFixedHeight(weeks + self.horizontalHeader().sizeHint().height() + 2 * self.frameWidth())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by days and weeks, over the edge into the next; turn with Page Up and Page Down."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -WEEK, Qt.Key.Key_Down: WEEK}
        day, key = self.day, event.key()
        if day is None:
            super().keyPressEvent(event)
        elif key in steps:
            self.go_to(day + timedelta(days=steps[Qt.Key(key)]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.turn.emit(-1 if key == Qt.Key.Key_PageUp else 1, None)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit(day)
        else:
            super().keyPressEvent(event)

    def go_to(self, day: date) -> None:
        """Stand on a day; ask for the page it is on when it is not of this one."""
        for row, week in enumerate(self.days.weeks):
            for number, cell in enumerate(week):
                if cell.day == day and cell.is_inside:
                    self.setCurrentIndex(self.days.index(row, number))
                    return
        present = self.day
        self.turn.emit(1 if present is not None and day > present else -1, day)

    def event(self, event: QEvent) -> bool:
        """Let Page Up and Page Down reach the calendar and not the page that scrolls around it."""
        keys = (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in keys
        ):
            event.accept()
            return True
        return super().event(event)

    def _tell(self, index: Index) -> None:
        if index.isValid():
            self.chosen.emit(index.data(CELL_ROLE).day)
