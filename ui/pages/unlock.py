"""Opens a store with the passphrase or the recovery key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from desktop_app.domain.errors import AppError, UserError
from desktop_app.services import vault
from desktop_app.services.messages import message_for
from desktop_app.services.vault import Session
from ui.desk import Desk
from ui.theme.tokens import GAP_FIELDS
from ui.widgets.basics import Button, chosen_text, column, row
from ui.widgets.form_row import FormRow
from ui.widgets.gate import GatePage
from ui.widgets.passphrase_field import PassphraseField

WIDTH = 480


class UnlockPage(GatePage):
    """``opened`` is called with the session; ``other`` when the person wants another store."""

    def __init__(
        self,
        desk: Desk,
        folder: Path,
        opened: Callable[[Session], None],
        other: Callable[[], object],
        *,
        note: str = "",
        practice_phrase: str = "",
    ) -> None:
        title = desk.text("window.unlock.practice_title" if practice_phrase else "window.unlock.title")
        super().__init__(desk, title, width=WIDTH)
        self._folder = folder
        self._opened = opened
        self._with_key = False
        text, px = desk.text, desk.theme.px
        self.field = PassphraseField(desk, text("window.unlock.passphrase"))
        self.row = FormRow(desk, text("window.unlock.passphrase"), self.field)
        self.key = PassphraseField(desk, text("window.unlock.key"))
        self.key_row = FormRow(desk, text("window.unlock.key"), self.key, text("window.unlock.key_help"))
        self.key_row.hide()
        self.body.addLayout(column(px(GAP_FIELDS), self.row, self.key_row))
        if practice_phrase:
            phrase = text("window.unlock.practice_phrase", phrase=practice_phrase)
            self.body.addWidget(chosen_text(phrase, "soft"))
        self.switch = Button(desk, text("window.unlock.use_key"), self._switch, kind="link", icon="key")
        self.buttons.addWidget(self.switch)
        self.unlock = Button(desk, text("window.unlock.unlock"), self.take, kind="main")
        self.set_main(self.unlock)
        place = chosen_text(text("window.unlock.place", place=folder), "help")
        leave = Button(desk, text("window.unlock.other"), other, kind="link")
        self.foot.addWidget(place)
        self.foot.addLayout(row(0, leave))
        if note:
            self.notice.show_words(note)
        self.first = self.field.line

    def take(self) -> None:
        """Try what is typed."""
        field = self.key if self._with_key else self.field
        if not field.text() or not self.unlock.isEnabled():
            return
        work = vault.unlock_with_recovery_key if self._with_key else vault.unlock
        self._set_busy(busy=True)
        self.desk.jobs.run(
            self,
            work,
            self.desk.library,
            self._folder,
            field.text(),
            self.desk.clock,
            done=self._take_session,
            failed=self._refuse,
            ended=lambda: self._set_busy(busy=False),
        )

    def _take_session(self, session: Session) -> None:
        self.field.clear()
        self.key.clear()
        self._opened(session)

    def _refuse(self, error: AppError) -> None:
        """Say it beside the field when the person can mend it there, else in full below."""
        row, field = (self.key_row, self.key) if self._with_key else (self.row, self.field)
        self._set_busy(busy=False)
        message = message_for(error, self.desk.texts)
        if isinstance(error, UserError):
            row.show_fault(f"{message.happened} {message.do}")
            self.notice.silence()
        else:
            row.show_fault("")
            self.notice.show_error(error)
        field.select_all()

    def _set_busy(self, *, busy: bool) -> None:
        words = "window.unlock.unlocking" if busy else "window.unlock.unlock"
        self.unlock.set_words(self.desk.text(words))
        for widget in (self.unlock, self.switch, self.field, self.key):
            widget.setEnabled(not busy)

    def _switch(self) -> None:
        self._with_key = not self._with_key
        self.row.setVisible(not self._with_key)
        self.key_row.setVisible(self._with_key)
        words = "window.unlock.use_passphrase" if self._with_key else "window.unlock.use_key"
        self.switch.set_words(self.desk.text(words))
        self.notice.silence()
        (self.key if self._with_key else self.field).line.setFocus()
