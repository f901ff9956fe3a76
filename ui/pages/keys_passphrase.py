"""A new passphrase for the store, followed by a backup that it opens."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_app.domain.errors import AppError, PassphraseTooWeak
from desktop_app.domain.profile import Profile
from desktop_app.services import recovery, settings
from desktop_app.services.messages import message_for
from ui.desk import Desk
from ui.pages.keys_steps import KeysSteps
from ui.widgets.backup_after import BackupAfter
from ui.widgets.basics import column, label
from ui.widgets.new_passphrase import NewPassphrase
from ui.widgets.page import Go


class KeysPassphrasePage(KeysSteps):
    """The old one opens the store until the new one does: there is no moment between."""

    def __init__(self, desk: Desk, go: Go) -> None:
        super().__init__(desk, go, desk.text("window.change.title"), steps=1)
        text, px = desk.text, desk.theme.px
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
        secret = self.current_row.read()
        new = self.new.read() if secret else None
        if new is None:
            return
        self.work(
            recovery.change_passphrase,
            secret,
            new,
            done=lambda _changes: self._show_done(),
            failed=self._refuse,
            words=self.desk.text("window.change.doing"),
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
        if isinstance(error, PassphraseTooWeak):
            message = message_for(error, self.desk.texts)
            self.new.own_row.show_fault(f"{message.happened} {message.do}")
        else:
            super()._refuse(error)
