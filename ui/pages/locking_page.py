"""What stands in the window from the moment a lock begins until the store is closed: nothing of any case."""

from __future__ import annotations

from collections.abc import Callable

from desktop_app.domain.errors import AppError, UserError
from desktop_app.services.messages import message_for
from desktop_app.services.presence import prove_presence
from ui.desk import Desk
from ui.widgets.basics import Button, column, label
from ui.widgets.form_row import FormRow
from ui.widgets.gate import GatePage
from ui.widgets.passphrase_field import PassphraseField

WIDTH = 520


class LockingPage(GatePage):
    """``retry`` locks again and ``back`` shows the desk again; asked for only when something could not be saved."""

    def __init__(self, desk: Desk, retry: Callable[[], object], back: Callable[[], object]) -> None:
        super().__init__(desk, desk.text("window.lock.title"), width=WIDTH)
        self._back = back
        self.doing = label(desk.text("window.lock.doing.saving"), "soft")
        self.body.addWidget(self.doing)
        self.field = PassphraseField(desk, desk.text("window.unlock.passphrase"))
        self.row = FormRow(desk, desk.text("window.unlock.passphrase"), self.field)
        self.row.hide()
        self.body.addLayout(column(0, self.row))
        self.retry = Button(desk, desk.text("window.lock.retry"), retry)
        self.show_again = Button(desk, desk.text("window.lock.show_again"), self._prove, kind="main")
        self.retry.hide()
        self.show_again.hide()
        self.buttons.addWidget(self.retry)
        self.set_main(self.show_again)

    def tell(self, doing: str) -> None:
        """Say what is going on: ``saving``, ``backup`` or ``closing``."""
        self.doing.setText(self.desk.text(f"window.lock.doing.{doing}"))

    def tell_held(self, error: AppError) -> None:
        """Say that the store is still open since something could not be saved; the passphrase leads back to it."""
        self.heading.setText(self.desk.text("window.lock.held_title"))
        self.doing.setText(self.desk.text("window.lock.held"))
        self.notice.show_error(error)
        for widget in (self.row, self.retry, self.show_again):
            widget.show()
        self.first = self.field.line
        self.begin()

    def _prove(self) -> None:
        if self.field.text():
            self.desk.run(
                self,
                prove_presence,
                self.field.text(),
                done=lambda _nothing: self._back(),
                failed=self._refuse,
            )

    def _refuse(self, error: AppError) -> None:
        message = message_for(error, self.desk.texts)
        if isinstance(error, UserError):
            self.row.show_fault(f"{message.happened} {message.do}")
            self.field.select_all()
        else:
            self.notice.show_error(error)
