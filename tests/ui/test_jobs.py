"""Work off the UI thread: results come back there, only to those alive, and nothing is lost at the end."""

import gc
import sys
import threading
from collections.abc import Callable, Iterator
from types import ModuleType

import pytest
from PySide6.QtCore import QObject
from shiboken6 import delete

from desktop_app.domain.errors import AppError, Cancelled, DiskFull
from desktop_app.domain.progress import Progress
from ui.jobs import MANY_MODULES, Jobs, RubbishRound


class Heard:
    """What the two ears of the jobs heard."""

    def __init__(self) -> None:
        self.errors: list[AppError] = []
        self.faults: list[BaseException] = []


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def jobs(qapp, heard: Heard) -> Iterator[Jobs]:
    made = Jobs(heard.errors.append, heard.faults.append)
    yield made
    made.close()


Wait = Callable[[Jobs], None]


def test_the_result_comes_back_on_the_ui_thread(jobs: Jobs, run_until_idle: Wait) -> None:
    worked, came_back = [], []
    owner = QObject()
    jobs.run(
        owner,
        lambda: worked.append(threading.current_thread()),
        done=lambda _: came_back.append(threading.get_ident()),
    )
    run_until_idle(jobs)
    assert worked[0] is not threading.current_thread()
    assert came_back == [threading.get_ident()]


def test_the_vault_thread_is_one_and_keeps_the_order(jobs: Jobs) -> None:
    owner, threads, order = QObject(), set(), []

    def work(number: int) -> None:
        threads.add(threading.get_ident())
        order.append(number)

    for number in range(5):
        jobs.run(owner, work, number)
    jobs.background(owner, lambda: threads.add(-threading.get_ident()))
    jobs.drain()
    assert order == [0, 1, 2, 3, 4]
    assert len(threads) == 2


def test_a_result_for_an_owner_that_is_gone_is_dropped_but_witnessed(jobs: Jobs) -> None:
    owner, results, seen = QObject(), [], []
    jobs.run(owner, lambda: 7, done=results.append, witness=seen.append)
    delete(owner)
    jobs.drain()
    assert results == []
    assert seen == [7]


def test_an_expected_error_goes_to_the_one_who_asked(jobs: Jobs, heard: Heard) -> None:
    owner, failed, ended = QObject(), [], []

    def full() -> None:
        raise DiskFull

    jobs.run(owner, full, failed=failed.append, ended=lambda: ended.append(1))
    jobs.run(owner, full)
    jobs.drain()
    assert [type(error) for error in failed] == [DiskFull]
    assert ended == [1]
    assert [type(error) for error in heard.errors] == [DiskFull]


def test_a_fault_in_the_work_or_in_the_answer_is_told_and_stops_nothing(jobs: Jobs, heard: Heard) -> None:
    owner, results = QObject(), []
    jobs.run(owner, lambda: 1 / 0)
    jobs.run(owner, lambda: 1, done=lambda _: {}["missing"])
    jobs.run(owner, lambda: 2, done=results.append)
    jobs.drain()
    assert [type(fault) for fault in heard.faults] == [ZeroDivisionError, KeyError]
    assert results == [2]


def test_drain_waits_for_what_an_answer_starts(jobs: Jobs) -> None:
    owner, results = QObject(), []
    jobs.run(owner, lambda: 1, done=lambda _: jobs.run(owner, lambda: 2, done=results.append))
    jobs.drain()
    assert results == [2]
    assert jobs.idle


def test_a_cancelled_job_stops_at_its_next_step_and_shows_nothing(jobs: Jobs, heard: Heard) -> None:
    owner, begun, go_on, ended = QObject(), threading.Event(), threading.Event(), []

    def long_work(progress: Progress) -> None:
        begun.set()
        go_on.wait(5)
        progress.step(1, 2, "step")
        raise AssertionError("went on after being stopped")

    job = jobs.run(owner, long_work, ended=lambda: ended.append(1), on_progress=lambda *_: None)
    begun.wait(5)
    job.cancel()
    go_on.set()
    jobs.drain()
    assert ended == [1]
    assert heard.errors == heard.faults == []


def test_a_cancelled_job_is_told_to_the_one_who_wants_to_know(jobs: Jobs) -> None:
    owner, failed = QObject(), []

    def work(progress: Progress) -> None:
        raise Cancelled

    jobs.run(owner, work, failed=failed.append, on_progress=lambda *_: None)
    jobs.drain()
    assert [type(error) for error in failed] == [Cancelled]


def test_progress_arrives_on_the_ui_thread(jobs: Jobs, run_until_idle: Wait) -> None:
    owner, told = QObject(), []

    def work(progress: Progress) -> None:
        progress.step(1, 1, "words")

    jobs.run(owner, work, on_progress=lambda *step: told.append((*step, threading.get_ident())))
    run_until_idle(jobs)
    assert told == [(1, 1, "words", threading.get_ident())]


def test_rubbish_is_never_collected_on_a_worker(jobs: Jobs) -> None:
    owner, collected_on = QObject(), []
    gc.callbacks.append(notice := lambda phase, _info: collected_on.append((phase, threading.get_ident())))

    def wasteful() -> None:
        for _round in range(20_000):
            ring: list[object] = []
            ring.append(ring)

    jobs.run(owner, wasteful)
    jobs.drain()
    jobs._rubbish.collect()
    gc.callbacks.remove(notice)
    assert collected_on
    assert {thread for _phase, thread in collected_on} == {threading.get_ident()}


@pytest.mark.parametrize(("come", "is_aside"), [(MANY_MODULES, True), (MANY_MODULES - 1, False)])
def test_a_library_that_is_imported_late_is_not_looked_through_again_and_again(
    jobs: Jobs, monkeypatch: pytest.MonkeyPatch, come: int, is_aside: bool
) -> None:
    monkeypatch.setattr(RubbishRound, "_modules", len(sys.modules))
    for number in range(come):
        monkeypatch.setitem(sys.modules, f"late_{number}", ModuleType(f"late_{number}"))
    before = gc.get_freeze_count()
    jobs._rubbish.collect()
    assert (gc.get_freeze_count() > before) is is_aside


def test_python_collects_again_when_the_last_jobs_have_ended(qapp) -> None:
    first, second = Jobs(print, print), Jobs(print, print)
    first.close()
    assert not gc.isenabled()
    second.close()
    second.close()
    assert gc.isenabled()
