"""Fifth step: the first backup, outside the computer, read back before it counts."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QProgressBar

from desktop_app.domain.errors import AppError
from desktop_app.services import backups
from desktop_app.services.backups import BackupView
from ui.desk import Desk
from ui.dialogs.choose_place import PlaceDialog
from ui.widgets.basics import Button, column, label
from ui.widgets.form_row import FormRow
from ui.widgets.gate import GatePage
from ui.widgets.place_field import PlaceField

NAME_WIDTH = 280


class FirstBackupPage(GatePage):
    """Calls ``done`` when the person opens the program, with a backup or without."""

    def __init__(self, desk: Desk, done: Callable[[], object]) -> None:
        text = desk.text
        super().__init__(
            desk,
            text("window.first_run.backup.title"),
            text("window.first_run.backup.intro"),
            text("window.first_run.step", number=5),
        )
        self._done = done
        self.is_made = False
        self.place = PlaceField(
            desk,
            text("window.first_run.backup.place"),
            lambda parent, start, chosen: PlaceDialog(desk, start, chosen, parent.window()).open(),
            text("window.first_run.backup.no_place"),
        )
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(text("window.first_run.backup.make"))
        self._bar.hide()
        self.name = QLineEdit(text("window.first_run.backup.name_usual"))
        self.name_row = FormRow(
            desk,
            text("window.first_run.backup.name"),
            self.name,
            text("window.first_run.backup.name_help"),
            width=NAME_WIDTH,
        )
        title = label(text("window.first_run.backup.place"), "strong")
        self.body.addLayout(column(desk.theme.px(4), title, self.place))
        self.body.addWidget(self.name_row)
        self._two = label(text("window.first_run.backup.two"), "soft")
        self.body.addWidget(self._two)
        self.body.addWidget(self._bar)
        self.later = Button(desk, text("window.first_run.backup.later"), done, kind="link")
        self.buttons.addWidget(self.later)
        self.make = Button(desk, text("window.first_run.backup.make"), self.take, kind="main")
        self.set_main(self.make)
        self.place.changed.connect(lambda: self.make.setEnabled(True))
        self.make.setEnabled(False)
        self.first = self.place.button

    def take(self) -> None:
        """Make the backup, or go on when it is made."""
        if self.is_made:
            self._done()
            return
        if self.place.place is None:
            return
        named = bool(self.name.text().strip())
        self.name_row.show_fault("" if named else self.desk.text("window.backups.medium.needs_name"))
        if not named:
            self.name.setFocus()
            return
        self.make.setEnabled(False)
        self._bar.show()
        self.notice.silence()
        self.desk.run(
            self,
            backups.back_up,
            self.place.place,
            done=self._name_medium,
            failed=self._fail,
            ended=self._end,
            on_progress=self._tell,
        )

    def _tell(self, done: int, total: int, text_key: str) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def _name_medium(self, made: BackupView) -> None:
        """Give the medium its name once a copy lies on it: a medium that failed is not worth remembering."""
        self._show(made)
        self.desk.run(
            self,
            backups.add_medium,
            self.name.text().strip(),
            made.path.parent,
            failed=self._fail,
        )

    def _show(self, made: BackupView) -> None:
        self.is_made = True
        text = self.desk.text
        where = text("window.first_run.backup.made_where", name=made.path.name, place=made.path.parent)
        self.notice.show_words(text("window.first_run.backup.made"), where)
        self.make.set_words(text("window.first_run.backup.open"))
        self.later.hide()
        self.place.button.hide()
        self.name_row.hide()

    def _fail(self, error: AppError) -> None:
        self.notice.show_error(error)

    def _end(self) -> None:
        self._bar.hide()
        self.make.setEnabled(True)
        self.make.setFocus()
