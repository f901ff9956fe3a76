"""An open store with what every service needs: the definitions, the clock and who acts."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from desktop_app.services.library import Library
from desktop_app.storage.typing_log import Typing
from desktop_app.storage.unit_of_work import Reading, UnitOfWork
from desktop_app.storage.vault import Vault

Clock = Callable[[], datetime]
"""Gives the present moment with its time zone."""

CASEWORKER = "caseworker"


def local_now() -> datetime:
    """Return the present moment in the computer's own time zone."""
    # As ``datetime.now().astimezone()``, which looks the zone up three times; each save asks for the moment.
    moment = time.time()
    local = time.localtime(moment)
    return datetime.fromtimestamp(moment, timezone(timedelta(seconds=local.tm_gmtoff), local.tm_zone))


@dataclass(frozen=True, slots=True)
class Session:
    """Made by unlocking, ended by locking. The thread that made it is the only one that may use it."""

    library: Library
    vault: Vault
    clock: Clock
    actor: str = CASEWORKER

    @property
    def folder(self) -> Path:
        """Where the store lies."""
        return self.vault.folder

    @property
    def today(self) -> date:
        """The day by the computer's clock."""
        return self.clock().date()

    @property
    def wall_clock(self) -> datetime:
        """The present local time without zone, as people write it on forms."""
        return self.clock().replace(tzinfo=None)

    def act(self) -> UnitOfWork:
        """Return one act that writes, to be used in ``with``."""
        return self.vault.unit_of_work(actor=self.actor, now=self.clock())

    def reading(self) -> Reading:
        """Return one unchanging view, to be used in ``with``."""
        return self.vault.reading()

    def typing(self) -> Typing:
        """Return one save of what is being typed."""
        return self.vault.typing(actor=self.actor, now=self.clock())
