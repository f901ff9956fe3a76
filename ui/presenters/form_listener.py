"""What a form's presenter needs from the page: someone to carry calls, and someone to tell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from desktop_app.domain.answers import AnswerState
from desktop_app.domain.changes import ChangeSet
from desktop_app.domain.errors import AppError
from desktop_app.domain.forms import Address


class Run(Protocol):
    """Carries a call to the store out of the way and brings the result, or the error, back."""

    def __call__(
        self,
        service: Callable[..., Any],
        *args: object,
        done: Callable[[Any], None],
        failed: Callable[[AppError], None],
    ) -> None:
        """Run ``service(session, *args)``, then exactly one of ``done`` and ``failed``."""
        ...


class Listener(Protocol):
    """What the page does when the state changes."""

    def view_changed(self) -> None:
        """Show the fresh view that came from the store: items may have come or gone."""

    def field_changed(self, address: Address) -> None:
        """Show one field anew: its state or its fault changed."""

    def saving_changed(self) -> None:
        """Say anew what is saved."""

    def save_later(self) -> None:
        """Call ``flush`` when the typing has rested for ``QUIET_MS``."""

    def row_added(self, link_id: str, row_id: str) -> None:
        """Show a row that was added, or came back, and stands in the view."""

    def row_removed(self, link_id: str, row_id: str) -> None:
        """Offer a removed row back; ``restore_row`` does it."""

    def stored(self, changes: ChangeSet) -> None:
        """Take note that the store changed."""

    def failed(self, error: AppError) -> None:
        """Say that a call failed; what was typed is still here."""


class Saving(StrEnum):
    """How it stands with what is typed."""

    UNTOUCHED = "untouched"
    WAITING = "waiting"
    UNDER_WAY = "under_way"
    SAVED = "saved"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class FieldState:
    """What an editor shows: text or codes, the word for having no value, and why the text cannot be read."""

    text: str
    state: AnswerState
    fault_key: str | None = None
