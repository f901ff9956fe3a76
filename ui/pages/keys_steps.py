"""What the pages that change the store's keys share: whoever changes one proves first that one may open the store."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from desktop_app.domain.errors import AppError
from ui.desk import Desk
from ui.widgets.current_secret import CurrentSecret
from ui.widgets.page import Go
from ui.widgets.steps_page import StepsPage

T = TypeVar("T")


class KeysSteps(StepsPage):
    """Steps that lead home to the page of keys and begin with the present secret."""

    def __init__(self, desk: Desk, go: Go, title: str, *, steps: int) -> None:
        super().__init__(desk, go, title, steps=steps, home="keys")
        self.current_row = CurrentSecret(desk)
        self.current = self.current_row.secret

    def prove_with(self, service: Callable[..., T], then: Callable[[T, str], object]) -> None:
        """Run a service that takes the present secret; hand on what it returns, with the secret."""
        secret = self.current_row.read()
        if secret:
            self.work(service, secret, done=lambda result: then(result, secret), failed=self._refuse)

    def work(
        self,
        service: Callable[..., T],
        *args: object,
        done: Callable[[T], object],
        failed: Callable[[AppError], None] | None = None,
        words: str = "",
    ) -> None:
        """Run a service, busy until it has ended; an error nobody takes is told on the page."""
        self.set_busy(busy=True, words=words)
        self.desk.run(
            self,
            service,
            *args,
            done=done,
            failed=failed or self.notice.show_error,
            ended=lambda: self.set_busy(busy=False),
        )

    def _refuse(self, error: AppError) -> None:
        if not self.current_row.refuse(error):
            self.notice.show_error(error)
