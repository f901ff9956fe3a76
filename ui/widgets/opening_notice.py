"""What the person should hear when a store has been opened, above the first page, until it is closed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.services.opening import Gravity, OpeningReport
from ui.desk import Desk
from ui.widgets.basics import Button, column, row
from ui.widgets.notice import Notice

_GROUNDS = {Gravity.NOTE: "accent", Gravity.WARNING: "waiting", Gravity.DANGER: "danger"}


class OpeningNotice(QWidget):
    """Hidden while there is nothing to hear. Goes away only when the person closes it."""

    closed = Signal()
    """The person has read it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        px = desk.theme.px
        self._notice = Notice(desk)
        self.close_button = Button(desk, desk.text("opening.close"), self._close, kind="link")
        margins = (px(32), px(12), px(32), 0)
        self.setLayout(column(px(4), self._notice, row(0, self.close_button), margins=margins))
        self.hide()

    @property
    def words(self) -> str:
        """What it says now."""
        return "" if self.isHidden() else self._notice.words

    def _close(self) -> None:
        self.hide()
        self.closed.emit()

    def show_report(self, report: OpeningReport) -> None:
        """Say what there is to hear; nothing when all is well."""
        gravest = report.gravest
        if gravest is None:
            return
        text = self._desk.text
        lines = [text(line.text_key, **line.params) for line in report.lines]
        if gravest is not Gravity.NOTE and report.changed_at is not None:
            moment = f"{report.changed_at:%Y-%m-%d %H:%M}"
            lines.append(text("opening.last_saved", moment=moment, changes=report.changes))
        self._notice.show_words(*lines, ground=_GROUNDS[gravest])
        self.show()
