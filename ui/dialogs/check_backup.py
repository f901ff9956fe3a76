"""Reads a backup through, with the passphrase or the recovery key, and says whether it is whole."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from desktop_app.domain.errors import AppError, UserError
from desktop_app.services import backups
from desktop_app.services.backups import BackupView
from desktop_app.services.messages import message_for
from ui.desk import Desk
from ui.dialogs.choose_place import PlaceDialog
from ui.widgets.basics import Button, column, filled_row, label
from ui.widgets.form_row import FormRow
from ui.widgets.notice import Notice
from ui.widgets.passphrase_field import PassphraseField
from ui.widgets.place_field import PlaceField

WIDTH = 560
SUFFIX = ".sakb"


class CheckBackupDialog(QDialog):
    """Changes nothing, neither the backup nor the store."""

    def __init__(self, desk: Desk, path: Path | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        text, px = desk.text, desk.theme.px
        self.setWindowTitle(text("window.backups.check.title"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(px(WIDTH))
        self.file = PlaceField(
            desk,
            text("window.backups.check.file"),
            lambda _parent, start, chosen: PlaceDialog(desk, start, chosen, self, suffix=SUFFIX).open(),
            text("window.backups.check.no_file"),
            path,
        )
        self.secret = PassphraseField(desk, text("window.backups.check.secret"))
        self.row = FormRow(desk, text("window.backups.check.secret"), self.secret)
        self.notice = Notice(desk)
        self.check = Button(desk, text("window.backups.check.check"), self.take, kind="main")
        self.check.setDefault(True)
        close = Button(desk, text("window.close"), self.reject)
        buttons = filled_row(px(8))
        buttons.addStretch(1)
        buttons.addWidget(close)
        buttons.addWidget(self.check)
        file_title = label(text("window.backups.check.file"), "strong")
        self.setLayout(
            column(
                px(16),
                label(text("window.backups.check.intro"), "soft"),
                column(px(4), file_title, self.file),
                self.row,
                self.notice,
                buttons,
                margins=(px(24), px(24), px(24), px(24)),
            )
        )
        (self.secret.line if path else self.file.button).setFocus()

    def take(self) -> None:
        """Read the backup through."""
        self.notice.silence()
        if self.file.place is None or not self.secret.text():
            (self.secret.line if self.file.place else self.file.button).setFocus()
            return
        self._set_busy(busy=True)
        self._desk.jobs.background(
            self,
            backups.verify,
            self.file.place,
            self.secret.text(),
            done=self._show,
            failed=self._refuse,
            ended=lambda: self._set_busy(busy=False),
        )

    def _show(self, view: BackupView) -> None:
        key = "whole_one" if view.cases == 1 else "whole"
        words = self._desk.text(
            f"window.backups.check.{key}", made=f"{view.made_at:%Y-%m-%d %H:%M}", cases=view.cases
        )
        self.row.show_fault("")
        self.notice.show_words(words)

    def _refuse(self, error: AppError) -> None:
        message = message_for(error, self._desk.texts)
        is_secret = isinstance(error, UserError) and error.code.startswith("vault.")
        self.row.show_fault(f"{message.happened} {message.do}" if is_secret else "")
        if not is_secret:
            self.notice.show_error(error, ground="danger")

    def _set_busy(self, *, busy: bool) -> None:
        words = "window.backups.check.checking" if busy else "window.backups.check.check"
        self.check.set_words(self._desk.text(words))
        self.check.setEnabled(not busy)
