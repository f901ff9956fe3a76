"""A new passphrase for the store, followed by a backup that it opens."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_app.domain.errors import AppError, PassphraseTooWeak, UserError
from desktop_app.domain.profile import Profile
from desktop_app.services import recovery, settings
from desktop_app.services.messages import message_for
from ui.desk import Desk
from ui.widgets.backup_after import BackupAfter
from ui.widgets.basics import column, label
from ui.widgets.form_row import FormRow
from ui.widgets.new_passphrase import NewPassphrase
from ui.widgets.page import Go
from ui.widgets.passphrase_field import PassphraseField
from ui.widgets.steps_page import StepsPage

FIELD_WIDTH = 480


class KeysPassphrasePage(StepsPage):
    """The old one opens the store until the new one does: there is no moment between."""

    def __init__(self, desk: Desk, go: Go) -> None:
        super().__init__(desk, go, desk.text("window.change.title"), steps=1, home="keys")
        text, px = desk.text, desk.theme.px
        self.current = PassphraseField(desk, text("window.keys.current"))
        self.current_row = FormRow(
            desk,
            text("window.keys.current"),
            self.current,
            text("window.keys.current_help"),
            width=FIELD_WIDTH,
        )
        self.new = NewPassphrase(desk)
        self.backup = BackupAfter(desk)
        part = QWidget()
        intro = label(text("window.change.intro"), "soft")
        part.setLayout(column(px(16), intro, self.current_row, self.new))
        self.show_step(1, part, text("window.change.do"), self.take, first=self.current.line)
        desk.run(self, settings.profile, done=self._take_profile)

    def take(self) -> None:
        """Change it, or say what is missing beside the field."""
        self.notice.silence()
        self.current_row.show_fault("")
        if not self.current.text():
            self.current_row.show_fault(self.desk.text("window.keys.needs_current"))
            self.current.select_all()
            return
        new = self.new.read()
        if new is None:
            return
        self.set_busy(busy=True, words=self.desk.text("window.change.doing"))
        self.desk.run(
            self,
            recovery.change_passphrase,
            self.current.text(),
            new,
            done=lambda _changes: self._show_done(),
            failed=self._refuse,
            ended=lambda: self.set_busy(busy=False),
        )

    def _take_profile(self, profile: Profile) -> None:
        self.new.profile = profile

    def _show_done(self) -> None:
        text = self.desk.text
        self.current.clear()
        self.new.clear()
        part = QWidget()
        part.setLayout(
            column(
                self.desk.theme.px(16),
                label(text("window.change.done"), "heading"),
                label(text("window.change.older")),
                self.backup,
            )
        )
        self.show_end(part)
        self.backup.start()

    def _refuse(self, error: AppError) -> None:
        message = message_for(error, self.desk.texts)
        if isinstance(error, PassphraseTooWeak):
            self.new.own_row.show_fault(f"{message.happened} {message.do}")
        elif isinstance(error, UserError):
            self.current_row.show_fault(f"{message.happened} {message.do}")
            self.current.select_all()
        else:
            self.notice.show_error(error)
