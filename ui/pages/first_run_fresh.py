"""After opening with paper or cards: a new passphrase, since nobody may know the old one. May be left for later."""

from __future__ import annotations

from collections.abc import Callable

from desktop_app.domain.errors import AppError, PassphraseTooWeak
from desktop_app.services import recovery, settings
from desktop_app.services.messages import message_for
from ui.desk import Desk
from ui.widgets.basics import Button
from ui.widgets.gate import GatePage
from ui.widgets.new_passphrase import NewPassphrase


class FreshPassphrasePage(GatePage):
    """The store is open. ``typed`` is what opened it, so that nobody types a paper twice; ``done`` goes on."""

    def __init__(self, desk: Desk, typed: str, done: Callable[[], object]) -> None:
        text = desk.text
        super().__init__(desk, text("window.first_run.fresh.title"), text("window.first_run.fresh.intro"))
        self._typed = typed
        self._done = done
        self.choice = NewPassphrase(desk)
        self.body.addWidget(self.choice)
        self.later = Button(desk, text("window.first_run.fresh.later"), self._go_on, kind="link")
        self.buttons.addWidget(self.later)
        self.change = Button(desk, text("window.first_run.fresh.change"), self.take, kind="main")
        self.set_main(self.change)
        self.first = self.choice.first
        desk.run(self, settings.profile, done=lambda profile: setattr(self.choice, "profile", profile))

    def take(self) -> None:
        """Let the new passphrase open the store, or say what is missing."""
        new = self.choice.read()
        if new is None or not self.change.isEnabled():
            return
        self.notice.silence()
        self._set_busy(busy=True)
        self.desk.run(
            self,
            recovery.change_passphrase,
            self._typed,
            new,
            done=lambda _changes: self._go_on(),
            failed=self._refuse,
            ended=lambda: self._set_busy(busy=False),
        )

    def _go_on(self) -> None:
        self._typed = ""
        self.choice.clear()
        self._done()

    def _refuse(self, error: AppError) -> None:
        if isinstance(error, PassphraseTooWeak):
            message = message_for(error, self.desk.texts)
            self.choice.own_row.show_fault(f"{message.happened} {message.do}")
        else:
            self.notice.show_error(error)

    def _set_busy(self, *, busy: bool) -> None:
        self.choice.set_busy(busy=busy)
        self.later.setEnabled(not busy)
        self.change.setEnabled(not busy)
        self.change.set_words(self.desk.text(f"window.first_run.fresh.{'changing' if busy else 'change'}"))
