"""The package of a meeting: six participants, six forms; how long it takes, and how soon it stops when asked to."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path

from desktop_app.domain.errors import Cancelled
from desktop_app.printing.form_print import render_form
from desktop_app.services.meeting_forms import PackageForms
from desktop_app.services.meeting_packages import PackagePlan, check, make
from desktop_app.services.session import Session
from desktop_app.services.vault import lock
from tests.bench.measuring import Measure, report
from tests.helpers.clock import StillClock
from tests.helpers.desk_work import typed
from tests.helpers.meeting_scene import met, noted, package_of
from tests.helpers.practice import closed_store, opened

FORMS = ("F05", "F02", "F03", "F04", "F07", "F06")
MOST_SECONDS, MOST_STOP_SECONDS = 3.0, 0.5


class _Stopped:
    """Asks the work to stop after some steps, and remembers when."""

    def __init__(self, steps: int) -> None:
        self._left = steps
        self.asked = 0.0

    def step(self, done: int, total: int, text_key: str) -> None:
        if self.asked:
            raise Cancelled
        self._left -= 1
        if not self._left:
            self.asked = time.process_time()


def report_package(home: Path) -> bool:
    """Measure, print three rows, and tell whether all kept under their bars."""
    session = opened(closed_store(home / "meeting"), StillClock())
    try:
        return _report(session)
    finally:
        lock(session)


def _report(session: Session) -> bool:
    case_id, meeting = met(session)
    noted(session, case_id)
    for form_id in ("F03", "F04", "F07"):
        typed(session, case_id, form_id)
    plan = package_of(session, case_id, meeting, *FORMS)
    ticked = frozenset(hit.id for hit in check(session, plan).hits)
    measure = Measure(
        "a package of 6 x 6 forms",
        lambda: make(session, plan, ticked),
        "the same 36 forms printed one by one",
        lambda: _one_by_one(session, plan),
        2.0,
        5,
    )
    kept = [report(measure)]
    took = statistics.median(_own_work(lambda: make(session, plan, ticked)) for _round in range(5))
    kept.append(_told("made and kept, own work", took, MOST_SECONDS))
    kept.append(_told("from cancel to nothing made", _stopping(session, plan, ticked), MOST_STOP_SECONDS))
    return all(kept)


def _one_by_one(session: Session, plan: PackagePlan) -> None:
    forms = PackageForms(session, plan.case_ids, plan.meeting)
    for reader in plan.readers:
        for part in forms.parts(plan.forms, reader):
            render_form(part.filled, part.texts)


def _stopping(session: Session, plan: PackagePlan, ticked: frozenset[str]) -> float:
    worst = 0.0
    for steps in range(1, len(plan.readers) + 1):
        stopped = _Stopped(steps)
        try:
            make(session, plan, ticked, progress=stopped)
        except Cancelled:
            worst = max(worst, time.process_time() - stopped.asked)
    return worst


def _own_work(work: Callable[[], object]) -> float:
    """How long the work itself takes: what others do on the machine meanwhile does not count."""
    started = time.process_time()
    work()
    return time.process_time() - started


def _told(name: str, took: float, most: float) -> bool:
    kept = took <= most
    print(f"  {'OK    ' if kept else 'FAILED'}  {name:<30}{took:5.2f} s, at most {most:g} s", flush=True)
    return kept
