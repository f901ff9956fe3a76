"""Before deadlines leave as a calendar file: which days, what exactly leaves, and what a calendar may do with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit, QWidget

from desktop_app.domain.errors import AppError
from desktop_app.services import calendar_export
from desktop_app.services.calendar_export import CalendarExport
from ui.desk import Desk
from ui.dialogs.save_copy import SaveCopy, start_of
from ui.presenters.case_presenter import error_words
from ui.presenters.deadline_words import BadDay, read_day
from ui.slices import Slices
from ui.widgets.after_lock import ComesBack
from ui.widgets.basics import Button, column, filled_row, framed, label, right_row
from ui.widgets.form_row import FormRow
from ui.widgets.notice import Notice

WIDTH, HEIGHT = 760, 640
AHEAD = timedelta(days=90)
DAY_WIDTH = 180
QUIET_MS = 300
FILE_NAME = "bevakningar.ics"
LINES_A_STEP = 100


class CalendarOutDialog(QDialog):
    """Shows the very letters that are written; what is saved is what was shown."""

    after_lock = ComesBack("calendar_out")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._export: CalendarExport | None = None
        self._copy: SaveCopy | None = None
        self._slices = Slices(self)
        text, px = desk.text, desk.theme.px
        self.setWindowTitle(text("window.calendar_out.title"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(px(WIDTH), px(HEIGHT))
        today = desk.clock().date()
        self.first = QLineEdit(today.isoformat())
        self.last = QLineEdit((today + AHEAD).isoformat())
        self._first_row = FormRow(desk, text("window.calendar_out.first"), self.first, width=DAY_WIDTH)
        self._last_row = FormRow(desk, text("window.calendar_out.last"), self.last, width=DAY_WIDTH)
        self._timer = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._timer.timeout.connect(self.prepare)
        for line in (self.first, self.last):
            line.textEdited.connect(lambda _text: self._begin_anew())
        self.told = Notice(desk)
        self.words = self._shown("window.calendar_out.words")
        self.raw = self._shown("window.calendar_out.raw")
        self.save = Button(
            desk, text("window.calendar_out.save"), self._choose_place, kind="main", icon="file"
        )
        self.save.setEnabled(False)
        close = Button(desk, text("window.close"), self.reject)
        close.setAutoDefault(False)
        self._build(close)
        self.prepare()

    def prepare(self) -> None:
        """Fetch what leaves for the days that stand in the fields."""
        days = (self._day(self.first, self._first_row), self._day(self.last, self._last_row))
        if days[0] is not None and days[1] is not None:
            self._desk.run(self, calendar_export.prepare, *days, done=self._show)

    def write(self, path: Path) -> None:
        """Save what is shown as a file."""
        if self._export is not None:
            self._desk.run(
                self,
                calendar_export.save,
                self._export,
                path,
                done=lambda _changes: self._tell_saved(path),
                failed=self._tell_error,
            )

    # How it is built

    def _build(self, close: Button) -> None:
        text, px = self._desk.text, self._desk.theme.px
        warning = column(px(4), margins=(px(12), px(8), px(12), px(8)))
        for key in ("leaves", "stays", "cloud"):
            warning.addWidget(label(text(f"window.calendar_out.{key}")))
        days = filled_row(px(16), self._first_row, self._last_row)
        days.addStretch(1)
        words = column(px(4), label(text("window.calendar_out.words"), "strong"), self.words)
        raw = column(px(4), label(text("window.calendar_out.raw"), "strong"), self.raw)
        shown = filled_row(px(16), words, raw)
        shown.setStretch(0, 1)
        shown.setStretch(1, 1)
        buttons = right_row(px(8), close, self.save)
        whole = column(
            px(16),
            framed(warning, ground="waiting"),
            days,
            shown,
            self.told,
            buttons,
            margins=(px(24), px(24), px(24), px(24)),
        )
        whole.setStretch(2, 1)
        self.setLayout(whole)
        self.first.setFocus()

    def _shown(self, key: str) -> QPlainTextEdit:
        shown = QPlainTextEdit()
        shown.setReadOnly(True)
        shown.setUndoRedoEnabled(False)
        shown.setTabChangesFocus(True)
        shown.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        shown.setAccessibleName(self._desk.text(key))
        return shown

    # What is shown

    def _begin_anew(self) -> None:
        self._export = None
        self._slices.drop()
        self.save.setEnabled(False)
        self._timer.start()

    def _day(self, line: QLineEdit, row: FormRow) -> date | None:
        try:
            day = read_day(line.text(), self._desk.clock().date())
        except BadDay as fault:
            row.show_fault(self._desk.text(fault.text_key))
            return None
        row.show_fault("" if day else self._desk.text("window.deadlines.ask.day_missing"))
        return day

    def _show(self, export: CalendarExport) -> None:
        lines = [f"{day.isoformat()}   {words}" for day, words in export.lines]
        self._slices.begin(self._filling(export, lines or [self._desk.text("window.calendar_out.nothing")]))

    def _filling(self, export: CalendarExport, lines: Sequence[str]) -> Iterator[None]:
        yield from _filled(self.words, lines)
        yield from _filled(self.raw, export.content.splitlines())
        self._export = export  # what can be saved now has been shown
        self.save.setEnabled(bool(export.lines))

    def reopen(self, name: str, words: dict[str, Any]) -> QDialog | None:
        """Open the dialog for the file again after a lock."""
        return self._open_copy(start_of(words)) if name == SaveCopy.after_lock.name else None

    def _choose_place(self) -> None:
        self._open_copy(None)

    def _open_copy(self, start: Path | None) -> QDialog:
        self._copy = SaveCopy(self._desk.texts, FILE_NAME, self.write, self, start=start)
        self._copy.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._copy.open()
        return self._copy

    def _tell_saved(self, path: Path) -> None:
        if self._copy is not None:
            self._copy.accept()
            self._copy = None
        self.told.show_words(self._desk.text("window.calendar_out.saved", place=path.parent))

    def _tell_error(self, error: AppError) -> None:
        if self._copy is not None:
            self._copy.show_fault(error_words(error, self._desk.texts))


def _filled(shown: QPlainTextEdit, lines: Sequence[str]) -> Iterator[None]:
    """Show lines instead of what is shown, some in each step: a year of many cases is thousands of them."""
    shown.setPlainText("\n".join(lines[:LINES_A_STEP]))
    yield
    for begin in range(LINES_A_STEP, len(lines), LINES_A_STEP):
        end = QTextCursor(shown.document())
        end.movePosition(QTextCursor.MoveOperation.End)
        end.insertText("\n" + "\n".join(lines[begin : begin + LINES_A_STEP]))
        yield
