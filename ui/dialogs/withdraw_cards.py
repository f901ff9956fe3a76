"""Lets no cards open the store any more. Asks for the passphrase first, since it takes a way in away."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_app.domain.errors import AppError, UserError
from desktop_app.services import recovery
from desktop_app.services.messages import message_for
from ui.desk import Desk
from ui.widgets.after_lock import StaysClosed
from ui.widgets.basics import Button, label, right_row
from ui.widgets.fitted_dialog import FittedDialog
from ui.widgets.form_row import FormRow
from ui.widgets.notice import Notice
from ui.widgets.passphrase_field import PassphraseField

WIDTH = 520


class WithdrawCardsDialog(FittedDialog):
    """Older copies still open with the cards, and it says so."""

    after_lock = StaysClosed("only the passphrase is typed in it, and that is never kept")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, desk.text("window.withdraw.title"), WIDTH, parent)
        text, px = desk.text, desk.theme.px
        self.current = PassphraseField(desk, text("window.keys.current"))
        self.row = FormRow(desk, text("window.keys.current"), self.current)
        self.notice = Notice(desk)
        self.main = Button(desk, text("window.withdraw.do"), self.take, kind="main")
        self.main.setDefault(True)
        buttons = right_row(px(8), Button(desk, text("window.cancel"), self.reject), self.main)
        intro = label(text("window.withdraw.intro"))
        self.fill(intro, self.row, self.notice, buttons)
        self.current.line.setFocus()

    def take(self) -> None:
        """Withdraw the cards."""
        if not self.current.text() or not self.main.isEnabled():
            self.current.line.setFocus()
            return
        self.main.setEnabled(False)
        self.desk.run(
            self,
            recovery.withdraw_cards,
            self.current.text(),
            done=lambda _changes: self.accept(),
            failed=self._refuse,
            ended=lambda: self.main.setEnabled(True),
        )

    def _refuse(self, error: AppError) -> None:
        message = message_for(error, self.desk.texts)
        if isinstance(error, UserError):
            self.row.show_fault(f"{message.happened} {message.do}")
            self.current.select_all()
        else:
            self.notice.show_error(error)
