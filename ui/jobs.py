"""Work off the UI thread. The only file with threads.

Three single threads: *vault* owns the database connection and runs all that touches data, in order; *background*
does what needs no database; *drawing* waits for the process that draws documents. A job is a plain function. Its
result comes back on the UI thread, and only while its owner is alive.
"""

from __future__ import annotations

import gc
import logging
import sys
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from threading import Event, get_ident
from typing import Any, Final, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from shiboken6 import isValid

from desktop_app.domain.errors import AppError, Cancelled, WorldError

T = TypeVar("T")

HAS_LEFT: Final = "has_left"
"""The property of an owner that is being taken down: nothing is handed back to it any more."""

_log = logging.getLogger(__name__)

PROGRESS_EVERY = 0.1
"""Seconds between two reports of progress; the eye cannot use more."""


RUBBISH_EVERY_MS = 1_000

MANY_MODULES = 30
"""How many modules must have come for it to be worth while to set them aside."""

TURN_SECONDS = 0.001
"""How long a worker may keep the interpreter while the window waits for it. Python's own 5 ms are waited for anew at
each call between Qt and Python, of which there are hundreds in one round of the event loop.
"""


@dataclass(eq=False)
class Job:
    """One piece of work under way. ``cancel`` asks it to stop at its next step."""

    number: int
    owner: QObject
    future: Future[Any] | None = None
    done: Callable[[Any], object] | None = None
    failed: Callable[[AppError], None] | None = None
    ended: Callable[[], None] | None = None
    witness: Callable[[Any], None] | None = None
    on_progress: Callable[[int, int, str], None] | None = None
    stop: Event = field(default_factory=Event)

    @property
    def is_awaited(self) -> bool:
        """Whether its owner is still there."""
        return isValid(self.owner) and not self.owner.property(HAS_LEFT)

    def cancel(self) -> None:
        """Ask the work to stop; what it had begun is taken back by the work itself."""
        self.stop.set()


class JobProgress:
    """The listener handed to a job as ``progress``: throttles, and stops the work when asked."""

    def __init__(self, number: int, stop: Event, tell: Callable[[int, int, int, str], None]) -> None:
        self._number = number
        self._stop = stop
        self._tell = tell
        self._last = 0.0

    def step(self, done: int, total: int, text_key: str) -> None:
        """Tell how far the work has come; raises ``Cancelled`` when the person asked it to stop."""
        if self._stop.is_set():
            raise Cancelled
        now = time.monotonic()
        if done >= total or now - self._last >= PROGRESS_EVERY:
            self._last = now
            self._tell(self._number, done, total, text_key)


