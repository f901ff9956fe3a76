"""Reads a copy back on trial: which copy, what opens it, how it went, and the receipt."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QComboBox, QProgressBar, QWidget

from desktop_app.domain.errors import AppError, Cancelled
from desktop_app.services import backups
from desktop_app.services.backups import BackupView, Rehearsal
from ui.desk import Desk
from ui.dialogs.choose_place import PlaceDialog
from ui.dialogs.paper_out import ChoosePrinter, chosen_printer
from ui.dialogs.rehearsal_result import RehearsalResult
from ui.jobs import Job
from ui.presenters.backup_words import about_paper, copy_line, is_about_secret, restore_refusal
from ui.widgets.after_lock import ComesBack
from ui.widgets.basics import Button, column, filled_row, label, right_row
from ui.widgets.fitted_dialog import FittedDialog
from ui.widgets.form_row import FormRow
from ui.widgets.notice import Notice
from ui.widgets.opening_field import CARDS, OpeningField

WIDTH = 640
SUFFIX = ".sakb"


class RehearseDialog(FittedDialog):
    """Changes nothing, neither the copy nor the cases. A refusal keeps the chosen copy."""

    after_lock = ComesBack("rehearse")

    def __init__(
        self,
        desk: Desk,
        known: Sequence[BackupView],
        path: Path | None,
        parent: QWidget | None = None,
        *,
        choose_printer: ChoosePrinter = chosen_printer,
    ) -> None:
        super().__init__(desk, desk.text("window.backups.rehearse.title"), WIDTH, parent)
        self._choose_printer = choose_printer
        self._job: Job | None = None
        self._views = {str(view.path): view for view in known if view.is_there}
        text = desk.text
        self.copies = QComboBox()
        for key, view in self._views.items():
            self.copies.addItem(copy_line(view, desk.clock(), desk.texts), key)
        self.other = Button(desk, text("window.backups.rehearse.other"), self._choose_file)
        self.copy_row = FormRow(desk, text("window.backups.rehearse.copy"), self.copies)
        self.opening = OpeningField(desk, text("window.first_run.restore.secret_help"))
        self.opening.entered.connect(self.take)
        self.notice = Notice(desk)
        self._build()
        if path is not None:
            self.choose(path)
        if not self.copies.count():
            self.notice.show_words(text("window.backups.rehearse.no_copy"), ground="waiting")
        (self.other if not self.copies.count() else self.opening).setFocus()
        if self.copies.count():
            self.opening.begin()

    def words_to_reopen(self) -> dict[str, Any]:
        """Return the chosen copy; a result is over, and its receipt is kept."""
        return {"path": str(self.copies.currentData() or "")}

    def choose(self, path: Path) -> None:
        """Choose a copy, a known one or any file."""
        at = self.copies.findData(str(path))
        if at < 0:
            self.copies.addItem(path.name, str(path))
            at = self.copies.count() - 1
        self.copies.setCurrentIndex(at)
        self.notice.silence()

    def take(self) -> None:
        """Read the copy back."""
        path, typed = self.copies.currentData(), self.opening.text()
        if not path or self._job is not None:
            return
        if not typed:
            self.opening.refuse(self.desk.text("window.first_run.restore.needs_secret"))
            return
        self.notice.silence()
        self.opening.show_fault("")
        secret = tuple(typed.split("\n")) if self.opening.mode == CARDS else typed
        self._set_busy(busy=True)
        self._job = self.desk.run(
            self,
            backups.rehearse,
            Path(path),
            secret,
            done=self._show,
            failed=self._refuse,
            ended=self._end,
            on_progress=self._tell,
        )

    def reject(self) -> None:
        """Stop the reading, or close when nothing is being read."""
        if self._job is not None and self.isVisible():
            self._job.cancel()
        super().reject()

    def _build(self) -> None:
        text, px = self.desk.text, self.desk.theme.px
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(text("window.backups.rehearse.reading"))
        self._progress = label("", "help")
        self.start = Button(self.desk, text("window.backups.rehearse.start"), self.take, kind="main")
        self.start.setDefault(True)
        self.leave = Button(self.desk, text("window.cancel"), self.reject)
        buttons = right_row(px(8), self.leave, self.start)
        other = filled_row(0, self.other)
        other.addStretch(1)
        self.fill(
            label(text("window.backups.rehearse.intro"), "soft"),
            column(px(8), self.copy_row, other),
            self.opening,
            column(px(4), self._bar, self._progress),
            self.notice,
            buttons,
        )
        self._set_busy(busy=False)

    def _choose_file(self) -> None:
        now = self.copies.currentData()
        PlaceDialog(self.desk, Path(now) if now else None, self.choose, self, suffix=SUFFIX).open()

    def _tell(self, done: int, total: int, text_key: str) -> None:
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(done)
        percent = round(100 * done / max(total, 1))
        what = self.desk.text(text_key)
        self._progress.setText(self.desk.text("window.backups.progress", what=what, percent=percent))

    def _show(self, rehearsal: Rehearsal) -> None:
        """Close, and show what came of it."""
        mode = self.opening.mode
        self.opening.clear()
        result = RehearsalResult(
            self.desk, rehearsal, mode, self.parentWidget(), choose_printer=self._choose_printer
        )
        self.accept()
        result.open()

    def _refuse(self, error: AppError) -> None:
        if isinstance(error, Cancelled):
            return
        if is_about_secret(error):
            view = self._views.get(str(self.copies.currentData()))
            made_at = view.made_at if view is not None else None
            error = about_paper(error, self.opening.mode)
            self.opening.refuse(restore_refusal(error, made_at, self.desk.texts))
        else:
            self.notice.show_error(error, ground="danger")
            self.notice.setFocus()

    def _end(self) -> None:
        self._job = None
        self._set_busy(busy=False)

    def _set_busy(self, *, busy: bool) -> None:
        text = self.desk.text
        self.start.set_words(text(f"window.backups.rehearse.{'reading' if busy else 'start'}"))
        self.leave.set_words(text("window.backups.rehearse.cancel" if busy else "window.cancel"))
        for part in (self.start, self.copies, self.other, self.opening):
            part.setEnabled(not busy)
        for part in (self._bar, self._progress):
            part.setVisible(busy)
