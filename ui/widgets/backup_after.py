"""The backup that follows a change of what opens the store: made at once, read back, and told in one line."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QProgressBar, QWidget

from desktop_app.domain.errors import AppError
from desktop_app.services import backups
from desktop_app.services.backups import BackupView, Medium
from ui.desk import Desk
from ui.widgets.basics import column, label
from ui.widgets.notice import Notice


class BackupAfter(QWidget):
    """``start`` makes it on the first medium that is there. Without one it says so; the reminders do the rest."""

    def __init__(self, desk: Desk, ended: Callable[[], object] | None = None) -> None:
        super().__init__()
        self._desk = desk
        self._ended = ended
        self._words = label(desk.text("window.backup_after.looking"), "soft")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(desk.text("window.backup_after.making"))
        self.notice = Notice(desk)
        self.setLayout(column(desk.theme.px(8), self._words, self._bar, self.notice))

    def start(self) -> None:
        """Look for a medium and make the backup."""
        self._desk.run(self, backups.media, done=self._choose, failed=self._fail)

    def _choose(self, media: Sequence[Medium]) -> None:
        there = next((each for each in media if each.is_present), None)
        if there is None:
            key = "absent" if media else "no_medium"
            self._tell(
                "waiting",
                self._desk.text(f"window.backup_after.{key}"),
                self._desk.text("window.backup_after.reminder"),
            )
            return
        self._words.setText(self._desk.text("window.backup_after.making"))
        self._desk.run(
            self,
            backups.back_up,
            there.place,
            done=lambda made: self._show(made, there),
            failed=self._fail,
            on_progress=self._progress,
        )

    def _progress(self, done: int, total: int, _text_key: str) -> None:
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(done)

    def _show(self, made: BackupView, medium: Medium) -> None:
        text = self._desk.text
        where = text("window.backup_after.made_where", name=made.path.name, medium=medium.name)
        self._tell("accent", text("window.backup_after.made"), where)

    def _fail(self, error: AppError) -> None:
        self._stop()
        self.notice.show_error(error)
        self._end()

    def _tell(self, ground: str, *lines: str) -> None:
        self._stop()
        self.notice.show_words(*lines, ground=ground)
        self._end()

    def _stop(self) -> None:
        self._words.hide()
        self._bar.hide()

    def _end(self) -> None:
        if self._ended is not None:
            self._ended()
