"""Makes a store of a backup in a new folder, and shows that it holds what the backup holds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QProgressBar

from desktop_app.domain.errors import AppError, UserError
from desktop_app.services import backups
from desktop_app.services.backups import RestoreView
from desktop_app.services.messages import message_for
from ui.desk import Desk
from ui.dialogs.choose_place import PlaceDialog
from ui.widgets.basics import Button, column, label
from ui.widgets.form_row import FormRow
from ui.widgets.gate import GatePage
from ui.widgets.passphrase_field import PassphraseField
from ui.widgets.place_field import PlaceField

SUFFIX = ".sakb"


class RestorePage(GatePage):
    """``restored`` is called with the new store's folder, to unlock it; ``back`` leaves all as it is."""

    def __init__(
        self, desk: Desk, folder: Path, restored: Callable[[Path], object], back: Callable[[], object]
    ) -> None:
        text = desk.text
        super().__init__(desk, text("window.first_run.restore.title"), text("window.first_run.restore.intro"))
        self._restored = restored
        self._made: Path | None = None
        self.file = PlaceField(
            desk,
            text("window.first_run.restore.file"),
            lambda parent, start, chosen: PlaceDialog(
                desk, start, chosen, parent.window(), suffix=SUFFIX
            ).open(),
            text("window.first_run.restore.no_file"),
        )
        self.folder = PlaceField(
            desk,
            text("window.first_run.restore.folder"),
            lambda parent, start, chosen: PlaceDialog(desk, start, chosen, parent.window()).open(),
            "",
            folder,
        )
        self.secret = PassphraseField(desk, text("window.first_run.restore.secret"))
        self.row = FormRow(
            desk,
            text("window.first_run.restore.secret"),
            self.secret,
            text("window.first_run.restore.secret_help"),
        )
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(text("window.first_run.restore.title"))
        self._bar.hide()
        for field, name in ((self.file, "file"), (self.folder, "folder")):
            title = label(text(f"window.first_run.restore.{name}"), "strong")
            self.body.addLayout(column(desk.theme.px(4), title, field))
        self.body.addWidget(self.row)
        self.body.addWidget(self._bar)
        self.back = Button(desk, text("window.first_run.back"), back)
        self.buttons.addWidget(self.back)
        self.restore = Button(desk, text("window.first_run.restore.restore"), self.take, kind="main")
        self.set_main(self.restore)
        self.first = self.file.button

    def take(self) -> None:
        """Restore, or open what was restored."""
        if self._made is not None:
            self._restored(self._made)
            return
        if self.file.place is None:
            self.notice.show_words(self.desk.text("window.places.no_file"), ground="waiting")
            self.file.button.setFocus()
            return
        if self.folder.place is None or not self.secret.text():
            self.secret.line.setFocus()
            return
        self._set_busy(busy=True)
        self.desk.jobs.run(
            self,
            backups.restore,
            self.file.place,
            self.folder.place,
            self.secret.text(),
            done=self._show,
            failed=self._refuse,
            ended=lambda: self._set_busy(busy=False),
            on_progress=self._tell,
        )

    def _tell(self, done: int, total: int, text_key: str) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def _show(self, view: RestoreView) -> None:
        self._made = view.folder
        text = self.desk.text
        key = "window.first_run.restore.done_one" if view.cases == 1 else "window.first_run.restore.done"
        where = text("window.first_run.restore.done_where", place=view.folder)
        self.heading.setText(text("window.first_run.restore.done_title"))
        self.notice.show_words(text(key, cases=view.cases), where)
        self.secret.clear()
        for widget in (self.file.button, self.folder.button, self.row, self.back):
            widget.hide()

    def _refuse(self, error: AppError) -> None:
        message = message_for(error, self.desk.texts)
        is_secret = isinstance(error, UserError) and error.code.startswith("vault.")
        self.row.show_fault(f"{message.happened} {message.do}" if is_secret else "")
        self._set_busy(busy=False)
        if is_secret:
            self.notice.silence()
            self.secret.select_all()
        else:
            self.notice.show_error(error)

    def _set_busy(self, *, busy: bool) -> None:
        key = "unlock" if self._made is not None else "restoring" if busy else "restore"
        self.restore.set_words(self.desk.text(f"window.first_run.restore.{key}"))
        self._bar.setVisible(busy)
        self.restore.setEnabled(not busy)
        self.secret.setEnabled(not busy)
        if self._made is not None:
            self.restore.setFocus()