class RubbishRound(QObject):
    """Collects cyclic garbage on the UI thread alone.

    Python collects on whichever thread happens to run, and a widget freed on a worker brings the program down.
    """

    _rounds = 0
    _modules = 0

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        RubbishRound._rounds += 1
        gc.disable()
        if RubbishRound._modules == 0:
            gc.collect()  # before there is a window: to look through all takes longer than a person should wait
        self._set_aside()
        self._timer = QTimer(self, interval=RUBBISH_EVERY_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()
        self._is_on = True

    def _set_aside(self) -> None:
        """Leave out of every later round what is there for good: modules, classes, definitions and words.

        Libraries that are imported when first needed, such as the one that draws paper, are as much again. What is set
        aside with them is let go when nothing holds it, but for what holds itself: too little to look for.
        """
        if len(sys.modules) - RubbishRound._modules >= MANY_MODULES:
            RubbishRound._modules = len(sys.modules)
            gc.freeze()

    def collect(self) -> None:
        """Collect the generations that Python itself would have collected by now."""
        self._set_aside()
        due = [
            number
            for number, (have, most) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
            if have > most
        ]
        if due:
            gc.collect(due[-1])

    def end(self) -> None:
        """Hand the collecting back to Python when no workers are left."""
        if self._is_on:
            self._is_on = False
            self._timer.stop()
            RubbishRound._rounds -= 1
            if RubbishRound._rounds == 0:
                gc.enable()


class Jobs(QObject):
    """Runs work on the vault thread or the background thread and hands back what came of it.

    ``on_error`` shows an expected error that the caller has no answer of its own for; ``on_fault`` takes what
    nobody expected.
    """

    settled = Signal()
    """No job is left, running or waiting to be handed back."""

    _finished = Signal(int)
    _stepped = Signal(int, int, int, str)

    def __init__(
        self,
        on_error: Callable[[AppError], None],
        on_fault: Callable[[BaseException], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.on_error = on_error
        self.on_fault = on_fault
        self._vault = ThreadPoolExecutor(1, thread_name_prefix="vault")
        self._background = ThreadPoolExecutor(1, thread_name_prefix="background")
        self._drawing = ThreadPoolExecutor(1, thread_name_prefix="drawing")
        self._pending: dict[int, Job] = {}
        self._count = 0
        self._ui_thread = get_ident()
        self._finished.connect(self._hand_back, Qt.ConnectionType.QueuedConnection)
        self._stepped.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)
        self._rubbish = RubbishRound(self)
        sys.setswitchinterval(TURN_SECONDS)

    @property
    def idle(self) -> bool:
        """Whether every job has been handed back."""
        return not self._pending

    def run(
        self,
        owner: QObject,
        work: Callable[..., T],
        *args: object,
        done: Callable[[T], object] | None = None,
        failed: Callable[[AppError], None] | None = None,
        ended: Callable[[], None] | None = None,
        witness: Callable[[T], None] | None = None,
        on_progress: Callable[[int, int, str], None] | None = None,
        **words: object,
    ) -> Job:
        """Run ``work`` on the vault thread, after what is already waiting there.

        ``done`` or ``failed`` is called on the UI thread while ``owner`` is alive, then ``ended``. ``witness``
        sees a result even when the owner is gone. With ``on_progress`` the work gets a ``progress`` argument.
        """
        job = self._new(owner, done, failed, ended, witness, on_progress)
        return self._start(self._vault, job, work, args, words)

    def background(
        self,
        owner: QObject,
        work: Callable[..., T],
        *args: object,
        done: Callable[[T], object] | None = None,
        failed: Callable[[AppError], None] | None = None,
        ended: Callable[[], None] | None = None,
        on_progress: Callable[[int, int, str], None] | None = None,
        **words: object,
    ) -> Job:
        """Run ``work`` that touches no database on the background thread; otherwise like ``run``."""
        job = self._new(owner, done, failed, ended, None, on_progress)
        return self._start(self._background, job, work, args, words)

    def draw(
        self,
        owner: QObject,
        work: Callable[..., T],
        *args: object,
        done: Callable[[T], object] | None = None,
        failed: Callable[[AppError], None] | None = None,
        ended: Callable[[], None] | None = None,
    ) -> Job:
        """Run ``work`` that waits for the drawing process; otherwise like ``background``.

        Whoever starts it stops that process before a lock, so that the drain has nothing to wait for.
        """
        job = self._new(owner, done, failed, ended, None, None)
        return self._start(self._drawing, job, work, args, {})

    def drain(self) -> None:
        """Wait until every job has run, and hand back what came of it before returning.

        For lock and exit. Blocks without an event loop, so nothing else can happen meanwhile.
        """
        while self._pending:
            wait([job.future for job in self._pending.values() if job.future is not None])
            for number in list(self._pending):
                self._hand_back(number)

    def cancel_all(self) -> None:
        """Ask every job that can be stopped to stop: the computer will not wait."""
        for job in self._pending.values():
            job.cancel()

    def close(self) -> None:
        """Hand back what is left and end all threads. Nothing can be run afterwards."""
        self.drain()
        self._vault.shutdown(wait=True)
        self._background.shutdown(wait=True)
        self._drawing.shutdown(wait=True)
        self._rubbish.end()

    def _new(
        self,
        owner: QObject,
        done: Callable[[Any], object] | None,
        failed: Callable[[AppError], None] | None,
        ended: Callable[[], None] | None,
        witness: Callable[[Any], None] | None,
        on_progress: Callable[[int, int, str], None] | None,
    ) -> Job:
        assert get_ident() == self._ui_thread, "jobs are started from the UI thread"  # noqa: S101 - a fault
        self._count += 1
        return Job(self._count, owner, None, done, failed, ended, witness, on_progress)

    def _start(
        self,
        executor: ThreadPoolExecutor,
        job: Job,
        work: Callable[..., Any],
        args: tuple[object, ...],
        words: dict[str, object],
    ) -> Job:
        if job.on_progress is not None:
            words = {**words, "progress": JobProgress(job.number, job.stop, self._stepped.emit)}
        self._pending[job.number] = job
        job.future = executor.submit(work, *args, **words)
        number = (
            job.number
        )  # the worker never holds the job, or a widget's last reference could die over there
        job.future.add_done_callback(lambda _: self._finished.emit(number))
        return job

    def _hand_back(self, number: int) -> None:
        job = self._pending.pop(number, None)
        if job is None or job.future is None:
            return  # handed back by drain before its signal came
        error = job.future.exception()
        try:
            if error is None:
                self._succeed(job, job.future.result())
            else:
                self._fail(job, error)
            if job.ended is not None and job.is_awaited:
                job.ended()
        except Exception as fault:  # a page's own callback must not take the program with it
            self.on_fault(fault)
        if not self._pending:
            self.settled.emit()

    def _succeed(self, job: Job, result: object) -> None:
        if job.done is not None and job.is_awaited:
            job.done(result)
        if job.witness is not None:
            job.witness(result)

    def _fail(self, job: Job, error: BaseException) -> None:
        if not isinstance(error, AppError):
            self.on_fault(error)
            return
        grave = logging.WARNING if isinstance(error, WorldError) else logging.INFO
        _log.log(grave, "a job ended with an expected error", exc_info=error)
        if not job.is_awaited:
            return
        if job.failed is not None:
            job.failed(error)
        elif not isinstance(error, Cancelled):
            self.on_error(error)

    def _pass_on(self, number: int, done: int, total: int, text_key: str) -> None:
        job = self._pending.get(number)
        if job is not None and job.on_progress is not None and job.is_awaited:
            job.on_progress(done, total, text_key)
