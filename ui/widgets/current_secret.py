"""Asks for what opens the store now, before anything about its keys is changed."""

from __future__ import annotations

from desktop_app.domain.errors import AppError, UserError
from desktop_app.services.messages import message_for
from ui.desk import Desk
from ui.widgets.form_row import FormRow
from ui.widgets.passphrase_field import PassphraseField

WIDTH = 480


class CurrentSecret(FormRow):
    """One field for the passphrase or the key of the recovery paper."""

    def __init__(self, desk: Desk) -> None:
        text = desk.text
        self.secret = PassphraseField(desk, text("window.keys.current"))
        super().__init__(
            desk, text("window.keys.current"), self.secret, text("window.keys.current_help"), width=WIDTH
        )
        self._texts = desk.texts

    def read(self) -> str:
        """Return what was typed, empty when nothing was; then it says that it is needed."""
        typed = self.secret.text()
        self.show_fault("" if typed else self._desk.text("window.keys.needs_current"))
        if not typed:
            self.secret.select_all()
        return typed

    def refuse(self, error: AppError) -> bool:
        """Say at the field why it was refused; False when that is nothing the person can mend here."""
        if not isinstance(error, UserError):
            return False
        message = message_for(error, self._texts)
        self.show_fault(f"{message.happened} {message.do}")
        self.secret.select_all()
        return True
