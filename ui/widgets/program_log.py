"""The program's own log, for whoever helps: shown when asked for, copied by an act of its own."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from desktop_app.services import log_lines
from desktop_app.services.log_lines import LogLineView
from ui.desk import Desk
from ui.widgets.basics import Button, column, filled_row
from ui.widgets.notice import Notice

HEIGHT = 240


class ProgramLog(QWidget):
    """Fetches the lines each time they are asked for."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        text = desk.text
        self.show_lines = Button(desk, text("window.program_log.show"), self._turn)
        self.copy = Button(desk, text("window.program_log.copy"), self._copy)
        self.lines = QPlainTextEdit(readOnly=True)
        self.lines.setAccessibleName(text("window.program_log.list"))
        self.lines.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.lines.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.lines.setTabChangesFocus(True)
        self.lines.setFixedHeight(desk.theme.px(HEIGHT))
        self.notice = Notice(desk)
        buttons = filled_row(desk.theme.px(8), self.show_lines, self.copy)
        buttons.addStretch(1)
        holder = QWidget()
        holder.setLayout(buttons)
        self.setLayout(column(desk.theme.px(12), holder, self.lines, self.notice))
        self._set_open(is_open=False)

    def _turn(self) -> None:
        self.notice.silence()
        if self.lines.isHidden():
            self._desk.run(self, log_lines.newest, done=self._show, failed=self.notice.show_error)
        else:
            self._set_open(is_open=False)

    def _show(self, lines: Sequence[LogLineView]) -> None:
        words = "\n".join(line.in_one_line() for line in lines)
        self.lines.setPlainText(words or self._desk.text("window.program_log.none"))
        self._set_open(is_open=True)
        self.copy.setEnabled(bool(words))

    def _set_open(self, *, is_open: bool) -> None:
        self.lines.setVisible(is_open)
        self.copy.setVisible(is_open)
        self.show_lines.set_words(self._desk.text(f"window.program_log.{'hide' if is_open else 'show'}"))

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.lines.toPlainText())
        self.notice.show_words(self._desk.text("window.program_log.copied"))
