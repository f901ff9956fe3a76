"""What every page is handed: the services' library, the words, the jobs, the looks and the open session."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal

from desktop_app.domain.changes import ChangeSet
from desktop_app.domain.errors import AppError
from desktop_app.domain.texts import Texts
from ui.discretion import Discretion
from ui.jobs import Job, Jobs
from ui.system.screen_shield import ScreenShield
from ui.theme import Theme
from ui.undo import UndoStack

if TYPE_CHECKING:
    from desktop_app.services.library import Library
    from desktop_app.services.vault import Session

T = TypeVar("T")


class DeskSignals(QObject):
    """What the desk tells everyone."""

    changed = Signal(object)
    """A ``ChangeSet``: something was written. Each page decides by itself whether it concerns it."""

    saved = Signal(object)
    """The time (``datetime``) something was last written to the store."""

    locking = Signal()
    """The store is about to be closed: whatever shows or holds something of it lets go."""


@dataclass
class Desk:
    """The one thing a page gets. ``session`` is ``None`` while the store is locked."""

    library: Library
    texts: Texts
    jobs: Jobs
    theme: Theme
    clock: Callable[[], datetime]
    session: Session | None = None
    signals: DeskSignals = field(default_factory=DeskSignals)
    shield: ScreenShield = field(default_factory=ScreenShield)
    undo: UndoStack = field(default_factory=UndoStack)
    discretion: Discretion = field(default_factory=Discretion)

    def __post_init__(self) -> None:
        """Let what can be undone reach the store, and be forgotten with it."""
        self.undo.begin(self.run)
        self.signals.locking.connect(self.undo.forget)

    def run(
        self,
        owner: QObject,
        service: Callable[..., T],
        *args: object,
        done: Callable[[T], object] | None = None,
        failed: Callable[[AppError], None] | None = None,
        ended: Callable[[], None] | None = None,
        on_progress: Callable[[int, int, str], None] | None = None,
        **words: object,
    ) -> Job:
        """Run ``service(session, *args)`` on the vault thread; tell everyone what it changed.

        Nothing is run while the store is locked: a page that is on its way out may still ask.
        """
        if self.session is None:
            return Job(0, owner)
        return self.jobs.run(
            owner,
            service,
            self.session,
            *args,
            done=done,
            failed=failed,
            ended=ended,
            witness=self._spread,
            on_progress=on_progress,
            **words,
        )

    def ask(
        self,
        owner: QObject,
        service: Callable[..., Any],
        *args: object,
        done: Callable[[Any], None],
        failed: Callable[[AppError], None],
    ) -> None:
        """Run a service as ``run`` does, then exactly one of ``done`` and ``failed``, also at a fault nobody expected.

        For what waits for its answer before it goes on, such as saving while one types.
        """
        answered: list[bool] = []

        def take(result: object) -> None:
            answered.append(True)
            done(result)

        def refuse(error: AppError) -> None:
            answered.append(True)
            failed(error)

        def ended() -> None:
            if not answered:
                failed(AppError())

        self.run(owner, service, *args, done=take, failed=refuse, ended=ended)

    def text(self, key: str, **params: object) -> str:
        """Return the words under ``key``."""
        return self.texts.get(key, **params)

    def _spread(self, result: object) -> None:
        changes = carried_changes(result)
        if changes is not None:
            self.signals.saved.emit(self.clock())
            if changes.kinds:
                self.signals.changed.emit(changes)


def carried_changes(result: object) -> ChangeSet | None:
    """Return the change set that a service's result is or carries, if any."""
    if isinstance(result, ChangeSet):
        return result
    changes = getattr(result, "changes", None)
    return changes if isinstance(changes, ChangeSet) else None
